"""A post's text block by block, as its hash covers it: what is compared and aligned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from aiblog.core import header
from aiblog.core.canonical import TRANSLATABLE, Line, body_of, canonical_lines, unspaced
from aiblog.core.document import document
from aiblog.core.markdown import blocks
from aiblog.core.markdown_events import parsed

TextKind = Literal[
    "metadata", "heading", "paragraph", "list", "table", "quote", "code", "html", "rule", "image", "definition"
]
"""`image` is a paragraph of images alone, `definition` a link's definition, `metadata` a key of the front matter."""


class TextBlock(NamedTuple):
    """A block of a file's text: its first and last line, counted from 1 in the file, and what stands in it.

    `text` is canonical: a paragraph is one line, code is as it stands, no comment of the tool's is in it. `hashed` is
    what the hash takes of it, `unlinked` the same without where its links lead, `prose` without its code too. `lines`
    are where the lines of `text` begin in the file (of a list mostly its items, of a table its rows). `level` is a
    heading's. `section` is the heading that it stands under, as `## Part`: its own for a heading, "" above the first.
    """

    kind: TextKind
    first: int
    last: int
    text: str
    hashed: str
    unlinked: str
    prose: str
    lines: tuple[int, ...]
    level: int = 0
    section: str = ""

    @property
    def name(self) -> str:
        """The key of a metadata block, the label of a definition, "" for any other: another name is another block."""
        return self.text.partition(":")[0] if self.kind in {"metadata", "definition"} else ""


@lru_cache(maxsize=4)  # a source is compared with its former text, which is then aligned with its translation
def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """The blocks of a file's whole text, or of a body alone, in order; no switch line, no comments of the tool's.

    Two texts whose blocks have the same `hashed` texts have the same hash.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read.
    """
    data = text.encode("utf-8", "surrogateescape")
    head = header.read(data)
    body = body_of(data, head.end)
    return tuple(_with_sections([*_metadata(data, head.values), *_in_body(body, data[: head.end].count(b"\n"))]))


def _metadata(data: bytes, values: header.Values) -> Iterator[TextBlock]:
    for key in TRANSLATABLE:
        if values.get(key):
            at = header.line_of(data, key) or 1
            value = normalize("NFC", f"{key}: {values[key]}")
            yield TextBlock("metadata", at, at, value, value, value, value, (at,))


def _in_body(body: str, offset: int) -> Iterator[TextBlock]:
    """The blocks of a body that begins behind so many lines. What stands between Markdown's blocks are definitions."""
    spans = blocks(body)
    starts = [0, *(line for span in spans for line in (span.start, span.end))]  # each second one begins a gap
    links = _destinations(body)
    unlinked = _by_start(starts, _without(body, links))
    prose = _by_start(starts, _without(body, [*links, *_code(body)]))
    for part, lines in _by_start(starts, body).items():
        readings = [lines, unlinked.get(part, []), prose.get(part, [])]
        if part % 2:
            span = spans[part // 2]
            kind: TextKind = "image" if span.media else span.kind
            yield _block(kind, readings, offset, span.end)._replace(first=offset + span.start + 1, level=span.level)
            continue
        by_number = [{line.number: line for line in found} for found in readings]
        for line in lines:
            own = [[found[line.number]] if line.number in found else [] for found in by_number]
            yield _block("definition", own, offset, line.number + 1)


def _block(kind: TextKind, readings: Sequence[Sequence[Line]], offset: int, end: int) -> TextBlock:
    """A block whose lines those are: as they stand, without destinations, without code too."""
    lines = readings[0]
    hashed, unlinked, prose = ("\n".join(map(unspaced, found)) for found in readings)
    numbers = tuple(offset + line.number + 1 for line in lines)
    text = "\n".join(line.text for line in lines)
    return TextBlock(kind, numbers[0], offset + end, text, hashed, unlinked, prose, numbers)


def _by_start(starts: Sequence[int], body: str) -> dict[int, list[Line]]:
    """The canonical lines of a body by the number of the last of those starts at or above them."""
    found: dict[int, list[Line]] = {}
    last = 0
    for line in canonical_lines(body):
        part = bisect_right(starts, line.number) - 1
        if line.text or part > last + 1:  # an empty line behind code that is not closed is the code's
            last = part
        found.setdefault(last, []).append(line)
    return found


_HOLE = "\ufffc"
"""What stands in a text for what is left out of it."""


def _without(body: str, spans: Iterable[tuple[int, int]]) -> str:
    """The body with a sign for each of those spans; its lines keep their numbers."""
    parts, position = [], 0
    for start, end in sorted(spans):
        if start >= position:
            parts += [body[position:start], _HOLE + "\n" * body.count("\n", start, end)]
            position = end
    return "".join([*parts, body[position:]])


def _destinations(body: str) -> list[tuple[int, int]]:
    """Where destinations and addresses stand in a body."""
    if "](" not in body and ":" not in body and "<" not in body:
        return []
    text = f"\n{body}"  # a rule at its beginning is no front matter
    spans = [(link.start - 1, link.end - 1) for link in document(text).links if link.kind != "reference"]
    if "://" not in body:
        return spans
    from aiblog.core.bare_address import bare_addresses  # noqa: PLC0415 - start-up: of `status`

    return [*spans, *((each.start - 1, each.end - 1) for each in bare_addresses(text))]


def _code(body: str) -> list[tuple[int, int]]:
    """Where code stands in a body: blocks and spans."""
    return [(each.start, each.end) for each in parsed(body).events if each.name in {"Code", "CodeBlock"}]


def _with_sections(found: Iterable[TextBlock]) -> Iterator[TextBlock]:
    section = ""
    for block in found:
        if block.kind == "heading":
            title = re.sub(r"^ {0,3}#{1,6}(?:\s+|$)|\s+#+$", "", block.text.split("\n", 1)[0])
            section = f"{'#' * block.level} {title}"
        yield block._replace(section=section)
