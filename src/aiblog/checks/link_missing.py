"""The rule `link-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.checks.targets import missing


def link_missing(subject: Subject) -> Iterator[Place]:
    """A relative link to a file or folder that does not exist.

    Bad: `[the report](./reports/roi.md)`
    Good: `[the report](./roi.md)`
    Why: readers would meet a page that is not there; so do those for whom only the case of the name differs.
    """
    yield from missing(subject, images=False)
