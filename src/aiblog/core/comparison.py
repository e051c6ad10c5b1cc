"""A source and its translation side by side: which section of the one is which of the other, which block which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from aiblog.core.document import Headline
from aiblog.core.sequence_match import paired
from aiblog.core.shape import shape
from aiblog.core.shape_parts import Mark, Shape


class Difference(NamedTuple):
    """What a translation lacks, or has beyond its source: by which rule, where in the translation (from 1), and said.

    `message` is one sentence without a final full stop; it names the source's line.
    """

    rule: str
    line: int
    column: int
    message: str


class Section(NamedTuple):
    """What stands below a heading up to the next one: lines from 1, the end exclusive; the first has no heading."""

    start: int
    end: int
    headline: Headline | None
    tops: tuple[Mark, ...]

    def holds(self, line: int) -> bool:
        """Whether a line is one of the section's."""
        return self.start <= line < self.end


class Comparison:
    """The shapes of a source and of its translation, and the way from one to the other."""

    def __init__(self, source: Shape, translation: Shape) -> None:
        self.source = source
        self.translation = translation

    @cached_property
    def sections(self) -> list[tuple[Section | None, Section | None]]:
        """All sections of both in order, each beside its counterpart; None where it has none."""
        ours, theirs = _sections(self.source), _sections(self.translation)
        if [_level(each) for each in ours] == [_level(each) for each in theirs]:
            return list(zip(ours, theirs, strict=True))
        return [(ours[0], theirs[0]), *paired(ours[1:], theirs[1:], _likeness)]

    def counterpart(self, line: int) -> tuple[int, int]:
        """The place in the translation of a line of the source: its block, else its section, else the text's begin."""
        before = (1, 1)
        for ours, theirs in self.sections:
            if ours is not None and ours.holds(line):
                return _place(ours, theirs, line) if theirs is not None else before
            if theirs is not None and theirs.headline is not None:
                before = (theirs.headline.line, 1)
        return before


def _place(ours: Section, theirs: Section, line: int) -> tuple[int, int]:
    number = sum(each.line <= line for each in ours.tops)
    kinds = [[each.value for each in tops[:number]] for tops in (ours.tops, theirs.tops)]
    if number and (len(ours.tops) == len(theirs.tops) or kinds[0] == kinds[1]):
        return theirs.tops[number - 1][:2]
    if theirs.headline is not None:
        return theirs.headline.line, 1
    return theirs.tops[0][:2] if theirs.tops else (1, 1)


def _sections(of: Shape) -> list[Section]:
    """The sections; the first one is what stands above all headings."""
    heads: list[Headline | None] = [None, *of.headings]
    starts = [0, *(each.line for each in of.headings)]
    ends = [*starts[1:], 10**9]
    tops = iter(_in_sections(of.tops, ends))
    return [Section(*each, next(tops)) for each in zip(starts, ends, heads, strict=True)]


def _in_sections(tops: Sequence[Mark], ends: Sequence[int]) -> Iterator[tuple[Mark, ...]]:
    """The blocks of each section, by the lines where the sections end."""
    at = 0
    for end in ends:
        first = at
        while at < len(tops) and tops[at].line < end:
            at += 1
        yield tuple(tops[first:at])


def _level(section: Section) -> int:
    return section.headline.level if section.headline else 0


_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9-]+|\d+(?:\.\d+)*")


def _likeness(ours: Section, theirs: Section) -> float:
    """How alike two sections are: in level, in the names and numbers of their headings, in their blocks; 0 to 3.5."""
    words, others = _words(ours), _words(theirs)
    shared = len(words & others) / max(len(words | others), 1)
    blocks = [each.value for each in ours.tops] == [each.value for each in theirs.tops]
    if _level(ours) != _level(theirs):
        return shared + 0.2 * blocks if shared else 0.1 * blocks
    return 1 + 2 * shared + 0.5 * blocks


def _words(section: Section) -> set[str]:
    return {word.lower() for word in _WORDS.findall(section.headline.text)} if section.headline else set()


def beyond(some: Iterable[Mark], others: Iterable[str | None], key: Callable[[Mark], str | None]) -> Iterator[Mark]:
    """Those marks whose key is none of the `others`, each key once; none without a key."""
    seen = {None, *others}
    for each in some:
        own = key(each)
        if own not in seen:
            seen.add(own)
            yield each


@lru_cache(maxsize=2)  # every rule asks for the same pair, one after the other
def compared(source: str, translation: str) -> Comparison:
    """The comparison of two texts, each a whole file or a part of one."""
    return Comparison(shape(source), shape(translation))
