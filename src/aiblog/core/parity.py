"""What a translation has otherwise than its source, rule by rule, and what of it breaks the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from aiblog.core.comparison import Comparison, Difference, compared
from aiblog.core.parity_code import differing_code
from aiblog.core.parity_counts import differing_lists, differing_paragraphs
from aiblog.core.parity_headings import differing_headings
from aiblog.core.parity_images import differing_images
from aiblog.core.parity_marks import differing_notes, missing_code
from aiblog.core.parity_numbers import missing_numbers
from aiblog.core.parity_tables import differing_tables

__all__ = ["MEASURES", "Difference", "broken"]

MEASURES: Mapping[str, Callable[[Comparison], Iterator[Difference]]] = {
    "parity-images": differing_images,
    "parity-tables": differing_tables,
    "parity-headings": differing_headings,
    "parity-code": differing_code,
    "parity-numbers": missing_numbers,
    "parity-lists": differing_lists,
    "parity-footnotes": differing_notes,
    "parity-inline-code": missing_code,
    "parity-paragraphs": differing_paragraphs,
}
"""What each rule finds in a pair of texts that needs to know no more than the texts."""

_BREAKING = ("parity-images", "parity-tables", "parity-headings", "parity-code")


def broken(source: str, translation: str) -> list[Difference]:
    """The differences of error severity between two texts, in the translation's order.

    Each is a whole file (front matter, comments and switch line are not compared) or a part of one, such as a block.
    Lines and columns count from 1 in the translation as given; messages name lines of the source as given.
    """
    pair = compared(source, translation)
    return sorted((each for rule in _BREAKING for each in MEASURES[rule](pair)), key=lambda each: each[1:3])
