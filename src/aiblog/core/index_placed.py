"""The entries of an index where they stand, whatever its style; one taken out, every other line kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.index_entry import DATE, date_in, has_words, title_pattern
from aiblog.core.index_links import Place, Targets
from aiblog.core.index_list import bullets
from aiblog.core.index_page import Page
from aiblog.core.index_sections import NEXT_LINE, sections
from aiblog.core.index_summary import prose_end
from aiblog.core.settings import Index
from aiblog.core.title import Heading


class PlacedEntry(NamedTuple):
    """An entry's lines (0-based, the end exclusive, blank lines and a page's footer left out), and its links.

    `heading` is that of a section, `date` its date or the one in the first link's path, "" where there is none.
    """

    start: int
    end: int
    links: tuple[Place, ...]
    date: str
    heading: Heading | None = None


def placed(page: Page, index: Index, targets: Targets, *, undated: bool = False) -> list[PlacedEntry]:
    """The entries, in the index's order. `undated`: those of a `sections` index need no date.

    Raises:
        AiblogError: `conflict` where the heading that a list stands under is not there.
    """
    if index.style == "sections":
        return [
            PlacedEntry(
                _with_comment(page.lines, each.heading.line),
                max(prose_end(page, each.heading.end, each.end), each.links_end),
                each.links,
                each.date,
                each.heading,
            )
            for each in sections(page, targets, undated=undated)
        ]
    return [
        PlacedEntry(each.item.start, each.item.end, each.links, date_in(each.links[0].path))
        for each in bullets(page, index, targets)
    ]


def _with_comment(lines: Sequence[str], line: int) -> int:
    return line - 1 if line and NEXT_LINE.match(lines[line - 1]) else line


def has_prose(page: Page, entry: PlacedEntry) -> bool:
    """Whether an entry says more than its heading and its links to editions: words that people wrote."""
    first = entry.heading.end if entry.heading else entry.start
    lines = list(page.lines[first : entry.end])
    for place in sorted(entry.links, key=lambda each: (each.line, each.column), reverse=True):
        line, end = place.line - first, place.end_line - first
        if line >= 0:
            lines[line : end + 1] = [lines[line][: place.column] + lines[end][place.end_column :]]
    return has_words(DATE.sub("", "".join(lines)))


def without(page: Page, entry: PlacedEntry, others: Sequence[PlacedEntry]) -> list[str]:
    """The page's lines without the entry and the blank lines that came with it.

    Before another entry (and for the only one, before a heading) those are the ones below it, else those above.
    """
    lines, start, end = list(page.lines), entry.start, entry.end
    below = end
    while below < len(lines) and not lines[below].strip():
        below += 1
    above = start
    while above and not lines[above - 1].strip():
        above -= 1
    if _before_entry(page, entry, below, others) or (not above and below < len(lines)):
        return lines[:start] + lines[below if above < start or not start or not entry.heading else end :]
    return lines[: start if end == below < len(lines) or not above else above] + lines[end:]


def _before_entry(page: Page, entry: PlacedEntry, line: int, others: Sequence[PlacedEntry]) -> bool:
    """Whether another entry begins at that line, or what stands where one would."""
    if any(other.start == line for other in others):
        return True
    if entry.heading is None:
        return False
    at = line + 1 if line < len(page.lines) and NEXT_LINE.match(page.lines[line]) else line
    heading = next((each for each in page.headings if each.line == at), None)
    if heading is None or heading.level != entry.heading.level:
        return False
    return not others or DATE.search(heading.text) is not None


def date_columns(page: Page, entry: PlacedEntry, date: str) -> list[tuple[int, int]]:
    """Line and column where an entry says a date for its own, if it does: its heading; before a list's first link,
    in the links' labels, or behind them.

    Where words have it twice, neither is sure to be its own.
    """
    if entry.heading:
        return _only(page, entry.heading.line, (0, None), date)
    first, last = entry.links[0], entry.links[-1]
    if found := _only(page, first.line, (0, first.column), date):
        return found
    for place in entry.links:
        if "{date}" in title_pattern(place.label) and "\n" not in place.label:
            column = place.column + 1
            found += _only(page, place.line, (column, column + len(place.label)), date)
    if found or has_words(DATE.sub("", page.lines[last.end_line][last.end_column :])):
        return found
    return _only(page, last.end_line, (last.end_column, None), date)


def _only(page: Page, line: int, span: tuple[int, int | None], date: str) -> list[tuple[int, int]]:
    """The one place of a date in a part of a line, outside of links' destinations."""
    text = re.sub(r"\]\([^()]*\)", lambda match: " " * len(match.group()), page.lines[line])
    columns = [match.start() for match in DATE.finditer(text, span[0], len(text) if span[1] is None else span[1])]
    own = [column for column in columns if text.startswith(date, column)]
    return [(line, own[0])] if len(own) == 1 else []
