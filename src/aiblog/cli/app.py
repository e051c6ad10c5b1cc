"""The command line as a whole: the list of commands, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from aiblog import __version__
from aiblog.adapters.signals import Stopped, exits_on_signals
from aiblog.cli.misused import usage_error
from aiblog.cli.options import command
from aiblog.cli.output import Run, not_written, print_error, write
from aiblog.errors import AiblogError, Interrupted

COMMANDS = {
    "init": "init",
    "new": "new",
    "translate-stub": "translate_stub",
    "translate-fill": "translate_fill",
    "translate-diff": "translate_diff",
    "translate-sync": "translate_sync",
    "publish": "publish",
    "list": "list_posts",
    "status": "status",
    "check": "check",
    "index": "index",
    "tags": "tags",
    "mv": "mv",
    "redate": "redate",
    "archive": "archive",
    "unarchive": "unarchive",
    "remove": "remove",
    "migrate": "migrate",
    "log": "log",
    "undo": "undo",
    "doctor": "doctor",
}
"""Every command and its module in this room, in the order `--help` shows them."""

HIDDEN = {"merge-index": "merge_index"}
"""Commands that programs call; `--help` does not show them."""

BEFORE = ("-C", "--blog")

COMPLETING = "_AIBLOG_COMPLETE"
"""What typer's scripts for shells set where they ask what completes a line."""


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - one for each way a run ends
    """Runs one command line; the exit code. Every error is printed once, here."""
    _open_missing_streams()
    arguments = list(arguments)
    talk = _talk(arguments)
    try:
        return _answer(arguments)
    except BrokenPipeError:  # the reader of our results went away: `| head`
        _silence_stdout()
        return 0
    except AiblogError as error:
        from aiblog.cli.told import repeated  # noqa: PLC0415 - start-up: only for an error

        error.hints = tuple(repeated(shlex.join(["aiblog", *arguments]), hint) for hint in error.hints)
        return _told(error, talk)
    except TyperException as error:
        return _told(usage_error(error.format_message(), arguments, COMMANDS), talk)
    except (Interrupted, KeyboardInterrupt) as stop:
        talk.warn("interrupted; nothing was written" if isinstance(stop, Interrupted) else "interrupted")
        return 130
    except Stopped as stopped:
        return stopped.exit_code
    except Exception as error:
        if os.environ.get("AIBLOG_DEBUG"):
            raise
        return _told(_bug(error, arguments), talk)


def _talk(arguments: list[str]) -> Run:
    """How errors are told: what the common options say, read without a parser, for it may be what failed."""
    words = [word.removeprefix("--color=") for word in arguments if word.startswith("--color=")]
    words += [after for word, after in pairwise(arguments) if word == "--color"]
    color: Any = next((word for word in words if word in {"always", "never"}), "auto")
    return Run(Path(), json="--json" in arguments, color=color)


def _answer(arguments: list[str]) -> int:
    """Runs the command in typer. Outside its standalone mode `--help` returns its exit code, a command None.

    A shell that completes is answered by the exit code too: fish asks whether there is anything to offer.
    """
    click_command = typer.main.get_command(application(_name_in(arguments)))
    try:
        with exits_on_signals():
            code = click_command.main(args=arguments or ["--help"], prog_name="aiblog", standalone_mode=False)
    except SystemExit as error:  # outside its standalone mode: a shell is answered, or the reader of stdout went away
        if COMPLETING in os.environ:
            return error.code if isinstance(error.code, int) else 0
        raise BrokenPipeError from error
    except OSError as error:  # help is the one thing that typer prints
        if arguments and not {"-h", "--help"} & set(arguments):
            raise
        raise not_written(error) from error
    return code if isinstance(code, int) else 0


def application(only: str | None = None) -> typer.Typer:
    """The typer application. With `only` it holds that one command: the others are not even imported."""
    app = typer.Typer(
        help="Author blogs that live in git as Markdown, in one language or several.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_before_the_command)
    modules = COMMANDS | HIDDEN
    for name in [only] if only in modules else COMMANDS:
        module = import_module(f"aiblog.cli.{modules[name]}")
        app.command(name, hidden=name in HIDDEN)(command(getattr(module, modules[name])))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        write(sys.stdout, f"aiblog {__version__}\n")
        raise typer.Exit


def _before_the_command(
    context: typer.Context,
    blog: Annotated[
        Path | None, typer.Option("-C", "--blog", metavar="DIR", help="Run as if started in DIR.", show_default=False)
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers it
        bool, typer.Option("--version", "-V", help="Print the version and exit.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    context.obj = blog


def _name_in(arguments: list[str]) -> str | None:
    """The command's name on this command line; None where help or the completion of a name need all of them."""
    if COMPLETING in os.environ:  # the words before the one that is completed
        line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
        arguments = f"{line}.".split()[1:-1]
    words = iter(arguments)
    for word in words:
        if word in BEFORE:
            next(words, None)
        elif not word.startswith(("-C", "--blog=")):
            return word
    return None


def _bug(error: Exception, arguments: list[str]) -> AiblogError:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "somewhere"
    message = f"this is a bug in aiblog {__version__}: {type(error).__name__} at {where}: {error}"
    return AiblogError("internal", message, f"AIBLOG_DEBUG=1 {shlex.join(['aiblog', *arguments])}", written=True)


def _told(error: AiblogError, talk: Run) -> int:
    """Prints the error; its exit code. Where standard output is the trouble, stderr says so."""
    try:
        print_error(error, talk)
    except BrokenPipeError:
        _silence_stdout()
    except AiblogError as worse:
        print_error(worse, Run(Path()))
        error = worse
    if error.code == "output-failed":
        _silence_stdout()
    return error.exit_code


def _silence_stdout() -> None:
    """Keeps the interpreter's own flush at exit from failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open_missing_streams() -> None:
    """Fills closed standard descriptors: else the next file opened gets number 1, and git writes its output into it.

    Results that go nowhere are an error, talk that goes nowhere is not: writing to the stand-in of
    standard output fails, as on a closed one.
    """
    for descriptor, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        stream: Any = getattr(sys, name)
        if stream is None:
            mode = os.O_RDONLY if descriptor == 1 else os.O_RDWR
            opened = os.open(os.devnull, mode)
            if opened != descriptor:
                os.dup2(opened, descriptor)
            setattr(sys, name, os.fdopen(descriptor, "r" if descriptor == 0 else "w", closefd=False))
