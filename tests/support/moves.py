"""Posts moved in a test: the plan, and the files as it leaves them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiblog.adapters import blog as blogs
from aiblog.core.post import Post, require_post
from aiblog.workflows.moving import MoveRequest, PlannedMove, Relocation, planned
from support.program import tree


def all_posts(folder: Path) -> list[Post]:
    """The posts of a blog and of its archive."""
    blog = blogs.opened(folder)
    return [*blogs.posts(blog), *blogs.posts(blog, archived=True)]


def relocations(folder: Path, *names: str, **to: Any) -> tuple[Relocation, ...]:
    """Those posts (all, without a name) with another `date`, `slug`, or place (`archived`)."""
    posts = all_posts(folder)
    wanted = [require_post(posts, name, name) for name in names] or posts
    kept = [{"date": post.date, "slug": post.slug, "archived": post.archived} for post in wanted]
    return tuple(Relocation(post, **{**own, **to}) for post, own in zip(wanted, kept, strict=True))


def plan(folder: Path, *names: str, **to: Any) -> PlannedMove:
    """The plan that gives those posts another date, slug or place."""
    return requested(folder, relocations=relocations(folder, *names, **to))


def requested(folder: Path, **asked: Any) -> PlannedMove:
    """The plan for a request."""
    return planned(blogs.opened(folder), all_posts(folder), MoveRequest(**asked))


def removal(folder: Path, name: str, redirect: str | None = None) -> PlannedMove:
    """The plan that removes a post."""
    posts = all_posts(folder)
    other = require_post(posts, redirect) if redirect else None
    return requested(folder, removed=(require_post(posts, name),), redirect=other)


def carried_out(made: PlannedMove) -> PlannedMove:
    """The plan, its changes made; folders that are empty then are gone."""
    changes = made.changes.changes
    for each in changes:
        place = made.root / each.path
        assert (place.read_bytes() if place.exists() else None) == each.before
    for each in changes:
        (made.root / each.path).unlink(missing_ok=True)
    for each in changes:
        if each.after is not None:
            (made.root / each.path).parent.mkdir(parents=True, exist_ok=True)
            (made.root / each.path).write_bytes(each.after)
    for each in changes:
        folder = (made.root / each.path).parent
        while folder != made.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    return made


def texts(folder: Path) -> dict[str, str]:
    """The text of every file by its path, git's own left out."""
    return {path: data.decode() for path, data in tree(folder).items()}
