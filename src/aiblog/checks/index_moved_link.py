"""The rule `index-moved-link`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_moved_link(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An entry that links to where a post was; it has another date, folder or name now.

    Bad: `- [ROI](./2026-02-24/roi.md)`
    Good: `- [ROI](./2026-02-25/roi.md)`
    Why: readers would meet a page that is not there, though the blog has it.
    """
    return whole.index_places("index-moved-link")
