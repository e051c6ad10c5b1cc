"""The lines of two versions of a block beside each other: items, rows, lines of code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from aiblog.core.sequence_match import best_pairs, compared, shared_start

_LEAST = 0.05
"""What two lines without a word in common are alike: they are still a pair where nothing better is left for either."""


def line_pairs(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[tuple[int | None, int | None]]:
    """Each line of both, in order, with its counterpart: equal ones, then those with the most words in common.

    None stands for no counterpart: the line went, or came. Lines are given as their words.
    """
    pairs: list[tuple[int | None, int | None]] = []
    for equal, left, right in compared([tuple(line) for line in old], [tuple(line) for line in new]):
        pairs += zip(left, right, strict=True) if equal else _alike(old, new, left, right)
    return pairs


def _alike(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], left: range, right: range
) -> Iterator[tuple[int | None, int | None]]:
    ours, theirs = [_words(old[at]) for at in left], [_words(new[at]) for at in right]
    our_counts, their_counts = [Counter(each) for each in ours], [Counter(each) for each in theirs]

    def likeness(row: int, column: int) -> float:
        """What they have in common, and once more from their beginnings: the first cell of a row says what it is of."""
        own, its = ours[row], theirs[column]
        common = (our_counts[row] & their_counts[column]).total() + shared_start(own, its)
        return max(common / max(len(own), len(its), 1), _LEAST)

    for row, column in best_pairs(len(ours), len(theirs), likeness):
        yield None if row is None else left[row], None if column is None else right[column]


def _words(line: Sequence[str]) -> list[str]:
    """A line without signs and white space."""
    return [word for word in line if any(map(str.isalnum, word))]
