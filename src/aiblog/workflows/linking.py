"""Where a blog keeps what links its translations to their sources: the one place that writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.core.changes import FileChange
from aiblog.core.post import Post
from aiblog.core.translation_link import SIDECAR, Link, with_link
from aiblog.core.translations_file import with_links_in
from aiblog.errors import AiblogError


def with_links(blog: Blog, changes: Iterable[FileChange], links: Mapping[str, Link]) -> list[FileChange]:
    """The changes with those links recorded, the blog's file of translations among them where it has one.

    Nothing is written. In that file the path that a translation had before it moved gives way to the one it has now.
    What stands where the blog does not keep it, in the front matter or in such a file of former times, goes.

    Args:
        blog: the blog.
        changes: the changes to some of its files; a translation that is not among them is read from the disk.
        links: the link of each translation, by its path.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read or edited, `conflict` for a file that went,
            `settings-invalid` or `conflict` for a file of translations that cannot be read.
    """
    found = {each.path: each for each in changes}
    for path, link in links.items():
        own = found.get(path) or FileChange(path, data := blog.require(path), data)
        found[path] = own._replace(after=with_link(own.after or b"", link, blog.settings, path))
    if links and blog.settings.translations == "sidecar":
        before = blog.read(SIDECAR)
        former = blogs.former_paths(blog, blogs.recorded_links(blog), links).values()
        gone: dict[str, Link | None] = dict.fromkeys(former)
        found[SIDECAR] = FileChange(SIDECAR, before, with_links_in(before or b"", {**gone, **links}))
    elif links and (left := blog.find(SIDECAR)) is not None:
        with suppress(AiblogError):  # nothing reads it here: one that is broken is nobody's trouble
            found[SIDECAR] = FileChange(SIDECAR, left, with_links_in(left, dict.fromkeys(links)))
    return list(found.values())


def misplaced_links(blog: Blog, posts: Iterable[Post]) -> dict[str, Link]:
    """The links, by path, that stand where the blog does not keep them: in the front matter, or in a sidecar."""
    editions = [each for post in posts for each in post.editions.values()]
    if blog.settings.translations == "sidecar":
        own = [each for each in editions if each.link is None and each.translation_of and not each.problem]
        return {each.path: Link(each.language, each.translation_of or "", each.source_hash) for each in own}
    recorded = blogs.recorded_links(blog)
    return {each.path: recorded[each.path] for each in editions if each.path in recorded and not each.translation_of}


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
