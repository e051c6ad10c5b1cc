"""The links of an index's entries with the places they cover, none in code or comments; what joins them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.index_entry import Shape, has_words
from aiblog.core.index_page import Item, Page, with_text
from aiblog.core.written_links import WrittenLink, beside, linked_file, written_links


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


_LANGUAGE = re.compile(r"[._-][A-Za-z]{2}(?:-[A-Za-z]{2,4})?\Z")


class Targets(NamedTuple):
    """Which links make an entry: those from this index to one of these editions.

    `post` are one post's, if known; `names` says of which post an edition is, where its path does not.
    """

    index_path: str
    editions: Collection[str]
    post: Collection[str] = frozenset()
    names: Mapping[str, str] = MappingProxyType({})

    def post_of(self, path: str) -> str:
        """What the editions of one post have in common: its name, else what their paths tell."""
        if path in self.post:
            return ""
        own = self.names.get(path) or _LANGUAGE.sub("", path.removesuffix(".md"))
        return own or posixpath.dirname(path)

    def has_post(self, links: Iterable[Place]) -> bool:
        """Whether one of the links leads to the post."""
        return any(place.path in self.post for place in links)

    def is_post(self, links: Iterable[Place]) -> bool:
        """Whether all of them do."""
        return all(place.path in self.post for place in links)

    def listed_alone(self, entries: Iterable[Sequence[Place]]) -> set[str]:
        """The editions of the post in those of the entries that are of no other one."""
        return {place.path for links in entries if self.is_post(links) for place in links}


def places(page: Page, span: tuple[int, int], targets: Targets, item: Item | None = None) -> list[Place]:
    """The links to editions in the text of those lines."""
    text = _text(page, span)
    return _places(text, written_links(text, page.references), span[0], targets, item)


WORDS_BEFORE = 40
"""Characters before an entry's first link: a date, an emoji, "New:". More is a sentence, which is prose."""


def leading_places(
    page: Page, span: tuple[int, int], targets: Targets, item: Item | None = None, *, alone: bool = False
) -> list[Place]:
    """The links to editions in those lines, if the first link there is one and little stands before it.

    `alone`: only where the text is links and what separates them.
    """
    text = _text(page, span)
    links = written_links(text, page.references)
    if not links or linked_file(targets.index_path, links[0].destination) not in targets.editions:
        return []
    if len(text[: links[0].start].strip()) > WORDS_BEFORE:
        return []
    if alone and len(re.findall(r"\w", beside(text, links))) > WORDS_BEFORE // 2:
        return []
    return _places(text, links, span[0], targets, item)


def _text(page: Page, span: tuple[int, int]) -> str:
    return "".join(page.lines[span[0] : span[1]])


def _places(
    text: str, links: Sequence[WrittenLink], first_line: int, targets: Targets, item: Item | None
) -> list[Place]:
    found = []
    for link in links:
        path = linked_file(targets.index_path, link.destination)
        if path is not None and path in targets.editions:
            (line, column), (end_line, end_column) = _at(text, link.start), _at(text, link.end)
            where = (first_line + line, column, first_line + end_line, end_column)
            found.append(Place(path, link.label, link.destination, *where, item))
    return found


def _at(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)


def separators(lines: Sequence[str], links: Sequence[Place]) -> list[str]:
    """What joins links of one entry, where it is no words; new lines without the first bullet's own indentation."""
    found = []
    indent = " " * links[0].item.indent if links and links[0].item else ""
    for place, later in pairwise(links):
        text = "".join(lines[place.end_line : later.line + 1])
        stop = len(text) - len(lines[later.line]) + later.column
        between = text[place.end_column : stop].replace("\r\n", "\n").replace("\n" + indent, "\n")
        if between and not has_words(between):
            found.append(between)
    return found


_PAIRS = {"(": ")", "[": "]", "（": "）", "【": "】", "*": "*", "_": "_"}


def closing_of(separator: str) -> str:
    """What closes a link behind a separator that ends with an opening bracket or emphasis; "" for another one."""
    opening = separator[len(separator.rstrip("".join(_PAIRS))) :]
    return "".join(_PAIRS[each] for each in reversed(opening))


def with_joined(lines: list[str], own: Sequence[Place], anchor: Place, texts: Sequence[str], shape: Shape) -> list[str]:
    """The lines with links behind one of an entry's own, joined as its own are, else as the shape has it."""
    between = separators(lines, own)
    separator = between[-1].removeprefix(shape.lead_closing) if between else shape.separator
    closing = closing_of(separator) if between else shape.closing
    indent = " " * own[0].item.indent if own[0].item else ""
    text = "".join(separator + each + closing for each in texts).replace("\n", "\n" + indent)
    line, column = anchor.end_line, anchor.end_column
    if text.startswith("\n"):
        line = anchor.item.text_end - 1 if anchor.item and anchor is own[-1] else line
        column = len(lines[line].rstrip("\r\n"))
    else:
        behind = shape.lead_closing if anchor is own[0] else closing
        column += len(behind) if lines[line].startswith(behind, column) else 0
    return with_text(lines, line, column, text)
