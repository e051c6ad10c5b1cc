"""Entries that list several posts, without the links to one: where their text is links and what parts them alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from aiblog.core.index_entry import DATE, has_words
from aiblog.core.index_links import Place
from aiblog.core.index_page import Item, Page
from aiblog.core.index_placed import PlacedEntry
from aiblog.core.lines import split_lines

_PARTS = re.compile(r"[\s|｜·•,，、;；/—–-]*")
"""What stands between two links and belongs to neither: no bracket, no emphasis, no word."""


def shortened(page: Page, entries: Sequence[PlacedEntry], post: Collection[str]) -> list[str] | None:
    """The page's lines without the links to the post in entries that list others too; None where none can go.

    A list item goes that holds nothing else; in another one, a link with what parts it from the next. Links that words
    stand beside stay: nobody knows what these would say without them.
    """
    lines, done = list(page.lines), False
    for entry in reversed(entries):
        groups = [[*links] for _, links in groupby(entry.links, key=lambda each: each.item)]
        for links in reversed(groups) if any(each.path not in post for each in entry.links) else ():
            own = {number for number, each in enumerate(links) if each.path in post}
            found = _without(page, links, own) if own else None
            if found is not None:
                lines[slice(*found[0])], done = found[1], True
    return lines if done else None


def _without(page: Page, links: Sequence[Place], own: Collection[int]) -> tuple[tuple[int, int], list[str]] | None:
    """Lines, and what they are without some of their links, all of one item or of none; None where these stay."""
    item = links[0].item
    start, end = (item.start, item.text_end) if item else _around(page, links)
    text = "".join(page.lines[start:end])
    at = [0]
    for line in page.lines[start:end]:
        at.append(at[-1] + len(line))
    begins = [at[each.line - start] + each.column for each in links]
    ends = [at[each.end_line - start] + each.end_column for each in links]
    between = [text[one:other] for one, other in zip(ends, [*begins[1:], len(text)], strict=True)]
    if any(map(has_words, [DATE.sub("", text[item.content if item else 0 : begins[0]]), *between])):
        return None
    if len(own) == len(links):
        return (_lines_of(page, item), []) if item and item.end == end else None
    first = next(number for number in range(len(links)) if number not in own)  # of those that stay
    if not all(_PARTS.fullmatch(between[number if number < first else number - 1]) for number in own):
        return None
    starts = [*begins[: first + 1], *ends[first:]]  # each link that stays takes along what parts it from the one before
    kept = [text[starts[number] : ends[number]] for number in range(first, len(links)) if number not in own]
    return (start, end), split_lines("".join([text[: begins[0]], *kept, between[-1]]))


def _around(page: Page, links: Sequence[Place]) -> tuple[int, int]:
    """The lines of the paragraph that the links stand in, or their own: those of a heading."""
    first, end = links[0].line, links[-1].end_line + 1
    return next((each for each in page.paragraphs if each[0] <= first < each[1]), (first, end))


def _lines_of(page: Page, item: Item) -> tuple[int, int]:
    """The item's lines, and the blank ones below it where there are some above it."""
    end = item.end
    parted = item.start > 0 and not page.lines[item.start - 1].strip()
    while parted and end < len(page.lines) and not page.lines[end].strip():
        end += 1
    return item.start, end
