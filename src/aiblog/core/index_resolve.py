"""An index that git could not merge: both sides' entries entered, each once; what cannot be decided stays marked."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aiblog.core.conflict import Hunk, Part, marked, marker_lines, parts
from aiblog.core.index import learned_shape
from aiblog.core.index_entry import DATE, date_in
from aiblog.core.index_links import Targets
from aiblog.core.index_page import Page, body_page, content_end, newline_at
from aiblog.core.index_placed import PlacedEntry, placed
from aiblog.core.index_summary import prose_end
from aiblog.core.index_targets import linked_posts, names_of
from aiblog.core.index_union import Pair, Piece, union
from aiblog.core.lines import split_lines
from aiblog.core.settings import NAMED_ROLES, Index, Settings
from aiblog.errors import AiblogError

Span = tuple[int, int]


class Resolution(NamedTuple):
    """An index with its conflicts settled as far as can be, and what is left: lines (from 1) with what is undecided."""

    data: bytes
    left: tuple[tuple[int, str], ...]


def resolved_index(data: bytes, index: Index, settings: Settings, base: bytes | None = None) -> Resolution:
    """The index without those of git's conflict markers that only keep entries of two sides apart. Idempotent.

    Every entry of either side is in it, newest first where the two meet, one that both have once. It does not matter
    which side is called ours. `last_updated` gets the later date. What people must decide stays marked, byte for byte:
    the same entry in different words, and lines that are no entries. Of what is not in a conflict no byte changes.

    Args:
        data: the whole index, with markers in the style `merge`, `diff3` or `zdiff3`.
        index: which one.
        settings: the blog's; what its posts are is told by paths alone, for a merge has not written them all yet.
        base: the index as it was before both sides, where it is known; without it what `diff3` markers say.
    """
    text = data.decode("utf-8", "surrogateescape")
    found = parts(text)
    if any(isinstance(part, Hunk) for part in found):
        text = "".join(_Conflict(found, index, settings, base).settled())
        if text.endswith("\n") and not data.endswith(b"\n"):
            text = text.removesuffix("\n").removesuffix("\r")
    return Resolution(text.encode("utf-8", "surrogateescape"), tuple(_left(text)))


def _left(text: str) -> Iterator[tuple[int, str]]:
    last_end = text.count("\n", 0, text.rfind("\n>>>>>>>") + 1) + 1 if "\n>>>>>>>" in text else 0
    for line in marker_lines(text):
        if line > last_end:
            yield line, "a conflict marker begins here, and its end is not there"
        else:
            yield line, "the two sides say different things here; which one stays is for people to decide"


class _Side(NamedTuple):
    """One side's whole file: its lines, its entries in order, the line where its body begins, blank lines between."""

    lines: list[str]
    pieces: list[Piece]
    body: int
    between: int

    def within(self, span: Span) -> list[Piece]:
        """The entries that begin in those lines."""
        return self.pieces[self._first(span[0]) : self._first(span[1])]

    def _first(self, line: int) -> int:
        """The number of the first entry that begins at that line or behind it."""
        return bisect_left(self.pieces, line, key=lambda each: each.start)

    def _cut(self, line: int) -> Piece | None:
        """The entry that begins above a line and reaches it; entries do not overlap."""
        number = self._first(line)
        before = self.pieces[number - 1] if number else None
        return before if before is not None and before.end > line else None

    def is_covered(self, span: Span) -> bool:
        """Whether those lines are whole entries and blank lines."""
        own = self.within(span)
        inside = {line for each in own for line in range(each.start, each.end)}
        rest = (line for line in range(*span) if line not in inside)
        return all(each.end <= span[1] for each in own) and not any(self.lines[line].strip() for line in rest)

    def middle(self, span: Span) -> Span | None:
        """The lines from the first entry that begins in those to the end of the last; None where none does."""
        own = self.within(span)
        return (own[0].start, own[-1].end) if own else None

    def beside(self, span: Span, other: _Side, others: Span, middle: Span) -> Span | None:
        """Where in those lines, which hold no entry, the other side's entries belong; None where that is not sure."""
        before = any(line.strip() for line in other.lines[others[0] : middle[0]])
        behind = any(line.strip() for line in other.lines[middle[1] : others[1]])
        if before == behind:
            return None
        return (span[1], span[1]) if before else (span[0], span[0])

    def room(self, span: Span) -> tuple[int, int]:
        """How many lines above and below those belong to entries that they cut."""
        above, below = self._cut(span[0]), self._cut(span[1])
        return (span[0] - above.start if above else 0), (below.end - span[1] if below else 0)


class _Conflict:
    """A file with hunks: both sides of it, and the base's entries. `plain` are the lines around the hunks."""

    def __init__(self, found: Sequence[Part], index: Index, settings: Settings, base: bytes | None) -> None:
        self.index, self.settings = index, settings
        self.hunks = [part for part in found if isinstance(part, Hunk)]
        self.plain = [list(part) for part in found if not isinstance(part, Hunk)]
        self.lengths = tuple(map(len, self.plain))
        self.ours = self._side([hunk.ours for hunk in self.hunks])
        self.theirs = self._side([hunk.theirs for hunk in self.hunks])
        self.between = max(self.ours.between, self.theirs.between)
        self.base = {each.post: each for each in self._base(base)}
        self.entered: dict[str, tuple[str, ...]] = {}
        self.outside = {each.post: each for each in self._outside()}

    def _base(self, base: bytes | None) -> Sequence[Piece]:
        if base is not None:
            return _entries_of(split_lines(base.decode("utf-8", "surrogateescape")), self.index, self.settings).pieces
        known = [hunk.base for hunk in self.hunks if hunk.base is not None]
        return self._side(known).pieces if len(known) == len(self.hunks) else ()

    def _side(self, own: Sequence[Sequence[str]]) -> _Side:
        """The file with those lines for its hunks."""
        lines = [line for plain, part in zip(self.plain, [*own, ()], strict=True) for line in (*plain, *part)]
        return _entries_of(lines, self.index, self.settings)

    def settled(self) -> list[str]:
        """The lines of the file, each hunk settled or as it was."""
        answers: list[list[str]] = []
        ours = theirs = 0
        for number, hunk in enumerate(self.hunks):
            ours, theirs = ours + self.lengths[number], theirs + self.lengths[number]
            spans = (ours, ours + len(hunk.ours)), (theirs, theirs + len(hunk.theirs))
            answers.append(self._answer(number, *spans))
            ours, theirs = spans[0][1], spans[1][1]
        return [line for plain, answer in zip(self.plain, [*answers, []], strict=True) for line in (*plain, *answer)]

    def _answer(self, number: int, ours: Span, theirs: Span) -> list[str]:
        """The lines for a hunk; lines around it that its entries begin or end with are taken from `plain`."""
        hunk = self.hunks[number]
        if ours[1] <= self.ours.body and theirs[1] <= self.theirs.body:
            return _with_later_dates(hunk) or hunk.text()
        above, below = self._room(number, ours, theirs)
        ours, theirs = (ours[0] - above, ours[1] + below), (theirs[0] - above, theirs[1] + below)
        if not self.ours.is_covered(ours) or not self.theirs.is_covered(theirs):
            return hunk.text() if above or below or hunk.base is not None else self._split(number, ours, theirs)
        entries = union(self.ours.within(ours), self.theirs.within(theirs), self.base)
        undecided = [each for each in entries or () if isinstance(each, Pair)]
        if entries is None or (undecided and (above or below or len(entries) == len(undecided))):
            return hunk.text()
        chosen = self._once(entries, ours)
        if chosen is None:
            return hunk.text()
        self.entered |= {each.post: each.text for each in chosen if isinstance(each, Piece)}
        if above:
            del self.plain[number][-above:]
        del self.plain[number + 1][:below]
        return self._written(hunk, chosen, ours, theirs)

    def _split(self, number: int, ours: Span, theirs: Span) -> list[str]:
        """The lines for a hunk in which other lines stand before or behind entries: those stay marked by themselves."""
        hunk = self.hunks[number]
        own, other = self.ours.middle(ours), self.theirs.middle(theirs)
        own = own or (other and self.ours.beside(ours, self.theirs, theirs, other))
        other = other or (own and self.theirs.beside(theirs, self.ours, ours, own))
        if not own or not other or not self.ours.is_covered(own) or not self.theirs.is_covered(other):
            return hunk.text()
        entries = union(self.ours.within(own), self.theirs.within(other), self.base)
        chosen = self._once(entries, own) if entries else None
        if not chosen or any(isinstance(each, Pair) for each in chosen):
            return hunk.text()
        self.entered |= {each.post: each.text for each in chosen if isinstance(each, Piece)}
        lines = self._written(hunk, chosen, own, other)
        newline = newline_at(lines, 0)
        before = self._marked(hunk, (ours[0], own[0]), (theirs[0], other[0]))
        behind = self._marked(hunk, (own[1], ours[1]), (other[1], theirs[1]))
        parted = [*before, *([newline] if before else []), *lines, *([newline] if behind else []), *behind]
        above = [newline] * max(_blank(hunk.ours), _blank(hunk.theirs))
        below = [newline] * max(_blank(hunk.ours[::-1]), _blank(hunk.theirs[::-1]))
        return above + parted + below

    def _marked(self, hunk: Hunk, ours: Span, theirs: Span) -> list[str]:
        """Those lines of both sides between the hunk's markers; as they are where the sides agree."""
        here, there = _trimmed(self.ours.lines[slice(*ours)]), _trimmed(self.theirs.lines[slice(*theirs)])
        return here if here == there else marked(hunk, here, None, there)

    def _room(self, number: int, ours: Span, theirs: Span) -> Span:
        """How far a hunk has to grow above and below to hold whole entries; no further than the next hunks."""
        above = below = 0
        while True:
            grown = [
                side.room((span[0] - above, span[1] + below))
                for side, span in ((self.ours, ours), (self.theirs, theirs))
            ]
            more, less = max(each[0] for each in grown), max(each[1] for each in grown)
            more, less = above + more, below + less
            if (more, less) == (above, below):
                return above, below
            if more > len(self.plain[number]) or less > len(self.plain[number + 1]):
                return 0, 0
            above, below = more, less

    def _once(self, entries: Sequence[Piece | Pair], span: Span) -> list[Piece | Pair] | None:
        """The entries without those that stand elsewhere in the result; None where one says something else there."""
        chosen = []
        for each in entries:
            post = each.post if isinstance(each, Piece) else each.ours.post
            outside = self.outside.get(post)
            text = outside.text if outside and not span[0] <= outside.start < span[1] else self.entered.get(post)
            if text is None:
                chosen.append(each)
            elif isinstance(each, Pair) or each.text != text:
                return None
        return chosen

    def _outside(self) -> Iterator[Piece]:
        """The entries of our side outside all hunks."""
        at, spans = 0, []
        for length, hunk in zip(self.lengths, self.hunks, strict=False):
            spans.append((at + length, at + length + len(hunk.ours)))
            at = spans[-1][1]
        for piece in self.ours.pieces:
            number = bisect_left(spans, piece.start, key=lambda span: span[1])  # the first hunk that ends behind it
            while number < len(spans) and spans[number][1] <= piece.start:
                number += 1
            if number == len(spans) or spans[number][0] >= piece.end:
                yield piece

    def _written(self, hunk: Hunk, entries: Sequence[Piece | Pair], ours: Span, theirs: Span) -> list[str]:
        both = ((self.ours, ours), (self.theirs, theirs))
        sides = [(side, span) for side, span in both if side.within(span)]
        newline = newline_at([*self.ours.lines[slice(*ours)], *self.theirs.lines[slice(*theirs)]], 0)
        if not sides:
            return [newline] * max(span[1] - span[0] for span in (ours, theirs))
        lines = [newline] * max(_blank(side.lines[slice(*span)]) for side, span in sides)
        neighbours = {
            (each, later): later.start - each.end
            for side, span in sides
            for each, later in zip(side.within(span), side.within(span)[1:], strict=False)
        }
        for number, each in enumerate(entries):
            if number:
                before = entries[number - 1]
                known = isinstance(before, Piece) and isinstance(each, Piece)
                gap = neighbours.get((before, each), self.between) if known else self.between  # type: ignore[arg-type]
                lines += [newline] * gap
            lines += self._lines_of(hunk, each, newline)
        if entries:
            lines += [newline] * max(_blank(side.lines[slice(*span)][::-1]) for side, span in sides)
        return lines

    def _lines_of(self, hunk: Hunk, entry: Piece | Pair, newline: str) -> list[str]:
        if isinstance(entry, Piece):
            return _ended(entry.lines, newline)
        base = self.base.get(entry.ours.post)
        return marked(
            hunk,
            _ended(entry.ours.lines, newline),
            _ended(base.lines, newline) if base else (),
            _ended(entry.theirs.lines, newline),
        )


def _ended(lines: Sequence[str], newline: str) -> list[str]:
    """The lines, the last one with a newline too."""
    return [line if line.endswith("\n") else line + newline for line in lines]


def _trimmed(lines: list[str]) -> list[str]:
    """The lines without blank ones around them."""
    end = content_end(lines, 0, len(lines))
    return lines[min(_blank(lines), end) : end]


def _blank(lines: Sequence[str]) -> int:
    """How many blank lines those begin with."""
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _entries_of(lines: list[str], index: Index, settings: Settings) -> _Side:
    """A side's file with its entries, and the dated sections that are none: they are ordered with them."""
    data = "".join(lines).encode("utf-8", "surrogateescape")
    page, first = body_page(data)
    paths = linked_posts(page, index.path, settings)
    shape = learned_shape(data, index, paths, settings.languages)
    between = max(shape.between, 1) if index.style == "sections" else shape.between
    targets = Targets(index.path, paths, names={path: _name(path, settings) for path in paths})
    try:
        entries = placed(page, index, targets, undated="{date}" not in shape.heading)
    except AiblogError:  # this side lacks the heading that the list stands under: it has no entries
        return _Side(lines, [], first - 1, between)
    pieces = [_piece(page, first - 1, each, targets) for each in entries]
    if index.style == "sections":
        pieces += _sections_of_people(page, first - 1, entries)
    return _Side(lines, sorted(pieces, key=lambda each: each.start), first - 1, between)


def _name(path: str, settings: Settings) -> str:
    """What the editions of one post have in common."""
    slug, _ = names_of(path, settings.languages)[0]
    return f"{date_in(path) or posixpath.dirname(path)}/{slug}"


def _piece(page: Page, above: int, entry: PlacedEntry, targets: Targets) -> Piece:
    lines = page.lines[entry.start : entry.end]
    bare = [place for place in entry.links if entry.heading and place.item and place.item.end == place.line + 1]
    links = frozenset((place.line - entry.start, place.path) for place in bare)
    post = targets.post_of(entry.links[0].path)
    return Piece(post, entry.date, lines, above + entry.start, above + entry.end, links)


def _sections_of_people(page: Page, above: int, entries: Sequence[PlacedEntry]) -> list[Piece]:
    """Dated sections at the entries' level that are no posts."""
    own = {entry.heading.line: entry.heading.level for entry in entries if entry.heading}
    levels = set(own.values()) or {2}
    found = []
    for number, heading in enumerate(page.headings):
        if heading.level in levels and heading.line not in own and DATE.search(heading.text):
            rest = page.headings[number + 1 :]
            stop = next((later.line for later in rest if later.level <= heading.level), len(page.lines))
            end = max(prose_end(page, heading.end, stop), heading.end)
            lines = page.lines[heading.line : end]
            name = f"# {heading.text}"
            found.append(Piece(name, date_in(heading.text), lines, above + heading.line, above + end))
    return found


_UPDATED = re.compile(
    rf"(?:{'|'.join(name for name, role in NAMED_ROLES.items() if role == 'updated')}): *['\"]?({DATE.pattern}).*\s*"
)


def _with_later_dates(hunk: Hunk) -> list[str] | None:
    """The lines of a front matter whose sides differ in dates of the last update alone, with the later ones."""
    if len(hunk.ours) != len(hunk.theirs):
        return None
    lines = []
    for ours, theirs in zip(hunk.ours, hunk.theirs, strict=True):
        here, there = _UPDATED.fullmatch(ours), _UPDATED.fullmatch(theirs)
        if ours.rstrip() != theirs.rstrip() and not (here and there and _around_value(ours) == _around_value(theirs)):
            return None
        lines.append(max(ours, theirs, key=lambda line: (date_in(line), line)))
    return lines


def _around_value(line: str) -> tuple[str, str]:
    """A line's key and the comment behind its value."""
    return line.partition(":")[0], line.partition(" #")[2].rstrip()
