"""Drafts on a branch: what `new` and `translate-stub` do with git when asked, through one function."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.branches import (
    Base,
    Target,
    current_target,
    require_base,
    require_branch_name,
    require_target,
    short_name,
)
from aiblog.adapters.git import Repository, opened
from aiblog.adapters.hooks import remove_leftovers
from aiblog.adapters.landing import Content, Landed, landed
from aiblog.adapters.objects import blob_bytes, ignored, tree_blobs
from aiblog.adapters.signals import deferred
from aiblog.adapters.state import require_identity, require_settled
from aiblog.adapters.switching import moved_to_branch
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.errors import AiblogError
from aiblog.workflows.linking import links_edit


class Committing(NamedTuple):
    """Where a draft goes: `branch` by name, or `no_branch` for the one checked out; `switch` moves HEAD there."""

    branch: str | None = None
    no_branch: bool = False
    switch: bool = False


class Draft(NamedTuple):
    """What a draft's commit holds: `paths` (relative to the blog's root) as they are once `changes` are written.

    `links` is what the blog's file of translations, where it has one, gets in the commit: no other line of it.
    """

    date: str
    slug: str
    message: str
    changes: ChangeSet
    paths: tuple[str, ...]
    links: Mapping[str, Link] = MappingProxyType({})


def new_branch_possible(blog: Blog) -> bool:
    """Whether HEAD may move to a new branch without changing a file: it is the base."""
    try:
        repository = opened(blog.root)
        base = require_base(repository, blog.settings.git.base, blog.settings.git.remote)
    except AiblogError:  # no repository, or none that can be used: then it is not offered
        return False
    return repository.head is not None and repository.head == base.ref


def drafted(blog: Blog, draft: Draft, how: Committing, *, commit: bool) -> tuple[str | None, str | None]:
    """Writes the draft's files, then commits them, or (without `commit`) moves HEAD to the post's branch.

    From the base a draft goes to the post's branch, which HEAD moves to; from another branch to that one.
    The branch's short name and the commit's full SHA (None without a commit).

    Raises:
        AiblogError: a refusal of the repository's state, before anything is written; where a hook or
            signing fails the files stay and the error says so.
    """
    repository, target = _aim(blog, draft, how, commit=commit)
    if not commit:
        with deferred():
            written = files.apply(blog.root, draft.changes)
            try:
                moved_to_branch(repository, target)
            except AiblogError:
                files.apply(blog.root, written.reversed())
                raise
        return target.name, None
    return target.name, _committed(blog, repository, target, draft).commit


def find_branch(blog: Blog, draft: Draft, how: Committing, *, commit: bool) -> str:
    """The short name of the branch that `drafted` would go to. Refuses what that refuses before it writes."""
    return _aim(blog, draft, how, commit=commit)[1].name


def _aim(blog: Blog, draft: Draft, how: Committing, *, commit: bool) -> tuple[Repository, Target]:
    """The repository, and where the draft goes in it."""
    repository = opened(blog.root)
    require_settled(repository)
    if commit:
        require_identity(repository)
        remove_leftovers(repository)
    base = require_base(repository, blog.settings.git.base, blog.settings.git.remote)
    target = _target(blog, repository, base, draft, how)
    if how.switch and target.head == "stays":
        head = short_name(repository.head) if repository.head else "a detached HEAD"
        message = f'"{target.name}" can be made and gone to from the base only; {head} is checked out'
        raise AiblogError("repository-state", message, f"git switch {target.name if target.tip else base.name}")
    if commit and (hidden := ignored(repository, [repository.path(path) for path in draft.paths])):
        raise AiblogError("unsafe-path", f'git ignores "{hidden[0]}"', f"git check-ignore -v {hidden[0]}")
    return repository, target


def _target(blog: Blog, repository: Repository, base: Base, draft: Draft, how: Committing) -> Target:
    elsewhere = repository.head is not None and repository.head != base.ref
    if how.no_branch or (elsewhere and how.branch is None and not how.switch):
        return current_target(repository)
    name = how.branch
    if name is None:
        name = blog.settings.git.branch_of(draft.date, draft.slug)
    else:
        require_branch_name(repository, name)
    own = {repository.path(path) for path in (*draft.paths, *([SIDECAR] if links_edit(blog, draft.links) else []))}
    return require_target(
        repository, name, base, lambda _, paths: [path for path in paths if path not in own], held=own
    )


def _committed(blog: Blog, repository: Repository, target: Target, draft: Draft) -> Landed:
    """The files written and committed; interrupted before the commit is there, they are taken back."""
    after = {change.path: change.after for change in draft.changes.changes}
    texts = {path: after.get(path) or files.read(blog.root, path) or b"" for path in draft.paths}
    held = {repository.path(path): data for path, data in texts.items()}
    content = _content(blog, repository, target, draft, held)
    names = {repository.path(path): path for path in draft.paths}
    there: list[Landed] = []

    def rewritten(done: Landed) -> list[FileChange]:
        own = [(names[path], data) for path, data in done.rewritten.items() if path in names]
        return [FileChange(path, texts[path], data) for path, data in own]

    def on_disk(done: Landed) -> None:
        there.append(done)
        files.apply(blog.root, ChangeSet.of(rewritten(done)))

    written = ChangeSet()
    try:
        with deferred():
            written = files.apply(blog.root, draft.changes)
        return landed(repository, target, content, draft.message, on_disk, disk=rewritten)
    except AiblogError as error:
        if error.kept:
            pass  # on the branch already, HEAD not
        elif there:
            error.kept = {"branch": target.name, "commit": there[0].commit}
            error.written = True
        elif error.exit_code == 4 and error.code != "output-failed":
            error.written = True
            error.message += "; the files are written, nothing is committed"
        else:
            files.apply(blog.root, _uncommitted(repository, target, content, written).reversed())
        raise
    except BaseException:
        if not there:
            files.apply(blog.root, written.reversed())
        raise


def _content(blog: Blog, repository: Repository, target: Target, draft: Draft, held: Mapping[str, bytes]) -> Content:
    """What the commit holds: those files, and the draft's own lines of the file of translations."""
    edit, path = links_edit(blog, draft.links), repository.path(SIDECAR)
    if edit is None or ignored(repository, [path]):
        return Content(held, {}, {}, tree_blobs(repository, target.parent, list(held)))
    parent = tree_blobs(repository, target.parent, [*held, path])
    before = blob_bytes(repository, [parent[path][1]])[parent[path][1]] if path in parent else b""
    return Content(held, {path: edit(before)}, {path: edit}, parent)


def _uncommitted(repository: Repository, target: Target, content: Content, written: ChangeSet) -> ChangeSet:
    """What was written, but for the files that another run has committed to the branch meanwhile."""
    tip = repository.read("rev-parse", "-q", "--verify", target.ref, ok=(0, 1)).line
    now = tree_blobs(repository, tip, list(content.files)) if tip else {}
    taken = {path for path, entry in now.items() if entry != content.parent.get(path)}
    return ChangeSet(tuple(each for each in written.changes if repository.path(each.path) not in taken))
