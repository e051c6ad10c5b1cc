"""Which block of a translation stands for which of its source, told by structure and by what is the same in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from aiblog.core.sequence_match import best_pairs
from aiblog.core.text_blocks import TextBlock, text_blocks
from aiblog.core.word_diff import words

Pair = tuple[TextBlock | None, TextBlock | None]


def aligned(source: str, translation: str) -> list[Pair]:
    """Each block of both whole texts once with its counterpart, None where it has none.

    Front-matter keys and definitions first, by name; then the others in order: headings by level and order, what stands
    between two of them by its kind. Code, numbers, names and destinations that are in both texts decide where order
    leaves a choice. Between two pairs, blocks that only the source has come before those that only the translation has.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read.
    """
    left, right = text_blocks(source), text_blocks(translation)
    one, other = _marked([each for each in left if not each.name], [each for each in right if not each.name])
    edges = [(-1, -1), *_headings(one, other), (len(one), len(other))]
    found = list(_named(*([each for each in side if each.name] for side in (left, right))))
    for (start, its_start), (end, its_end) in pairwise(edges):
        if start >= 0:
            found.append((one[start].block, other[its_start].block))
        found += _between(one[start + 1 : end], other[its_start + 1 : its_end])
    return found


def _named(left: Sequence[TextBlock], right: Sequence[TextBlock]) -> Iterator[Pair]:
    others = {block.name: block for block in reversed(right)}
    for block in left:
        yield block, others.pop(block.name, None)
    yield from ((None, block) for block in right if others.get(block.name) is block)


class _Marked(NamedTuple):
    """A block with the signs in it that the other text has too, and the part of its text's length that it takes."""

    block: TextBlock
    signs: Mapping[str, float]
    part: float


def _marked(left: Sequence[TextBlock], right: Sequence[TextBlock]) -> tuple[list[_Marked], list[_Marked]]:
    """Both sides with their signs, a rare one weighing more."""
    sides = [[_signs(block) for block in side] for side in (left, right)]
    counts, others = (Counter(sign for signs in side for sign in signs) for side in sides)
    weight = {sign: 1 / max(count, others[sign]) for sign, count in counts.items() if sign in others}
    one, other = (
        [
            _Marked(block, {sign: weight[sign] for sign in signs if sign in weight}, len(block.text) / (length or 1))
            for block, signs in zip(blocks, side, strict=True)
        ]
        for blocks, side, length in zip((left, right), sides, map(_length, (left, right)), strict=True)
    )
    return one, other


def _length(blocks: Iterable[TextBlock]) -> int:
    return sum(len(block.text) for block in blocks)


def _signs(block: TextBlock) -> set[str]:
    """What a translation may leave as it is: words in Latin letters, numbers; code as a whole."""
    signs = {word.casefold() for word in words(block.text) if word.isascii() and word.isalnum()}
    return {*signs, block.text} if block.kind == "code" else signs


def _headings(one: Sequence[_Marked], other: Sequence[_Marked]) -> list[tuple[int, int]]:
    """The places of headings that are each other's counterparts: of one level, or in sections of the same signs."""
    left, right = _sections(one), _sections(other)

    def likeness(row: int, column: int) -> float:
        (at, section), (its, its_section) = left[row], right[column]
        alike = _alike(one[at].signs, other[its].signs) + 2 * _alike(section, its_section)
        if one[at].block.level != other[its].block.level:
            return alike if alike > 1 else 0
        return 1 + alike

    matched = best_pairs(len(left), len(right), likeness)
    return [(left[row][0], right[column][0]) for row, column in matched if row is not None and column is not None]


def _sections(blocks: Sequence[_Marked]) -> list[tuple[int, Mapping[str, float]]]:
    """The place of each heading, and the signs of what stands under it."""
    found: list[tuple[int, dict[str, float]]] = []
    for at, marked in enumerate(blocks):
        if marked.block.kind == "heading":
            found.append((at, {}))
        elif found:
            found[-1][1].update(marked.signs)
    return list(found)


def _between(one: Sequence[_Marked], other: Sequence[_Marked]) -> Iterator[Pair]:
    """The blocks between two headings, beside each other."""

    def likeness(row: int, column: int) -> float:
        left, right = one[row], other[column]
        if left.block.kind == right.block.kind:
            longer = max(left.part, right.part)
            length = min(left.part, right.part) / longer if longer else 1
            return 1 + length / 2 + 2 * _alike(left.signs, right.signs)
        alike = _alike(left.signs, right.signs)
        return 1 + alike if alike > 1 / 2 else 0

    for row, column in best_pairs(len(one), len(other), likeness):
        yield None if row is None else one[row].block, None if column is None else other[column].block


def _alike(signs: Mapping[str, float], others: Mapping[str, float]) -> float:
    """The part of their signs that both have, by weight: from 0 to 1."""
    if not signs or not others:
        return 0
    both = sum(map(signs.__getitem__, signs.keys() & others.keys()))
    return both / (sum(signs.values()) + sum(others.values()) - both) if both else 0
