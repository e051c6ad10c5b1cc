"""List items and paragraphs, counted section by section in a source and its translation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aiblog.core.comparison import Comparison, Difference, Section
from aiblog.core.shape_parts import Mark


class _Kind(NamedTuple):
    """What is counted: by which rule, and its name as one and as many."""

    rule: str
    one: str
    many: str

    def said(self, count: int) -> str:
        """A count of them as people say it."""
        return f"{count or 'no'} {self.one if count == 1 else self.many}"


_ITEMS = _Kind("parity-lists", "list item", "list items")
_PARAGRAPHS = _Kind("parity-paragraphs", "paragraph", "paragraphs")


def differing_lists(pair: Comparison) -> Iterator[Difference]:
    """The sections whose list items are not as many as those of the source's section."""
    return _differing(pair, pair.source.items, pair.translation.items, _ITEMS)


def differing_paragraphs(pair: Comparison) -> Iterator[Difference]:
    """The sections whose paragraphs are not as many as those of the source's section; those in lists do not count."""
    return _differing(pair, pair.source.paragraphs, pair.translation.paragraphs, _PARAGRAPHS)


def _differing(pair: Comparison, ours: Sequence[Mark], theirs: Sequence[Mark], kind: _Kind) -> Iterator[Difference]:
    if len(ours) == len(theirs) == 0:
        return
    our_lines, their_lines = [each.line for each in ours], [each.line for each in theirs]
    for one, other in pair.sections:
        if one is None or other is None:
            continue  # a section that only one of them has is found as such
        own = ours[bisect_left(our_lines, one.start) : bisect_left(our_lines, one.end)]
        its = theirs[bisect_left(their_lines, other.start) : bisect_left(their_lines, other.end)]
        if len(own) != len(its):
            what = f"{len(own)} from line {own[0].line} on" if own else f"none below line {_line(one)}"
            message = f"{kind.said(len(its))} here; the source has {what}"
            yield Difference(kind.rule, *(its[0][:2] if its else (_line(other), 1)), message)


def _line(section: Section) -> int:
    return max(section.start, 1)
