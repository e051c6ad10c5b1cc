"""A body's blocks as a stub takes them: each with the comments that belong to it, and whether its text waits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.markdown import Block, blocks


class Piece(NamedTuple):
    """A block; `start` is its first line (0-based), or that of the comments directly above it."""

    start: int
    block: Block
    waits: bool


def pieces(body: str) -> list[Piece]:
    """The blocks of a body (LF, no front matter in it), in order; comments and HTML without text are none themselves.

    What waits are headings, paragraphs, lists, tables, quotations, and HTML with text in it. Code,
    images on their own, rules and definitions need no translation.
    """
    lines = body.split("\n")
    found = []
    comment = (-1, -1)
    for block in blocks(body):
        own = lines[block.start : block.end]
        # A comment directly above a block belongs to it: `markdownlint-disable-next-line` has to stay there.
        start = comment[0] if comment[1] == block.start else block.start
        if block.kind == "html" and not has_text(own):
            comment = (start, block.end)
        else:
            found.append(Piece(start, block, _waits(block)))
    return found


def _waits(block: Block) -> bool:
    return not (block.kind in {"code", "rule"} or block.media)


def has_text(lines: Sequence[str]) -> bool:
    """Whether lines of HTML have text in them that a reader sees."""
    text = re.sub(r"(?s)<!--.*?(?:-->|\Z)|<[^<>]*>", "", "\n".join(lines))
    return any(letter.isalpha() for letter in text)
