"""`aiblog merge-index`: called by git, never by people; `aiblog init --merge-driver` sets it up."""

from typing import Annotated

import typer

from aiblog.cli.output import Run
from aiblog.workflows.merge_driver import merged


def merge_index(
    run: Run,
    base: Annotated[str, typer.Argument(help="%O: the common ancestor's file.", show_default=False)],
    ours: Annotated[str, typer.Argument(help="%A: our file, which gets the result.", show_default=False)],
    theirs: Annotated[str, typer.Argument(help="%B: the other side's file.", show_default=False)],
    path: Annotated[str, typer.Argument(help="%P: the path in the work tree.", show_default=False)],
) -> None:
    """Merge an index for git, which calls this as a merge driver.

    Exit 1 where something is left to people: it stays between conflict markers.
    """
    if merged(run.folder, base, ours, theirs, path):
        raise typer.Exit(1)
