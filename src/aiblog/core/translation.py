"""A translation whose text waits: the markers that say so, and the links that lead to its language."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from aiblog.core import header
from aiblog.core.code_fence import fence_after
from aiblog.core.destination import resolved_path
from aiblog.core.links import links, retargeted, written
from aiblog.core.post import Edition
from aiblog.core.stub_pieces import pieces
from aiblog.core.switch_line import switch_at
from aiblog.core.title import CODE_SPAN

MARKER = "<!-- aiblog:todo"
"""What a marker of text that waits begins with; a scaffold's guidance may stand behind it."""

TODO = f"{MARKER} -->"
"""Stands directly above each block that waits. Linters take it there, so deleting the line leaves clean Markdown."""

SOURCE_COMMENT = "<!-- aiblog:source"
"""Begins a comment with the source text of the block below it, which says nothing about what waits."""


def todo_lines(data: bytes) -> list[int]:
    """Lines (from 1) where a marker or a scaffold's guidance comment waits, none of those in code."""
    if b"aiblog:todo" not in data:
        return []
    found, fence, comment = [], "", False
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        comment = not line.startswith("-->") if comment else not fence and line.startswith(SOURCE_COMMENT)
        if comment:
            continue
        fence = fence_after(fence, line)
        if not fence and MARKER in line and MARKER in CODE_SPAN.sub("", line):
            found.append(number)
    return found


def is_stub(edition: Edition, data: bytes) -> bool:
    """Whether the edition, whose file has those bytes, is a translation whose text still waits."""
    return bool(edition.translation_of) and bool(todo_lines(data))


def blocks_to_translate(source: bytes) -> int:
    """How many blocks of a source's file need translating: as many as a stub has markers, but for an outline."""
    body = source[header.body_offset(source) :].decode("utf-8", "replace").replace("\r\n", "\n")
    switch = switch_at(body.split("\n"))
    return sum(each.waits for each in pieces(body) if each.block.start != switch)


def translated_links(text: str, path: str, new_path: str, twins: Mapping[str, str]) -> str:
    """A source's text at its translation's path: relative links lead to the editions in that language, where there are.

    Args:
        text: the source's whole text.
        path: the source's path, relative to the blog's root.
        new_path: the translation's.
        twins: the path of the edition in the translation's language, by the path of another edition.
    """
    targets = {}
    moved = posixpath.dirname(path) != posixpath.dirname(new_path)
    for link in links(text):
        old = written(text, link)
        target = None if old.is_external or old.path.startswith("/") else resolved_path(path, old.path)
        if target is not None and (moved or target in twins):
            targets[link.start] = twins.get(target, target)
    return retargeted(text, new_path, targets) if targets else text
