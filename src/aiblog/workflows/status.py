"""What waits in a blog: translations to write or to bring up to date, drafts, posts that no index lists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core.index import listed
from aiblog.core.post import Post, is_draft
from aiblog.core.translation_state import Translation
from aiblog.errors import AiblogError
from aiblog.workflows.look import Look

if TYPE_CHECKING:
    from aiblog.workflows.covered import Behind

STATES = ("missing", "ambiguous", "moved", "stub", "outdated", "untracked", "draft", "unlisted")
"""What may wait, each by the word that `--fail-on` takes."""


class Status(NamedTuple):
    """How the posts stand, newest first. `translations` holds the current ones too.

    `behind` says what the outdated ones do not cover yet, by their paths; `today` is the date where there are some.
    `problem` says why an index cannot be read, so that nothing is known of what no index lists.
    """

    translations: list[Translation]
    drafts: list[Post]
    unlisted: list[Post]
    behind: Mapping[str, Behind]
    today: str = ""
    problem: str | None = None

    def count(self, state: str) -> int:
        """How many translations, or posts, are in that state."""
        if state in {"draft", "unlisted"}:
            return len(self.drafts if state == "draft" else self.unlisted)
        return sum(each.state == state for each in self.translations)


def status_of_blog(
    blog: Blog, posts: Sequence[Post], languages: Collection[str] = (), progress: Callable[[], None] = lambda: None
) -> Status:
    """How those posts stand.

    Args:
        blog: the blog.
        posts: all of its posts, newest first.
        languages: only translations into these, only posts with an edition in one of them; none: everything.
        progress: called before each post is looked into.

    Raises:
        AiblogError: `unsafe-path`.
    """
    look = Look(blog, posts)
    found: list[Translation] = []
    for post in posts:
        progress()
        found += look.translations(post)
    stubs = {each.target.path for each in found if each.waiting and each.target}
    asked = [post for post in posts if not languages or any(code in post.editions for code in languages)]
    drafts = [
        post
        for post in asked
        if any(is_draft(each, blog.settings) and each.path not in stubs for each in post.editions.values())
    ]
    shown = [each for each in found if not languages or each.language in languages]
    old = _behind(blog, [each for each in shown if each.state == "outdated"], look.read)
    today = blogs.today(blog.settings) if old else ""
    try:
        return Status(shown, drafts, _unlisted(blog, posts, asked), old, today)
    except AiblogError as error:
        if error.code != "conflict":
            raise
        return Status(shown, drafts, [], old, today, error.message)


def _behind(blog: Blog, late: Sequence[Translation], read: Callable[[str], bytes]) -> dict[str, Behind]:
    """What those translations do not cover yet, by their paths."""
    if not late:
        return {}
    from aiblog.workflows.covered import behind  # noqa: PLC0415 - start-up: only where one is outdated

    return {each.translation.target.path: each for each in behind(blog, late, read) if each.translation.target}


def _unlisted(blog: Blog, posts: Sequence[Post], asked: Sequence[Post]) -> list[Post]:
    """Those of the posts that are published and that no index lists; none in a blog without an index of them."""
    editions = frozenset(path for post in posts for path in post.paths)
    indexes = [index for index in blog.settings.indexes if not blog.settings.in_archive(index.path)]
    texts = [(index, files.read(blog.root, index.path)) for index in indexes]
    there = [listed(data, index, editions) for index, data in texts if data is not None]
    if not there:
        return []
    paths = set[str]().union(*there)
    readable = [post for post in asked if post.source.problem is None]
    return [post for post in readable if not is_draft(post.source, blog.settings) and not paths & set(post.paths)]
