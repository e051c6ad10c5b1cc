"""The rule `index-draft`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_draft(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An entry that lists a post of which no edition is published; in a selection a warning.

    Bad: `- [A draft](./2026-02-26/draft.md)`
    Good: `- [ROI](./2026-02-25/roi.md)`
    Why: readers are led to what its author has not finished.
    """
    return whole.index_places("index-draft")
