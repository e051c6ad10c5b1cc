"""Entries of two sides of a conflict as one sequence: each once, in order, none left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """An entry (or a dated section that is none) of one side: its lines without blank ones around them.

    `post` says which entry it is, on either side; `date` orders it. `start` and
    `end` are its lines in the side's file. `links` are the numbers of its lines that hold links to editions alone,
    each with the path of an edition.
    """

    post: str
    date: str
    lines: tuple[str, ...]
    start: int
    end: int
    links: frozenset[tuple[int, str]] = frozenset()

    @property
    def text(self) -> tuple[str, ...]:
        """What it says, whatever its newlines."""
        return tuple(line.rstrip("\r\n") for line in self.lines)


class Pair(NamedTuple):
    """An entry that both sides have in different words."""

    ours: Piece
    theirs: Piece


def union(ours: Sequence[Piece], theirs: Sequence[Piece], base: Mapping[str, Piece]) -> list[Piece | Pair] | None:
    """Both sides' entries, each once: newest first, each side's own order kept. None where the two orders disagree.

    It does not matter which side is whose. An entry that both have is one where they agree, where only one of them
    changed what `base` has, or where each has links that the other lacks; else it stays a pair.
    """
    shared = {each.post for each in ours} & {each.post for each in theirs}
    both = [each.post for each in ours if each.post in shared]
    if both != [each.post for each in theirs if each.post in shared] or len(shared) != len(both):
        return None
    found: list[Piece | Pair] = []
    left, right = list(ours), list(theirs)
    for post in both:
        here, there = _until(left, post), _until(right, post)
        found += _by_date(left[:here], right[:there])
        found.append(_one(left[here], right[there], base.get(post)))
        left, right = left[here + 1 :], right[there + 1 :]
    found += _by_date(left, right)
    if all(isinstance(each, Piece) for each in found) and all(map(_is_newest_first, (ours, theirs))):
        return sorted(found, key=_date, reverse=True)  # what one side changed may be its date
    return found


def _is_newest_first(pieces: Sequence[Piece]) -> bool:
    return all(each.date >= later.date for each, later in pairwise(pieces))


def _date(each: Piece | Pair) -> str:
    return each.date if isinstance(each, Piece) else each.ours.date


def _until(pieces: Sequence[Piece], post: str) -> int:
    return next(number for number, each in enumerate(pieces) if each.post == post)


def _by_date(ours: Sequence[Piece], theirs: Sequence[Piece]) -> list[Piece | Pair]:
    """Two runs of different entries as one: of the two that come next the newer first, of one date by their names."""
    left, right = list(ours), list(theirs)
    found: list[Piece | Pair] = []
    while left and right:
        newer = left[0].date > right[0].date or (left[0].date == right[0].date and left[0].post < right[0].post)
        found.append((left if newer else right).pop(0))
    return [*found, *left, *right]


def _one(ours: Piece, theirs: Piece, base: Piece | None) -> Piece | Pair:
    if ours.text == theirs.text or (base is not None and theirs.text == base.text):
        return ours
    if base is not None and ours.text == base.text:
        return theirs
    lines = _with_all_links(ours, theirs)
    return Pair(ours, theirs) if lines is None else ours._replace(lines=lines)


def _with_all_links(ours: Piece, theirs: Piece) -> tuple[str, ...] | None:
    """The lines of an entry whose sides differ in lines of links alone, with all of these; None where in others too,
    or where both link to the same edition in other words."""
    lines: list[str] = []
    here: set[str] = set()
    there: set[str] = set()
    for kind, a, b, c, d in SequenceMatcher(None, ours.text, theirs.text, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += ours.lines[a:b]
            continue
        own = {(line, path) for line, path in ours.links if a <= line < b}
        other = {(line, path) for line, path in theirs.links if c <= line < d}
        if len({line for line, _ in own}) != b - a or len({line for line, _ in other}) != d - c:
            return None
        here |= {path for _, path in own}
        there |= {path for _, path in other}
        lines += sorted((*ours.lines[a:b], *theirs.lines[c:d]))
    return None if here & there else tuple(lines)
