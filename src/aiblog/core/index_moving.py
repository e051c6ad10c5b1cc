"""Posts that move, in the indexes: an entry with another date, at its place; entries carried to another index.

All of it comes after the links were led on: entries link to where the posts lie now. `last_updated` stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from aiblog.core.index import learned_shape, refuse_conflict, with_lines
from aiblog.core.index_definitions import Labels, apart, has_block, with_below, with_definitions, without_unused
from aiblog.core.index_entry import DATE
from aiblog.core.index_links import Targets
from aiblog.core.index_page import Page, body_page, page
from aiblog.core.index_placed import PlacedEntry, date_columns, has_prose
from aiblog.core.index_units import Unit, can_leave, cut, marks_of, pasted, whole_entries
from aiblog.core.lines import split_lines
from aiblog.core.settings import Index


def redated(  # noqa: PLR0913 - what moved, and when
    data: bytes, index: Index, post: Collection[str], *, was: str, date: str, editions: Collection[str]
) -> bytes:
    """The index with the new date of a post where its entry says the old one for its own. Idempotent.

    In a `sections` index, and in a complete list that is newest first, the entry goes to its place by that date, with
    all that stands in it. Elsewhere it stays: the order is people's. So does an entry that lists other posts besides.

    Args:
        data: the whole index; its links lead to the new paths already.
        index: which one, and its style.
        post: the paths of the post's editions, the new ones.
        was: the old date, `YYYY-MM-DD`.
        date: the new one.
        editions: the paths of every edition of the blog, the new ones.

    Raises:
        AiblogError: `conflict` where it has git's conflict markers, or not the heading its list stands under.
    """
    book = _Book.of(data, index, post, editions)
    before, _ = body_page(data)
    headed = [(each.line, at.start()) for each in before.headings for at in DATE.finditer(before.lines[each.line])]
    as_if = _with_dates(before, headed, was, date)  # or a link to another date makes its section no entry
    own = [each for each in book.entries(as_if) if book.is_own(each)]
    places = [place for each in own for place in date_columns(before, each, was)]
    after = _with_dates(before, places, was, date)
    if own and book.goes_by_date(before):
        for _ in own:
            after = book.with_one_in_place(after, date)
    return book.bytes(data, before, after)


def _with_dates(before: Page, places: Iterable[tuple[int, int]], was: str, date: str) -> Page:
    """The page with another date at those lines and columns where the old one stands; every place stays where it is."""
    lines = list(before.lines)
    for line, column in places:
        if lines[line].startswith(was, column):
            lines[line] = lines[line][:column] + date + lines[line][column + len(was) :]
    return page(lines)


def carried(  # noqa: PLR0913 - two indexes, and what moved
    from_data: bytes,
    from_index: Index,
    to_data: bytes,
    to_index: Index,
    *,
    posts: Collection[str],
    editions: Collection[str],
    lead: Callable[[bytes], bytes],
) -> tuple[bytes, bytes]:
    """Both indexes with the entries of those posts in the other one, at their places, with all that stands in them.

    An entry stays where it is (its links lead on anyhow) if it lists another post too, if the indexes' styles differ
    (prose has no place in a list), if its headings cannot have the level of the other's, or if it has a definition
    that others use, or one that means something else there. Definitions that it uses come along. One whose posts the
    other index has already goes, if nobody wrote in it.

    Args:
        from_data: the index that the entries are in; its links lead to the new paths already.
        from_index: which one.
        to_data: the other one; without an entry it takes the shape of the first.
        to_index: which one.
        posts: the paths of the moved posts' editions, the new ones.
        editions: the paths of every edition of the blog, the new ones.
        lead: a part of the one's text as it has to be in the other: its relative links.

    Raises:
        AiblogError: `conflict` where one has git's conflict markers, or not the heading its list stands under.
    """
    source, target = _Book.of(from_data, from_index, posts, editions), _Book.of(to_data, to_index, posts, editions)
    before, there = body_page(from_data)[0], body_page(to_data)[0]
    if from_index.style != to_index.style:
        return from_data, to_data
    entries, others = source.entries(before), target.entries(there)
    own = [number for number, each in enumerate(entries) if source.is_own(each)]
    listed = {place.path for each in others for place in each.links}
    twice = {number for number in own if listed.issuperset(place.path for place in entries[number].links)}
    leads = others[:1] or entries[:1]
    level = leads[0].heading.level if leads and leads[0].heading else 0
    leaving = _leaving(before, there, {at: entries[at] for at in own if at not in twice}, level, lead)
    gone = {number for number in twice if not has_prose(before, entries[number])}
    _, units = cut(before, entries, leaving)
    new = _Definitions(there, in_block=has_block(there, [(each.start, each.end) for each in others]))
    outside = [leaving[number] for number in sorted(leaving)]
    coming = [
        new.with_them(_led(unit.at_level(level), lead), texts) for unit, texts in zip(units, outside, strict=True)
    ]
    after = page(with_definitions(page(pasted(there, to_index, others, coming, level)), new.block))
    rest = page(cut(before, entries, {*leaving, *gone})[0])
    rest = page(without_unused(rest, [name for texts in outside for name in texts]))
    whole = len(source.entries(rest)) == len(entries) - len(leaving) - len(gone)
    if not whole or len(target.entries(after)) != len(others) + len(leaving):
        return from_data, to_data  # what stands around them would swallow some
    return source.bytes(from_data, before, rest), target.bytes(to_data, there, after)


def _leaving(
    before: Page, there: Page, entries: Mapping[int, PlacedEntry], level: int, lead: Callable[[bytes], bytes]
) -> dict[int, dict[str, str]]:
    """The entries that can go, by their numbers, each with the definitions elsewhere on the page that it uses."""
    found: dict[int, dict[str, str]] = {}
    labels = Labels(before)
    for number, entry in entries.items():
        outside = labels.needed(entry.start, entry.end)
        if outside is None or not can_leave(before, entry, level):
            continue
        texts = {name: _text_led(before.lines[at].rstrip("\r\n"), lead) for name, at in outside.items()}
        own = _text_led("".join(before.lines[entry.start : entry.end]), lead)
        defined = page([*split_lines(own), *texts.values()]).references
        if all(there.references.get(name, to) == to for name, to in defined.items()):
            found[number] = texts
    return found


class _Definitions:
    """The definitions that come with entries: into the block at the page's end, where it has one, else below each."""

    def __init__(self, there: Page, *, in_block: bool) -> None:
        self._known, self._in_block = set(there.references), in_block
        self.block: dict[str, str] = {}

    def with_them(self, unit: Unit, outside: Mapping[str, str]) -> Unit:
        """The entry with its definitions, or without those that go to the block; none that the page has twice."""
        lines, own = apart(unit.lines) if self._in_block else (unit.lines, {})
        new = {name: text for name, text in {**own, **outside}.items() if name not in self._known}
        self._known |= new.keys()
        if self._in_block:
            self.block |= new
            return unit._replace(lines=lines)
        return unit._replace(lines=with_below(lines, new.values()))


def _led(unit: Unit, lead: Callable[[bytes], bytes]) -> Unit:
    return unit._replace(lines=tuple(split_lines(_text_led("".join(unit.lines), lead))))


def _text_led(text: str, lead: Callable[[bytes], bytes]) -> str:
    return lead(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


NEW_ARCHIVE = b"# Archive\n"
"""What an archive's index is made as where its file is not there; one that is left like that was made, and may go."""


@dataclass(frozen=True, slots=True)
class _Book:
    """An index and which of its entries are the posts that move."""

    index: Index
    targets: Targets
    undated: bool

    @classmethod
    def of(cls, data: bytes, index: Index, posts: Collection[str], editions: Collection[str]) -> _Book:
        """That of an index's bytes; `conflict` where it has git's conflict markers."""
        refuse_conflict(data, index.path)
        undated = "{date}" not in learned_shape(data, index, editions, ()).heading
        return cls(index, Targets(index.path, {*editions, *posts}, posts), undated)

    def entries(self, current: Page) -> list[PlacedEntry]:
        """The entries of a page of it, with all that stands in them."""
        return whole_entries(current, self.index, self.targets, undated=self.undated)

    def is_own(self, entry: PlacedEntry) -> bool:
        """Whether an entry lists only posts that move."""
        return self.targets.is_post(entry.links)

    def bytes(self, data: bytes, before: Page, after: Page) -> bytes:
        """The index with another page for its body."""
        return data if after.lines == before.lines else with_lines(data, before, after.lines)

    def goes_by_date(self, current: Page) -> bool:
        """Whether the order of the entries is that of their dates, and not people's own."""
        if self.index.style == "list" and not self.index.complete:
            return False
        dates = [each.date for each in self.entries(current) if not self.is_own(each)]
        newest_first = all(one >= other for one, other in pairwise(dates))
        return newest_first or (self.index.style == "sections" and not self.undated)

    def with_one_in_place(self, current: Page, date: str) -> Page:
        """The page with the first of the moved posts' entries of that date that is not at its place there."""
        entries = self.entries(current)
        level = entries[0].heading.level if entries and entries[0].heading else 0
        marks = marks_of(current, entries, level)
        for number, each in enumerate(entries):
            at = next(at for at, mark in enumerate(marks) if mark[0] == each.start)
            around = [mark[2] for mark in marks[max(at - 1, 0) : at + 2]]
            if not self.is_own(each) or each.date != date or around == sorted(around, reverse=True):
                continue
            lines, units = cut(current, entries, {number})
            rest = page(lines)
            after = page(pasted(rest, self.index, self.entries(rest), units, level))
            return after if len(self.entries(after)) == len(entries) else current
        return current
