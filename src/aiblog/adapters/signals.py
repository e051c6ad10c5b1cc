"""Signals that end a run become exceptions: what is half done is put back, the terminal too, the exit code true."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Stopped(BaseException):
    """SIGTERM or SIGHUP came. Not an Exception: nothing on the way may take it for a failure of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


_lost: list[BaseException] = []
"""Stops that Python dropped, since they came in a callback of its own: `deferred` raises them again."""


@contextmanager
def exits_on_signals() -> Iterator[None]:
    """Raises `Stopped` in the main thread where SIGTERM or SIGHUP comes; puts the former handlers back at the end."""
    _lost.clear()
    report = sys.unraisablehook
    sys.unraisablehook = lambda dropped: _keep(dropped, report)
    numbers = [signal.SIGTERM, signal.SIGHUP]

    def stop(number: int, _: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)  # once is enough: the second must not interrupt the clearing up
        raise Stopped(number)

    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # under nohup SIGHUP stays ignored
            signal.signal(number, stop)
    try:
        yield
    finally:
        sys.unraisablehook = report
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep(dropped: Any, report: Callable[[Any], Any]) -> None:
    if isinstance(dropped.exc_value, (KeyboardInterrupt, Stopped)):
        _lost.append(dropped.exc_value)
    else:
        report(dropped)


@contextmanager
def deferred(*, programs: bool = True) -> Iterator[None]:
    """Keeps SIGINT, SIGTERM and SIGHUP waiting until the block is done, for the few steps that belong together.

    The first one that came is answered by its own handler at the end. With `programs` those that are
    started in the block do not get them either: a terminal's Ctrl-C reaches a child before it has a
    session of its own.
    """
    if _lost:
        raise _lost.pop()
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    came: list[tuple[int, FrameType | None]] = []
    before: dict[int, Any] = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, lambda number, frame: came.append((number, frame)))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, numbers) if programs else set()
    try:
        yield
    finally:
        if programs:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            signal.signal(number, handler)
        if came and callable(handler := before[came[0][0]]):
            handler(*came[0])
