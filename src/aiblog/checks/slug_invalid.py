"""The rule `slug-invalid`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.slug import slug_error


def slug_invalid(subject: Subject) -> Iterator[Place]:
    """A file name whose topic is not made of lower-case letters a-z, digits and single hyphens.

    Bad: `Agent_Sandbox.md`
    Good: `agent-sandbox.md`
    Why: the slug is in addresses, branch names and file names, where other characters break or change.
    """
    problem = slug_error(subject.post.slug)
    if problem is not None:
        yield Place(1, 1, f'the slug "{subject.post.slug}" of this file\'s name will not do: {problem}')
