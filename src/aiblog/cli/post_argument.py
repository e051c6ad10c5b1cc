"""POST on the command line, and what a shell completes it to, by the paths of the blog's files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.core.post import Post, selectors
from aiblog.errors import AiblogError

_PLAIN = re.compile(r"\w[\w./-]*")
"""A word that no shell takes for more: zsh evaluates what it is offered."""


def completes(*sides: bool) -> Callable[[typer.Context, str], list[str]]:
    """What completes the name of a post, of those in the archive (True) or not (False), or of both.

    That is what selects each post that begins so; nothing where the blog cannot be read.
    """

    def words(context: typer.Context, incomplete: str) -> list[str]:
        try:
            folder = Path.cwd()
            for each in (context.parent, context):
                folder /= (each and each.params.get("blog")) or ""
            blog = blogs.opened(folder, indexes=False)
            found = [(side, blog.archive_found() if side else blog.found()) for side in sides]
        except (AiblogError, OSError):
            return []
        names = {(each.date, each.slug, side) for side, own in found for each in own}
        shortest = selectors([Post(date, slug, {}, side) for date, slug, side in names])
        either = [(word if word.startswith(incomplete) else name) for name, word in shortest.items()]
        return sorted(word for word in either if word.startswith(incomplete) and _PLAIN.fullmatch(word))

    return words


def _argument(metavar: str, *sides: bool) -> Any:
    text = "Slug, DATE/slug or path."
    return typer.Argument(metavar=metavar, help=text, show_default=False, autocompletion=completes(*sides))


PostArgument = Annotated[str | None, _argument("POST", False)]
PostArguments = Annotated[list[str] | None, _argument("[POST]...", False)]
AnyPostArgument = Annotated[str | None, _argument("POST", False, True)]
ArchivedPostArguments = Annotated[list[str] | None, _argument("[POST]...", True)]
