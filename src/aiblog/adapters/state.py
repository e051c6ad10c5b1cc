"""What a repository must be before anything is committed into it: settled, and of somebody."""

from __future__ import annotations

import os

from aiblog.adapters.git import Repository
from aiblog.errors import AiblogError

_IN_PROGRESS = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply/applying": "git am",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "sequencer": "a cherry-pick or revert",
    "BISECT_LOG": "a bisect",
}


def require_settled(repository: Repository) -> None:
    """Refuses while something is half done in the repository (`repository-state`): nothing may be committed into it."""
    for name, what in _IN_PROGRESS.items():
        if (repository.git_dir / name).exists():  # git status says how each is finished, and how given up
            message = f"{what} is in progress; it has to be finished or aborted first"
            raise AiblogError("repository-state", message, "git status")
    unmerged = sorted({item.partition("\t")[2] for item in repository.read("ls-files", "-z", "-u").fields()})
    if unmerged:
        raise AiblogError("repository-state", f'"{unmerged[0]}" is not merged yet', "git status")


def require_identity(repository: Repository) -> None:
    """Refuses (`identity-missing`) where git would have to invent who commits."""
    for role in ("author", "committer"):
        for part in ("name", "email"):
            if find_identity(repository, role, part) is None:
                raise identity_missing(part)


def find_identity(repository: Repository, role: str, part: str) -> str | None:
    """The name or email (`part`) of the author or committer (`role`) as git has it; None where it would invent one."""
    last = os.environ.get("EMAIL") if part == "email" else None
    said = (
        os.environ.get(f"GIT_{role.upper()}_{part.upper()}"),
        repository.config.get(f"{role}.{part}"),
        repository.config.get(f"user.{part}"),
        last,
    )
    return next((text for text in said if text), None)


def identity_missing(part: str = "name") -> AiblogError:
    """The error for a commit without an author."""
    hints = ('git config --global user.name "Your Name"', "git config --global user.email you@example.com")
    return AiblogError("identity-missing", f"git does not know who commits: user.{part} is not set", *hints)
