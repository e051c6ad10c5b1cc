"""Publishing: a plan's commit landed, and the disk brought in step with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.landing import Landed, landed
from aiblog.adapters.switching import switched
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.errors import AiblogError
from aiblog.workflows.entries import IndexEdit
from aiblog.workflows.linking import LinksEdit
from aiblog.workflows.publish_plan import Plan


class Published(NamedTuple):
    """What was done: the branch's tip, whether this run made it, the files it changed, relative to the blog's root.

    `left` are own files that somebody saved meanwhile: the commit has what was read, the disk what they saved.
    """

    commit: str
    new: bool
    files: tuple[str, ...]
    left: tuple[str, ...] = ()


def apply(blog: Blog, plan: Plan, *, switch: bool = False, verify: bool = True) -> Published:
    """Lands the commit, then gives the disk what it holds: the editions, and (unless HEAD stays) the indexes' entries.

    Raises:
        AiblogError: before the commit nothing has changed; after it the error carries what is kept.
    """
    repository = plan.place.repository
    _require_writable(blog, plan)
    left: list[str] = []

    def on_disk(done: Landed) -> None:
        with _kept(plan, done.commit):
            left.extend(_on_disk(blog, plan, done))

    done = landed(
        repository,
        plan.target,
        plan.content,
        plan.message,
        on_disk,
        disk=lambda done: _disk_changes(blog, plan, done),
        root=plan.moved.move.root if plan.moved else None,
        verify=verify,
    )
    if switch and plan.target.head == "stays" and (done.new or plan.target.tip is not None):
        with _kept(plan, done.commit):
            switched(repository, plan.target, done.commit, _own_on_disk(blog, plan))
    changed = tuple(map(repository.in_blog, done.changed))
    return Published(done.commit, done.new, changed, tuple(left))


@contextmanager
def _kept(plan: Plan, commit: str) -> Iterator[None]:
    """An error in there says that the commit is kept."""
    try:
        yield
    except AiblogError as error:
        error.kept = error.kept or {"branch": plan.target.name, "commit": commit}
        error.written = True
        raise


def _require_writable(blog: Blog, plan: Plan) -> None:
    """Every file that will be written can be, and holds what the plan was made from: looked at before the commit."""
    if plan.moved is not None:
        files.require_writable(plan.moved.move.root, plan.moved.move.changes)
        return
    files.require_writable(blog.root, plan.editions)
    paths = [*(change.path for change in plan.editions.changes), *(edit.path for edit in plan.on_disk)]
    for path in paths:
        files.require_folder_writable(blog.root, path)


def _disk_changes(blog: Blog, plan: Plan, done: Landed) -> Sequence[FileChange]:
    """All that the disk gets; with a move relative to the repository's top."""
    changes = [*_own_changes(plan, done), *_shared_changes(blog, plan, done)]
    return changes if plan.moved is None else plan.moved.on_disk(changes).changes


def _on_disk(blog: Blog, plan: Plan, done: Landed) -> list[str]:
    """Writes the committed bytes where the disk still holds what was committed; the paths that changed meanwhile.

    What moves is written whole or not at all.
    """
    if plan.moved is not None:
        files.apply(plan.moved.move.root, ChangeSet(tuple(_disk_changes(blog, plan, done))))
        return []
    left = []
    for change in _own_changes(plan, done):
        try:
            files.apply(blog.root, ChangeSet.of([change]))
        except AiblogError as error:
            if error.code != "conflict":
                raise
            left.append(change.path)
    for edit in plan.on_disk:
        _edited_on_disk(blog, plan, edit, done)
    return left


def _own_changes(plan: Plan, done: Landed) -> Iterator[FileChange]:
    """The posts' own files, from what the plan read to what is committed."""
    prefix = plan.place.repository.prefix
    for each in plan.posts:
        for path in (*each.before, *each.beside):
            before = each.before.get(path, plan.content.files.get(prefix + path))
            yield FileChange(path, before, done.rewritten.get(prefix + path, each.after.get(path, before)))


def _shared_changes(blog: Blog, plan: Plan, done: Landed) -> Iterator[FileChange]:
    """The files of the whole blog as they are on the disk now, each with its edit."""
    for edit in plan.on_disk:
        if (change := _shared_change(blog, plan, edit, done)) is not None:
            yield change


def _shared_change(blog: Blog, plan: Plan, edit: IndexEdit | LinksEdit, done: Landed) -> FileChange | None:
    """One of them; None where it is gone."""
    path = edit.path
    name = plan.place.repository.path(path)
    now = blog.read(path)
    if now is None:
        return None
    after = edit(now)
    return FileChange(path, now, done.rewritten.get(name, after) if after == plan.content.blobs[name] else after)


def _edited_on_disk(blog: Blog, plan: Plan, edit: IndexEdit | LinksEdit, done: Landed) -> None:
    """Gives a file of the whole blog its edit, also where an editor saves it meanwhile; nothing where it is gone."""
    for attempt in range(5):
        change = _shared_change(blog, plan, edit, done)
        if change is None:
            return
        try:
            files.apply(blog.root, ChangeSet.of([change]))
        except AiblogError as error:
            if error.code != "conflict" or attempt == 4:
                raise
        else:
            return


def _own_on_disk(blog: Blog, plan: Plan) -> dict[str, bytes]:
    prefix = plan.place.repository.prefix
    found = {path: files.read(blog.root, path.removeprefix(prefix)) for path in plan.content.files}
    return {path: data for path, data in found.items() if data is not None}
