"""Markdown's structure: its blocks with their lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from aiblog.core.markdown_events import Definition, Event, Parsed, parsed
from aiblog.core.title import without_closing

Kind = Literal["heading", "paragraph", "list", "table", "quote", "code", "html", "rule"]

_KINDS: dict[str, Kind] = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "List": "list",
    "Table": "table",
    "BlockQuote": "quote",
    "CodeBlock": "code",
    "HtmlBlock": "html",
    "Rule": "rule",
    "FootnoteDefinition": "paragraph",
}


class Block(NamedTuple):
    """A top-level block: its lines, 0-based, the end exclusive, without blank lines after it.

    `level` is a heading's; `info` a fence's; `media` says that a paragraph holds nothing but images.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    info: str = ""
    media: bool = False


def blocks(text: str) -> list[Block]:
    """The top-level blocks of a body (no front matter in it), in order."""
    rows = _Rows(text.split("\n"))
    found = []
    for first, *inside in _top_level(_with_own_ends(parsed(text), rows)):
        start, end = rows.of(first)
        while end > start + 1 and not rows.lines[end - 1].strip():
            end -= 1
        kind = _KINDS[first.name]
        level = int(first.value["level"][1]) if kind == "heading" else 0
        media = first.name == "Paragraph" and _only_images(inside)
        found.append(Block(kind, start, end, level, _info(first), media))
    return found


def _top_level(events: Sequence[Event]) -> Iterator[Sequence[Event]]:
    """Each top-level block's events, from its beginning to before its end."""
    start, name, depth = 0, "", 0
    for number, event in enumerate(events):
        if not name and event.name == "Rule":
            yield [event]
        elif not name:
            start, name, depth = number, event.name, 1
        elif event.name == name:
            depth += 1
        elif event.name == f"/{name}":
            depth -= 1
            if not depth:
                yield events[start:number]
                name = ""


class _Rows:
    """The lines of a text, and those of an event. `last` is the line after the last one that is not blank."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def of(self, event: Event) -> tuple[int, int]:
        """The event's lines, 0-based, the end exclusive."""
        return self.at(event.start), self.at(max(event.end - 1, event.start)) + 1

    def is_within(self, definition: Definition, item: Event) -> bool:
        """Whether a definition is indented as the text of an item is."""
        return self._column(definition.start) > self._column(item.start) + 1

    def _column(self, offset: int) -> int:
        return offset - self._starts[self.at(offset)]

    def at(self, offset: int) -> int:
        return min(bisect_right(self._starts, offset) - 1, len(self.lines) - 1)


_LISTS = {"List", "Item"}


def _with_own_ends(read: Parsed, rows: _Rows) -> list[Event]:
    """The events; lists and items end where their last content does, not behind the definitions that follow them."""
    events = list(read.events)
    definitions = sorted(read.definitions.values(), key=lambda each: each.start)
    starts = [each.start for each in definitions]
    opened: list[int] = []
    end = 0
    for number, event in enumerate(events):
        if event.name in _LISTS:
            opened.append(number)
        elif event.name not in {"/List", "/Item"}:
            end = max(end, event.end)
        else:
            at = opened.pop()
            behind = definitions[bisect_left(starts, end) : bisect_left(starts, event.end)]
            end = max([end, events[at].start + 1, *(each.end for each in behind if rows.is_within(each, events[at]))])
            events[at] = events[at]._replace(end=end)
    return events


def _info(event: Event) -> str:
    """The words behind a fence that opens; "" for any other block."""
    return str(event.value.get("Fenced", "")).strip() if isinstance(event.value, dict) else ""


@dataclass(slots=True)
class Node:
    """A list item or code at any depth outside quotations, a heading, paragraph or rule outside items too.

    Its lines are 0-based, the end exclusive. `depth` counts the list items it stands in; `level` is a heading's, `text`
    its inline Markdown. `text_end` is the line after an item's own first text (0 where it has none). `open` names what
    a block of code does not close.
    """

    kind: Literal["heading", "paragraph", "item", "rule", "code"]
    start: int
    end: int
    depth: int = 0
    level: int = 0
    text: str = ""
    text_end: int = 0
    open: str = ""


_NODES: dict[str, Literal["heading", "paragraph", "item", "rule", "code"]] = {
    "Heading": "heading",
    "Paragraph": "paragraph",
    "Item": "item",
    "Rule": "rule",
    "CodeBlock": "code",
    "HtmlBlock": "code",
}


_QUOTES = {"BlockQuote": 1, "/BlockQuote": -1}
_DEEPEST = 20


def nodes(lines: Sequence[str]) -> list[Node]:
    """The blocks of those lines (without newlines) in their order; tables and footnotes count as paragraphs.

    What stands deeper than twenty items is their text: one hostile line can hold a hundred thousand.
    """
    rows = _Rows(lines)
    found: list[Node] = []
    depth, quoted = 0, 0
    text = "\n".join(lines)
    # brackets begin no block but a definition and CDATA: of a page of links without them only half is left to parse
    blocks_alone = text if "]:" in text or "<![" in text else text.replace("[", "(")
    events = _with_own_ends(parsed(blocks_alone, plain=True), rows)
    for number, event in enumerate(events):
        if event.name in _QUOTES:
            quoted += _QUOTES[event.name]
        depth -= event.name == "/Item" and not quoted
        kind = _NODES.get(event.name)
        if kind is None or quoted or (depth and kind not in {"item", "code"}):
            continue
        node = Node(kind, *rows.of(event), depth)
        if kind == "item":
            depth += 1
            if depth > _DEEPEST:
                continue
            node.text_end = _text_end(events, number + 1, rows)
        elif kind == "heading":
            node.level = int(event.value["level"][1])
            node.text = _heading_text(lines[node.start : node.end])
        elif kind == "code":
            node.open = "" if node.end < rows.last else _open(event, text[event.start : event.end])
        found.append(node)
    return found


_BLOCKS = {"Paragraph", "Heading", "Item", "List", "BlockQuote", "CodeBlock", "HtmlBlock", "Rule"}


def _text_end(events: Sequence[Event], number: int, rows: _Rows) -> int:
    """The line after an item's own first text, which begins with that event; 0 where it has none."""
    first = events[number]
    if first.name == "List":
        return rows.at(first.start)
    if first.name in {"Paragraph", "Heading"}:
        return rows.of(first)[1]
    end = 0
    while events[number].name not in _BLOCKS and events[number].name != "/Item":
        end = rows.of(events[number])[1]  # the text of a tight list has no paragraph around it
        number += 1
    return end


_ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]++(.*+))?+$")


def _heading_text(lines: Sequence[str]) -> str:
    """The inline Markdown of a heading's lines."""
    atx = _ATX.match(lines[0])
    return without_closing(atx[1] or "") if atx else "\n".join(lines[:-1]).strip()


_FENCE = re.compile(r"`{3,}|~{3,}")
_RAW = re.compile(r"<(pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)


def _open(event: Event, content: str) -> str:
    """What a block of code that reaches to the end of the file does not close; "" where it is closed."""
    if event.name == "CodeBlock":
        fence = _FENCE.match(content) if event.value != "Indented" else None
        first, _, rest = content.rstrip().rpartition("\n")
        closed = not fence or (first and rest.strip().startswith(fence[0]) and not rest.strip().strip(fence[0][0]))
        return "" if closed else "a code fence"
    if content.startswith("<!--"):
        return "" if "-->" in content else "a comment"
    raw = _RAW.match(content)
    return "HTML" if raw and f"</{raw[1].lower()}>" not in content.lower() else ""


_IMAGE_TAG = re.compile(r"<img\b", re.IGNORECASE)
_FRAME_TAG = re.compile(r"</?(?:a|br|picture|source)\b", re.IGNORECASE)
_FRAMES = {"Link", "/Link", "SoftBreak", "HardBreak"}


def _only_images(events: Sequence[Event]) -> bool:
    """Whether an inline text is nothing but images, in Markdown or HTML, and links around them."""
    images = depth = 0
    for event in events:
        if event.name in {"Image", "/Image"}:
            depth += 1 if event.name == "Image" else -1
            images += 1
        elif depth or event.name in _FRAMES:
            continue
        elif event.name == "InlineHtml":
            if not _FRAME_TAG.match(event.value) and not _IMAGE_TAG.match(event.value):
                return False
            images += bool(_IMAGE_TAG.match(event.value))
        elif event.name != "Text" or event.value.strip():
            return False
    return images > 0


def is_one_link(label: str) -> bool:
    """Whether `[label](x)` is exactly one link, with text, and no image, HTML or other link in it."""
    names = [event.name for event in parsed(f"[{label}](x)").events]
    inside = {"Link", "Image", "InlineHtml", "SoftBreak", "HardBreak"}.intersection(names[2:-2])
    return len(names) > 4 and names[1] == "Link" and names[-2] == "/Link" and not inside
