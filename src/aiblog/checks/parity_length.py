"""The rule `parity-length`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import pair, places
from aiblog.checks.subject import Place, Subject


def parity_length(subject: Subject) -> Iterator[Place]:
    """A translation between Chinese and English that is shorter or longer than 98 of 100 (a sample is said often).

    Bad: `The scheduler places pods. → 安置。`
    Good: `The scheduler places pods. → 调度器负责安置容器。`
    Why: a text cut short is seen by its length even where headings and lists are complete.
    """
    found = pair(subject)
    if found is None:
        return iter(())
    from aiblog.core.parity_length import unusual_length  # noqa: PLC0415 - start-up

    return places(unusual_length(found.comparison, found.source.language, subject.edition.language))
