"""The rule `parity-tables`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_tables(subject: Subject) -> Iterator[Place]:
    """A table of a translation with other rows or columns than the one in its source, one more, or one fewer.

    Bad: `| GPU | ROI |⏎| --- | --- |⏎| A | B | → | GPU | 回报率 |⏎| --- | --- |`
    Good: `| GPU | ROI |⏎| --- | --- |⏎| A | B | → | GPU | 回报率 |⏎| --- | --- |⏎| 甲 | 乙 |`
    Why: data was lost, or came later and into one language alone.
    """
    return differences(subject, "parity-tables")
