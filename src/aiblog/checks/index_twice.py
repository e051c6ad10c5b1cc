"""The rule `index-twice`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_twice(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An edition that stands in two entries of a complete index.

    Bad: `- [ROI](./2026-02-25/roi.md)`
    Good: `- [Slides](https://example.org/slides)`
    Why: one of the two is left over, from a merge or a move, and will not be kept up to date.
    """
    return whole.index_places("index-twice")
