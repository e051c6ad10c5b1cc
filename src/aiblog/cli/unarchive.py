"""`aiblog unarchive`: posts come back from the archive; their files, links and entries follow."""

from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.cli.archiving import move_of, named, opened
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import carry_out, nothing_to_do
from aiblog.cli.output import Run
from aiblog.cli.post_argument import ArchivedPostArguments
from aiblog.cli.which_move import word_of
from aiblog.errors import AiblogError
from aiblog.workflows.moving import MoveRequest, Relocation


def unarchive(
    run: Run,
    post: ArchivedPostArguments = None,
    everything: Annotated[bool, typer.Option("--all", help="Every post of the archive.")] = False,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Bring posts back from the archive.

    What `aiblog archive` does, the other way round.
    """
    how = how_of(yes, commit, branch, message)
    if post and everything:
        raise AiblogError("usage", "POST and --all exclude each other")
    blog = opened(run)
    live, archived = blogs.posts(blog), blogs.posts(blog, archived=True)
    if everything:
        posts, words = archived, ["--all"]
    else:
        posts = named(run, blog, "unarchive", archived, live, post or [])
        words = [word_of(run, blog, [*live, *archived], each) for each in posts]
    if not posts:
        nothing_to_do(run, "Nothing to bring back.", "unarchive", *(words or post or []))
        return
    request = MoveRequest(tuple(Relocation(each, each.date, each.slug, False) for each in posts))
    move = move_of(blog, "unarchive", posts, words, asked=not post and not everything)
    carry_out(run, blog, [*live, *archived], request, move, how)
