"""Corrections of a file's bytes, as the rules of `check --fix` propose them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """The bytes from `start` up to `end` (offsets in the file's bytes) are to be `text`; `start == end` inserts."""

    start: int
    end: int
    text: bytes


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits made, in the order of their places.

    Of two that overlap, or insert at one place, the first is made and the other left: found again in the
    result, it is made then, if it still says something. An edit that does not lie within the bytes is left too.
    """
    pieces: list[bytes] = []
    done, inserted = 0, -1
    for start, end, text in sorted(edits):
        if not done <= start <= end <= len(data) or start == end == inserted:
            continue
        pieces += [data[done:start], text]
        done, inserted = end, end if start == end else -1
    return b"".join([*pieces, data[done:]])


def difference(before: bytes, after: bytes) -> tuple[Edit, ...]:
    """The one edit that makes `after` of `before`, as small as it can be; none where they are equal."""
    if before == after:
        return ()
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    same = next((at for at in range(shorter - start) if before[-1 - at] != after[-1 - at]), shorter - start)
    return (Edit(start, len(before) - same, after[start : len(after) - same]),)
