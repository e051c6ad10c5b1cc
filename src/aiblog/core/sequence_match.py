"""Two rows of things beside each other: what is equal in both, which are each other's counterparts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

_LARGEST = 200_000
"""Pairs of equal things at most: two rows with more of them count as replaced as a whole. What it takes grows so."""

_CELLS = 250_000
"""Pairs at most for which a likeness is asked: of longer rows only those near the same place."""


def compared(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, range, range]]:
    """The way from one row to another: in turn what is equal in both and what was replaced, as places in each."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    if start:
        yield True, range(start), range(start)
    for tag, first, last, its_first, its_last in _opcodes(old[start : len(old) - end], new[start : len(new) - end]):
        yield tag == "equal", range(start + first, start + last), range(start + its_first, start + its_last)
    if end:
        yield True, range(len(old) - end, len(old)), range(len(new) - end, len(new))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
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
    band = max(_CELLS // max(rows, 1) // 2, 20)
    steepness = columns / max(rows, 1)
    best = [[0.0] * (columns + 1)]
    choices: list[bytearray] = [bytearray(columns + 1)]
    for row in range(rows):
        above, line, choice = best[-1], [0.0] * (columns + 1), bytearray(columns + 1)
        middle = int(row * steepness)
        first, last = max(middle - band, 0), min(middle + band, columns)
        line[: first + 1] = above[: first + 1]
        for column in range(first, last):
            alike = likeness(row, column)
            score, way = above[column + 1], 1
            if line[column] > score:
                score, way = line[column], 2
            if alike and above[column] + alike > score:
                score, way = above[column] + alike, 3
            line[column + 1], choice[column + 1] = score, way
        for column in range(last, columns):
            above_it, before = above[column + 1], line[column]
            line[column + 1], choice[column + 1] = (before, 2) if before > above_it else (above_it, 1)
        best.append(line)
        choices.append(choice)
    return _traced(rows, columns, choices)


def _traced(rows: int, columns: int, choices: Sequence[bytearray]) -> list[tuple[int | None, int | None]]:
    """The way back through the table, in order."""
    pairs: list[tuple[int | None, int | None]] = []
    row, column = rows, columns
    while row or column:
        way = choices[row][column] if row and column else 0
        if way == 3:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif column and (way == 2 or not row):
            column -= 1
            pairs.append((None, column))
        else:
            row -= 1
            pairs.append((row, None))
    return pairs[::-1]
