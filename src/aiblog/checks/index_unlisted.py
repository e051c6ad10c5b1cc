"""The rule `index-unlisted`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def index_unlisted(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A published post that a complete index does not list.

    Bad: `status: Active`
    Good: `status: Draft`
    Why: whoever reads the index does not learn of the post; `aiblog index` enters it.
    """
    return whole.index_places("index-unlisted")
