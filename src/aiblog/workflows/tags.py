"""A tag of the blog under another name, in every edition that has it."""

from __future__ import annotations

from collections.abc import Sequence

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.new_post import tag_error
from aiblog.core.post import Post
from aiblog.core.tag_edit import renamed_tag
from aiblog.core.tags import near_tag
from aiblog.errors import AiblogError
from aiblog.workflows.listing import tags_of, vocabulary


def renamed(blog: Blog, posts: Sequence[Post], old: str, new: str) -> ChangeSet:
    """The editions with the tag `old` called `new`; nothing where none has `old` and one has `new`: it is done already.

    Raises:
        AiblogError: `usage` for a tag that nobody has, or a name that is none; `metadata-invalid` for a front matter
            that cannot be edited.
    """
    key = blog.settings.key("tags")
    if key is None:
        raise AiblogError("usage", "this blog has no tags: none of its front-matter keys has that role", "aiblog tags")
    if problem := tag_error(new):
        raise AiblogError("usage", problem)
    known = vocabulary(posts, blog.settings)
    if old not in known and new not in known:
        raise _unknown(old, known)
    changes = []
    for edition in (edition for post in posts for edition in post.editions.values()):
        if old in tags_of(edition, blog.settings):
            data = files.require(blog.root, edition.path)
            changes.append(FileChange(edition.path, data, renamed_tag(data, key.name, old, new, edition.path)))
    return ChangeSet.of(changes)


def _unknown(tag: str, known: dict[str, int]) -> AiblogError:
    from difflib import get_close_matches  # noqa: PLC0415 - only for this message

    near = near_tag(tag, known) or next(iter(get_close_matches(tag, known, 1)), None)
    meant = f'; the nearest is "{near}"' if near else ""
    return AiblogError("usage", f'no post has the tag "{tag}"{meant}', "aiblog tags")
