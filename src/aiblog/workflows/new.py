"""A new post: its files as they would be written, and whether its place is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.new_post import Editions, NewPost, check_answers
from aiblog.core.renaming import require_read
from aiblog.core.scaffold import Scaffold
from aiblog.core.settings import filled
from aiblog.core.slug import slug_error
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.core.switch_line import SwitchStyle
    from aiblog.core.translation_link import Link
    from aiblog.workflows.drafting import Draft


class Planned(NamedTuple):
    """What `new` would do: the files (none where all are there, byte for byte), the editions' paths, the source first.

    `paths` are all the post's files, relative to the blog's root: the editions, then the scaffold's assets. `links` is
    what links the translations to the source, by path.
    """

    changes: ChangeSet
    editions: Mapping[str, str]
    paths: tuple[str, ...]
    links: Mapping[str, Link] = MappingProxyType({})


def planned(
    blog: Blog, post: NewPost, scaffold: Scaffold, author: str | None = None, style: SwitchStyle | None = None
) -> Planned:
    """The files of the new post; nothing is written.

    Args:
        blog: the blog.
        post: the answers.
        scaffold: the kind of post they are for.
        author: the author's name, where something wants it.
        style: how the blog's own editions lead to each other.

    Raises:
        AiblogError: `usage` for an answer that will not do, or a slug that a name would not say; `post-exists` where
            one of its files is there with other content.
    """
    check_answers(blog.settings, post, scaffold)
    paths = {code: blog.path_of(post.date, post.slug, code) for code in post.languages}
    editions = Editions(blog.settings, post, scaffold, author, paths)
    texts = {path: editions.text(code).encode() for code, path in paths.items()}
    links = editions.links() if len(paths) > 1 else {}
    if len(paths) > 1:
        from aiblog.core.switch_writing import with_switch_line  # noqa: PLC0415 - start-up: only for several editions

        languages = blog.settings.languages
        texts = {path: with_switch_line(data, path, paths, languages, style) for path, data in texts.items()}
    folder = PurePosixPath(paths[post.languages[0]]).parent
    texts |= {str(folder / name): data for name, data in scaffold.assets.items()}
    changes = [FileChange(path, files.read(blog.root, path), data) for path, data in texts.items()]
    if links:
        from aiblog.workflows.linking import with_links  # noqa: PLC0415 - start-up

        changes = with_links(blog, changes, links)
    own = [change for change in changes if change.path != SIDECAR]
    _require_free(blog, post, own)
    _require_read(blog, post, paths)
    return Planned(ChangeSet.of(changes), paths, tuple(change.path for change in own), links)


def draft_of(blog: Blog, post: NewPost, plan: Planned) -> Draft:
    """What a commit of the new post holds, with the blog's message for drafts."""
    from aiblog.workflows.drafting import Draft  # noqa: PLC0415 - start-up: only for a commit

    message = filled(blog.settings.git.draft_message, title=post.title, date=post.date, slug=post.slug)
    return Draft(post.date, post.slug, message, plan.changes, plan.paths, plan.links)


def _require_free(blog: Blog, post: NewPost, changes: Sequence[FileChange]) -> None:
    """Refuses a post that is there, or its twin by case or normal form, unless this very call has written it."""
    date = post.date if "{date}" in blog.settings.path else ""
    posts = [found for found in blog.found() if found.date == date]
    taken = [found.slug for found in posts]
    there = [change for change in changes if change.before is not None]
    if post.slug in taken or there:
        known = {change.path for change in changes}
        others = [found.path for found in posts if found.slug == post.slug and found.path not in known]
        if others or any(change.before != change.after for change in there):
            name = f"{post.date}/{post.slug}"
            hints = [f"aiblog new … --slug {post.slug}-2", f"aiblog translate-stub {name}"]
            raise AiblogError("post-exists", f'"{name}" is there already: {(others or [there[0].path])[0]}', *hints)
    elif problem := slug_error(post.slug, taken):
        raise AiblogError("usage", f'slug "{post.slug}": {problem}', f"aiblog new … --slug {post.slug}-2")


def _require_read(blog: Blog, post: NewPost, paths: Mapping[str, str]) -> None:
    """Refuses a name that is a page's (`readme`), or that makes an edition of another post of this one or that."""
    date = post.date if "{date}" in blog.settings.path else ""
    wanted = {each.path: (each.date, each.slug, each.language) for each in blog.found() if each.date == date}
    wanted |= {path: (date, post.slug, code) for code, path in paths.items()}
    require_read(blog.layout, blog.in_posts(""), wanted, f"aiblog new … --slug {post.slug}-2")
