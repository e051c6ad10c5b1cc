"""Moves HEAD to a post's branch without touching what is not the post's."""

from __future__ import annotations

from collections.abc import Mapping

from aiblog.adapters import journal
from aiblog.adapters.branches import Target
from aiblog.adapters.git import Repository, first_lines
from aiblog.adapters.landing import move_head, move_ref, moved_head, moved_refs, require_head
from aiblog.adapters.objects import Blob, put_into_index, staged_blobs, tree_blobs
from aiblog.adapters.signals import deferred
from aiblog.adapters.turns import taken_turn
from aiblog.core.operation import HeadMove, Step
from aiblog.errors import AiblogError


def moved_to_branch(repository: Repository, target: Target) -> None:
    """Makes the branch where there is none and moves HEAD to it from the base: no file changes, no commit."""
    with taken_turn(repository), deferred():
        require_head(repository, target)
        refs = moved_refs(target, target.tip, target.tip or target.parent)
        number = journal.planned(repository.root, Step(refs=refs, head=moved_head(repository, target)))
        try:
            if target.tip is None:
                move_ref(repository, target, target.parent, f"branch: Created from {repository.head}")
        except BaseException:
            journal.withdrawn(number)
            raise
        if target.head == "moves":
            move_head(repository, target)


def switched(repository: Repository, target: Target, commit: str, own: Mapping[str, bytes]) -> None:
    """Goes to the branch as `git switch` would, giving way only for own files whose bytes are in the commit.

    git refuses to overwrite own files that lie there untracked, even where their bytes are the
    commit's: put into the index with the commit's blobs first, they are no obstacle.

    Args:
        repository: the repository, HEAD elsewhere.
        target: the branch.
        commit: its tip.
        own: the posts' own files as they are on disk.

    Raises:
        AiblogError: `repository-state` with git's own words, the commit kept, nothing changed.
    """
    committed = tree_blobs(repository, commit, list(own))
    names = {
        path: repository.write("hash-object", f"--path={path}", "--stdin", given=data).line
        for path, data in own.items()
    }
    before = staged_blobs(repository, list(own))
    same = {path: committed[path] for path in own if path in committed and committed[path][1] == names[path]}
    put: dict[str, Blob | None] = {path: entry for path, entry in same.items() if before.get(path) != entry}
    staged = {path: (before.get(path), entry) for path, entry in put.items()}
    moved = HeadMove(repository.head, target.ref, None) if repository.head else None
    with taken_turn(repository), deferred():
        number = journal.planned(repository.root, Step(staged=staged, head=moved))
        if put:
            put_into_index(repository, put)
        done = repository.write("switch", "--no-guess", target.name, ok=range(256))
        if done.code and put:
            put_into_index(repository, {path: before.get(path) for path in put})
        if done.code:
            journal.withdrawn(number)
    if done.code:
        raise AiblogError(
            "repository-state",
            f'git does not switch to "{target.name}": {first_lines(done.complaint)}',
            f"git switch {target.name}",
            kept={"branch": target.name, "commit": commit},
        )
