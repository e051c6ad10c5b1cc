"""Git's conflict markers in a text: its parts, each the same for both sides or one that differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.lines import split_lines


class Hunk(NamedTuple):
    """A part that differs: the lines of each side, and of the base where the style has it (`diff3`, `zdiff3`).

    All with their newlines. `marks` are the marker lines: begin, base (None without it), middle, end.
    """

    ours: tuple[str, ...]
    base: tuple[str, ...] | None
    theirs: tuple[str, ...]
    marks: tuple[str, str | None, str, str]

    def text(self) -> list[str]:
        """The lines of the part as git wrote it, markers included."""
        return marked(self, self.ours, self.base, self.theirs)


def marked(hunk: Hunk, ours: Sequence[str], base: Sequence[str] | None, theirs: Sequence[str]) -> list[str]:
    """Lines of two sides between the hunk's own markers; with `base`, if its style has it."""
    begin, before_base, middle, end = hunk.marks
    between = [before_base, *(base or ())] if before_base is not None else []
    return [begin, *ours, *between, middle, *theirs, end]


Part = tuple[str, ...] | Hunk
"""Lines that are the same for both sides, or a hunk."""

_MARK = re.compile(r"(?:(?P<begin><{7})|(?P<base>\|{7})|(?P<end>>{7}))(?: .*)?\r?\n?|(?P<middle>={7})\r?\n?")


def parts(text: str) -> list[Part]:
    """The parts of a text in order; hunks that are not whole, or in which a marker is not sure, count as plain lines.

    A line of seven equals signs may also underline a heading: with two of them in a hunk nobody can tell.
    """
    lines = split_lines(text)
    found: list[Part] = []
    plain: list[str] = []
    number = 0
    while number < len(lines):
        hunk = _hunk(lines, number)
        if hunk is None:
            plain.append(lines[number])
            number += 1
            continue
        found += [tuple(plain), hunk]
        plain = []
        number += len(hunk.text())
    return [*found, tuple(plain)]


def _hunk(lines: Sequence[str], start: int) -> Hunk | None:
    """The hunk that begins at that line."""
    if _kind(lines[start]) != "begin":
        return None
    places: dict[str, int] = {}
    for number in range(start + 1, len(lines)):
        kind = _kind(lines[number])
        if not kind:
            continue
        if kind in places or kind == "begin" or (kind == "base" and places):
            return None
        places[kind] = number
        if kind == "end":
            break
    if "middle" not in places or "end" not in places:
        return None
    base, middle, end = places.get("base"), places["middle"], places["end"]
    return Hunk(
        ours=tuple(lines[start + 1 : middle if base is None else base]),
        base=None if base is None else tuple(lines[base + 1 : middle]),
        theirs=tuple(lines[middle + 1 : end]),
        marks=(lines[start], None if base is None else lines[base], lines[middle], lines[end]),
    )


def _kind(line: str) -> str:
    match = _MARK.fullmatch(line)
    return (match.lastgroup or "") if match else ""


def marker_lines(text: str) -> list[int]:
    """The lines (from 1) at which a hunk begins, whole or not."""
    return [number for number, line in enumerate(split_lines(text), 1) if _kind(line) == "begin"]
