"""The rule `stub`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.translation import MARKER, is_stub, todo_lines


def stub(subject: Subject) -> Iterator[Place]:
    """A translation in which blocks still wait: one finding for the edition, at the first of them.

    Bad: `<!-- aiblog:todo -->`
    Good: `翻译好的段落。`
    Why: readers would meet the source's language in the middle of the translation.
    """
    if subject.published and is_stub(subject.edition, subject.data):
        yield from waiting(subject.data)


def waiting(data: bytes) -> Iterator[Place]:
    """The one place for all the blocks that wait in a translation's file; none where none do."""
    lines = todo_lines(data)
    if lines:
        count = "1 block waits for its" if len(lines) == 1 else f"{len(lines)} blocks wait for their"
        first = "" if len(lines) == 1 else ", the first one here"
        column = data.decode("utf-8-sig", "replace").split("\n")[lines[0] - 1].find(MARKER) + 1
        yield Place(lines[0], column, f"{count} translation{first}")
