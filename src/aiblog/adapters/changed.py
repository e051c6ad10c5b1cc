"""Which files of the blog changed since a commit."""

from __future__ import annotations

from pathlib import Path

from aiblog.adapters.git import opened
from aiblog.errors import AiblogError


def changed_since(root: Path, revision: str) -> set[str]:
    """The paths below `root`, relative to it, that are not as where this branch left that revision.

    That is the merge base, as for a pull request. Staged, unstaged, untracked and removed files count; a file that
    was only touched may count too: its content is not read, since that could run a filter of the repository.

    Raises:
        AiblogError: `not-a-repository`; `usage` for what is no commit; `git-failed` where a clone lacks its tree.
    """
    repository = opened(root)
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = repository.read(*asked, ok=(0, 1, 128), fetches=False).line
    if not commit:
        hint = "git fetch --unshallow" if (repository.common_dir / "shallow").exists() else "git branch --all"
        raise AiblogError("usage", f'--since "{revision}": a commit, branch or tag of this repository was wanted', hint)
    base = repository.read("merge-base", commit, "HEAD", ok=(0, 1, 128), fetches=False).line or commit
    place = repository.prefix or "."
    changed = repository.read(
        "diff-index", "--name-only", "-z", "--no-renames", base, "--", place, fetches=False
    ).fields()
    new = repository.read("ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--", place).fields()
    return {path.removeprefix(repository.prefix) for path in (*changed, *new) if path}
