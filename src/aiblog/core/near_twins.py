"""Two posts of one day that are probably one: their slugs differ a little, and no language has both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from aiblog.core.layout import Found

SHORTEST = 6
"""Letters of a slug at least: shorter ones differ by a letter and mean something else."""


def near_twins(editions: Iterable[Found]) -> list[tuple[str, str]]:
    """Pairs of paths, one of each post, sorted: `gpu-scheduling.md` and `gpu-schedulling_zh.md` of one day.

    Near are slugs that are equal but for case and separators, or but for one letter that is another, missing, or
    changed places with its neighbour; digits have to be the same (`part-1`, `part-2` are two posts). Editions
    without a date are never near.
    """
    by_date: defaultdict[str, dict[str, list[Found]]] = defaultdict(dict)
    for each in editions:
        if each.date:
            by_date[each.date].setdefault(each.slug, []).append(each)
    pairs = [pair for posts in by_date.values() if len(posts) > 1 for pair in _pairs(posts)]
    return sorted(pairs)


def _pairs(posts: dict[str, list[Found]]) -> Iterable[tuple[str, str]]:
    """The near ones among the posts of one day: those that share a form with one letter left out."""
    by_form: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for slug in posts:
        for form in _forms(slug):
            by_form[form].append(slug)
    near = {pair for slugs in by_form.values() for pair in combinations(slugs, 2) if _nearly(*pair)}
    for one, other in near:
        ours, theirs = posts[one], posts[other]
        if not {each.language for each in ours} & {each.language for each in theirs}:
            first, second = sorted((ours[0].path, theirs[0].path))
            yield first, second


def _forms(slug: str) -> set[tuple[str, str]]:
    letters, digits = _squeezed(slug)
    if len(letters) < SHORTEST:
        return {(letters, digits)}
    return {(letters, digits), *((letters[:at] + letters[at + 1 :], digits) for at in range(len(letters)))}


def _squeezed(slug: str) -> tuple[str, str]:
    """A slug's letters, and its digits: each without separators and case."""
    return re.sub(r"[\W\d_]", "", slug.casefold()), re.sub(r"\D", "", slug)


def _nearly(one: str, other: str) -> bool:
    """Whether two slugs that share a form are one letter apart at most, or two that changed places."""
    first, second = _squeezed(one)[0], _squeezed(other)[0]
    if first == second:
        return True
    start = next((at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    if len(first) != len(second) or start is None:
        return abs(len(first) - len(second)) == 1
    swapped = first[:start] + first[start : start + 2][::-1] + first[start + 2 :]
    return swapped == second or first[start + 1 :] == second[start + 1 :]
