"""`aiblog redate`: a post gets another date; its files, links, entries and metadata follow."""

from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import date_of
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import Move, carry_out, nothing_to_do
from aiblog.cli.output import Run
from aiblog.cli.post_argument import AnyPostArgument
from aiblog.cli.which_move import Done, Problem, answered, chosen_or_done, every_post, word_of
from aiblog.core.post import Post
from aiblog.errors import AiblogError
from aiblog.workflows.moving import MoveRequest, Relocation


def redate(
    run: Run,
    post: AnyPostArgument = None,
    date: Annotated[
        str | None, typer.Argument(metavar="DATE", help="YYYY-MM-DD, today or tomorrow.", show_default=False)
    ] = None,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Give a post another date.

    As `aiblog mv`; beside that the date in its front matter changes, and its entries stand in
    indexes where that date belongs.
    """
    how = how_of(yes, commit, branch, message)
    blog = blogs.opened(run.folder)
    posts = every_post(blog)
    wanted = date_of(date, blog, "DATE") if date is not None else None
    hint = ("redate", "POST", "DATE", "--yes")
    found = chosen_or_done(run, blog, posts, post, lambda now: now is not None and now.date == wanted, *hint)
    if isinstance(found, Done):
        nothing_to_do(run, f'"{found.name}" is of {wanted} already: nothing to do.', "redate", post or "", date or "")
        return
    name = word_of(run, blog, posts, found)
    asked = post is None or wanted is None
    if wanted is None:
        answer = answered(run, "a date", "New date", found.date, _problem(found, blog), "DATE", yes)
        wanted = date_of(answer, blog, "DATE")
    if wanted == found.date:
        nothing_to_do(run, f'"{found.name}" has that date already: nothing to do.', "redate", name, wanted)
        return
    move = Move(
        ["redate", name, wanted],
        "Re-date it?",
        blog.settings.git.branch_of(wanted, found.slug),
        f"Re-date blog post: {found.slug} to {wanted}",
        asked=asked,
    )
    request = MoveRequest((Relocation(found, wanted, found.slug, found.archived),))
    carry_out(run, blog, posts, request, move, how)


def _problem(post: Post, blog: Blog) -> Problem:
    def problem(text: str) -> str | None:
        try:
            date = date_of(text or "-", blog, "DATE")
        except AiblogError:
            return f"not a date: write {blogs.today(blog.settings)}, today or tomorrow"
        return "that is its date now" if date == post.date else None

    return problem
