"""What a repository's branches and history tell about a blog's habits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from aiblog.adapters.branches import find_base, remote_of, short_name
from aiblog.adapters.git import opened
from aiblog.errors import AiblogError


class GitFacts(NamedTuple):
    """What `init` wants to know: the base branch, the remote, subjects of commits that added posts, newest first."""

    base: str | None
    remote: str | None
    subjects: list[str]


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
    return GitFacts(
        short_name(base) if base else None, remote_of(repository, None, short_name(base) if base else ""), subjects
    )
