"""Starts programs and waits for their end, whatever interrupts us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters.signals import deferred
from aiblog.errors import AiblogError

GIT_VARIABLES = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_INTERNAL_SUPER_PREFIX",
)
"""What `git rev-parse --local-env-vars` prints: set where another repository's hook started us."""


class Done(NamedTuple):
    """A process that ended: its exit code, its output as bytes, its complaint as text."""

    code: int
    out: bytes
    complaint: str

    @property
    def line(self) -> str:
        """The output's only line."""
        return self.out.decode("utf-8", "surrogateescape").rstrip("\r\n")

    def lines(self) -> list[str]:
        """The output's lines. Only a newline ends one: a branch may have U+2028 in its name."""
        return self.out.decode("utf-8", "surrogateescape").split("\n")[:-1]

    def fields(self) -> list[str]:
        """Output of a `-z` command, its final NUL dropped."""
        return self.out.decode("utf-8", "surrogateescape").split("\0")[:-1]


class Running(NamedTuple):
    """A program at work. `apart`: it has a session of its own."""

    process: subprocess.Popen[bytes]
    apart: bool

    def done(self, given: bytes = b"") -> Done:
        """Gives it its input and waits for its end. Interrupted, it gets SIGTERM, and is waited for.

        On SIGTERM git gives its locks back; `subprocess.run` kills after a quarter of a second and leaves them.

        Raises:
            AiblogError: `git-failed` where its input or output breaks off.
        """
        try:
            out, complaint = self.process.communicate(given)
        except BaseException as error:
            _end(self.process, apart=self.apart)
            if isinstance(error, OSError):
                raise AiblogError("git-failed", f"a program could not be talked to: {error.strerror}") from error
            raise
        return Done(self.process.returncode, out, complaint.decode("utf-8", "replace"))


def started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, *, terminal: bool = False
) -> Running:
    """Starts a program in `folder`, our environment with `environment` on top.

    With `terminal` it shares ours, where there is one, so that it may ask for a passphrase; else it
    has a session of its own: Ctrl-C does not reach it, and what it starts ends with it.

    Raises:
        AiblogError: `git-failed` where it cannot be started.
    """
    whole = {name: value for name, value in os.environ.items() if name not in GIT_VARIABLES}
    apart = not (terminal and sys.stdin is not None and sys.stdin.isatty())
    process = None
    try:
        with deferred(programs=False):  # interrupted after its fork it would leave a program that nobody waits for
            process = subprocess.Popen(
                _as_given(command),
                cwd=folder,
                env={**whole, **(environment or {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=apart,
            )
    except OSError as error:
        raise AiblogError("git-failed", f"{command[0]} could not be started: {error.strerror}") from error
    except BaseException:
        if process is not None:
            _end(process, apart=apart)
        raise
    return Running(process, apart)


def _as_given(command: Sequence[str]) -> list[bytes]:
    """The words in UTF-8, as git's answers are read, whatever the locale: one for ASCII takes no Chinese."""
    return [os.fspath(word).encode("utf-8", "surrogateescape") for word in command]


def _end(process: subprocess.Popen[bytes], *, apart: bool) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM) if apart else process.terminate()
    process.wait()


def version_line(program: str, folder: Path) -> str | None:
    """The first line that `PROGRAM --version` prints; None where it cannot be started, or fails."""
    try:
        done = run([program, "--version"], folder)
    except AiblogError:
        return None
    lines = done.out.decode("utf-8", "replace").splitlines()
    return lines[0].strip() if lines and done.code == 0 else None


def run(
    command: Sequence[str],
    folder: Path,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    *,
    terminal: bool = False,
) -> Done:
    """Runs a program to its end; see `started`."""
    return started(command, folder, environment, terminal=terminal).done(given)
