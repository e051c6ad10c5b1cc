"""The rule `parity-headings`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_headings(subject: Subject) -> Iterator[Place]:
    """Headings of a translation that are not those of its source in number and level; the first place is said.

    Bad: `## Why → 原因`
    Good: `## Why → ## 原因`
    Why: a section was left out or added, and anchors, tables of contents and later updates no longer fit.
    """
    return differences(subject, "parity-headings")
