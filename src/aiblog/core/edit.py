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
