"""A real pseudo-terminal: starts the installed `aiblog` in it, types keys, waits for words on the screen."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import ptyprocess
import pyte

AIBLOG = str(Path(sys.executable).parent / "aiblog")

ENTER, TAB, UP, DOWN, SPACE = "\r", "\t", "\x1b[A", "\x1b[B", " "
CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"


def pasted(text: str) -> str:
    """What a terminal sends where `text` is pasted into a program that asked for bracketed pastes."""
    return f"\x1b[200~{text}\x1b[201~"


class Terminal:
    """One run of a program in a terminal of its own. Use it as a context manager.

    The environment is that of the test (the suite's is hermetic), with `environment` on top.
    `transcript` is all that came out, escape sequences included; `screen` what a person sees now.
    """

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        rows: int = 24,
        columns: int = 80,
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = (AIBLOG,),
    ) -> None:
        env = {**os.environ, **(environment or {})}
        env.pop("COLUMNS", None)
        env.pop("LINES", None)
        self._screen = pyte.HistoryScreen(columns, rows, history=1000, ratio=0.5)
        self._stream = pyte.ByteStream(self._screen)
        self.transcript = b""
        self.process = ptyprocess.PtyProcess.spawn(
            [*program, *arguments], cwd=str(folder), env=env, dimensions=(rows, columns)
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.process.terminated and self.process.isalive():
            self.process.kill(signal.SIGKILL)
        self.process.close(force=True)

    @property
    def screen(self) -> str:
        """What stands on the screen, with what has scrolled off above it; lines without trailing blanks."""
        above = [
            "".join(line[column].data for column in range(self._screen.columns)) for line in self._screen.history.top
        ]
        return "\n".join(line.rstrip() for line in [*above, *self._screen.display]).rstrip()

    @property
    def last_line(self) -> str:
        """The last line that is not empty."""
        return self.screen.rpartition("\n")[2]

    def type(self, *keys: str) -> Terminal:
        """Types the keys, as they are."""
        self.process.write("".join(keys).encode("utf-8", "surrogateescape"))
        return self

    def wait_for(self, words: str, seconds: float = 15) -> Terminal:
        """Waits until `words` stand on the screen; fails with the screen where they do not come."""
        until = time.monotonic() + seconds
        while words not in self.screen.replace("\n", " ") and words not in self.screen:
            if not self._read(until):
                raise AssertionError(f"{words!r} did not come; the screen:\n{self.screen}")
        return self

    def answer(self, question: str, *keys: str) -> Terminal:
        """Waits for the question on the last lines of the screen, then types the keys and Enter."""
        return self.wait_for(question).type(*keys, ENTER)

    def hang_up(self, seconds: float = 15) -> int:
        """Closes the terminal, as a closed window does: the exit code, or the signal's number below zero."""
        self.process.fileobj.close()
        self.process.closed, self.process.fd = True, -1
        until = time.monotonic() + seconds
        while (ended := os.waitpid(self.process.pid, os.WNOHANG)) == (0, 0):
            assert time.monotonic() < until, "it did not end"
            time.sleep(0.01)
        self.process.terminated = True
        return os.waitstatus_to_exitcode(ended[1])

    def send_signal(self, number: signal.Signals) -> Terminal:
        """Sends a signal to the program alone."""
        os.kill(self.process.pid, number)
        return self

    def exit_code(self, seconds: float = 15) -> int:
        """Waits for the end: the exit code, or the signal's number below zero."""
        until = time.monotonic() + seconds
        while self._read(until):
            pass
        while self.process.isalive():
            assert time.monotonic() < until, f"it did not end; the screen:\n{self.screen}"
            time.sleep(0.01)
        if self.process.signalstatus is not None:
            return -int(self.process.signalstatus)
        return int(self.process.exitstatus)

    def _read(self, until: float) -> bool:
        """Takes what comes next; False at the end of the program's output, or of the time."""
        left = until - time.monotonic()
        if left <= 0 or not select.select([self.process.fd], [], [], left)[0]:
            return False
        try:
            data = os.read(self.process.fd, 65536)
        except OSError:  # Linux: the other side has gone
            return False
        self.transcript += data
        self._stream.feed(data)
        return bool(data)
