"""An error as the person who typed the command reads it: paths from where they are, hints to be pasted there."""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiblog.adapters.blog import find_root
from aiblog.cli.output import Run
from aiblog.errors import AGAIN, AiblogError

WORD = re.compile(r'"[^"\n]+"|[^\s":;,()]+')
EDITOR = "${EDITOR:-vi}"
IS_FILE = os.path.isfile  # unlike Path.is_file, False for what no file can be called


def tell_from(error: AiblogError, run: Run) -> None:
    """Rewrites the error, whose paths are relative to the blog's root, for a run that stands elsewhere.

    A path is a word, or a quoted text, that names a file of the blog. Under `--json` the sentence keeps its paths.
    """
    root = find_root(run.folder)[0]
    if not run.json and run.folder != root:
        error.message = WORD.sub(lambda match: _from_folder(match[0], root, run.folder), error.message)
    error.hints = tuple(hint if hint.startswith(AGAIN) else pasted(hint, root, run) for hint in error.hints)


@contextmanager
def repeated_as(command: str) -> Iterator[None]:
    """In the hints of an error raised inside, `AGAIN` is `command`: this run's own, and what a person answered."""
    try:
        yield
    except AiblogError as error:
        error.hints = tuple(repeated(command, hint) for hint in error.hints)
        raise


def repeated(command: str, hint: str) -> str:
    """A hint with that command for `AGAIN`. A branch that it says takes the place of the one in the command."""
    if not hint.startswith(AGAIN):
        return hint
    added = hint.removeprefix(AGAIN)
    if added.endswith((" --branch NAME", " --no-branch")):
        command = re.sub(r" --(?:no-branch|branch[ =](?:'[^']*'|\S+))(?= |$)", "", command)
    return f"{command}{added}"


def _from_folder(word: str, root: Path, folder: Path) -> str:
    path = word.strip('"')
    if path.startswith("/") or not IS_FILE(root / path):
        return word
    return word.replace(path, os.path.relpath(root / path, folder))


def pasted(hint: str, root: Path, run: Run) -> str:
    """A hint as it can be pasted where the person is."""
    return " && ".join(_command(part, root, run) for part in hint.split(" && "))


def _command(words: str, root: Path, run: Run) -> str:
    """One command: aiblog and git run where this run does, any other program where the person is."""
    program, _, rest = words.partition(" ")
    if program == "edit":
        paths = " ".join(_argument(path, root, Path.cwd()) for path in _edited(rest, root))
        return f"{EDITOR} {paths}"
    elsewhere = program in {"aiblog", "git"}
    arguments = re.findall(r"'[^']*'|\S+|\s+", rest)
    if " -C " not in words:
        rest = "".join(_argument(word, root, run.folder if elsewhere else Path.cwd()) for word in arguments)
    if not elsewhere or " -C " in words or not run.where:
        return f"{program} {rest}" if rest else program
    place = shlex.join(run.where)
    if program == "git":
        return f"git {place} {rest}"
    name, _, others = rest.partition(" ")
    return f"aiblog {name} {place} {others}".rstrip()


def _edited(rest: str, root: Path) -> list[str]:
    """The paths of `edit PATH…`, each without its line."""
    whole = re.sub(r":\d+$", "", rest)
    return [whole] if IS_FILE(root / whole) else [re.sub(r":\d+$", "", path) for path in shlex.split(rest)]


def _argument(word: str, root: Path, folder: Path) -> str:
    path = word.strip("'")
    if path.strip() and not path.startswith("/") and IS_FILE(root / path):
        return shlex.quote(os.path.relpath(root / path, folder))
    return word
