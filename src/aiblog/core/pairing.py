"""Two rows of things, each with its counterpart in the other row as far as there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

_MOST = 300
"""Things of a row at most that are compared with each of the other row: beyond, the place alone decides."""


def paired(left: Sequence[A], right: Sequence[B], likeness: Callable[[A, B], float]) -> list[tuple[A | None, B | None]]:
    """All of both rows in order; None stands beside what has no counterpart.

    Chosen is what is most alike altogether; what is not alike at all (0 or less) is never a pair. Of equal ways the
    one that pairs earlier things.
    """
    if max(len(left), len(right)) > _MOST:
        more: list[tuple[A | None, B | None]] = list(zip(left, right, strict=False))
        return more + [(each, None) for each in left[len(right) :]] + [(None, each) for each in right[len(left) :]]
    alike = [[likeness(one, other) for other in right] for one in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]  # of what follows both places
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            both = best[row + 1][column + 1] + alike[row][column] if alike[row][column] > 0 else 0.0
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    return _way(left, right, alike, best)


def _way(
    left: Sequence[A], right: Sequence[B], alike: Sequence[Sequence[float]], best: Sequence[Sequence[float]]
) -> list[tuple[A | None, B | None]]:
    """The pairs along the best way."""
    found: list[tuple[A | None, B | None]] = []
    row = column = 0
    while row < len(left) and column < len(right):
        own = alike[row][column]
        if own > 0 and best[row][column] <= best[row + 1][column + 1] + own:
            found.append((left[row], right[column]))
            row, column = row + 1, column + 1
        elif best[row][column] <= best[row + 1][column]:
            found.append((left[row], None))
            row += 1
        else:
            found.append((None, right[column]))
            column += 1
    return found + [(each, None) for each in left[row:]] + [(None, each) for each in right[column:]]
