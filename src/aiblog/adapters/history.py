"""What a repository's branches and history tell about a blog's habits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters.branches import find_base, remote_of, short_name
from aiblog.adapters.git import Repository, opened
from aiblog.adapters.objects import blob_bytes
from aiblog.errors import AiblogError


class GitFacts(NamedTuple):
    """What `init` wants to know: the base branch, the remote, subjects of commits that added posts, newest first.

    `why` says what the base (`git.base`) and the remote (`git.remote`) were taken for.
    """

    base: str | None
    remote: str | None
    subjects: list[str]
    why: Mapping[str, str]


def facts(root: Path, posts: str) -> GitFacts | None:
    """The repository's habits; None outside a repository. `posts` is the posts folder, relative to `root`."""
    try:
        repository = opened(root)
    except AiblogError as error:
        if error.code == "not-a-repository":
            return None
        raise
    base = find_base(repository, None)
    subjects: list[str] = []
    if repository.head_commit:
        place = repository.path(posts) or "."
        log = repository.read("log", "-z", "--format=%s", "--diff-filter=A", "--max-count=200", "HEAD", "--", place)
        subjects = [subject for subject in log.fields() if subject]
    name = short_name(base) if base else None
    remote = remote_of(repository, None, name or "")
    return GitFacts(name, remote, subjects, _why(repository, base, remote))


def _why(repository: Repository, base: str | None, remote: str | None) -> dict[str, str]:
    """What the base and the remote were taken for, in words."""
    why = {}
    if base:
        own = repository.symbolic.get(f"refs/remotes/{remote}/HEAD", "").removeprefix(f"refs/remotes/{remote}/")
        is_own = bool(own) and base in (f"refs/heads/{own}", f"refs/remotes/{remote}/{own}")
        usual = "the branch checked out" if base == repository.head else "the branch of that name"
        why["git.base"] = f"the default branch of {remote}" if is_own else usual
    if remote:
        others = sum(key.startswith("remote.") and key.endswith(".url") for key in repository.config) - 1
        why["git.remote"] = "one of several remotes" if others > 0 else "the only remote"
    return why


def former_versions(repository: Repository, folders: Sequence[str], paths: Collection[str]) -> dict[str, list[bytes]]:
    """The committed bytes of those files through their history, renames within the folders followed.

    By the present path; paths and folders are relative to the top. What a shallow clone lacks is left out.
    """
    if not repository.head_commit or not paths:
        return {}
    words = ("log", "-z", "--raw", "--no-abbrev", "-M", "--format=", "HEAD", "--", *folders)
    found: dict[str, list[str]] = {path: [] for path in paths}
    now_at = {path: path for path in paths}
    fields = iter(repository.read(*words).fields())
    for field in fields:
        if not field.lstrip("\n").startswith(":"):
            continue
        _, _, before, after, status = field.lstrip("\n").split(" ")
        path = to = next(fields)
        if status[0] in "RC":
            to = next(fields)
        present = now_at.get(to)
        if present is not None:
            found[present] += [name for name in (after, before) if name.strip("0")]
        if status[0] == "R" and present is not None:
            del now_at[to]
            now_at[path] = present
    texts = blob_bytes(repository, [name for names in found.values() for name in names])
    return {path: [texts[name] for name in dict.fromkeys(names)] for path, names in found.items()}
