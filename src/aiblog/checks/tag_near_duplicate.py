"""The rule `tag-near-duplicate`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.tags import near_duplicates


def tag_near_duplicate(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A tag that is another one spelled in another way: in case, width, or what parts the words.

    Bad: `gpu-scheduling, gpu scheduling`
    Good: `gpu-scheduling, gpu-sharing`
    Why: readers who follow the one tag miss the posts of the other; `aiblog tags rename` makes them one.
    """
    uses = whole.tag_uses()
    for usual, *others in near_duplicates({tag: len(posts) for tag, posts in uses.items()}):
        count = "1 post has" if len(uses[usual]) == 1 else f"{len(uses[usual])} posts have"
        for tag in others:
            for edition in (each for editions in uses[tag].values() for each in editions):
                yield edition.path, whole.tags_place(edition, f'the tag "{tag}" is nearly "{usual}", which {count}')
