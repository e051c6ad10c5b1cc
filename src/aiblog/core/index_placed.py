"""The entries of an index where they stand, whatever its style; one taken out, every other line kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.index_entry import DATE, date_in, has_words
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
