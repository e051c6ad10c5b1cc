"""The rule `index-stale-title`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_stale_title(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An entry of a complete index that calls a post what it was called once, as git's history shows.

    Bad: `## 2026-02-25: The old title`
    Good: `## 2026-02-25: People's own words`
    Why: the post was renamed and the index forgotten; words that people chose themselves are never found.
    """
    return whole.index_places("index-stale-title")
