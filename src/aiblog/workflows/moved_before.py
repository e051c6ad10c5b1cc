"""Posts that are no longer what they were called: where the journal says that they went."""

from __future__ import annotations

from typing import NamedTuple

from aiblog.adapters import journal
from aiblog.adapters.blog import Blog
from aiblog.core.operation import Operation, standing
from aiblog.workflows.undo import in_blog


class Former(NamedTuple):
    """A post as its path called it, and the paths that its files have now; none where they were removed."""

    name: str
    paths: frozenset[str]


def find_former(blog: Blog, text: str, path: str | None) -> Former | None:
    """The post that `text` selected before aiblog moved or removed it; `path` is the same as a path from the root.

    None where the journal knows none, or several. What was taken back since does not count.
    """
    went = places_now(blog)
    posts: dict[tuple[str, str], set[str]] = {}
    for former in went:
        edition = blog.edition_at(former)
        name = (edition.date, edition.slug) if edition else (former, "")
        posts.setdefault(name, set()).add(former)
    by_path = [name for name, paths in posts.items() if path in paths]
    found = by_path or [name for name in posts if "/".join(name) == text] or [name for name in posts if name[1] == text]
    if len(found) != 1:
        return None
    (name,) = found
    paths = frozenset(now for each in posts[name] if (now := went[each]) is not None)
    return Former("/".join(filter(None, name)), paths)


def places_now(blog: Blog) -> dict[str, str | None]:
    """Former paths of what aiblog has moved, with their present ones; None for what it has removed.

    Paths are relative to the blog's root. Nothing outside a repository, or in one that is somebody else's.
    """
    place = journal.find_place(blog.root)
    if place is None or not place.ours:
        return {}
    operations, _ = journal.operations(place)
    now: dict[str, str | None] = {}
    for operation in reversed(standing(operations)):
        went = {
            in_blog(place, blog.root, operation, old): new and in_blog(place, blog.root, operation, new)
            for old, new in _went(operation).items()
        }
        now = {old: new and went.get(new, new) for old, new in now.items()} | went
        for each in operation.step.files:
            if each.after is not None:  # that path has a file again
                now.pop(in_blog(place, blog.root, operation, each.path), None)
    return now


def _went(operation: Operation) -> dict[str, str | None]:
    """The files that are gone by that operation, each with its new path."""
    files = operation.step.files
    went: dict[str, str | None] = {each.path: None for each in files if each.after is None}
    return went | {each.origin: each.path for each in files if each.origin is not None and each.after is not None}
