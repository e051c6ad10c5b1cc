"""Where a file that is gone is now: by the moves that are known, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Moved(NamedTuple):
    """Where a file is now, and how that is known, in words for people."""

    path: str
    how: str


def followed(
    start: str, further: Callable[[str], Iterable[Moved]], is_there: Callable[[str], bool]
) -> tuple[list[Moved], list[str]]:
    """The files that what was at `start` may be now, and the paths, `start` first, at which it was meanwhile.

    How a file is known is how the first of its moves is. `further` has the moves away from a path.
    """
    there: dict[str, Moved] = {}
    passed = {start: Moved(start, "")}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        for to, how in further(path):
            if to not in passed and to not in there:
                known = Moved(to, passed[path].how or how)
                if is_there(to):
                    there[to] = known
                else:
                    passed[to] = known
                    waiting.append(to)
    return list(there.values()), list(passed)
