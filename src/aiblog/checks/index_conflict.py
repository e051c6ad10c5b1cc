"""The rule `index-conflict`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_conflict(whole: Whole) -> Iterator[tuple[str, Place]]:
    """An index that cannot be read: it has git's conflict markers, or lost the heading that its list stands under.

    Bad: `<<<<<<< HEAD`
    Good: `Some prose.`
    Why: no post can be entered before that is settled; `aiblog index --resolve` settles markers.
    """
    return whole.index_places("index-conflict")
