"""Blocks that a source has gained, put into its translation where they belong, each waiting; nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.stub_pieces import pieces
from aiblog.core.switch_line import switch_at
from aiblog.core.translation import TODO

UNMARKED = {"rule", "definition", "comment"}
"""The kinds of blocks in which there is nothing to translate or to look at."""


class New(NamedTuple):
    """A block that a translation lacks: its first and last line in the source, and the translation's that it follows.

    Lines count from 1. `after` is None for the end of the translation.
    """

    kind: str
    first: int
    last: int
    after: int | None


class Extended(NamedTuple):
    """The translation with the blocks in it; `lines` are those (from 1) where each that was added begins."""

    data: bytes
    lines: tuple[int, ...]


def with_new_blocks(translation: bytes, source: str, new: Sequence[New]) -> Extended:
    """The translation with those blocks, a marker above each as in a stub; every other byte as it was.

    A block that waits there already, word for word, is not added again.

    Args:
        translation: its file.
        source: the source's whole text, its links as the translation has them.
        new: the blocks, in the source's order.
    """
    text = translation.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    own = _Source(source)
    added = [each for each in own.whole(new) if not own.stands_in(each, plain)]
    place = _Places(translation, plain)
    carriage = "\r" if "\r\n" in text else ""
    begins: list[int] = []
    written: list[str] = []
    position = 0
    for after, group in groupby(sorted(added, key=place.of), key=place.of):  # a stable sort
        written += lines[position:after]
        if carriage and after == len(lines) and not written[-1].endswith("\r"):
            written[-1] += carriage
        if after and plain[after - 1].strip():
            written.append(carriage)
        before = None
        for block in group:
            if before is not None and before.last + 1 < block.first:
                written.append(carriage)
            begins.append(len(written) + 1 + (block.kind not in UNMARKED))
            written += [f"{line}{carriage}" for line in own.marked(block)]
            before = block
        if after < len(lines) and plain[after].strip():
            written.append(carriage)
        position = after
    whole = "\n".join([*written, *lines[position:]])
    if carriage and not text.endswith("\n"):
        whole = whole.removesuffix("\r")
    return Extended(whole.encode("utf-8", "surrogateescape"), tuple(begins))


class _Source:
    """The lines of a source, and where its blocks begin with the comments that belong to them."""

    def __init__(self, text: str) -> None:
        text = text.replace("\r\n", "\n")
        self._lines = text.split("\n")
        start = header.body_offset(text.encode("utf-8", "surrogateescape"))
        body = text.encode("utf-8", "surrogateescape")[start:].decode("utf-8", "surrogateescape")
        before = len(self._lines) - len(body.split("\n"))
        self._pieces = [(before + each.start + 1, before + each.block.end, each.block.kind) for each in pieces(body)]

    def whole(self, new: Sequence[New]) -> list[New]:
        """The blocks with the comments directly above them, each once."""
        found: dict[int, New] = {}
        for block in new:
            own = next((each for each in self._pieces if each[0] <= block.first <= each[1]), None)
            first, last, kind = own or (block.first, block.last, "comment" if block.kind == "html" else block.kind)
            found.setdefault(first, New(kind, first, last, block.after))
        return list(found.values())

    def marked(self, block: New) -> list[str]:
        """Its lines, the marker above them."""
        lines = self._lines[block.first - 1 : block.last]
        return lines if block.kind in UNMARKED else [TODO, *lines]

    def stands_in(self, block: New, lines: Sequence[str]) -> bool:
        if block.kind == "rule":
            return False
        wanted = self.marked(block)
        return any(lines[at : at + len(wanted)] == wanted for at, line in enumerate(lines) if line == wanted[0])


class _Places:
    """Behind which line (from 1, 0 for none) of a translation a block goes: never between title and switch line."""

    def __init__(self, data: bytes, lines: Sequence[str]) -> None:
        before = data[: header.body_offset(data)].count(b"\n")
        at = switch_at(lines[before:])
        self._switch = None if at is None else before + at + 1
        self._lines = lines
        self._end = max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)

    def of(self, block: New) -> int:
        if block.after is None:
            return self._end
        switch = self._switch or 0
        above = block.after < switch and not "".join(self._lines[block.after : switch - 1]).strip()
        return switch if above else block.after
