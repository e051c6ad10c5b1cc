"""What a text is made of, to be compared with a translation: headings, tables, code, images, lists, its passages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from aiblog.core.document import Reading, body_start, document, reading
from aiblog.core.language import names_a_language
from aiblog.core.markdown_html import text_of
from aiblog.core.plain_shape import plain_shape
from aiblog.core.shape_parts import CODE, Mark, Passage, Shape, Table
from aiblog.core.switch_line import switch_at


@lru_cache(maxsize=4)  # every rule asks for the same two files, one after the other
def shape(text: str) -> Shape:
    """The shape of a file's whole text, or of a part of it; see `document` on what may be in it."""
    plain = plain_shape(text, body_start(text))
    if plain is None:
        return _parsed_shape(text)
    paragraphs = tuple(plain.paragraphs)
    return Shape(tuple(plain.headings), (), (), (), (), paragraphs, (), (), (), tuple(plain.passages), paragraphs)


def _parsed_shape(text: str) -> Shape:
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
    lines = body.replace("\r\n", "\n").split("\n")
    at = switch_at(lines)
    is_one = at is not None and names_a_language(lines[at])  # else it may be any link that stands alone
    return at + read.places.of(read.start)[0] if at is not None and is_one else None


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
_LEVELS = {*_BLOCKS, *_BLOCK_ENDS, *_TEXTS, "/Item"}
_LINKS = {"Link", "/Link", "Image", "/Image"}
_COUNTED = {"CodeBlock", "Item", "Paragraph", "Table", "TableRow", "HtmlBlock"}
_COUNTED |= {"FootnoteReference", "FootnoteDefinition"}


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
        self._in_code = self._in_html_link = False
        self._kind: Literal["paragraph", "heading", "item", "cell", "html"] | None = None
        self._start = 0
        self._words: list[str] = []
        self._own: list[str] = []

    def walk(self) -> None:
        """Fills the lists."""
        for name, value, start, end in self._read.parsed.events:
            if name in _LEAVES:
                self._leaf(name, value)
                if name == "Code" and not self._images:
                    self.codes.append(self._mark(start, value))
            elif name in _LINKS:
                self._link(name, value, start)
            else:
                if name in _TEXT_ENDS:
                    self._close()
                if name in _LEVELS:
                    self._level(name, start)
                if name in _COUNTED:
                    self._count(name, value, start, end)

    def _mark(self, start: int, value: str) -> Mark:
        return Mark(*self._places.of(start), value)

    def _leaf(self, name: str, value: Any) -> None:
        if self._kind is None or self._images or self._in_code:
            return
        if name == "InlineHtml":
            words = " " if value.lower().startswith("<br") else ""
            if tag := re.match(r"<(/?)a\b", value, re.IGNORECASE):
                self._in_html_link = not tag[1]
        else:
            words = value if name == "Text" else CODE if name == "Code" else "\n"
        self._words.append(words)
        if not self._links and not self._in_html_link:
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

    def _count(self, name: str, value: Any, start: int, end: int) -> None:
        """What is counted, or kept with its place."""
        if name == "CodeBlock":
            self.fences.append(self._mark(start, str(value.get("Fenced", "")) if isinstance(value, dict) else ""))
        elif name == "Item":
            self.items.append(self._mark(start, ""))
        elif name == "Paragraph" and not self._lists:
            self.paragraphs.append(self._mark(start, name))
        elif name == "Table":
            self.tables.append(Table(self._places.of(start)[0], 0, len(value)))
        elif name == "TableRow":
            self.tables[-1] = self.tables[-1]._replace(rows=self.tables[-1].rows + 1)
        elif name in {"FootnoteReference", "FootnoteDefinition"}:
            self.notes.append(self._mark(start, value))
        elif name == "HtmlBlock":
            words = text_of(self._text[start:end])
            if words.strip():
                self.passages.append(Passage("html", *self._places.of(start), words, words, quoted=False))

    def _level(self, name: str, start: int) -> None:
        """What blocks, lists and quotations the next event stands in, and whether it begins a passage."""
        if name in _BLOCKS:
            is_comment = name == "HtmlBlock" and self._text.startswith("<!--", start)
            if not self._depth and not is_comment:
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
        self._kind, self._words, self._own, self._in_html_link = None, [], [], False
