"""The rule `parity-numbers`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_numbers(subject: Subject) -> Iterator[Place]:
    """A number in the text of the source that a translation has nowhere, in whatever way the language writes it.

    Bad: `65,000 nodes → 6,500 个节点`
    Good: `65,000 nodes → 6.5 万个节点`
    Why: ten thousands are miscounted easily between Chinese and English, and a wrong figure is quoted.
    """
    return differences(subject, "parity-numbers")
