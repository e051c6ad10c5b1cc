"""Translated blocks put into a stub in place of those that wait, refused where they would break its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.fill_troubles import trouble
from aiblog.core.skeleton import Top, tops
from aiblog.core.stub_blocks import Waiting, placed_body, waiting_blocks


class Fill(NamedTuple):
    """A block's id, and its text in the translation's language."""

    id: str
    text: str


class Trouble(NamedTuple):
    """Why a text cannot go in: the id, the line of its block in the file (from 1), what was found and wanted."""

    id: str
    line: int | None
    message: str


class Filled(NamedTuple):
    """The file with the texts in place, or as it was where there are `troubles`.

    `filled` are the ids of the texts put in, `there` those of texts that were in place before.
    """

    data: bytes
    filled: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class _Edit(NamedTuple):
    """The body's lines from `start` up to `end` (0-based) are to be `lines`."""

    start: int
    end: int
    lines: Sequence[str] = ()


_Pair = tuple[Waiting, str]


def filled(data: bytes, fills: Sequence[Fill], prose: Mapping[str, str]) -> Filled:
    """The stub with those texts in place of the blocks with their ids, and without the markers of these.

    Of several blocks with one id the first gets the first text given for it, the next the next one, and those that are
    left the last. A text with an id that no block has, but which stands in the file, was put in before. Every other
    byte stays.

    Args:
        data: the stub's file.
        fills: the texts; blank lines around them do not count.
        prose: what an outline leaves out, by id.
    """
    body, _ = placed_body(data)
    texts: dict[str, list[str]] = {}
    for fill in fills:
        texts.setdefault(fill.id, []).append(_stripped(fill.text))
    places: dict[str, list[Waiting]] = {}
    for each in waiting_blocks(data, prose):
        places.setdefault(each.id, []).append(each)
    there = tuple(id_ for id_ in texts if id_ not in places and all(_stands_in(body, text) for text in texts[id_]))
    pairs = [pair for id_ in texts if id_ in places for pair in _pairs(places[id_], texts[id_])]
    troubles = [
        *(Trouble(id_, None, _UNKNOWN) for id_ in texts if id_ not in places and id_ not in there),
        *(_too_many(places[id_], texts[id_]) for id_ in texts if len(places.get(id_, texts[id_])) < len(texts[id_])),
        *_troubles(body, sorted(pairs, key=lambda pair: pair[0].start)),
    ]
    if troubles:
        return Filled(data, there=there, troubles=tuple(troubles))
    return Filled(_written(data, pairs), tuple(id_ for id_ in texts if id_ in places), there)


_UNKNOWN = "no block with this id waits; one that does was wanted"


def _too_many(places: Sequence[Waiting], texts: Sequence[str]) -> Trouble:
    return Trouble(places[0].id, places[0].line, f"{len(texts)} texts are given for {len(places)} of its blocks")


def _pairs(places: Sequence[Waiting], texts: Sequence[str]) -> Iterator[_Pair]:
    for number, place in enumerate(places):
        yield place, texts[min(number, len(texts) - 1)]


def _stripped(text: str) -> str:
    return re.sub(r"\A(?:[ \t]*\n)+", "", re.sub(r"\r\n?", "\n", text)).rstrip()


def _stands_in(body: str, text: str) -> bool:
    return bool(text) and f"\n{text}\n" in f"\n{body}\n"


def _troubles(body: str, pairs: Sequence[_Pair]) -> list[Trouble]:
    """What is wrong with the texts; where each one is right by itself, which of them change the blocks around them."""
    before = tops(body)
    names = {top.start: top.name for top in before}
    found = [
        Trouble(place.id, place.line, message)
        for place, text in pairs
        if (message := trouble(place, names[place.start], text))
    ]
    if found or _keeps_the_rest(body, before, pairs):
        return found
    alone = [pair for pair in pairs if not _keeps_the_rest(body, before, [pair])]
    return [Trouble(place.id, place.line, _SPREADS) for place, _ in alone or pairs]


_SPREADS = "in its place it would change the blocks around it; one that ends where it ends was wanted"


def _keeps_the_rest(body: str, before: Sequence[Top], pairs: Sequence[_Pair]) -> bool:
    """Whether every block of the body that is not filled is the same after it as before it, line by line."""
    lines = body.split("\n")
    edits = _edits(lines, pairs)
    texts = {place.start: text for place, text in pairs}
    markers = {line for place, _ in pairs for line in place.markers}
    expected: list[Top] = []
    waiting, shift = edits[::-1], 0
    for top in before:
        while waiting and waiting[-1].end <= top.start:
            done = waiting.pop()
            shift += len(done.lines) - (done.end - done.start)
        if top.start in texts:
            own = tops(texts[top.start])
            expected += [Top(each.name, each.start + top.start + shift, each.end + top.start + shift) for each in own]
        elif top.start not in markers:
            expected.append(Top(top.name, top.start + shift, top.end + shift))
    return tops("\n".join(_applied(lines, edits))) == expected


def _written(data: bytes, pairs: Sequence[_Pair]) -> bytes:
    end = header.read(data).end
    body = data[end:].decode("utf-8", "surrogateescape")
    carriage = "\r" if b"\r\n" in (data[end:] if "\n" in body else data) else ""
    lines = body.split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    edits = [edit._replace(lines=[f"{line}{carriage}" for line in edit.lines]) for edit in _edits(plain, pairs)]
    written = _applied(lines, edits)
    if carriage and not lines[-1].endswith("\r"):
        written[-1] = written[-1].removesuffix("\r")  # the last line, without a newline behind it
    return data[:end] + "\n".join(written).encode("utf-8", "surrogateescape")


def _edits(lines: Sequence[str], pairs: Sequence[_Pair]) -> list[_Edit]:
    found = []
    for place, text in pairs:
        found += [_Edit(at, at + 1 + _blank_between(lines, at)) for at in place.markers]
        found.append(_Edit(place.start, place.end, text.split("\n")))
    return sorted(found)


def _blank_between(lines: Sequence[str], marker: int) -> int:
    """1 where a formatter has put a blank line between a marker and its block, which has another one above it."""
    return int(marker + 1 < len(lines) and not lines[marker + 1].strip() and not "".join(lines[:marker][-1:]).strip())


def _applied(lines: Sequence[str], edits: Sequence[_Edit]) -> list[str]:
    written: list[str] = []
    position = 0
    for edit in edits:
        written += [*lines[position : edit.start], *edit.lines]
        position = edit.end
    return [*written, *lines[position:]]
