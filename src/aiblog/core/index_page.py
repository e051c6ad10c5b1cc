"""An index as lines with the places of its headings and list items, none in code, comments or front matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.lines import split_lines
from aiblog.core.markdown import Node, nodes
from aiblog.core.markdown_events import label_key
from aiblog.core.title import Heading
from aiblog.errors import AiblogError


class Item(NamedTuple):
    """A list item: its lines, 0-based, the end exclusive, without blank lines after it.

    `indent` is the column of its marker, `content` that of its text; `marker` has the spaces behind it
    (`- `); `text_end` is the line after its own first text, before nested items; `depth` 0 is no item's child.
    """

    start: int
    end: int
    indent: int
    content: int
    marker: str
    depth: int
    text_end: int = 0


class Page(NamedTuple):
    """A body (no front matter in it) as lines with their newlines, and what stands where; line numbers are 0-based.

    `headings` are those of no list item or quotation. `paragraphs` are spans of lines, also outside items.
    `code` are the lines of fences, indented code, comments and HTML; `comments` has each comment's first line by the
    line after it; `references` the destinations that stand apart from their links. `open` names what is not closed.
    """

    lines: tuple[str, ...]
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
    paragraphs: tuple[tuple[int, int], ...]
    rules: tuple[int, ...]
    code: frozenset[int]
    comments: Mapping[int, int]
    references: Mapping[str, str]
    open: str


def body_start(data: bytes) -> int:
    """The offset in bytes where an index's body begins; a front matter that cannot be read is taken for text."""
    try:
        return header.read(data).end
    except AiblogError:
        return len(header.BOM) if data.startswith(header.BOM) else 0


def body_page(data: bytes) -> tuple[Page, int]:
    """An index's page, and the number (from 1) of its first line in the file."""
    start = body_start(data)
    return page(split_lines(data[start:].decode("utf-8", "surrogateescape"))), data.count(b"\n", 0, start) + 1


_MARKER = re.compile(r"[ \t]*(?P<marker>(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))")


def page(lines: Iterable[str]) -> Page:
    """The page of those lines."""
    return _page(tuple(lines))


@lru_cache(maxsize=8)  # an index is looked at several times in a run, before and after its edits
def _page(lines: tuple[str, ...]) -> Page:
    headings: list[Heading] = []
    items: list[Item] = []
    paragraphs: list[tuple[int, int]] = []
    rules: list[int] = []
    code: set[int] = set()
    comments: dict[int, int] = {}
    unclosed = ""
    for node in nodes([line.rstrip("\r\n").replace("\r", " ") for line in lines]):
        end = content_end(lines, node.start, node.end)
        if node.kind == "item":
            items.append(_item(lines[node.start], items[-1] if items else None, node, end))
        elif node.kind == "code":
            code.update(range(node.start, end))
            if lines[node.start].lstrip().startswith("<!--") and lines[end - 1].rstrip().endswith("-->"):
                comments[end] = node.start
            unclosed = node.open or unclosed
        elif node.depth:
            continue
        elif node.kind == "heading":
            headings.append(Heading(" ".join(node.text.split("\n")), node.start, node.end, node.level))
        elif node.kind == "rule":
            rules.append(node.start)
        else:
            paragraphs.append((node.start, end))
    blocks = (tuple(headings), tuple(items), tuple(paragraphs), tuple(rules))
    return Page(lines, *blocks, frozenset(code), MappingProxyType(comments), _references(lines, code), unclosed)


DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\[\]]+)\]:[ \t]*(?P<to><[^<>\n]*>|[^\s<]\S*)")


def _references(lines: Sequence[str], code: Collection[int]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        if "]:" in line and number not in code and (match := DEFINITION.match(line)):
            found.setdefault(label_key(match["label"]), match["to"])
    return MappingProxyType(found)


def _item(line: str, before: Item | None, node: Node, end: int) -> Item:
    """A list item with the columns of its marker and text; one that begins on its parent's line stands in its text."""
    begins = before.content if before and before.start == node.start and node.depth else 0
    match = _MARKER.match(line.rstrip("\r\n"), begins)
    marker = match["marker"] if match else "- "
    indent = match.start("marker") if match else begins
    spaces = marker.lstrip("-*+.)0123456789")
    if not 0 < len(spaces.expandtabs(4)) < 5:
        marker = marker.rstrip(" \t") + " "
    width = len(line[:indent].expandtabs(4)) + len(marker)
    return Item(node.start, end, indent, width, marker, node.depth, min(node.text_end or end, end))


def inserted(lines: list[str], at: int, new: list[str]) -> list[str]:
    """The lines with new ones (without newlines) before line `at`, in the newlines used there.

    What stands last gets a newline too; whether the file ends with one is for the whole file to say.
    """
    newline = newline_at(lines, at)
    before = lines[:at]
    if new and before and not before[-1].endswith("\n"):
        before[-1] += newline
    return before + [f"{line}{newline}" for line in new] + lines[at:]


def with_text(lines: list[str], line: int, column: int, text: str) -> list[str]:
    """The lines with a text (its own newlines are LF) at that place of one of them."""
    written = text.replace("\n", newline_at(lines, line + 1))
    changed = lines[line][:column] + written + lines[line][column:]
    return [*lines[:line], *split_lines(changed), *lines[line + 1 :]]


def newline_at(lines: Sequence[str], at: int) -> str:
    """The newline of the line above that place, else of the one there, else of the file's last lines."""
    for line in [*lines[max(at - 1, 0) : at + 1], *lines[-2:]]:
        if line.endswith("\n"):
            return "\r\n" if line.endswith("\r\n") else "\n"
    return "\n"


def content_end(lines: Sequence[str], start: int, end: int) -> int:
    """The line after the last one with text before `end`; `start` where there is none."""
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end
