"""What is wrong with a text that is to be put in place of a block that waits, the text looked at by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from aiblog.core.parity import broken
from aiblog.core.skeleton import Top, difference, tops
from aiblog.core.stub_blocks import Waiting

_OWN = re.compile(r"<!--\s*aiblog:")
_LONE = re.compile("[\x00\ud800-\udfff]")
_SHOWN = 5


def trouble(place: Waiting, name: str, text: str) -> str | None:
    """Why the text cannot take the block's place, in words; None where it can.

    Args:
        place: the block.
        name: what it is, as `tops` says it.
        text: the text (LF, no blank lines around it).
    """
    if not text:
        return "the text is empty; its translation was wanted"
    if place.text is None:
        return "the source no longer has the text that was left out here; a stub made of it as it is now was wanted"
    if _LONE.search(text):
        return "the text holds a NUL or half of a surrogate pair, which no text file can hold"
    if _OWN.search(text) and not _OWN.search(place.text):
        return "the text holds a comment of aiblog; a translation without markers was wanted"
    wanted = [each.name for each in tops(place.text)] if place.kind == "prose" else [name]
    found = tops(text)
    if _grouped(place, wanted) != _grouped(place, [each.name for each in found]) or not _is_whole(found, text):
        return f"{_listed(wanted)} was wanted, {_listed([each.name for each in found])} found"
    return difference(place.text, text) or _broken(place.text, text)


def _broken(wanted: str, text: str) -> str | None:
    """What else `check` would find to be broken: an image that is missing."""
    first = next(iter(broken(wanted, text)), None)
    return re.sub(r" of the source, line \d+,|, line \d+,", "", first.message) if first else None


def _grouped(place: Waiting, names: Sequence[str]) -> list[str]:
    """The names; of prose several paragraphs in a row are as good as one: some languages want more of them."""
    return [name for name, _ in groupby(names)] if place.kind == "prose" else list(names)


def _is_whole(found: Sequence[Top], text: str) -> bool:
    """Whether nothing stands before, after or between the blocks but blank lines: no definition of a link, say."""
    lines = text.split("\n")
    blank = {number for number, line in enumerate(lines) if not line.strip()}
    return {number for each in found for number in range(each.start, each.end)} | blank == {*range(len(lines))}


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "nothing to read"
    if len(names) > 1 and len(set(names)) == 1:
        return f"{names[0]} {len(names)} times"
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    *others, last = [*names[:_SHOWN], *more]
    return f"{', '.join(others)} and {last}" if others else last
