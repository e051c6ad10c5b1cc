"""Where a translation is to be edited so that it follows the changes of its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.block_alignment import Pair, aligned
from aiblog.core.line_pairs import line_pairs
from aiblog.core.source_diff import Change
from aiblog.core.text_blocks import TextBlock
from aiblog.core.word_diff import words


class Place(NamedTuple):
    """Where one change of a source belongs in its translation: lines are those of the translation's file, from 1.

    `line` is the one to edit; of a list, a table or code the first item, row or line that changed (the one behind which
    another came), where the translation has as many as one of the source's texts, and `others` are the further ones.
    With `after` the translation has no such block, and the line is the one behind which it belongs. `section` is the
    translation's heading above the line, as `## Part`; "" for none. `new` says that the line begins a block that the
    old source had not: the translation follows the change already, probably.
    """

    line: int
    section: str
    after: bool = False
    new: bool = False
    others: tuple[int, ...] = ()


def places(found: Iterable[Change], old: str, new: str, translation: str) -> list[Place]:
    """The place of each change, in their order.

    Args:
        found: as `source_diff.changes` gives them.
        old: the source's whole text that the translation covers.
        new: the source's whole text as it is.
        translation: the translation's whole text.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read.
    """
    data = translation.encode("utf-8", "surrogateescape")
    top = Place(max(data[: header.body_offset(data)].count(b"\n"), 1), "", after=True)
    before, after = aligned(old, translation), aligned(new, translation)
    if _lone(after) < _lone(before):
        return [_place_in_new(change, after, top) for change in found]
    taken: set[int] = set()
    return [_place_in_old(change, before, top, taken) for change in found]


def _lone(pairs: Iterable[Pair]) -> int:
    """How many blocks have no counterpart: fewer beside the new source where the translation follows it already."""
    return sum(None in pair for pair in pairs)


def _place_in_new(change: Change, pairs: Sequence[Pair], top: Place) -> Place:
    if change.what == "removed":
        return _behind(change.line, change, pairs, top)
    block, own = next(pair for pair in pairs if pair[0] and pair[0].first == change.line)
    if block is None or own is None:
        return _behind(change.line - 1, change, pairs, top)
    first, *others = _lines(change, own)
    return Place(first, own.section, new=change.what == "added", others=tuple(others))


def _place_in_old(change: Change, pairs: Sequence[Pair], top: Place, taken: set[int]) -> Place:
    if change.what == "added":
        return _added_place(change, pairs, top, taken)
    block, own = next(pair for pair in pairs if pair[0] and pair[0].first == change.old_line)
    if block is None or own is None:
        return _behind(change.old_line - 1, change, pairs, top)
    first, *others = _lines(change, own)
    return Place(first, own.section, others=tuple(others))


def _lines(change: Change, own: TextBlock) -> list[int]:
    """The lines of a translation's block to edit: where it has as many as the source had, or has, those that changed.

    Of what came, or of what went where the translation has as many as the new text, the one behind which it belongs.
    """
    old, new = change.old.split("\n"), change.new.split("\n")
    if change.what != "changed" or len(own.lines) not in {len(old), len(new)}:
        return [own.first]
    found: dict[int, None] = {}
    above = 0
    for before, after in line_pairs([words(line) for line in old], [words(line) for line in new]):
        at = before if len(own.lines) == len(old) else after
        above = above if at is None else at
        if before is None or after is None or old[before] != new[after]:
            found[above] = None
    return [own.lines[at] for at in found] or [own.lines[-1]]


def _added_place(change: Change, pairs: Sequence[Pair], top: Place, taken: set[int]) -> Place:
    """The place of a block that the old text had not: behind its predecessor's, or where a new one stands there."""
    before = _behind(change.old_line, change, pairs, top)
    following = min((now.first for was, now in pairs if was and now and now.first > before.line), default=None)
    for was, now in pairs:
        if was or now is None or now.first in taken or now.kind != change.block:
            continue
        by_name = bool(now.name) and now.name == change.new.partition(":")[0]
        if by_name or (not now.name and before.line < now.first and (following is None or now.first < following)):
            taken.add(now.first)
            return Place(now.first, now.section, new=True)
    return before


def _behind(old_line: int, change: Change, pairs: Iterable[Pair], top: Place) -> Place:
    """The end of what the translation has for the last block of the old source that ends at or above a line.

    Keys and definitions stand where they like: they count for others of them only.
    """
    named = change.block if change.block in {"metadata", "definition"} else ""
    before = [
        (was.last, now)
        for was, now in pairs
        if was and now and was.last <= old_line and (not was.name or was.kind == named)
    ]
    if not before:
        return top._replace(line=1) if named == "metadata" else top
    last = max(before, key=lambda each: each[0])[1]
    return Place(last.last, last.section, after=True)
