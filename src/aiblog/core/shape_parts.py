"""What a text is made of, as it is compared with a translation: the parts of a shape."""

from __future__ import annotations

from typing import Literal, NamedTuple

from aiblog.core.document import Headline


class Mark(NamedTuple):
    """Something with one value (an image's destination, a fence's language, a footnote's label) at its place from 1."""

    line: int
    column: int
    value: str


class Table(NamedTuple):
    """A table at its line (from 1): its rows, the head not counted, and columns."""

    line: int
    rows: int
    columns: int


class Passage(NamedTuple):
    """The text of one paragraph, heading, list item, table cell or piece of HTML, as a reader has it.

    `line` and `column` (from 1) are where it begins. `text` has no code (`CODE` stands for it), no images, no addresses
    in angle brackets; newlines stay. `own` is `text` without that of links. `quoted`: it stands in a quotation.
    """

    kind: Literal["paragraph", "heading", "item", "cell", "html"]
    line: int
    column: int
    text: str
    own: str
    quoted: bool


class Shape(NamedTuple):
    """What stands in a text, without front matter, comments and switch line; each in order.

    `paragraphs` are the places of paragraphs outside lists, `items` of list items, `tops` of top-level blocks with
    their kinds. `links` have every destination a reader can follow but bare addresses.
    """

    headings: tuple[Headline, ...]
    images: tuple[Mark, ...]
    tables: tuple[Table, ...]
    fences: tuple[Mark, ...]
    items: tuple[Mark, ...]
    paragraphs: tuple[Mark, ...]
    notes: tuple[Mark, ...]
    codes: tuple[Mark, ...]
    links: tuple[Mark, ...]
    passages: tuple[Passage, ...]
    tops: tuple[Mark, ...]


CODE = "\ufffc"
"""Stands in a passage for inline code."""
