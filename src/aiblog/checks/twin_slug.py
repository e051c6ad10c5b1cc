"""The rule `twin-slug`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.layout import Found
from aiblog.core.links import relative
from aiblog.core.near_twins import near_twins


def twin_slug(whole: Whole) -> Iterator[tuple[str, Place]]:
    """Two posts of one day in different languages whose slugs are nearly the same: one post, it seems, as two.

    Bad: `posts/2026-02-25/gpu-sharing.md and posts/2026-02-25/gpu-shareing_zh.md`
    Good: `posts/2026-02-25/gpu-sharing.md and posts/2026-02-25/gpu-sharing_zh.md`
    Why: neither links to the other, indexes list both, and each waits for a translation that is there.
    """
    posts = [*whole.posts, *whole.archived]
    editions = ((post, edition) for post in posts for edition in post.editions.values())
    found = [Found(edition.path, post.date, post.slug, edition.language, "") for post, edition in editions]
    for twin, path in near_twins(found):
        yield (
            path,
            Place(1, 1, f"the name is nearly that of {relative(path, twin)}; editions of one post have one slug"),
        )
