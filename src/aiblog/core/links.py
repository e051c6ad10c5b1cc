"""Links of a document with the exact place of each destination; rewriting changes the destination's text alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Literal

from aiblog.core import header
from aiblog.core.document import Link
from aiblog.core.markdown import InlineLink, blocks, inline_links
from aiblog.errors import AiblogError


def links(text: str) -> list[Link]:
    """Every link of a file's text in order, none in code, comments or front matter. CRLF and a BOM are fine."""
    body_start = len(text) - len(_body(text))
    body = text[body_start:]
    if "](" not in body and "]:" not in body and "<" not in body:
        return []
    starts = _line_starts(body)
    found, labels = inline_links(body.replace("\r\n", " \n"))  # as long as before: offsets stay true
    places: dict[int, Link] = {}
    for each in found:
        place = _place(body, starts, each)
        if place is not None:
            start, end = place
            places[start] = _link(each.kind, each.destination, text, body_start + start, body_start + end)
    for match in _definitions(body, labels):
        start, end = match.span("to")
        places[start] = _link("definition", _plain(match["to"]), text, body_start + start, body_start + end)
    for start, end in _html(body):
        places.setdefault(start, _link("html", _plain(body[start:end]), text, body_start + start, body_start + end))
    return [places[start] for start in sorted(places)]


def _body(text: str) -> str:
    data = text.encode("utf-8", "surrogateescape")
    try:
        end = header.read(data).end
    except AiblogError:  # a broken front matter is another check's finding
        return text
    return data[end:].decode("utf-8", "surrogateescape")


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for match in re.finditer("\n", text):
        starts.append(match.end())
    return starts


def _link(
    kind: Literal["link", "image", "definition", "html"], destination: str, text: str, start: int, end: int
) -> Link:
    line = text.count("\n", 0, start)
    return Link(kind, destination, start, end, line + 1, start - (text.rfind("\n", 0, start) + 1) + 1)


_AS_WRITTEN = re.compile(r"<[^<>\n]*>|[^\s()<](?:[^\s()]|\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\))*")


def _place(body: str, starts: list[int], link: InlineLink) -> tuple[int, int] | None:
    """Where in the body a link's destination stands.

    The parser strips each line of an inline text (quotation marks, list indents, table pipes): the
    line of the content is looked for in its line of the source.
    """
    row = link.content.count("\n", 0, link.position)
    column = link.position - (link.content.rfind("\n", 0, link.position) + 1)
    own = link.content.split("\n")[row]
    first = link.line + row
    for number in range(first, min(max(link.end_line, first + 1), len(starts))):
        begin = starts[number]
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(body)
        line = body[begin:end]
        at = line.find(own.rstrip())
        if at < 0:  # a table cell, whose escaped pipes the parser resolved
            at = line.replace("\\|", "|").find(own.rstrip())
            at = _before_resolving(line, at + column) - column if at >= 0 else at
        if at >= 0:
            start = begin + at + column
            match = _AS_WRITTEN.match(body, start)
            return (start, match.end()) if match else None
    return None


def _before_resolving(line: str, column: int) -> int:
    """The column in the line as written of one in the line with its escaped pipes resolved."""
    written = 0
    for _ in range(column):
        written += 2 if line.startswith("\\|", written) else 1
    return written


_DEFINITION = re.compile(
    r"(?m)^[ >]{0,12}(?:[-*+] +)?\[(?P<label>(?:[^\[\]\\]|\\.)+)\]:[ \t]*\n?[ \t]*(?P<to><[^<>\n]*>|[^\s<]\S*)"
)


def _definitions(body: str, labels: set[str]) -> list[re.Match[str]]:
    if not labels:
        return []
    code = _code_lines(body)
    return [
        match
        for match in _DEFINITION.finditer(body)
        if " ".join(match["label"].split()).casefold() in {label.casefold() for label in labels}
        and body.count("\n", 0, match.start("to")) not in code
    ]


_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)


def _html(body: str) -> list[tuple[int, int]]:
    if "<" not in body or not re.search(r"(?i)\b(?:href|src)\s*=", body):
        return []
    code = _code_lines(body)
    blanked = re.sub(r"(?s)<!--.*?-->|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", lambda match: " " * len(match.group()), body)
    spans = []
    for match in _ATTRIBUTE.finditer(blanked):
        group = 1 if match.group(1) is not None else 2
        if body.count("\n", 0, match.start()) not in code:
            spans.append(match.span(group))
    return spans


def _code_lines(body: str) -> set[int]:
    return {line for block in blocks(body) if block.kind == "code" for line in range(block.start, block.end)}


def _plain(destination: str) -> str:
    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    return unquote(destination[1:-1] if destination.startswith("<") else destination)


def retargeted(text: str, targets: Mapping[int, str]) -> str:
    """The text with other destinations, by the start offset of each link; every other character as it was.

    A destination keeps its angle brackets; without them spaces and parentheses are percent-encoded.
    """
    parts, position = [], 0
    for link in links(text):
        if link.start in targets:
            written = text[link.start : link.end]
            new = targets[link.start]
            new = f"<{new}>" if written.startswith("<") else encoded(new)
            parts += [text[position : link.start], new]
            position = link.end
    return "".join([*parts, text[position:]])


def encoded(destination: str) -> str:
    """A path as a plain destination: what would end it or be decoded is percent-encoded, Chinese stays readable."""
    return re.sub(
        r"[\s()<>%\\\"]", lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), destination
    )


def relative(from_file: str, to_file: str) -> str:
    """The path from one file's folder to another file, both relative to the blog's root; `./` before a sibling."""
    path = posixpath.relpath(to_file, posixpath.dirname(from_file) or ".")
    return path if path.startswith("../") else f"./{path}"


def destination(from_file: str, to_file: str) -> str:
    """A link's destination as written in one file, to another whose name may hold anything; `./` before a sibling."""
    return encoded(relative(from_file, to_file)).replace("#", "%23").replace("?", "%3F")


def resolved(from_file: str, destination: str) -> str | None:
    """The file a relative link leads to, relative to the root, without its anchor.

    None for an external link, an absolute path, an anchor of the page itself, or one out of the root.
    """
    plain = re.split("[#?]", destination, maxsplit=1)[0]
    if not plain or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", plain):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(from_file), plain))
    return None if path.startswith("../") or path == ".." else path
