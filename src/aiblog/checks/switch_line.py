"""The rule `switch-line`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiblog.checks.subject import Place, Subject
from aiblog.checks.switch_edits import (
    Switch,
    leads_back,
    other_editions,
    readers_have,
    switch_edits,
    switch_of,
    title_line,
)
from aiblog.checks.targets import moved_to, targets
from aiblog.core.links import relative
from aiblog.core.post import Edition
from aiblog.core.translation import is_stub


def switch_line(subject: Subject) -> Iterator[Place]:
    """A line between editions that does not lead to each other published one, or that one of linked editions lacks.

    Bad: `English | 中文`
    Good: `English | [中文](./roi_zh.md)`
    Why: readers of the one language do not learn that the post is there in theirs.
    """
    others = other_editions(subject)
    waits = not subject.published or is_stub(subject.edition, subject.data)
    if waits or not others or subject.edition.problem:
        return
    switch = switch_of(subject)
    if switch.line is None and not _is_wanted(subject, others):
        return
    lacking = [each for each in others if each.path not in switch.leads_to and readers_have(subject, each)]
    moved = _moved(subject, switch) if lacking else set()
    lacking = [each for each in lacking if each.path not in moved]
    if lacking:
        names = " and ".join(relative(subject.edition.path, each.path) for each in lacking)
        line = switch.line or title_line(subject)
        message = f"the line does not lead to {names}" if switch.line else f"no line here leads to {names}"
        yield Place(line, 1, message, switch_edits(subject))


def _moved(subject: Subject, switch: Switch) -> set[str]:
    """Where the files are that the line leads to where they were: `moved-link` finds that."""
    on_the_line = (each for each in targets(subject) if each.link.line == switch.line)
    return {now.path for each in on_the_line if (now := moved_to(subject, each))}


def _is_wanted(subject: Subject, others: Sequence[Edition]) -> bool:
    """Whether a page of linked editions has to have the line: the blog states one, or another edition leads here."""
    stated = subject.settings.switch_line
    if stated == "none" or not any(each.translation_of for each in (subject.edition, *others)):
        return False
    return stated is not None or any(leads_back(subject, each) for each in others)
