"""HTML in Markdown: its comments, destinations, names and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

Span = tuple[int, int]


class Html(NamedTuple):
    """What stands in a text's HTML, none of it in comments. Spans are offsets in that text, the end exclusive.

    `destinations` are quoted `href` and `src`, decoded, with the span of what stands between the quotes; `unquoted` are
    the spans of those without quotes. `names` are the values of `id` and `name`. `headings` have the offset where they
    begin, level and plain text.
    """

    comments: list[Span]
    destinations: list[tuple[str, Span]]
    names: list[str]
    headings: list[tuple[int, int, str]]
    unquoted: list[Span]


_PART = re.compile(
    r"<!--(?:>|->|.*?(?:-->|\Z))|<[Hh][1-6](?=[\s>])(?P<heading>[^<>]*>(?:[^<]|<(?!/?[Hh][1-6]))*)|<[A-Za-z][^<>]*",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?ai)(?<=[\s\"'])(?P<name>id|name|href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'=<>`]+))"
)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)


def html_of(text: str, spans: Iterable[Span]) -> Html:
    """What stands in those spans of a text, which are HTML."""
    found = Html([], [], [], [], [])
    for start, end in spans:
        _read(text, start, end, found)
    return found


def _read(text: str, start: int, end: int, found: Html) -> None:
    position = start
    while part := _PART.search(text, position, end):
        position = part.end()
        if part.group().startswith("<!--"):
            found.comments.append(part.span())
            continue
        if part["heading"] is not None:
            if text.startswith("</", part.end()):
                words = unescaped(_TAG.sub("", f"<{part['heading']}"))
                found.headings.append((part.start(), int(part.group()[2]), " ".join(words.split())))
            position = text.index(">", part.start()) + 1  # what stands in it is read too
        for match in _ATTRIBUTE.finditer(text, part.start(), position):
            group = next(number for number in (2, 3, 4) if match[number] is not None)
            if match["name"].lower() in {"id", "name"}:
                found.names.append(unescaped(match[group]))
            elif group == 4:
                found.unquoted.append(match.span(group))
            else:
                found.destinations.append((unescaped(match[group]), match.span(group)))


def text_of(html: str) -> str:
    """What a reader sees of a piece of HTML: no tags, no comments; its newlines stay."""
    return unescaped(_TAG.sub(lambda tag: "\n" * tag.group().count("\n"), html))


def unescaped(value: str) -> str:
    """A text with its entities resolved."""
    if "&" not in value:
        return value
    from html import unescape  # noqa: PLC0415 - start-up

    return unescape(value)
