"""`aiblog remove`: a post goes, with its files and entries; who links to it is listed, or led elsewhere."""

from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.journal import find_place
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import Move, carry_out, nothing_to_do
from aiblog.cli.output import Run
from aiblog.cli.post_argument import AnyPostArgument, completes
from aiblog.cli.which_move import Done, chosen_or_done, every_post, word_of
from aiblog.core.post import require_post
from aiblog.errors import AiblogError
from aiblog.workflows.moving import MoveRequest


def remove(
    run: Run,
    post: AnyPostArgument = None,
    redirect_to: Annotated[
        str | None,
        typer.Option(metavar="POST", help="Lead the links to it to that post.", autocompletion=completes(False, True)),
    ] = None,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Remove a post.

    All its editions and the files that only they use go, and its entries in indexes. The links to it
    are listed, or led to another post.
    """
    how = how_of(yes, commit, branch, message)
    blog = blogs.opened(run.folder)
    posts = every_post(blog)
    hint = ("remove", "POST", "--yes")
    found = chosen_or_done(run, blog, posts, post, lambda now: now is None, *hint)
    if isinstance(found, Done):
        nothing_to_do(run, f'"{found.name}" is removed already.', "remove", post or "")
        return
    other = None
    words = ["remove", word_of(run, blog, posts, found)]
    if redirect_to is not None:
        other = require_post(posts, redirect_to, blog.path_in(run.folder, redirect_to))
        if other == found:
            raise AiblogError("usage", f'--redirect-to "{redirect_to}" is the post that goes; another one was wanted')
        words += ["--redirect-to", word_of(run, blog, posts, other)]
    move = Move(
        words,
        "Remove it?",
        blog.settings.git.branch_of(found.date, f"remove-{found.slug}"),
        f"Remove blog post: {found.title or found.slug}",
        asked=post is None,
        careful=True,
    )
    if find_place(blog.root) is None:
        run.say("Outside git there is no `aiblog undo`: what goes is gone.")
    carry_out(run, blog, posts, MoveRequest(removed=(found,), redirect=other), move, how)
