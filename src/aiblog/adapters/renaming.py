"""Commits of files that move and go: git finds every one of the moves in them, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiblog.adapters.branches import Target
from aiblog.adapters.git import Repository
from aiblog.adapters.hooks import hooks_of
from aiblog.adapters.landing import bytes_on_disk, differing, made_commit
from aiblog.adapters.objects import Blob, written_tree
from aiblog.errors import AiblogError


@dataclass(slots=True)
class Renaming:
    """What a commit has otherwise than its parent. Paths are relative to the repository's top.

    `parent` are all files of the parent's tree, `own` the paths that get another entry (None: that go), `moved` the new
    paths by the old ones.
    """

    parent: Mapping[str, Blob]
    own: Mapping[str, Blob | None]
    moved: Mapping[str, str]


@dataclass(slots=True)
class Built:
    """A commit that no ref leads to yet.

    `own` are the entries as the hooks have left them, `rewritten` the files that they left otherwise, with their bytes
    as on disk. `tip` is where the branch is: hooks have it made. Who builds it sets `landed` once the branch has it.
    """

    commit: str
    own: Mapping[str, Blob | None]
    tip: str | None
    rewritten: Mapping[str, bytes] = field(default_factory=dict)
    landed: bool = False


@contextmanager
def built(repository: Repository, target: Target, files: Renaming, message: str) -> Iterator[Built]:
    """The commit, away from the author's checkout; no ref, index or file of theirs moves.

    Where git would not take every move in it for a rename, a commit of the renames alone stands before it, and
    `git log --follow` finds the history. Hooks run once, on all of it; post-commit at the end, if it `landed`.

    Raises:
        AiblogError: `hook-failed`, `signing-failed`, `identity-missing`, `git-failed`.
    """
    hooks = hooks_of(repository)
    if not hooks.present(verify=True):
        yield Built(_committed(repository, target, files, message), files.own, target.tip)
        return
    with hooks.checkout(target, files.own) as checkout:
        checkout.run("pre-commit")
        own = checkout.entries(files.own)
        if not differing(own, files.parent):
            raise AiblogError("hook-failed", "the hooks left nothing to commit")
        message = checkout.message(message, verify=True)
        commit = _committed(repository, target, Renaming(files.parent, own, files.moved), message)
        other = [path for path in differing(own, files.own) if own[path]]
        rewritten = {path: bytes_on_disk(repository, commit, path) for path in other}
        done = Built(commit, own, target.tip or target.parent, rewritten)
        yield done
        if done.landed:
            checkout.landed = True
            checkout.run("post-commit", must_pass=False)


def _committed(repository: Repository, target: Target, files: Renaming, message: str) -> str:
    """The last of the commits, one or two."""
    tree, parent = written_tree(repository, target.parent, files.own), target.parent
    if not _all_found(repository, target.parent, tree, files):
        entries: dict[str, Blob | None] = dict.fromkeys(files.moved)
        entries |= {new: files.parent[old] for old, new in files.moved.items()}
        alone = written_tree(repository, target.parent, entries)
        if alone != tree:
            subject, line, rest = message.partition("\n")
            parent = made_commit(repository, parent, alone, f"{subject} (renames alone){line}{rest}")
    return made_commit(repository, parent, tree, message)


def _all_found(repository: Repository, parent: str, tree: str, files: Renaming) -> bool:
    """Whether git takes every move between the two trees for a rename; of equal files any one is the right one."""
    words = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", parent, tree)
    listed = iter(repository.read(*words).fields())
    found = {new: old for _, old, new in zip(listed, listed, listed, strict=True)}
    return all(new in found and files.parent[found[new]] == files.parent[old] for old, new in files.moved.items())
