"""`aiblog mv`: a post gets another slug; its files, links, entries and metadata follow."""

from collections.abc import Sequence
from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.move_options import BranchOption, CommitOption, MessageOption, YesOption, how_of
from aiblog.cli.moved import Move, carry_out, nothing_to_do
from aiblog.cli.output import Run
from aiblog.cli.post_argument import AnyPostArgument
from aiblog.cli.which_move import Done, Problem, answered, chosen_or_done, every_post, word_of
from aiblog.core.post import Post
from aiblog.core.slug import slug_error, slug_proposal
from aiblog.errors import AiblogError
from aiblog.workflows.moving import MoveRequest, Relocation


def mv(
    run: Run,
    post: AnyPostArgument = None,
    slug: Annotated[str | None, typer.Argument(metavar="SLUG", help="The new slug.", show_default=False)] = None,
    yes: YesOption = False,
    commit: CommitOption = False,
    branch: BranchOption = None,
    message: MessageOption = None,
) -> None:
    """Give a post another slug.

    All its editions and the files beside them move; links in it and to it, the entries of indexes,
    derived metadata and what links translations follow. Nothing else changes.
    """
    how = how_of(yes, commit, branch, message)
    blog = blogs.opened(run.folder)
    posts = every_post(blog)
    hint = ("mv", "POST", "SLUG", "--yes")
    found = chosen_or_done(run, blog, posts, post, lambda now: now is not None and now.slug == slug, *hint)
    if isinstance(found, Done):
        nothing_to_do(run, f'"{found.name}" is "{slug}" already: nothing to do.', "mv", post or "", slug or "")
        return
    name = word_of(run, blog, posts, found)
    asked = post is None or slug is None
    if slug is None:
        slug = answered(run, "a new slug", "New slug", found.slug, _problem(blog, found, posts), "SLUG", yes)
    if slug == found.slug:
        nothing_to_do(run, f'"{found.name}" has that slug already: nothing to do.', "mv", name, slug)
        return
    if problem := slug_error(slug) or blog.layout.page_error(slug):
        proposal, flags = slug_proposal(slug), how.words if yes else how.words[:-1]
        hints = [run.command("mv", name, proposal, *flags)] if proposal != found.slug else []
        raise AiblogError("usage", f'slug "{slug}": {problem}', *hints)
    move = Move(
        ["mv", name, slug],
        "Rename it?",
        blog.settings.git.branch_of(found.date, slug),
        f"Rename blog post: {found.slug} to {slug}",
        asked=asked,
    )
    request = MoveRequest((Relocation(found, found.date, slug, found.archived),))
    carry_out(run, blog, posts, request, move, how)


def _problem(blog: Blog, post: Post, posts: Sequence[Post]) -> Problem:
    """What is wrong with a new slug of the post, as a person types it."""
    taken = [each.slug for each in posts if (each.date, each.archived) == (post.date, post.archived)]
    others = [slug for slug in taken if slug != post.slug]

    def problem(text: str) -> str | None:
        if text == post.slug:
            return "that is its slug now"
        wrong = slug_error(text, others) or blog.layout.page_error(text)
        proposal = slug_proposal(text) if text else ""
        return f"{wrong}; from this: {proposal}" if wrong and proposal not in {"", text, post.slug} else wrong

    return problem
