"""The translations of a blog as they stand now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.core.post import Post
from aiblog.core.translation_source import Sources
from aiblog.core.translation_state import Translation, translations


class Look:
    """One look at a blog's translations. `read` gives a file's bytes by its path, nothing where it cannot be read.

    Args:
        blog: the blog.
        posts: all of its posts: a source may be another post's.
    """

    def __init__(self, blog: Blog, posts: Sequence[Post]) -> None:
        self._languages = blog.settings.languages
        self.read: Callable[[str], bytes] = blogs.post_reader(blog, posts)
        self._sources = Sources(posts, self.read, lambda: blogs.posts(blog, archived=True))

    def translations(self, post: Post) -> list[Translation]:
        """The post's translations, those that it lacks too, in the order of the blog's languages."""
        return translations(post, self._languages, self.read, self._sources)
