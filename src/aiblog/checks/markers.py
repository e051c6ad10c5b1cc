"""The sibling rules `stub` and `todo-marker`: text that still waits, in a translation and in any other edition."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.translation import TODO, is_stub, todo_lines

_OPENING = "<!-- aiblog:todo"


def stub(subject: Subject) -> Iterator[Place]:
    """A translation in which blocks still wait: one finding for the edition, at the first of them.

    Bad: `<!-- aiblog:todo -->`
    Good: `翻译好的段落。`
    Why: readers would meet the source's language in the middle of the translation.
    """
    if subject.published and is_stub(subject.data):
        lines = todo_lines(subject.data)
        count = "1 block waits for its" if len(lines) == 1 else f"{len(lines)} blocks wait for their"
        first = "" if len(lines) == 1 else ", the first one here"
        yield Place(lines[0], _column(subject, lines[0]), f"{count} translation{first}")


def todo_marker(subject: Subject) -> Iterator[Place]:
    """A marker, or a scaffold's comment that guides the author, left in an edition that is no translation.

    Bad: `<!-- aiblog:todo Three findings, one sentence each. -->`
    Good: `<!-- A comment of the author's own. -->`
    Why: the scaffold asked for text there, and none was written or the question was forgotten.
    """
    if not subject.published or is_stub(subject.data):
        return
    lines = subject.text.split("\n")
    for number in todo_lines(subject.data):
        bare = TODO in lines[number - 1]
        what = "a marker of text that waits" if bare else "a guidance comment of the scaffold"
        yield Place(number, _column(subject, number), f"{what} is still there")


def _column(subject: Subject, line: int) -> int:
    return subject.text.split("\n")[line - 1].find(_OPENING) + 1
