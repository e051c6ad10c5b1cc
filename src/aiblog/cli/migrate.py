"""`aiblog migrate`: every post goes to another path pattern, or gets the name that the blog's pattern wants."""

from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import Move, carry_out
from aiblog.cli.output import Run
from aiblog.cli.which_move import every_post
from aiblog.core.layout import pattern_error
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.moving import MoveRequest

EXAMPLE = "{date}/{date}-{slug}{lang}.md"


def migrate(
    run: Run,
    path: Annotated[
        str | None, typer.Option(metavar="PATTERN", help=f"The path of an edition, such as {EXAMPLE}.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Rename files whose names the blog does not write.")] = False,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Move the whole blog to another path pattern.

    The archive too, and `path` in aiblog.yaml. Links, entries and metadata follow, as by `aiblog mv`.
    --repair renames strays: suffixes that the blog does not write, editions of one post whose names differ
    by a letter.
    """
    how = how_of(yes, commit, branch, message)
    if path is None and not repair:
        message_ = "a pattern (--path) or --repair is needed"
        raise AiblogError("usage", message_, f"{AGAIN} --repair", f"{AGAIN} --path '{EXAMPLE}'")
    if path is not None and (problem := pattern_error(path)):
        raise AiblogError("usage", f'--path "{path}": {problem}')
    blog = blogs.opened(run.folder)
    words = [*(["--path", path] if path is not None else []), *(["--repair"] if repair else [])]
    move = Move(
        ["migrate", *words],
        "Move them?",
        blog.settings.git.branch_of(blogs.today(blog.settings), "migrate"),
        f"Move blog posts to {path}" if path is not None else "Repair the names of blog posts",
    )
    carry_out(run, blog, every_post(blog), MoveRequest(pattern=path, repair=repair), move, how)
