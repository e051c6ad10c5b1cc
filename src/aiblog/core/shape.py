"""What a text is made of, to be compared with a translation: headings, tables, code, images, lists, its passages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from aiblog.core.document import Headline, Reading, document, reading
from aiblog.core.markdown_html import text_of
from aiblog.core.switch_line import switch_at


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


@lru_cache(maxsize=4)  # every rule asks for the same two files, one after the other
def shape(text: str) -> Shape:
    """The shape of a file's whole text, or of a part of it; see `document` on what may be in it."""
    read = reading(text)
    found = _Walk(text, read)
    found.walk()
    switch = _switch_line(text, read)
    images, links = found.images, found.links
    for destination, (start, _) in read.html.destinations:
        place = read.places.of(start)
        if re.match(r"<img\b", text[text.rfind("<", 0, start) : start], re.IGNORECASE):
            images.append(Mark(*place, destination))
        elif re.match(r"<a\b", text[text.rfind("<", 0, start) : start], re.IGNORECASE):
            links.append(Mark(*place, destination))
    return Shape(
        document(text).headings,
        tuple(sorted(images)),
        tuple(found.tables),
        tuple(found.fences),
        tuple(found.items),
        tuple(each for each in found.paragraphs if each.line != switch),
        tuple(found.notes),
        tuple(found.codes),
        tuple(each for each in sorted(links) if each.line != switch),
        tuple(each for each in found.passages if each.line != switch),
        tuple(each for each in found.tops if each.line != switch),
    )


def _switch_line(text: str, read: Reading) -> int | None:
    """The line (from 1) that leads to the other editions."""
    body = text[read.start : read.start + 20_000]
    if ".md" not in body:
        return None
    at = switch_at(body.replace("\r\n", "\n").split("\n"))
    return None if at is None else at + read.places.of(read.start)[0]


_TEXTS: dict[str, Literal["paragraph", "heading", "item", "cell"]] = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "Item": "item",
    "TableCell": "cell",
}
_TEXT_ENDS = {*_TEXTS, *(f"/{name}" for name in _TEXTS), "List"}
_LEAVES = {"Text", "Code", "SoftBreak", "HardBreak", "InlineHtml"}
_BLOCKS = {"Paragraph", "List", "Table", "CodeBlock", "BlockQuote", "HtmlBlock", "FootnoteDefinition"}
_BLOCK_ENDS = {f"/{name}" for name in _BLOCKS}


class _Walk:
    """One walk along the events."""

    def __init__(self, text: str, read: Reading) -> None:
        self._text = text
        self._read = read
        self._places = read.places
        self.images: list[Mark] = []
        self.tables: list[Table] = []
        self.fences: list[Mark] = []
        self.items: list[Mark] = []
        self.paragraphs: list[Mark] = []
        self.notes: list[Mark] = []
        self.codes: list[Mark] = []
        self.links: list[Mark] = []
        self.passages: list[Passage] = []
        self.tops: list[Mark] = []
        self._depth = self._quotes = self._lists = self._images = self._links = 0
        self._in_code = False
        self._kind: Literal["paragraph", "heading", "item", "cell", "html"] | None = None
        self._start = 0
        self._words: list[str] = []
        self._own: list[str] = []

    def walk(self) -> None:
        """Fills the lists."""
        for name, value, start, end in self._read.parsed.events:
            if name in _LEAVES:
                self._leaf(name, value)
            elif name in {"Link", "/Link", "Image", "/Image"}:
                self._link(name, value, start)
            else:
                if name in _TEXT_ENDS:
                    self._close()
                self._block(name, value, start, end)
            if name == "Code" and not self._images:
                self.codes.append(self._mark(start, value))

    def _mark(self, start: int, value: str) -> Mark:
        return Mark(*self._places.of(start), value)

    def _leaf(self, name: str, value: Any) -> None:
        if self._kind is None or self._images or self._in_code:
            return
        if name == "InlineHtml":
            words = " " if value.lower().startswith("<br") else ""
        else:
            words = value if name == "Text" else CODE if name == "Code" else "\n"
        self._words.append(words)
        if not self._links:
            self._own.append(words)

    def _link(self, name: str, value: Any, start: int) -> None:
        if name == "Image":
            self._images += 1
            self.images.append(self._mark(start, value["dest_url"]))
        elif name == "/Image":
            self._images -= 1
        elif name == "Link":
            is_autolink = value["link_type"] in {"Autolink", "Email"}
            self._images += is_autolink  # its text is an address: no more a reader's text than that of an image
            self._links += 1 + is_autolink
            self.links.append(self._mark(start, value["dest_url"]))
        else:
            is_autolink = self._links == 2
            self._images -= is_autolink
            self._links -= 1 + is_autolink

    def _block(self, name: str, value: Any, start: int, end: int) -> None:
        self._levels(name, start)
        if name == "CodeBlock":
            self.fences.append(self._mark(start, str(value.get("Fenced", "")) if isinstance(value, dict) else ""))
        elif name == "Item":
            self.items.append(self._mark(start, ""))
        elif name == "Paragraph" and not self._lists:
            self.paragraphs.append(self._mark(start, ""))
        elif name == "Table":
            self.tables.append(Table(self._places.of(start)[0], 0, len(value)))
        elif name == "TableRow":
            self.tables[-1] = self.tables[-1]._replace(rows=self.tables[-1].rows + 1)
        elif name in {"FootnoteReference", "FootnoteDefinition"}:
            self.notes.append(self._mark(start, f"[^{value}]" + (":" if name == "FootnoteDefinition" else "")))
        elif name == "HtmlBlock":
            words = text_of(self._text[start:end])
            if words.strip():
                self.passages.append(Passage("html", *self._places.of(start), words, words, quoted=False))

    def _levels(self, name: str, start: int) -> None:
        """What blocks, lists and quotations the next event stands in, and whether it begins a passage."""
        if name in _BLOCKS:
            if not self._depth:
                self.tops.append(self._mark(start, name))
            self._depth += 1
        elif name in _BLOCK_ENDS:
            self._depth -= 1
        if name in _TEXTS:
            self._open(name, start)
        self._lists += {"Item": 1, "/Item": -1}.get(name, 0)
        self._quotes += {"BlockQuote": 1, "/BlockQuote": -1}.get(name, 0)
        if name in {"CodeBlock", "/CodeBlock"}:
            self._in_code = name == "CodeBlock"

    def _open(self, name: str, start: int) -> None:
        self._kind, self._start = _TEXTS[name], start
        if name == "Paragraph" and self._lists:
            self._kind = "item"

    def _close(self) -> None:
        """What has been read since the last block began is a passage, if it is anything."""
        if self._kind is not None and self._words:
            words, own = "".join(self._words), "".join(self._own)
            self.passages.append(Passage(self._kind, *self._places.of(self._start), words, own, bool(self._quotes)))
        self._kind, self._words, self._own = None, [], []
