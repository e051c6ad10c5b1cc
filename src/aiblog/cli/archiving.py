"""What `archive` and `unarchive` share: the posts that are named, those that are there already, the move."""

from __future__ import annotations

from collections.abc import Sequence

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.moved import Move
from aiblog.cli.output import Run
from aiblog.cli.which_move import Done, chosen, post_on_side
from aiblog.core.post import Post
from aiblog.core.title import visible
from aiblog.errors import AiblogError

QUESTIONS = {"archive": "to the archive", "unarchive": "back from the archive"}
THERE = {"archive": "In the archive already", "unarchive": "Not in the archive"}


def opened(run: Run) -> Blog:
    """The blog, which has an archive; `usage` for one without."""
    blog = blogs.opened(run.folder)
    if blog.settings.archive is None:
        message = "this blog has no archive; `archive: FOLDER` in aiblog.yaml was wanted"
        raise AiblogError("usage", message, "edit aiblog.yaml" if blog.configured else "aiblog init")
    return blog


def named(
    run: Run, blog: Blog, verb: str, here: Sequence[Post], there: Sequence[Post], words: Sequence[str]
) -> list[Post]:
    """The posts `here` that were named, or one that a person chooses; those that are `there` already are said.

    Raises:
        AiblogError: `usage`, `post-not-found`, `post-ambiguous`.
    """
    if not words:
        return [chosen(run, here, verb, "POST", "--yes")]
    found = [post_on_side(run, blog, here, there, word) for word in words]
    if names := [visible(each.name) for each in found if isinstance(each, Done)]:
        run.say(f"{THERE[verb]}: {', '.join(names)}.")
    return list({each.name: each for each in found if isinstance(each, Post)}.values())


def move_of(blog: Blog, verb: str, posts: Sequence[Post], words: Sequence[str], *, asked: bool) -> Move:
    """The move of those posts, which `words` select."""
    branch = blog.settings.git.branch_of
    question, start = QUESTIONS[verb], verb.capitalize()
    if len(posts) > 1:
        name = branch(blogs.today(blog.settings), verb)
        return Move([verb, *words], f"Move {len(posts)} posts {question}?", name, f"{start} {len(posts)} blog posts")
    (post,) = posts
    name, message = branch(post.date, f"{verb}-{post.slug}"), f"{start} blog post: {post.title or post.slug}"
    return Move([verb, *words], f"Move it {question}?", name, message, asked)
