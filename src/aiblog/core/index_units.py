"""An index's entry as people move it by hand: its lines with what parts it from the next, cut and pasted elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from aiblog.core.index_definitions import labels_in
from aiblog.core.index_entry import DATE
from aiblog.core.index_links import Targets
from aiblog.core.index_list import place_of_first
from aiblog.core.index_page import DEFINITION, Page, content_end, newline_at
from aiblog.core.index_page import page as page_of
from aiblog.core.index_placed import PlacedEntry, placed
from aiblog.core.index_sections import NEXT_LINE, section_end
from aiblog.core.index_summary import prose_end
from aiblog.core.markdown_events import label_key
from aiblog.core.settings import Index


class Unit(NamedTuple):
    """An entry's lines and those that part it from a neighbour, with their newlines; what they say of its date.

    `gap` is None where nothing says how entries are parted.
    """

    lines: tuple[str, ...]
    gap: tuple[str, ...] | None
    date: str

    def at_level(self, level: int) -> Unit:
        """The entry with that level for its heading, the ones in it as much below it as they are."""
        lines, headings = list(self.lines), page_of(self.lines).headings
        for each in headings:
            start = lines[each.line].index("#")
            marks = "#" * (each.level + level - headings[0].level)
            lines[each.line] = lines[each.line][:start] + marks + lines[each.line][start + each.level :]
        return self._replace(lines=tuple(lines))


def can_leave(page: Page, entry: PlacedEntry, level: int) -> bool:
    """Whether an entry says the same on another page, where entries have that level: its headings can have it."""
    lines = page.lines[entry.start : entry.end]
    own = page_of(lines)
    shift = level - entry.heading.level if entry.heading else 0
    atx = all(
        own.lines[each.line].lstrip(" ").startswith("#") and each.level + shift <= LOWEST for each in own.headings
    )
    return not own.open and (shift == 0 or atx) and not lines[0].startswith("    ")


LOWEST = 6
"""The level of the lowest heading that Markdown has."""


def whole_entries(page: Page, index: Index, targets: Targets, *, undated: bool) -> list[PlacedEntry]:
    """The entries with all that stands in their sections: comments and definitions at the end too.

    Of the page's last section what stands above a rule; without one only what it says, and the definitions that it
    alone uses: a comment there is the page's.

    Raises:
        AiblogError: `conflict` where the heading that a list stands under is not there.
    """
    found = placed(page, index, targets, undated=undated)
    return [each._replace(end=_whole_end(page, each)) if each.heading else each for each in found]


def _whole_end(page: Page, entry: PlacedEntry) -> int:
    if entry.heading is None:
        return entry.end
    end = section_end(page, entry.heading)
    rule = next((line for line in page.rules if entry.heading.end <= line < end), None)
    if end == len(page.lines):
        return _with_definitions(page, entry) if rule is None else content_end(page.lines, entry.end, rule)
    end = content_end(page.lines, entry.end, end - 1 if NEXT_LINE.match(page.lines[end - 1]) else end)
    while end - 1 in page.rules and end - 1 >= entry.end:
        end = content_end(page.lines, entry.end, end - 1)
    return end


def _with_definitions(page: Page, entry: PlacedEntry) -> int:
    """The end of a page's last entry, behind a block of definitions below it of which no line above uses one."""
    start = end = next((at for at in range(entry.end, len(page.lines)) if page.lines[at].strip()), entry.end)
    while end < len(page.lines) and end not in page.code and DEFINITION.match(page.lines[end]):
        end += 1
    names = {label_key(match["label"]) for line in page.lines[start:end] if (match := DEFINITION.match(line))}
    here, above = labels_in(page.lines[entry.start : entry.end]), labels_in(page.lines[: entry.start])
    return end if names and names <= here and not names & above else entry.end


def cut(page: Page, entries: Sequence[PlacedEntry], numbers: Collection[int]) -> tuple[list[str], list[Unit]]:
    """The page's lines without those of its entries, and these, in order, each with the lines that parted it.

    Those are the ones below it; where nothing comes after it that stays, the ones above it.
    """
    units: list[Unit] = []
    gone: list[tuple[int, int]] = []
    last = False  # whether nothing comes after the entry that stays, up to what belongs to the page
    for number in reversed(range(len(entries))):
        entry = entries[number]
        below = _next(page, entries, number)
        last = number in numbers and (below is None or (last and entries[number + 1].start == below))
        if number in numbers:
            gap = _gap_above(page, entries, number) if last or below is None else (entry.end, below)
            gone.append((min(entry.start, gap[0]), max(entry.end, gap[1])))
            parted = number > 0 or not last or (entry.heading and gap[0] < gap[1])
            text = page.lines[slice(*gap)] if parted else None
            own = [line if line.endswith("\n") else f"{line}\n" for line in page.lines[entry.start : entry.end]]
            units.append(Unit(tuple(own), text, entry.date))
    out = {line for span in gone for line in range(*span)}
    return [line for number, line in enumerate(page.lines) if number not in out], units[::-1]


def _next(page: Page, entries: Sequence[PlacedEntry], number: int) -> int | None:
    """The line where what follows an entry begins, if only blank lines or a rule part them: an entry, a heading."""
    entry = entries[number]
    if entry.heading is None:
        at = entries[number + 1].start if number + 1 < len(entries) else len(page.lines)
    else:
        at = _with_its_comment(page, section_end(page, entry.heading))
    return at if at < len(page.lines) and _only_part(page, entry, entry.end, at) else None


def _gap_above(page: Page, entries: Sequence[PlacedEntry], number: int) -> tuple[int, int]:
    """The lines that part an entry from the one above it; a section from the text there."""
    start = entries[number].start
    if number and _only_part(page, entries[number], entries[number - 1].end, start):
        return entries[number - 1].end, start
    return content_end(page.lines, 0, start), start


def _with_its_comment(page: Page, line: int) -> int:
    return line - 1 if line and NEXT_LINE.match(page.lines[line - 1]) else line


def _only_part(page: Page, entry: PlacedEntry, start: int, end: int) -> bool:
    """Whether lines between two entries only part them: blank ones, and a rule between sections."""
    if start < end and page.lines[start].strip():
        return False
    rules = page.rules if entry.heading else ()
    return not any(page.lines[each].strip() and each not in rules for each in range(start, end))


def pasted(page: Page, index: Index, entries: Sequence[PlacedEntry], units: Sequence[Unit], level: int) -> list[str]:
    """The page's lines with those entries, given in the order of their index: newest first, before ones of their date.

    `entries` are the page's own; `level` is that of their headings in a `sections` index.

    Raises:
        AiblogError: `conflict`, as `whole_entries`.
    """
    lines = list(page.lines)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline_at(lines, len(lines))
    oldest_first = sorted(units, key=lambda unit: unit.date, reverse=True)[::-1]  # of one date the last one first
    marks = marks_of(page, entries, level)
    if not marks and oldest_first:
        lines, at = _with_first(page, lines, index, oldest_first[0], level)
        marks, oldest_first = [(at, at + len(oldest_first[0].lines), "")], oldest_first[1:]
    for unit in oldest_first:  # each stands at the place of the one before, or above it: the places stay true
        gap = unit.gap if unit.gap is not None else _usual_gap(page, index, entries)
        older = next((start for start, _, date in marks if date <= unit.date), None)
        if older is not None:
            lines = _with(lines, older, [*unit.lines, *gap])
        else:
            lines = _with(lines, marks[-1][1], [*gap, *unit.lines])
    return lines


def _with(lines: list[str], at: int, new: Sequence[str]) -> list[str]:
    """The lines with new ones at that place, in the newlines used there."""
    newline = newline_at(lines, at) if lines else ""
    return (
        lines[:at]
        + [line.removesuffix("\n").removesuffix("\r") + newline if newline else line for line in new]
        + lines[at:]
    )


def _usual_gap(page: Page, index: Index, entries: Sequence[PlacedEntry]) -> tuple[str, ...]:
    """What parts the first two entries, else what usually does."""
    below = _next(page, entries, 0) if len(entries) > 1 else None
    if below is not None:
        return page.lines[entries[0].end : below]
    return () if index.style == "list" else ("\n",)


def _with_first(page: Page, lines: list[str], index: Index, unit: Unit, level: int) -> tuple[list[str], int]:
    """The lines with the first entry of an index, and where it begins."""
    if index.style == "list":
        at = place_of_first(page, index)
        item = any(each.end == at for each in page.items)
        above = ["\n"] if at and lines[at - 1].strip() and not item else []
        below = ["\n"] if at < len(lines) and lines[at].strip() and not item else []
        return _with(lines, at, [*above, *unit.lines, *below]), at + len(above)
    gap = unit.gap or ("\n",)
    heading = next((each.line for each in page.headings if each.level == level), None)
    if heading is not None:
        at = _with_its_comment(page, heading)
        return _with(lines, at, [*unit.lines, *gap]), at
    end = page.rules[-1] if page.rules else len(lines)  # a rule with text below it parts a footer
    end = end if any(line.strip() for line in lines[end + 1 :]) else len(lines)
    behind = max([rule + 1 for rule in page.rules if rule < end] + [each.end for each in page.headings], default=0)
    at = prose_end(page, min(behind, end), end)
    gap = gap if lines else ()
    return _with(lines, at, [*gap, *unit.lines]), at + len(gap)


def marks_of(page: Page, entries: Sequence[PlacedEntry], level: int) -> list[tuple[int, int, str]]:
    """Start, end and date of what orders entries: the entries, and dated sections between them."""
    marks = [(each.start, each.end, each.date) for each in entries]
    known = {each.heading.line for each in entries if each.heading}
    for heading in page.headings if known else ():
        date = DATE.search(heading.text)
        if date and heading.level == level and heading.line not in known:
            end = prose_end(page, heading.end, section_end(page, heading))
            own = PlacedEntry(_with_its_comment(page, heading.line), end, (), date.group(), heading)
            marks.append((own.start, _whole_end(page, own), own.date))
    return sorted(marks)
