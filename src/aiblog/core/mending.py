"""What a linter found with the edits that mend it, and the edits made: only where the page reads the same."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter
from collections.abc import Iterable, Sequence

from aiblog.core.edit import Edit, applied
from aiblog.core.linted import Linted
from aiblog.core.markdown_events import as_read

TRIES = 3
"""How often one rule mends one file: two rules that undo each other come to an end."""


def together(groups: Iterable[Sequence[Edit]]) -> list[Edit]:
    """The edits of the groups that can be made at once, in order: a group that touches one before it is left whole."""
    taken: list[Edit] = []
    for group in groups:
        if all(_fits(edit, taken) for edit in group):
            for edit in group:
                insort(taken, edit)
    return taken


def _fits(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit overlaps none of those (in order, apart from each other), and does not insert where one does."""
    at = bisect(taken, edit)
    return not any(
        (edit.start < other.end and other.start < edit.end) or edit[:2] == other[:2]
        for other in taken[max(0, at - 1) : at + 1]
    )


def mended(data: bytes, found: Iterable[Linted], tries: Counter[str]) -> bytes:
    """The bytes after the first rule's edits that change no more than white space and markers; else as they were.

    One rule at a time, since each counts on what it saw: lint again before the next. `tries` counts
    them for this file, by the linter's rule, and keeps out those whose edits would not do.
    """
    rules: dict[str, list[tuple[Edit, ...]]] = {}
    for each in found:
        if each.edits and tries[each.rule] < TRIES:
            rules.setdefault(each.rule, []).append(each.edits)
    before = as_read(data) if rules else ""
    for rule in sorted(rules):
        after = applied(data, together(rules[rule]))
        if as_read(after) != before:
            after = _one_by_one(data, rules[rule], before)
        tries[rule] += 1
        if after != data:
            return after
        tries[rule] = TRIES
    return data


def _one_by_one(data: bytes, groups: Sequence[Sequence[Edit]], before: str) -> bytes:
    """The bytes after those groups of edits that by themselves leave the page as it is."""
    harmless = [group for group in groups[:_MOST] if as_read(applied(data, group)) == before]
    after = applied(data, together(harmless))
    return after if as_read(after) == before else data


_MOST = 50
"""Groups of edits tried by themselves, at half a millisecond each."""
