"""One run of aiblog at a time where a branch, the author's index, HEAD and the files on disk move together."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from aiblog.adapters.git import Repository
from aiblog.errors import AGAIN, AiblogError

PATIENCE = 10.0
"""Seconds that a turn is waited for: a few runs at once take them one after another."""


@contextmanager
def taken_turn(repository: Repository) -> Iterator[None]:
    """Waits until no other run of aiblog moves anything in this work tree, and keeps others waiting meanwhile.

    The lock is on git's folder itself and goes with the process: there is no file to leave behind.

    Raises:
        AiblogError: `busy` where another run has it for longer than a few seconds.
    """
    end = time.monotonic() + PATIENCE
    descriptor = os.open(repository.git_dir, os.O_RDONLY)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > end:
                    holder = _holder(repository)
                    message = f'another aiblog{holder} is at work in "{repository.top}" for {PATIENCE:.0f} s now'
                    raise AiblogError("busy", message, AGAIN) from None
                time.sleep(0.02)
            except OSError:  # a file system that locks no folder
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


def _holder(repository: Repository) -> str:
    """The process that has the turn and its command, as far as the journal says; else nothing."""
    from aiblog.adapters.journal import at_work  # noqa: PLC0415 - start-up: only where it is asked for

    found = at_work(repository.git_dir)
    return f' (process {found.process}, "{" ".join(found.command)}")' if found else ""
