"""The options that every command takes, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from aiblog.cli.output import Run
from aiblog.errors import AiblogError

COMMON: dict[str, Any] = {
    "blog": Annotated[
        Path | None, typer.Option("-C", "--blog", metavar="DIR", help="Run as if started in DIR.", show_default=False)
    ],
    "json": Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")],
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Show what would be written as a diff; write nothing.")],
    "no_input": Annotated[bool, typer.Option("--no-input", help="Never ask.")],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors only.")],
    "color": Annotated[
        Literal["auto", "always", "never"] | None,
        typer.Option("--color", help="Colour: auto, always or never.", show_default=False),
    ],
}
READING = {"list_posts", "status", "doctor", "log", "translate_diff", "merge_index"}
"""Commands that are no operation of the journal: they write nothing, or what is git's (`merge-index`)."""
SOMETIMES = {"check": "fix", "tags": "words"}
"""Commands that write only with that option or argument."""
MOVING = ("mv", "redate", "archive", "unarchive", "remove", "migrate")
TAKEN_BACK = {"new": 19, "translate_stub": 19, "publish": 14, **dict.fromkeys(MOVING, 19)}
"""Commands after which a person is told how to take it back, each with how far its other labels reach."""
DEFAULTS: dict[str, Any] = {"blog": None, "json": False, "dry_run": False, "no_input": False, "quiet": False}


def command(function: Callable[..., None]) -> Callable[..., None]:
    """A command function that takes a `Run` first, as typer sees it: its own options, then the common ones."""

    @wraps(function)
    def called(context: typer.Context, **values: Any) -> None:
        common = {name: values.pop(name) for name in COMMON}
        run = run_of(common, context.obj)
        try:
            if run.dry_run or not _writes(function.__name__, values):
                function(run, **values)
                return
            from aiblog.cli.journalled import journalled  # noqa: PLC0415 - start-up: only where something is written

            with journalled(run, TAKEN_BACK.get(function.__name__)):
                function(run, **values)
        except AiblogError as error:
            from aiblog.cli.told import tell_from  # noqa: PLC0415 - start-up: only for an error

            tell_from(error, run)
            raise

    own = list(inspect.signature(function).parameters.values())[1:]
    first = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=DEFAULTS.get(name))
        for name, kind in COMMON.items()
    ]
    keyword_only = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    called.__signature__ = inspect.Signature([first, *keyword_only, *common])  # type: ignore[attr-defined]
    called.__annotations__ = {"context": typer.Context}
    del called.__wrapped__
    return called


def _writes(name: str, values: dict[str, Any]) -> bool:
    """Whether a call of that command may write into the blog."""
    if name in SOMETIMES:
        return bool(values.get(SOMETIMES[name]))
    return name not in READING and not (name == "index" and values["check"])


def run_of(common: dict[str, Any], before: Path | None = None) -> Run:
    """The record of this run. `before` is the folder of a `-C` that stood before the command's name."""
    try:
        folder = Path.cwd()
    except FileNotFoundError as error:
        raise AiblogError("usage", "the current folder is gone; another one was wanted", "cd /") from error
    for step in (before, common["blog"]):
        folder = folder / (step or "")
    if not folder.is_dir():
        raise AiblogError("usage", f'"{folder}" is not a folder')
    return Run(
        folder=folder.resolve(),
        json=common["json"],
        dry_run=common["dry_run"],
        no_input=common["no_input"],
        quiet=common["quiet"],
        color=common["color"] or "auto",
    )
