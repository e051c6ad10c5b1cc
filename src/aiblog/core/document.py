"""A Markdown file as its reader meets it: headings, links, prose, HTML, with their places; one parse for all rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from aiblog.core import header
from aiblog.core.markdown_events import Event, Parsed, label_key, parsed
from aiblog.core.markdown_html import Html, html_of


class Link(NamedTuple):
    """A link, image, reference definition, HTML `href`/`src`, autolink `<…>`, or reference to a definition.

    `destination` is decoded; `start` and `end` are the offsets (characters) of it as written, with
    its angle brackets; line and column count from 1. Those of a reference are its own, its destination
    stands in its definition.
    """

    kind: Literal["link", "image", "definition", "html", "autolink", "reference"]
    destination: str
    start: int
    end: int
    line: int
    column: int


class Headline(NamedTuple):
    """A heading as a reader sees it, its line counted from 1.

    `text` is plain: no markup, no HTML, no image; a line break is a newline. An `<h2>` is one too.
    """

    line: int
    level: int
    text: str


class Undefined(NamedTuple):
    """A reference `[text][label]` or `[label][]` without its definition, line and column counted from 1."""

    label: str
    line: int
    column: int


class Document(NamedTuple):
    """What stands in a file's text, all in order; spans are offsets (characters) in the whole text, the end exclusive.

    `headings` are those in quotations and lists too. `texts` are spans of prose without code, HTML and
    destinations, each within a line; escapes divide them, so only a first character can be escaped (a backslash stands
    before it), and every other `*` or `_` in them is one that emphasises nothing. `html_ids` are the values of `id=`
    and `name=`. `comments` are spans of HTML comments.
    """

    headings: tuple[Headline, ...]
    links: tuple[Link, ...]
    undefined: tuple[Undefined, ...]
    texts: tuple[tuple[int, int], ...]
    html_ids: frozenset[str]
    comments: tuple[tuple[int, int], ...]


_HTML = {"HtmlBlock", "InlineHtml"}
_AUTOLINKS = {"Autolink", "Email"}


class Reading(NamedTuple):
    """A file's whole text as the parser read it, without its front matter; all places are those in the file.

    `start` is the offset where the body begins.
    """

    parsed: Parsed
    html: Html
    places: Places
    start: int


@lru_cache(maxsize=4)  # what looks at a file asks for it several times, one after the other
def reading(text: str) -> Reading:
    """The one parse of a file's whole text; a BOM, CRLF and lone surrogates are fine."""
    start = body_start(text)
    read = parsed(text[start:], start=start)
    html = html_of(text, [(each.start, each.end) for each in read.events if each.name in _HTML])
    return Reading(read, html, Places(text), start)


@lru_cache(maxsize=4)  # every rule asks for the same file, one after the other
def document(text: str) -> Document:
    """The document of a file's whole text: its front matter is left out, a BOM, CRLF and lone surrogates are fine."""
    read, html, places, _ = reading(text)
    links = [*_links(text, read, places), *(_link("html", to, span, places) for to, span in html.destinations)]
    links.sort(key=lambda link: (link.line, link.column) if link.kind == "reference" else places.of(link.start))
    headings = [Headline(places.of(at)[0], level, words) for at, level, words in html.headings]
    return Document(
        tuple(sorted([*_headings(read.events, places), *headings], key=lambda each: each.line)),
        tuple(links),
        tuple(Undefined(label, *places.of(at)) for label, at, _ in read.undefined),
        tuple(_texts(read.events)),
        frozenset(html.names),
        tuple(html.comments),
    )


def body_start(text: str) -> int:
    """Where the body of a file's whole text begins, in characters."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data[: header.body_offset(data)].decode("utf-8", "surrogatepass"))


class Places:
    """From offsets in a text to lines and columns."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column, from 1, of an offset."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _headings(events: list[Event], places: Places) -> Iterator[Headline]:
    current: Event | None = None
    parts: list[str] = []
    images = 0
    for event in events:
        if current is None:
            if event.name == "Heading":
                current, parts = event, []
        elif event.name == "/Heading":
            yield Headline(places.of(current.start)[0], int(current.value["level"][1]), "".join(parts))
            current = None
        elif event.name in {"Image", "/Image"}:
            images += 1 if event.name == "Image" else -1
        elif images:
            continue
        elif event.name in {"Text", "Code"}:
            parts.append(event.value)
        elif event.name in {"SoftBreak", "HardBreak"}:
            parts.append("\n")


def _texts(events: list[Event]) -> Iterator[tuple[int, int]]:
    start = end = 0
    code = False
    autolink = False
    for event in events:
        if event.name == "Text":
            if code or autolink:
                continue
            if event.start != end:
                if end > start:
                    yield start, end
                start = event.start
            end = event.end
        elif event.name in {"CodeBlock", "/CodeBlock"}:
            code = event.name == "CodeBlock"
        elif event.name == "Link":
            autolink = event.value["link_type"] in _AUTOLINKS
        elif event.name == "/Link":
            autolink = False
    if end > start:
        yield start, end


def _link(
    kind: Literal["link", "image", "definition", "html", "autolink"],
    destination: str,
    span: tuple[int, int],
    places: Places,
) -> Link:
    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    return Link(kind, unquote(destination), *span, *places.of(span[0]))


def _links(text: str, read: Parsed, places: Places) -> list[Link]:
    found: list[Link] = []
    definitions: dict[str, Link] = {}
    for label, each in read.definitions.items():
        span = written(text, each.start, each.end, LABEL)
        definitions[label] = _link("definition", each.destination, span, places)
    opened: list[Event] = []
    last = 0  # where what stands in the link has ended so far
    for event in read.events:
        if event.name in {"Link", "Image"}:
            opened.append(event)
            last = event.start
        elif event.name in {"/Link", "/Image"}:
            found += _link_of(text, opened.pop(), last, definitions, places)
            last = event.end
        elif opened:
            last = event.end
    return [*found, *definitions.values()]


def _link_of(text: str, event: Event, label_end: int, definitions: dict[str, Link], places: Places) -> Iterator[Link]:
    data = event.value
    if data["link_type"] in _AUTOLINKS:
        mail = "mailto:" if data["link_type"] == "Email" else ""
        yield _link("autolink", mail + data["dest_url"], (event.start, event.end), places)
    elif data["link_type"] == "Inline":
        span = written(text, label_end, event.end - 1, LABEL_END)
        yield _link("image" if event.name == "Image" else "link", data["dest_url"], span, places)
    elif definition := definitions.get(label_key(data["id"])):
        line, column = places.of(event.start)
        yield definition._replace(kind="reference", line=line, column=column)


LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]:", re.DOTALL)
"""What stands before the destination of a definition."""
LABEL_END = re.compile(r"\]\(")
"""What stands before the destination of a link."""
_DESTINATION = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t>]*)?(<(?:[^<>\n\\]|\\.)*>|[^\x00-\x20\x7f]*)")


def written(text: str, start: int, end: int, before: re.Pattern[str]) -> tuple[int, int]:
    """Where a destination stands as written between those offsets of a text, behind what is `before` it."""
    head = before.search(text, start, end)
    match = _DESTINATION.match(text, head.end() if head else start, end)
    return match.span(1) if match else (end, end)
