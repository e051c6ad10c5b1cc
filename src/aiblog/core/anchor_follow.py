"""A translation's links to its own page follow its translated headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from aiblog.core.document import Link
from aiblog.core.links import links, resolved
from aiblog.core.page_anchors import anchors_of, folded, heading_anchors


class Follow(NamedTuple):
    """The characters from `start` up to `end` (offsets in the translation's text), an anchor, are to be `anchor`."""

    start: int
    end: int
    anchor: str


def follows(translation: str, source: str, path: str) -> list[Follow]:
    """What leads the translation's links to its own page, whose anchors are still the source's, to its own headings.

    An anchor that is not there, and is that of the source's k-th heading, becomes that of the translation's k-th.
    Nothing where the two have not the same headings by number and level. An HTML id is there in both, and stays.

    Args:
        translation: the translation's whole text.
        source: the source's.
        path: the translation's path, relative to the blog's root.
    """
    if "#" not in translation:
        return []
    candidates = [(link, anchor) for link in links(translation) if (anchor := _own_anchor(link, path))]
    if not candidates:
        return []
    ours, theirs = heading_anchors(source), heading_anchors(translation)
    if [level for level, _ in ours] != [level for level, _ in theirs]:
        return []
    there = anchors_of(translation)
    new = {folded(before): after for (_, before), (_, after) in zip(ours, theirs, strict=True)}
    found = []
    for link, anchor in candidates:
        at = translation.rfind("#", link.start, link.end) + 1
        after = new.get(folded(anchor))
        if at and after and folded(anchor) not in there:
            end = link.end - translation[link.start : link.end].startswith("<")
            found.append(Follow(at, end, after))
    return found


def followed(translation: str, source: str, path: str) -> str:
    """The translation's text with those links led there; every other character as it was. See `follows`."""
    return led(translation, follows(translation, source, path))


def led(text: str, moves: Iterable[Follow]) -> str:
    """The text with those anchors in their places, which are given in order."""
    parts, position = [], 0
    for start, end, anchor in moves:
        parts += [text[position:start], anchor]
        position = end
    return "".join([*parts, text[position:]])


def _own_anchor(link: Link, path: str) -> str:
    """The anchor of a link to the page itself, by `#anchor` or with the page's own name; "" for any other link."""
    before, _, anchor = link.destination.partition("#")
    return anchor if "#" not in anchor and (not before or resolved(path, before) == path) else ""
