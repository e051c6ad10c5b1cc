"""Where a blog keeps what links its translations to their sources: the one place that writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core.translation_link import SIDECAR, Link, with_link
from aiblog.core.translations_file import with_links_in


def with_links(blog: Blog, texts: Mapping[str, bytes], links: Mapping[str, Link]) -> dict[str, bytes]:
    """The files' texts with those links recorded, the blog's file of translations among them where it has one.

    Nothing is written. In that file the path that a translation had before it moved gives way to the one it has now.

    Args:
        blog: the blog.
        texts: bytes by path, relative to the blog's root; a translation that is not among them is read from the disk.
        links: the link of each translation, by its path.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read or edited, `conflict` for a file that went,
            `settings-invalid` or `conflict` for a file of translations that cannot be read.
    """
    after = dict(texts)
    for path, link in links.items():
        data = after[path] if path in after else files.require(blog.root, path)
        after[path] = with_link(data, link, blog.settings, path)
    if links and blog.settings.translations == "sidecar":
        former = blogs.former_paths(blog, blogs.recorded_links(blog), links).values()
        gone: dict[str, Link | None] = dict.fromkeys(former)
        after[SIDECAR] = with_links_in(files.read(blog.root, SIDECAR) or b"", {**gone, **links})
    return after


@dataclass(frozen=True, slots=True)
class LinksEdit:
    """How the file of translations takes the links of some editions (None: it has none): bytes in, bytes out.

    The same edit is made in a commit, in what is staged and on the disk, so that what stands there of others stays.
    """

    links: Mapping[str, Link | None]
    path: str = field(default=SIDECAR, init=False)

    def __call__(self, data: bytes) -> bytes:
        """The file with the links; `conflict` where it has git's markers."""
        return with_links_in(data, self.links)


def links_edit(blog: Blog, links: Mapping[str, Link | None]) -> LinksEdit | None:
    """The edit of the file of translations; None in a blog that has none."""
    return LinksEdit(links) if links and blog.settings.translations == "sidecar" else None
