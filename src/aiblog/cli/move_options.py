"""The options that the commands share that move posts, and what they say together."""

from typing import Annotated, NamedTuple

import typer

PostArgument = Annotated[
    str | None, typer.Argument(metavar="POST", help="Slug, DATE/slug or path.", show_default=False)
]
PostArguments = Annotated[
    list[str] | None, typer.Argument(metavar="[POST]...", help="Slug, DATE/slug or path.", show_default=False)
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]


class How(NamedTuple):
    """How a move is carried out: without a question."""

    yes: bool = False

    @property
    def words(self) -> list[str]:
        """The flags that say the same, without a question."""
        return ["--yes"]
