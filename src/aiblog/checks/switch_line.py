"""The rule `switch-line`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.checks.switch_edits import other_editions, readers_have, switch_edits, switch_of, title_line
from aiblog.core.links import relative
from aiblog.core.translation import is_stub


def switch_line(subject: Subject) -> Iterator[Place]:
    """A line between editions that does not lead to each other published one; none at all in a linked post.

    Bad: `English | 中文`
    Good: `English | [中文](./roi_zh.md)`
    Why: readers of the one language do not learn that the post is there in theirs.
    """
    others = other_editions(subject)
    waits = not subject.published or is_stub(subject.edition, subject.data)
    if waits or not others or subject.edition.problem:
        return
    switch = switch_of(subject)
    linked = any(each.translation_of for each in (subject.edition, *others))
    if switch.line is None and (not linked or subject.settings.switch_line == "none"):
        return
    lacking = [each for each in others if each.path not in switch.leads_to and readers_have(subject, each)]
    if lacking:
        names = " and ".join(relative(subject.edition.path, each.path) for each in lacking)
        line = switch.line or title_line(subject)
        message = f"the line does not lead to {names}" if switch.line else f"no line here leads to {names}"
        yield Place(line, 1, message, switch_edits(subject))
