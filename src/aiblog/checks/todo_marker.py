"""The rule `todo-marker`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.translation import MARKER, TODO, is_stub, todo_lines


def todo_marker(subject: Subject) -> Iterator[Place]:
    """A marker, or a scaffold's comment that guides the author, left in an edition that is no translation.

    Bad: `<!-- aiblog:todo Three findings, one sentence each. -->`
    Good: `<!-- A comment of the author's own. -->`
    Why: the scaffold asked for text there, and none was written or the question was forgotten.
    """
    if not subject.published or is_stub(subject.edition, subject.data):
        return
    lines = subject.text.split("\n")
    for number in todo_lines(subject.data):
        bare = TODO in lines[number - 1]
        what = "a marker of text that waits" if bare else "a guidance comment of the scaffold"
        yield Place(number, lines[number - 1].find(MARKER) + 1, f"{what} is still there")
