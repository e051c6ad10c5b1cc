"""The prose that an outline leaves out: runs of paragraphs, lists and quotations without an image or code in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aiblog.core.bare_address import bare_addresses
from aiblog.core.block_id import block_id
from aiblog.core.markdown import Block
from aiblog.core.markdown_events import Event, parsed
from aiblog.core.stub_pieces import pieces

PROSE = {"paragraph": "paragraph", "list": "list", "quote": "quotation"}
"""The kinds of blocks that can be left out, and what they are called."""

_KEEPS = {"Image", "CodeBlock", "Table", "HtmlBlock", "Heading", "Rule"}
_IMAGE = re.compile(r"<(?:img|picture|video|audio|source|iframe)\b", re.IGNORECASE)


class Dropped(NamedTuple):
    """A run of blocks with nothing but blank lines between them. Its lines are 0-based in the body, the end exclusive.

    `text` is theirs (LF, no newline at its end), `id` what names the run, made of the source's own text. `words` count
    its blocks: `2 paragraphs, 1 list`. `links` are as they are written, each once, in order.
    """

    start: int
    end: int
    id: str
    text: str
    words: str
    links: tuple[str, ...]


def dropped(body: str, original: str) -> list[Dropped]:
    """What an outline of the body leaves out, in order.

    `original` is the same body, line for line, before its links were changed.
    """
    body, original = body.replace("\r\n", "\n"), original.replace("\r\n", "\n")
    lines, own = body.split("\n"), original.split("\n")
    own = own if len(own) == len(lines) else lines
    places = _Places(body)
    found = []
    for run in _runs(places, lines):
        start, end = run[0].start, run[-1].end
        text, kinds = "\n".join(lines[start:end]), [PROSE[block.kind] for block in run]
        id_ = block_id("\n".join(own[start:end]))
        found.append(Dropped(start, end, id_, text, _counted(kinds), tuple(places.links(start, end))))
    return found


def _runs(places: _Places, lines: Sequence[str]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for piece in pieces(places.text):
        block = piece.block
        if run and any(line.strip() for line in lines[run[-1].end : piece.start]):
            yield run
            run = []
        if piece.waits and piece.start == block.start and block.kind in PROSE and places.is_prose(block):
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _counted(kinds: Sequence[str]) -> str:
    """`2 paragraphs, 1 list`: the kinds in the order of their first, each with how many there are."""
    counts = {kind: kinds.count(kind) for kind in kinds}
    return ", ".join(f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items())


class _Places:
    """What stands at which lines of a body."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        events = parsed(text).events
        self._kept = [each.start for each in events if _is_kept(each)]
        self._links = list(_outermost(sorted([*_link_spans(text, events), *_bare_spans(text)])))

    def is_prose(self, block: Block) -> bool:
        first = bisect_left(self._kept, self._starts[block.start])
        return first == len(self._kept) or self._kept[first] >= self._starts[block.end]

    def links(self, start: int, end: int) -> dict[str, None]:
        """The links as written between those lines."""
        first = bisect_left(self._links, (self._starts[start], 0))
        last = bisect_left(self._links, (self._starts[end], 0))
        return dict.fromkeys(self.text[begin:stop] for begin, stop in self._links[first:last])


def _is_kept(event: Event) -> bool:
    return event.name in _KEEPS or (event.name == "InlineHtml" and bool(_IMAGE.match(event.value)))


def _link_spans(text: str, events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Where links stand, `<a>` up to its end."""
    for event in events:
        if event.name == "Link":
            yield event.start, event.end
        elif event.name == "InlineHtml" and re.match(r"<a\s", event.value, re.IGNORECASE):
            closing = text.find("</a>", event.end)
            yield event.start, closing + len("</a>") if closing >= 0 else event.end


def _bare_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand that are links for GitHub."""
    for each in bare_addresses(f"\n{text}"):  # what a body begins with is no front matter
        yield each.start - 1, each.end - 1


def _outermost(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of sorted spans those that do not begin within one before them."""
    end = 0
    for span in spans:
        if span[0] >= end:
            end = span[1]
            yield span
