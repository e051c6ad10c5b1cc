"""The rule `tag-once`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole


def tag_once(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A tag that only one post has.

    Bad: `kuberntes`
    Good: `kubernetes`
    Why: it leads from that post to no other one; sometimes it is a word that was mistyped.
    """
    for tag, posts in whole.tag_uses().items():
        if len(posts) == 1:
            edition = next(iter(posts.values()))[0]
            yield edition.path, whole.tags_place(edition, f'no other post has the tag "{tag}"')
