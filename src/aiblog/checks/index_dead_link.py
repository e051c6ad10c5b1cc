"""The rule `index-dead-link`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_dead_link(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An entry that links to a post's file that is not there, nor anywhere else in the blog.

    Bad: `- [Gone](./2026-02-25/gone.md)`
    Good: `- [ROI](./2026-02-25/roi.md)`
    Why: readers would meet a page that is not there.
    """
    return whole.index_places("index-dead-link")
