"""The blocks of a stub that wait, each with an id by which its translation comes back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.block_id import block_id
from aiblog.core.document import document
from aiblog.core.markdown import Block, blocks
from aiblog.core.stub_pieces import has_text
from aiblog.core.stub_styles import GAP
from aiblog.core.translation import TODO


class Waiting(NamedTuple):
    """A block that waits. Blocks of the same text have the same id.

    `kind` is a block's, or `prose` for a run of blocks that an outline leaves out. `line` is where the block (of
    `prose`: its marker) begins in the file, from 1. `section` is the heading above it, as it reads now; None at
    the top. `text` is what is to be translated (LF, no newline at its end); None for prose that is not to be had.
    `markers` are the lines of its markers in the file's body, 0-based, `start` and `end` those to be replaced.
    """

    id: str
    kind: str
    line: int
    section: str | None
    text: str | None
    markers: tuple[int, ...]
    start: int
    end: int

    def as_json(self) -> dict[str, str | int | None]:
        """The block as `translate-stub` and `translate-fill` print it."""
        return {"id": self.id, "kind": self.kind, "line": self.line, "section": self.section, "text": self.text}


def placed_body(data: bytes) -> tuple[str, int]:
    """A file's body with LF, and the number of lines before it."""
    end = header.read(data).end
    body = data[end:].decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return body, data.count(b"\n", 0, end)


def waiting_blocks(data: bytes, prose: Mapping[str, str]) -> list[Waiting]:
    """The blocks of a stub's file that wait, in order: those with a marker above them, and an outline's own markers.

    `prose` is what the outline leaves out, by id. A marker in a list or quotation, and guidance, are no such blocks.
    """
    if TODO.removesuffix(" -->").encode() not in data:
        return []
    body, before = placed_body(data)
    lines = body.split("\n")
    places = _Places(lines, before, [(each.line - 2, each.text) for each in document(f"\n{body}").headings])
    found: list[Waiting] = []
    markers: list[int] = []
    for block in blocks(body):
        first = lines[block.start]
        is_comment = block.kind == "html" and not has_text(lines[block.start : block.end])
        if is_comment and (gap := GAP.match(first)):
            found.append(places.waiting(block, "prose", prose.get(gap["id"]), gap["id"]))
        elif is_comment and first == TODO:
            markers.append(block.start)
        elif not is_comment:
            if markers:
                text = "\n".join(lines[block.start : block.end])
                found.append(places.waiting(block, block.kind, text, block_id(text), markers))
            markers = []
    return found


class _Places(NamedTuple):
    """The lines of a body, the number of those before it, its headings with their lines in it."""

    lines: list[str]
    before: int
    headings: list[tuple[int, str]]

    def waiting(self, block: Block, kind: str, text: str | None, id_: str, markers: Sequence[int] = ()) -> Waiting:
        above = bisect_left(self.headings, (block.start, ""))
        section = self.headings[above - 1][1] if above else None
        line = self.before + block.start + 1
        return Waiting(id_, kind, line, section, text, tuple(markers), block.start, block.end)
