"""Where a blog keeps what links its translations to their sources: the one place that writes it."""

from __future__ import annotations

from collections.abc import Mapping

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core.translation_link import Link, with_link


def with_links(blog: Blog, texts: Mapping[str, bytes], links: Mapping[str, Link]) -> dict[str, bytes]:
    """The files' texts with those links recorded; nothing is written.

    Args:
        blog: the blog.
        texts: bytes by path, relative to the blog's root; a translation that is not among them is read from the disk.
        links: the link of each translation, by its path.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read or edited, `conflict` for a file that went.
    """
    after = dict(texts)
    for path, link in links.items():
        data = after[path] if path in after else files.require(blog.root, path)
        after[path] = with_link(data, link, blog.settings, path)
    return after
