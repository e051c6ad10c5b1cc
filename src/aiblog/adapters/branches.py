"""Where a commit goes: the base it starts from, the branch it lands on, and whether that branch is ours to use."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Literal, NamedTuple

from aiblog.adapters.git import Repository, masked
from aiblog.errors import AGAIN, AiblogError


def short_name(ref: str) -> str:
    """A branch as people say it: `main` for `refs/heads/main`, `origin/main` for `refs/remotes/origin/main`."""
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def _remotes(repository: Repository) -> list[str]:
    return sorted({match[1] for name in repository.config if (match := re.fullmatch(r"remote\.(.+)\.url", name))})


def remote_of(repository: Repository, wanted: str | None, base: str = "") -> str | None:
    """The remote the blog is shared by: the one the settings name, else the base's own, `origin`, or the only one."""
    names = _remotes(repository)
    if wanted is not None:
        return wanted if wanted in names else None
    usual = (repository.config.get(f"branch.{base}.remote"), "origin", *(names if len(names) == 1 else ()))
    return next((name for name in usual if name in names), None)


def push_remote(repository: Repository, wanted: str | None, base: str) -> str | None:
    """The remote that a branch is pushed to: as `remote_of`, but git's own `remote.pushDefault` before the base's."""
    default = repository.config.get("remote.pushdefault")
    return default if wanted is None and default in _remotes(repository) else remote_of(repository, wanted, base)


def find_base(repository: Repository, wanted: str | None, remote: str | None = None) -> str | None:
    """The full name of the branch that posts start from: the one `wanted`, else the remote's own, main or master.

    A local branch before the remote-tracking one of that name; None where there is no such branch.
    """
    remote = remote_of(repository, remote)
    if wanted is not None:
        names = [wanted]
    else:
        own = repository.symbolic.get(f"refs/remotes/{remote}/HEAD", "")
        names = [name for name in (own.removeprefix(f"refs/remotes/{remote}/"), "main", "master") if name]
    for name in names:
        places = [f"refs/heads/{name}", f"refs/remotes/{remote}/{name}", f"refs/remotes/{name}", name]
        found = next((place for place in places if place in repository.refs), None)
        if found:
            return found
    return repository.head if wanted is None and repository.head_commit else None


class Base(NamedTuple):
    """What posts start from: a commit, and the full name of the branch it was found by (None for another revision)."""

    ref: str | None
    commit: str

    @property
    def name(self) -> str:
        """The base as people say it; a commit's first digits where it is no branch."""
        return short_name(self.ref) if self.ref else self.commit[:7]


class Target(NamedTuple):
    """The branch a commit lands on.

    `tip` is its commit now, None where the branch is still to be made; `parent` the commit that
    ours will stand on. `head` says what becomes of HEAD: it is on the branch already ("here"), moves
    to it from the base ("moves"), or stays where it is ("stays").
    """

    ref: str
    tip: str | None
    parent: str
    head: Literal["here", "moves", "stays"]

    @property
    def name(self) -> str:
        """The branch's short name."""
        return short_name(self.ref)


def require_base(repository: Repository, wanted: str | None, remote: str | None) -> Base:
    """The base: the branch (or revision) `wanted`, else the repository's own.

    Raises:
        AiblogError: `repository-state` where there is no commit yet, `usage` for a base nobody knows.
    """
    if repository.head_commit is None and not repository.refs:
        hints = ("git add .", 'git commit -m "Begin the blog"')
        raise AiblogError("repository-state", "the repository has no commit yet; one to start from was wanted", *hints)
    ref = find_base(repository, wanted, remote)
    if ref is not None:
        return Base(ref, repository.refs[ref])
    if wanted is not None and not wanted.startswith("-"):
        found = repository.read("rev-parse", "-q", "--verify", f"{wanted}^{{commit}}", ok=(0, 1, 128))
        if found.code == 0:
            return Base(None, found.line)
    names = ", ".join(sorted(short_name(name) for name in repository.refs)[:8])
    if wanted is not None:
        raise AiblogError("usage", f'no branch or commit "{wanted}" to start from; there are {names}')
    raise AiblogError("usage", f"no base branch was found; there are {names}", f"{AGAIN} --base BRANCH")


def base_notice(repository: Repository, base: Base) -> str | None:
    """What a person should know of the base before they build on it: behind its remote, or with unpushed commits."""
    remote = remote_of(repository, None, base.name)
    tracking = repository.refs.get(f"refs/remotes/{remote}/{base.name}")
    local = base.ref is not None and base.ref.startswith("refs/heads/")
    if not local or tracking is None or tracking == base.commit:
        return None
    counted = repository.read("rev-list", "--count", "--left-right", f"{base.commit}...{tracking}").line.split()
    ahead, behind = int(counted[0]), int(counted[1])
    parts = []
    if behind:
        parts.append(f"{remote}/{base.name} is {behind} {_commits(behind)} ahead of {base.name}")
    if ahead:
        parts.append(f"{ahead} {_commits(ahead)} of {base.name} {'is' if ahead == 1 else 'are'} not pushed")
    return masked("; ".join(parts))


def _commits(count: int) -> str:
    return "commit" if count == 1 else "commits"


def current_target(repository: Repository) -> Target:
    """The branch checked out, as `--no-branch` takes it.

    Raises:
        AiblogError: `repository-state` where HEAD is detached or has no commit yet.
    """
    if repository.head is None:
        raise AiblogError("repository-state", "no branch is checked out (HEAD is detached)", "git switch BRANCH")
    if repository.head_commit is None:
        hints = ("git add .", 'git commit -m "Begin the blog"')
        raise AiblogError("repository-state", f'"{short_name(repository.head)}" has no commit yet', *hints)
    return Target(repository.head, repository.head_commit, repository.head_commit, "here")


def require_branch_name(repository: Repository, name: str) -> None:
    """Refuses (`usage`) a name that git does not take for a branch."""
    if name.startswith("-") or repository.read("check-ref-format", f"refs/heads/{name}", ok=(0, 1)).code:
        raise AiblogError("usage", f'"{name}" is no name for a branch')


def require_target(
    repository: Repository,
    name: str,
    base: Base,
    foreign: Callable[[str, list[str]], list[str]],
    *,
    held: Collection[str],
) -> Target:
    """The post's branch: new, from the base, or one that is ours.

    Ours is a branch whose tip descends from the base and changes only the posts' own paths.

    Args:
        repository: the repository.
        name: the branch's short name.
        base: what it starts from.
        foreign: those of the paths (relative to the top) that are not the posts' own on the branch with that tip.
        held: the paths that the commit will hold. Where the branch holds more, HEAD stays: moving it
            would have to change files that the commit does not.

    Raises:
        AiblogError: `branch-exists` for a branch that is not
            ours, is checked out in another work tree, or is in the way of that name.
    """
    ref = f"refs/heads/{name}"
    _require_room(repository, ref, name)
    tip = repository.refs.get(ref)
    if repository.head == ref:
        head: Literal["here", "moves", "stays"] = "here"
    else:
        head = "moves" if base.ref is not None and repository.head == base.ref else "stays"
    if tip is None:
        return Target(ref, None, base.commit, head)
    if head != "here":
        require_free(repository, ref, name)
    if tip != base.commit:
        changed = _require_ours(repository, name, tip, base, foreign)
        head = "stays" if head == "moves" and not changed <= set(held) else head
    return Target(ref, tip, tip, head)


def _require_room(repository: Repository, ref: str, name: str) -> None:
    """No branch `a` where `a/b` is wanted, nor the other way round: git cannot hold both."""
    for other in repository.refs:
        if other.startswith(f"{ref}/") or ref.startswith(f"{other}/"):
            message = f'a branch "{short_name(other)}" is there, so git cannot hold one named "{name}"'
            raise AiblogError("branch-exists", message, f"{AGAIN} --branch NAME")


def require_free(repository: Repository, ref: str, name: str) -> None:
    """The branch is checked out in no other work tree."""
    if not (repository.common_dir / "worktrees").is_dir():
        return
    place = ""
    for line in repository.read("worktree", "list", "--porcelain", "-z").fields():
        if line.startswith("worktree "):
            place = line.removeprefix("worktree ")
        elif line == f"branch {ref}":
            message = f'the branch "{name}" is checked out in another work tree, "{place}"'
            raise AiblogError("branch-exists", message, f"{AGAIN} --branch NAME")


def _require_ours(
    repository: Repository, name: str, tip: str, base: Base, foreign: Callable[[str, list[str]], list[str]]
) -> set[str]:
    """The paths in which the branch differs from the base, each of them our own."""
    hints = [f"git log {base.name}..{name}", f"{AGAIN} --branch NAME"]
    if repository.head == f"refs/heads/{name}":
        hints.append(f"{AGAIN} --no-branch")
    if repository.read("merge-base", "--is-ancestor", base.commit, tip, ok=(0, 1)).code:
        merged = not repository.read("merge-base", "--is-ancestor", tip, base.commit, ok=(0, 1)).code
        hints[0] = f"git branch -d {name}" if merged else f"git rebase {base.name} {name}"
        what = f"is merged into {base.name}" if merged else f"does not stand on {base.name} as it is now"
        message = f'the branch "{name}" is there and {what}'
        raise AiblogError("branch-exists", message, *hints)
    changed = repository.read("diff-tree", "-r", "-z", "--name-only", "--no-renames", base.commit, tip).fields()
    others = foreign(tip, changed)
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        message = f'the branch "{name}" is there and holds more than this post: "{others[0]}"{more}'
        raise AiblogError("branch-exists", message, *hints)
    return set(changed)
