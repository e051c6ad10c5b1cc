"""A move committed: done to the base's files, to what is staged and to the disk, each with its own bytes."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

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
from aiblog.adapters.landing import differing, moved_head, moved_refs, require_head
from aiblog.adapters.moves import moved_with_files
from aiblog.adapters.objects import (
    Blob,
    blob_bytes,
    index_files,
    staged_blobs,
    tree_files,
    written_blobs,
    written_files,
)
from aiblog.adapters.renaming import Built, Renaming, built
from aiblog.adapters.signals import deferred
from aiblog.adapters.state import require_identity, require_settled
from aiblog.adapters.turns import taken_turn
from aiblog.core.changes import ChangeSet
from aiblog.core.operation import RefMove, Step
from aiblog.core.settings import FILE_NAME
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.moving import PlannedMove

Entries = Mapping[str, Blob]


def committed(
    blog: Blog, plan: PlannedMove, branch: str, message: str, *, named: bool = False
) -> tuple[str | None, str | None]:
    """Commits the plan and writes it: both, or neither.

    From the base the commit goes to the new `branch`, which HEAD moves to; from another branch to that one. It holds
    the move of what the base has: files that git does not have yet move on the disk alone, and where they are all,
    there is no commit. What is staged or edited besides stays so, at its new path.

    Args:
        blog: the blog.
        plan: the move, which changes something.
        branch: the new branch's short name.
        message: the whole message; a final newline is added.
        named: a person chose the branch, so that no other one will do.

    Returns:
        The branch's short name and the commit's full SHA; None for both without a commit.

    Raises:
        AiblogError: `not-a-repository`, `repository-state`, `identity-missing`, `branch-exists`, `usage` for a branch's
            name, `conflict`, `busy`, `output-failed`; `hook-failed`, `signing-failed`, `git-failed`. Nothing has moved.
    """
    repository = opened(blog.root)
    remove_leftovers(repository)
    target, parent = _aim(blog, repository, plan, branch, named=named)
    files.require_writable(plan.root, plan.changes)
    names: dict[bytes, str] = {}
    renaming = Renaming(parent, *moved_entries(repository, plan, parent, names))
    if not renaming.own:
        files.apply(plan.root, plan.changes)
        return None, None
    with built(repository, target, renaming, message) as done, taken_turn(repository), deferred():
        require_head(repository, target)
        step = Step(
            files=_on_disk(repository, plan, renaming, done).changes,
            staged=_in_index(repository, plan, renaming, done, names),
            refs=moved_refs(target, target.tip, done.commit),
            head=moved_head(repository, target),
        )
        made = step._replace(refs=(RefMove(target.ref, done.tip, done.commit),))
        subject = message.partition("\n")[0]
        moved_with_files(repository, plan.root, step, f"commit: {subject}", made=made)
        done.landed = True
    return target.name, done.commit


def find_branch(blog: Blog, plan: PlannedMove, branch: str, *, named: bool = False) -> str | None:
    """The branch that `committed` would commit to; None where there would be no commit. Refuses what that refuses."""
    repository = plan.repository or opened(blog.root)
    target, parent = _aim(blog, repository, plan, branch, named=named)
    return target.name if moved_changes(repository, plan, parent).changes else None


def _aim(
    blog: Blog, repository: Repository, plan: PlannedMove, branch: str, *, named: bool
) -> tuple[Target, dict[str, Blob]]:
    """Where the commit goes, and the files of the commit that it stands on."""
    require_settled(repository)
    require_identity(repository)
    target = _target(blog, repository, branch, named=named)
    parent = tree_files(repository, target.parent)
    require_whole(blog, plan, parent)
    return target, parent


def require_whole(blog: Blog, plan: PlannedMove, parent: Entries) -> None:
    """Refuses where the commit would leave an edition behind: one that is deleted on the disk, and not in git."""
    moving = {_name(blog, path) for each in plan.posts for path in each.post.paths} - {None}
    markdown = (path for path in sorted(parent) if path.startswith(plan.prefix) and path.endswith(".md"))
    for path in markdown:
        name = _name(blog, path.removeprefix(plan.prefix))
        if name in moving and files.kind_of(plan.root, path) is None:
            message = f'"{path}" is of a post that moves, and deleted here while git has it: it would stay behind'
            hint = f"git restore --staged --worktree {shlex.quote(f':/{path}')}"
            raise AiblogError("repository-state", message, hint)


def _name(blog: Blog, path: str) -> tuple[bool, str, str] | None:
    """What the editions of a post have in common: whether they are archived, date and slug; None for another file."""
    found, archive = blog.edition_at(path), blog.settings.archive
    is_archived = archive is not None and path.startswith(f"{archive}/")
    return (is_archived, found.date, found.slug) if found else None


def _target(blog: Blog, repository: Repository, branch: str, *, named: bool) -> Target:
    """The branch checked out where it is not the base, else a new one.

    Raises:
        AiblogError: `repository-state` where HEAD would have to move from elsewhere.
    """
    base = require_base(repository, blog.settings.git.base, blog.settings.git.remote)
    ref = f"refs/heads/{branch}"
    if repository.head is not None and (repository.head == ref or (repository.head != base.ref and not named)):
        return current_target(repository)
    require_branch_name(repository, branch)
    if repository.head is None or repository.head != base.ref:
        here = f'"{short_name(repository.head)}"' if repository.head else "a detached HEAD"
        message = f'"{branch}" can be made from the base, "{base.name}", only; {here} is checked out'
        raise AiblogError("repository-state", message, f"git switch {base.name}")
    return _new_target(repository, branch, base)


def _new_target(repository: Repository, branch: str, base: Base) -> Target:
    target = require_target(repository, branch, base, lambda _, paths: paths, held=())
    if target.tip not in (None, base.commit):
        message = f'the branch "{branch}" is there and is not at "{base.name}"'
        raise AiblogError("branch-exists", message, f"git log {branch}", f"{AGAIN} --branch NAME")
    return target


def moved_entries(
    repository: Repository, plan: PlannedMove, entries: Entries, names: dict[bytes, str]
) -> tuple[dict[str, Blob | None], dict[str, str]]:
    """What the move makes of a tree: entries of the paths that change (None: that go), and new paths by old ones.

    A file whose bytes stay keeps its object: git does not have to write it, nor a partial clone to fetch it. `names`
    gains the objects that are written, by their bytes.
    """
    changes = moved_changes(repository, plan, entries).changes
    before = {change.path: change.before for change in changes}
    kept: dict[str, Blob | None] = {}
    anew: dict[str, bytes] = {}
    modes: dict[str, str] = {}
    for change in changes:
        source = change.origin or change.path
        if change.after is None:
            kept[change.path] = None
        elif change.after == before.get(source):
            kept[change.path] = entries[source]
        else:
            anew[change.path] = change.after
            modes[change.path] = entries[source][0] if source in entries else "100644"
    made = written_blobs(repository, {path: data for path, data in anew.items() if data not in names})
    names |= {anew[path]: name for path, name in made.items()}
    own = {change.path: kept.get(change.path) for change in changes}
    own |= {path: (modes[path], names[data]) for path, data in anew.items()}
    return own, dict(ChangeSet(changes).moved)


def moved_changes(repository: Repository, plan: PlannedMove, entries: Entries) -> ChangeSet:
    """What the move makes of a tree, in bytes; those of files that are no text stand for themselves."""
    texts = _texts(repository, entries)
    return plan.tree(entries, lambda path: texts.get(path, entries[path][1].encode()))


def _texts(repository: Repository, entries: Entries) -> dict[str, bytes]:
    """The bytes of Markdown and of the blog's own files; nothing for a link. A move does not look into others."""
    names = {
        path: name
        for path, (_, name) in entries.items()
        if path.endswith((".md", FILE_NAME, SIDECAR)) and entries[path][0] != "160000"
    }
    data = blob_bytes(repository, list(names.values()))
    return {path: b"" if entries[path][0] == "120000" else data[name] for path, name in names.items()}


def _in_index(
    repository: Repository, plan: PlannedMove, renaming: Renaming, done: Built, names: dict[bytes, str]
) -> dict[str, tuple[Blob | None, Blob | None]]:
    """What the move makes of the author's index: what is staged as it is committed gets what the hooks made of that.

    What is only intended to be added has no bytes to move: it is added no more.
    """
    entries, intended = index_files(repository)
    own, _ = moved_entries(repository, plan, entries, names)
    own |= {each.path: None for each in plan.changes.changes if each.after is None and each.path in intended}
    for path in differing(done.own, renaming.own):
        if path in own and own[path] == renaming.own[path]:
            own[path] = done.own[path]
    before = staged_blobs(repository, list(own))
    return {path: (before.get(path), entry) for path, entry in own.items() if before.get(path) != entry}


def _on_disk(repository: Repository, plan: PlannedMove, renaming: Renaming, done: Built) -> ChangeSet:
    """The plan, with what hooks have made of the files that are on the disk as they were to be committed."""
    after = {each.path: each.after for each in plan.changes.changes if each.path in done.rewritten and each.after}
    texts = {path: data for path, data in after.items() if data is not None}
    names = written_files(repository, texts, {path: entry for path, entry in renaming.own.items() if entry})
    same = {path for path, entry in names.items() if entry == renaming.own[path]}
    return ChangeSet(
        tuple(
            each._replace(after=done.rewritten[each.path]) if each.path in same else each
            for each in plan.changes.changes
        )
    )
