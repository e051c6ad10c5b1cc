"""The structure of a piece of Markdown without its words: what a translation of it has to have too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from aiblog.core.code_fence import fence_after
from aiblog.core.markdown import blocks
from aiblog.core.markdown_events import Event, parsed


class Top(NamedTuple):
    """A top-level block as `a heading of level 2`, and its lines (0-based, the end exclusive)."""

    name: str
    start: int
    end: int


def tops(text: str) -> list[Top]:
    """The top-level blocks of a text (LF, no front matter in it), in order."""
    lines = text.split("\n")
    found = []
    for block in blocks(text):
        footnote = re.match(r" {0,3}\[\^([^\]]+)\]:", lines[block.start]) if block.kind == "paragraph" else None
        name = f"a heading of level {block.level}" if block.kind == "heading" else _NAMES.get(block.kind, "")
        name = f"the footnote [^{footnote[1]}]" if footnote else name
        name = f"{name} ({block.info})" if block.info else name
        found.append(Top(name, block.start, block.end))
    return found


_NAMES = {
    "paragraph": "a paragraph",
    "list": "a list",
    "table": "a table",
    "quote": "a quotation",
    "code": "a code block",
    "html": "HTML",
    "rule": "a rule",
}


def difference(wanted: str, found: str) -> str | None:
    """What another text than the wanted one has, in words; None where their structure is the same.

    Compared is what stands in lists, quotations, tables and HTML too. How many paragraphs there are is not: some
    languages want more.
    """
    if fence := _open_fence(found) if not _open_fence(wanted) else "":
        return f"the code fence {fence} is not closed"
    before, after = [*_parts(wanted)], [*_parts(found)]
    counts, others = Counter(before), Counter(after)
    for part in dict.fromkeys([*before, *after]):
        if counts[part] != others[part]:
            return f"{part}: {counts[part] or 'none'} wanted, {others[part] or 'none'} found"
    if before != after:
        return "the same order and nesting of its parts was wanted"
    return None


_PARTS = {
    "Item": "list item",
    "BlockQuote": "quotation",
    "Table": "table",
    "TableHead": "table head",
    "TableRow": "table row",
    "TableCell": "table cell",
    "Rule": "rule",
    "HtmlBlock": "block of HTML",
    "TaskListMarker": "task box",
}
_SIGN = re.compile(r"<!--|-->|</?[A-Za-z][A-Za-z0-9-]*")


def _parts(text: str) -> Iterator[str]:
    """What a text consists of, in order; the end of a list is a part too, so that nesting shows."""
    for event in parsed(text).events:
        yield from _own_parts(event)


def _own_parts(event: Event) -> Iterator[str]:
    value = event.value
    if event.name in _PARTS:
        yield _PARTS[event.name]
    elif event.name == "Heading":
        yield f"heading of level {value['level'][1]}"
    elif event.name == "List":
        yield "bullet list" if value is None else "numbered list"
    elif event.name == "/List":
        yield "end of a list"
    elif event.name == "CodeBlock":
        info = value.get("Fenced", "") if isinstance(value, dict) else ""
        yield f"code block ({info.strip()})" if info.strip() else "code block"
    elif event.name == "FootnoteDefinition":
        yield f"footnote [^{value}]"
    elif event.name == "Html":
        yield from (f"{sign} of HTML" for sign in _SIGN.findall(value))


def _open_fence(text: str) -> str:
    fence = ""
    for line in text.split("\n"):
        fence = fence_after(fence, line)
    return fence
