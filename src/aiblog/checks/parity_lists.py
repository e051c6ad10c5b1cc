"""The rule `parity-lists`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_lists(subject: Subject) -> Iterator[Place]:
    """A section of a translation with more or fewer list items than that of its source.

    Bad: `- CPU⏎- GPU → - CPU`
    Good: `- CPU⏎- GPU → - CPU⏎- GPU`
    Why: a point was left out, two became one, or a line broken at a hyphen became an item of its own.
    """
    return differences(subject, "parity-lists")
