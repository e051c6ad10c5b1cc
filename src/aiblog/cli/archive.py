"""`aiblog archive`: posts go to the archive, or all before a date; their files, links and entries follow."""

from collections.abc import Sequence
from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.archiving import move_of, named, opened
from aiblog.cli.inputs import iso_date
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import carry_out, nothing_to_do
from aiblog.cli.output import Run, counted
from aiblog.cli.post_argument import PostArguments
from aiblog.cli.which_move import word_of
from aiblog.core.post import Post, is_draft
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows.moving import MoveRequest, Relocation


def archive(
    run: Run,
    post: PostArguments = None,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="Every published post before that date.")] = None,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Move posts to the archive.

    That is the folder that `archive` in aiblog.yaml names. Their entries go to its index, with their
    prose; links in them and to them follow. Drafts stay, unless they are named.
    """
    how = how_of(yes, commit, branch, message)
    if post and before is not None:
        raise AiblogError("usage", "POST and --before exclude each other")
    date = iso_date(before, "--before")
    blog = opened(run)
    live, archived = blogs.posts(blog), blogs.posts(blog, archived=True)
    if date is None:
        posts = named(run, blog, "archive", live, archived, post or [])
        words = [word_of(run, blog, [*live, *archived], each) for each in posts]
    else:
        posts, words = _before(run, blog, live, date), ["--before", date]
    if not posts:
        nothing_to_do(run, "Nothing to archive.", "archive", *(words or post or []))
        return
    request = MoveRequest(tuple(Relocation(each, each.date, each.slug, True) for each in posts))
    move = move_of(blog, "archive", posts, words, asked=not post and date is None)
    carry_out(run, blog, [*live, *archived], request, move, how)


def _before(run: Run, blog: Blog, posts: Sequence[Post], date: str) -> list[Post]:
    """The published posts before that date; drafts are said."""
    old = [post for post in posts if post.date and post.date < date]
    drafts = [post for post in old if is_draft(post.source, blog.settings)]
    if drafts:
        names = ", ".join(visible(post.slug) for post in drafts)
        run.say(f"{counted(len(drafts), 'draft')} {'stays' if len(drafts) == 1 else 'stay'}: {names}")
    return [post for post in old if post not in drafts]
