"""Headings that a translation has otherwise than its source: more, fewer, of other levels."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.document import Headline

RULE = "parity-headings"
_LONGEST = 40
"""Characters of a heading that a message quotes."""


def differing_headings(pair: Comparison) -> Iterator[Difference]:
    """The first place where the headings differ: those behind it are out of step, and would all be found."""
    before: Headline | None = None
    for ours, theirs in pair.sections:
        one, other = ours and ours.headline, theirs and theirs.headline
        if one is not None and other is None:
            yield _missing(one, before)
            return
        if other is not None and one is None:
            yield Difference(RULE, other.line, 1, f"{_quoted(other)} (level {other.level}) is no heading of the source")
            return
        if one is not None and other is not None and one.level != other.level:
            message = f"this heading has level {other.level}; {_quoted(one)} of the source, line {one.line}, has "
            yield Difference(RULE, other.line, 1, f"{message}level {one.level}")
            return
        before = other or before


def _missing(one: Headline, before: Headline | None) -> Difference:
    what = f"{_quoted(one)} (level {one.level}) of the source, line {one.line},"
    if before is None:
        return Difference(RULE, 1, 1, f"{what} has no counterpart; it was wanted above all others")
    return Difference(RULE, before.line, 1, f"{what} has no counterpart after this heading")


def _quoted(heading: Headline) -> str:
    text = " ".join(heading.text.split())
    return f'"{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'
