"""The links of an index's entries, with the places they cover; none in code or comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from typing import NamedTuple

from aiblog.core.index_page import Item, Page
from aiblog.core.links import resolved

LONGEST = 16 * 1024
"""Characters of one item or paragraph in which links are looked for: no entry is longer."""


class Targets(NamedTuple):
    """Which links make an entry: those from this index to one of these editions; `post` are one post's, if known."""

    index_path: str
    editions: Collection[str]
    post: Collection[str] = frozenset()


class Place(NamedTuple):
    """A link to an edition where it stands: the edition's path, the link's text, the lines and columns it covers."""

    path: str
    label: str
    destination: str
    line: int
    column: int
    end_line: int
    end_column: int
    item: Item | None


class WrittenLink(NamedTuple):
    """An inline link as written: its label, its destination (encoded as it is), the offsets it covers."""

    label: str
    destination: str
    start: int
    end: int


_TOKEN = re.compile(r"\\[\s\S]|`+|<!--|!?\[|\]")
_DESTINATION = re.compile(
    r"\([ \t]*(<[^<>\n]*>|(?:[^\s()<]|\((?:[^\s()]|\([^\s()]*\))*\))(?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)


def written_links(text: str) -> list[WrittenLink]:
    """The inline links of one paragraph in order, images and what stands in code or comments left out."""
    if "](" not in text or len(text) > LONGEST:
        return []
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run.group()), []).append(run.start())
    found: list[WrittenLink] = []
    opened: list[tuple[int, bool]] = []
    position, last_comment_end = 0, text.rfind("-->")
    while token := _TOKEN.search(text, position):
        position, kind = token.end(), token.group()
        if kind[0] == "`":
            starts = runs.get(len(kind), [])
            closing = bisect_left(starts, position)
            position = starts[closing] + len(kind) if closing < len(starts) else position
        elif kind == "<!--":
            position = text.find("-->", position) + 3 if position <= last_comment_end else position
        elif kind.endswith("["):
            opened.append((token.start(), kind == "!["))
        elif kind == "]" and opened:
            start, image = opened.pop()
            if destination := _DESTINATION.match(text, position):
                position = destination.end()
                if not image:
                    label = text[start + 1 : token.start()]
                    found.append(WrittenLink(label, destination[1], start, position))
                    opened.clear()  # no link stands in another
    return found


def target(index_path: str, destination: str) -> str | None:
    """The file that a destination as written in that index leads to, relative to the root; None for no file of it."""
    from html import unescape  # noqa: PLC0415 - start-up
    from urllib.parse import unquote  # noqa: PLC0415

    plain = destination[1:-1] if destination.startswith("<") else destination
    if "\\" in plain or "&" in plain:
        plain = unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain))
    path = resolved(index_path, plain)
    return unquote(path) if path and "%" in path else path


def places(page: Page, span: tuple[int, int], targets: Targets, item: Item | None = None) -> list[Place]:
    """The links to editions in the text of those lines."""
    text = "".join(page.lines[span[0] : span[1]])
    found = []
    for link in written_links(text):
        path = target(targets.index_path, link.destination)
        if path is not None and path in targets.editions:
            (line, column), (end_line, end_column) = _at(text, link.start), _at(text, link.end)
            where = (span[0] + line, column, span[0] + end_line, end_column)
            found.append(Place(path, link.label, link.destination, *where, item))
    return found


_WORDS_BEFORE = 40  # characters of a date, an emoji, "New:"; a sentence is prose


def leading_places(
    page: Page,
    span: tuple[int, int],
    targets: Targets,
    item: Item | None = None,
    *,
    alone: bool = False,
) -> list[Place]:
    """The links to editions in those lines, if the first link there is one and little stands before it.

    `alone`: only where the text is links and what separates them.
    """
    found = places(page, span, targets, item)
    if not found:
        return []
    text = "".join(page.lines[span[0] : span[1]])
    all_links = written_links(text)
    first = all_links[0]
    if (
        target(targets.index_path, first.destination) != found[0].path
        or len(text[: first.start].strip()) > _WORDS_BEFORE
    ):
        return []
    if alone:
        ends = [0, *(link.end for link in all_links)]
        starts = [*(link.start for link in all_links), len(text)]
        between = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
        if len(re.findall(r"\w", between)) > _WORDS_BEFORE // 2:
            return []
    return found


def _at(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
