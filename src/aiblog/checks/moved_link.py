"""The rule `moved-link`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.checks.targets import moved_to, retargeted, targets
from aiblog.core.links import relative


def moved_link(subject: Subject) -> Iterator[Place]:
    """A relative link or image whose file has moved: by aiblog, by git's renames, or as a post with the same slug.

    Bad: `[last week](../2026-02-23/costs.md)`
    Good: `[last week](../2026-02-24/costs.md)`
    Why: readers would meet a page that is not there, though the blog has it.
    """
    for target in targets(subject):
        now = moved_to(subject, target)
        if now is not None:
            message = f"{target.written} has moved to {relative(subject.edition.path, now.path)} ({now.how})"
            yield Place(target.link.line, target.link.column, message, retargeted(subject, target, now.path))
