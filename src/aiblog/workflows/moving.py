"""Posts that move, or go: everything that follows from it, as one plan. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence

from aiblog.adapters.blog import Blog
from aiblog.core.dates import iso_date
from aiblog.core.layout import pattern_error
from aiblog.core.post import Post
from aiblog.core.settings import FILE_NAME
from aiblog.core.slug import slug_error
from aiblog.errors import AiblogError
from aiblog.workflows.move_links import Dangling
from aiblog.workflows.move_names import MovedPost, MoveRequest, Names, Relocation
from aiblog.workflows.move_plan import Plan, PlannedMove
from aiblog.workflows.repository_files import repository_files

__all__ = ["Dangling", "MoveRequest", "MovedPost", "PlannedMove", "Relocation", "planned"]


def planned(blog: Blog, posts: Sequence[Post], request: MoveRequest) -> PlannedMove:
    """What a move does to the files on the disk, and what it would do to another tree. Nothing is written.

    Where nothing is to be done, the changes are empty.

    Args:
        blog: the blog.
        posts: all its posts, those of the archive too.
        request: what is asked for.

    Raises:
        AiblogError: `usage` for a slug, date or pattern that will not do, or an archive that is not configured;
            `post-exists` for a target that is there; `unsafe-path`, `conflict`, `settings-invalid` for files that
            cannot move, or not be edited.
    """
    names = Names(blog, request.pattern, repair=request.repair)
    relocations = request.relocations
    if request.pattern is not None or request.repair:
        _require_pattern(request.pattern)
        relocations = tuple(names.whole_blog(posts))
    for each in relocations:
        _require_possible(blog, each)
    moved = names.moved(relocations)
    listed = repository_files(blog, names.editions)
    plan = Plan(blog, posts, names, listed, tuple(each for each in moved if _changes(each)), request)
    return plan.planned()


def _changes(moved: MovedPost) -> bool:
    return moved.date != moved.post.date or any(old != new for old, new in moved.paths.items())


def _require_pattern(pattern: str | None) -> None:
    if pattern is not None and (problem := pattern_error(pattern)):
        hint = "aiblog migrate --path '{date}/{slug}{lang}.md'"
        raise AiblogError("usage", f'path pattern "{pattern}": {problem}', hint)


def _require_possible(blog: Blog, to: Relocation) -> None:
    if to.slug != to.post.slug and (problem := slug_error(to.slug)):
        raise AiblogError("usage", f'slug "{to.slug}": {problem}')
    if to.date != to.post.date and iso_date(to.date) != to.date:
        raise AiblogError("usage", f'"{to.date}" is not a date: YYYY-MM-DD was wanted')
    if to.archived and not to.post.archived and blog.settings.archive is None:
        message = f'this blog has no archive; a line "archive: FOLDER" in {FILE_NAME} was wanted'
        raise AiblogError("usage", message, f"edit {FILE_NAME}" if blog.configured else "aiblog init")
