"""The rule `parity-paragraphs`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_paragraphs(subject: Subject) -> Iterator[Place]:
    """A section of a translation with more or fewer paragraphs than that of its source; those in lists do not count.

    Bad: `CPU.⏎⏎GPU. → CPU。GPU。`
    Good: `CPU.⏎⏎GPU. → CPU。⏎⏎GPU。`
    Why: one of ten good translations parts them otherwise; where it does not mean to, text is missing.
    """
    return differences(subject, "parity-paragraphs")
