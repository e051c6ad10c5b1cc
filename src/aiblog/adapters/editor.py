"""The person's editor: `$VISUAL`, else `$EDITOR`."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiblog.errors import AiblogError

LINE = "<!-- aiblog: everything from this line on is left out -->"
"""Parts what a person writes from what is shown to them as a model."""


def name_of_editor() -> str | None:
    """The program's name, to be shown; None where no editor is set."""
    words = _command()
    return Path(words[0]).name if words else None


def is_installed() -> bool:
    """Whether the editor that is set can be found."""
    import shutil  # noqa: PLC0415 - start-up: nobody asks before opening one

    words = _command()
    return bool(words) and shutil.which(words[0]) is not None


def open_files(paths: Sequence[Path]) -> None:
    """Opens files that are there in the editor, and waits for its end.

    Raises:
        AiblogError: `editor-failed` where none is set, it cannot be started, or it fails; the files stay.
    """
    shown = shlex.join(os.path.relpath(path) for path in paths)
    words = _command()
    if not words:
        message = "no editor is set; $VISUAL or $EDITOR was wanted"
        raise AiblogError("editor-failed", message, f"EDITOR=vi && $EDITOR {shown}", written=True)
    try:
        code = _run([*words, *(str(path) for path in paths)])
    except OSError as error:
        message = f'the editor "{words[0]}" could not be started: {error.strerror}'
        raise AiblogError("editor-failed", message, f"vi {shown}", written=True) from error
    if code:
        ended = f"was ended by signal {-code}" if code < 0 else f"failed with exit code {code}"
        raise AiblogError("editor-failed", f'the editor "{shlex.join(words)}" {ended}', f"vi {shown}", written=True)


def written(text: str, model: str = "") -> str:
    """A text that a person writes in the editor, without blank lines around it and without a final newline.

    Args:
        text: stands in the file to begin with.
        model: shown below a line, for the person to look at; it does not come back.

    Raises:
        AiblogError: `editor-failed`, as `open_files`, and for a text that is not UTF-8.
    """
    with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(f"{text}\n\n{LINE}\n\n{model.strip()}\n" if model else f"{text}\n", encoding="utf-8")
        open_files([path])
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            raise AiblogError("editor-failed", "what the editor has saved is not UTF-8") from error
    kept = lines[: lines.index(LINE)] if LINE in lines else lines
    return "\n".join(line.rstrip() for line in kept).strip("\n")


def _command() -> list[str]:
    """The editor's command, words as a shell would part them."""
    text = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(text)
    except ValueError:
        return [text]


def _run(command: Sequence[str]) -> int:
    """Runs the editor to its end: Ctrl-C is its own matter, a signal that ends this run ends it too."""
    process = subprocess.Popen(command)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
