"""What `new` and `translate-stub` do with the files of a draft: written, and committed or gone to where asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.cli.output import Run
from aiblog.core.changes import ChangeSet

if TYPE_CHECKING:
    from aiblog.workflows.drafting import Draft


class Going(NamedTuple):
    """What `--commit`, `--branch`, `--no-branch` and `--switch` say."""

    commit: bool
    branch: str | None
    no_branch: bool
    switch: bool


def drafted(
    run: Run, blog: Blog, changes: ChangeSet, paths: Sequence[str], draft: Callable[[], Draft], going: Going
) -> tuple[str | None, str | None]:
    """Writes the changes, and commits or switches if asked: the branch and the commit's full SHA, None without one.

    With `--dry-run` nothing is written: the branch is the one that it would be, and what a commit refuses is refused.

    Args:
        run: what was asked for.
        blog: the blog.
        changes: the files.
        paths: those of the draft, relative to the blog's root: what a killed run left beside them goes.
        draft: makes what the commit holds; not called without a commit or a switch.
        going: where it goes.
    """
    if not run.dry_run:
        from aiblog.adapters.files import apply, clear_leftovers  # noqa: PLC0415 - start-up: not for a plan

        clear_leftovers(blog.root, paths)
        if not (going.commit or going.switch):
            apply(blog.root, changes)
    if not (going.commit or going.switch):
        return None, None
    from aiblog.workflows import drafting  # noqa: PLC0415 - start-up: git only where asked

    how = drafting.Committing(going.branch, going.no_branch, going.switch)
    if run.dry_run:
        return drafting.find_branch(blog, draft(), how, commit=going.commit), None
    return drafting.drafted(blog, draft(), how, commit=going.commit)
