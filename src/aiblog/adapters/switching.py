"""Moves HEAD to a post's branch without touching what is not the post's."""

from __future__ import annotations

from collections.abc import Mapping

from aiblog.adapters.branches import Target
from aiblog.adapters.git import Repository, first_lines
from aiblog.adapters.landing import move_head, move_ref, require_head
from aiblog.adapters.objects import Blob, put_into_index, staged_blobs, tree_blobs
from aiblog.adapters.signals import deferred
from aiblog.adapters.turns import taken_turn
from aiblog.errors import AiblogError


def moved_to_branch(repository: Repository, target: Target) -> None:
    """Makes the branch where there is none and moves HEAD to it from the base: no file changes, no commit."""
    with taken_turn(repository), deferred():
        require_head(repository, target)
        if target.tip is None:
            move_ref(repository, target, target.parent, f"branch: Created from {repository.head}")
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
    with taken_turn(repository), deferred():
        if put:
            put_into_index(repository, put)
        done = repository.write("switch", "--no-guess", target.name, ok=range(256))
        if done.code and put:
            put_into_index(repository, {path: before.get(path) for path in put})
    if done.code:
        raise AiblogError(
            "repository-state",
            f'git does not switch to "{target.name}": {first_lines(done.complaint)}',
            f"git switch {target.name}",
            kept={"branch": target.name, "commit": commit},
        )
