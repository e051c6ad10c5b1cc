"""What a translation has otherwise than its source, as far as it breaks the text: errors that stop a publish."""

from __future__ import annotations

from aiblog.core.comparison import Difference, compared
from aiblog.core.parity_code import differing_code
from aiblog.core.parity_headings import differing_headings
from aiblog.core.parity_images import differing_images
from aiblog.core.parity_tables import differing_tables

__all__ = ["Difference", "broken"]


def broken(source: str, translation: str) -> list[Difference]:
    """The differences of error severity between two texts, in the translation's order.

    Each is a whole file (front matter, comments and switch line are not compared) or a part of one, such as a block.
    Lines and columns count from 1 in the translation as given; messages name lines of the source as given.
    """
    pair = compared(source, translation)
    ways = (differing_headings, differing_images, differing_tables, differing_code)
    return sorted((each for differing in ways for each in differing(pair)), key=lambda each: each[1:3])
