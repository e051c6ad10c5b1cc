"""Two rows of things beside each other: what is equal in both, which are each other's counterparts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

A = TypeVar("A")
B = TypeVar("B")

_LARGEST = 200_000
"""Pairs of equal things at most: two rows with more of them count as replaced as a whole. What it takes grows so."""

_CELLS = 250_000
"""Pairs at most for which a likeness is asked: of longer rows only those near the same place."""


def compared(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, range, range]]:
    """The way from one row to another: in turn what is equal in both and what was replaced, as places in each."""
    start = shared_start(old, new)
    end = shared_start(old[start:][::-1], new[start:][::-1])
    if start:
        yield True, range(start), range(start)
    for tag, first, last, its_first, its_last in _opcodes(old[start : len(old) - end], new[start : len(new) - end]):
        yield tag == "equal", range(start + first, start + last), range(start + its_first, start + its_last)
    if end:
        yield True, range(len(old) - end, len(old)), range(len(new) - end, len(new))


def shared_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many are the same from the beginning."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[str, int, int, int, int]]:
    if not old and not new:
        return []
    counts = Counter(new)
    if sum(counts[each] for each in old) > _LARGEST:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def best_pairs(rows: int, columns: int, likeness: Callable[[int, int], float]) -> list[tuple[int | None, int | None]]:
    """Each place of two rows once, in order, with its counterpart: the pairs whose likeness adds up to the most.

    A likeness of 0 makes no pair. What has no counterpart of the first row stands before that of the second one.
    """
    band = max(_CELLS // max(rows, 1) // 2, 1)
    table = [_Row(0, [0.0], bytearray(1))]
    for row in range(rows):
        middle = row * columns // rows
        table.append(_next_row(table[-1], max(middle - band, 0), min(middle + band, columns), row, likeness))
    return _traced(columns, table)


def paired(left: Sequence[A], right: Sequence[B], likeness: Callable[[A, B], float]) -> list[tuple[A | None, B | None]]:
    """All of both rows in order, each beside its counterpart as `best_pairs` has them; None beside what has none."""
    found = best_pairs(len(left), len(right), lambda row, column: likeness(left[row], right[column]))
    return [(None if row is None else left[row], None if column is None else right[column]) for row, column in found]


class _Row(NamedTuple):
    """What the best pairs up to a row add up to, for the columns from `first` on: before them it is as one row
    earlier, behind them it stays. `ways` has how each was reached: 1 from above, 2 from the left, 3 by a pair."""

    first: int
    best: list[float]
    ways: bytearray

    def at(self, column: int) -> float:
        """What it is there, for a column from `first` on."""
        return self.best[min(column - self.first, len(self.best) - 1)]


def _next_row(above: _Row, first: int, last: int, row: int, likeness: Callable[[int, int], float]) -> _Row:
    best, ways = [above.at(first)], bytearray([1])
    for column in range(first, last):
        score, way = above.at(column + 1), 1
        if best[-1] > score:
            score, way = best[-1], 2
        alike = likeness(row, column)
        if alike and above.at(column) + alike > score:
            score, way = above.at(column) + alike, 3
        best.append(score)
        ways.append(way)
    return _Row(first, best, ways)


def _traced(columns: int, table: Sequence[_Row]) -> list[tuple[int | None, int | None]]:
    """The way back through the table, in order."""
    pairs: list[tuple[int | None, int | None]] = []
    row, column = len(table) - 1, columns
    while row or column:
        own = table[row]
        place = column - own.first
        if not (row and column):
            way = 1 if row else 2
        elif place < len(own.ways):
            way = own.ways[place] if place > 0 else 1
        else:
            way = 2 if own.best[-1] > table[row - 1].at(column) else 1
        row, column = row - (way != 2), column - (way != 1)
        pairs.append((None if way == 2 else row, None if way == 1 else column))
    return pairs[::-1]
