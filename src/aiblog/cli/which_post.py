"""The post that nobody has named: chosen by a person, or refused where none can be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiblog.cli.inputs import NO_TERMINAL
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.title import visible
from aiblog.errors import AiblogError


def require_asking(run: Run, *hints: str) -> None:
    """Refuses (`usage`) a run that names no post where nobody is asked; the hints are commands that name one."""
    if not run.asks:
        why = "--no-input forbids to ask" if run.no_input else NO_TERMINAL
        raise AiblogError("usage", f"a post is needed (POST), and {why}", *hints)


def asked_post(run: Run, posts: Sequence[Post], note: Callable[[Post], str] = lambda _post: "") -> Post:
    """The one of those posts that a person chooses; `note` is shown behind each one's date and slug."""
    from aiblog.adapters.prompts import Choice  # noqa: PLC0415 - start-up: only where a person is asked

    width = max(len(post.slug) for post in posts)
    choices = [
        Choice(post.source.path, f"{post.date}  {post.slug:<{width}}{note(post)}", visible(post.title or ""))
        for post in posts
    ]
    path = run.terminal().select("Which post", choices, choices[0].value)
    return next(post for post in posts if post.source.path == path)
