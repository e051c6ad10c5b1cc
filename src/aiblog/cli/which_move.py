"""The post that shall move: named, chosen by a person, or found where it went already; and the new slug or date."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import NO_TERMINAL
from aiblog.cli.output import Run
from aiblog.cli.which_post import asked_post, require_asking
from aiblog.core.post import Post, newest_first, require_post, selector
from aiblog.errors import AGAIN, AiblogError

Problem = Callable[[str], str | None]
"""Says why an answer will not do, and what would; None where it will."""


class Done(NamedTuple):
    """What was wanted is so already: what the post was called, and where it is now; None where it was removed."""

    name: str
    post: Post | None = None


def every_post(blog: Blog) -> list[Post]:
    """The blog's posts and those of its archive, newest first."""
    return newest_first([*blogs.posts(blog), *blogs.posts(blog, archived=True)])


def word_of(run: Run, blog: Blog, posts: Sequence[Post], post: Post) -> str:
    """As `selector`, a path from the folder of this run."""
    word = selector(posts, post)
    return os.path.relpath(blog.root / word, run.folder) if word == post.source.path else word


def chosen_or_done(
    run: Run, blog: Blog, posts: Sequence[Post], text: str | None, is_so: Callable[[Post | None], bool], *hint: str
) -> Post | Done:
    """As `post_or_done`; without a text the post that a person chooses, as `chosen`."""
    return chosen(run, posts, *hint) if text is None else post_or_done(run, blog, posts, text, is_so)


def post_or_done(
    run: Run, blog: Blog, posts: Sequence[Post], text: str, is_so: Callable[[Post | None], bool]
) -> Post | Done:
    """The post that `text` selects; or what aiblog has made of it, where that is what is wanted (`is_so`).

    Raises:
        AiblogError: `post-not-found`, which says what the post is called now, where aiblog knows; `post-ambiguous`.
    """
    path = blog.path_in(run.folder, text)
    try:
        return require_post(posts, text, path)
    except AiblogError as error:
        if error.code != "post-not-found":
            raise
        from aiblog.workflows.moved_before import find_former  # noqa: PLC0415 - start-up: only for a post that is gone

        former = find_former(blog, text, path)
        now = [post for post in posts if former and former.paths.intersection(post.paths)]
        found = now[0] if len(now) == 1 else None
        if former and bool(found) == bool(former.paths) and is_so(found):
            return Done(former.name, found)
        if found:
            error.message += f'; it is "{found.name}" now'
        raise


def post_on_side(run: Run, blog: Blog, here: Sequence[Post], there: Sequence[Post], text: str) -> Post | Done:
    """The post of those `here` that `text` selects; `Done` for one that is `there`, where it was wanted.

    Raises:
        AiblogError: `post-not-found`, `post-ambiguous`.
    """
    try:
        return require_post(here, text, blog.path_in(run.folder, text))
    except AiblogError as error:
        if error.code != "post-not-found":
            raise
        try:
            found = post_or_done(run, blog, there, text, lambda now: now is not None)
        except AiblogError:
            raise error from None
        return found if isinstance(found, Done) else Done(found.name, found)


def chosen(run: Run, posts: Sequence[Post], *hint: str) -> Post:
    """The post that a person chooses; `hint` are the words of a command that names one.

    Raises:
        AiblogError: `usage` where nobody is asked, `post-not-found` where there is none.
    """
    require_asking(run, run.command(*hint), run.command("list"))
    if not posts:
        raise AiblogError("post-not-found", "there is no post to choose", run.command("list"))
    return asked_post(run, posts, lambda post: f"  {' '.join(post.editions)}{'  in the archive' * post.archived}")


def answered(run: Run, what: str, question: str, default: str, problem: Problem, metavar: str, yes: bool) -> str:
    """One word that a person types; where nobody is asked `usage`, saying that `what` (`metavar`) is needed."""
    if not run.asks:
        why = "--no-input forbids to ask" if run.no_input else NO_TERMINAL
        confirmed = "" if yes or run.dry_run else " --yes"
        raise AiblogError("usage", f"{what} is needed ({metavar}), and {why}", f"{AGAIN} {metavar}{confirmed}")
    return run.terminal().text(question, default, problem, live=True)
