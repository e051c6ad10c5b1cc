"""Case 13: Ctrl-C, SIGTERM and SIGHUP at any moment: nothing has happened or everything, and the next run converges."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from faults.conftest import Tally
from support.faults import FULL, Scenario, assert_all_done, assert_converges, copied, run, undisturbed
from support.program import AIBLOG
from support.repositories import assert_sound, state
from support.scenarios import DRAFTING, MOVING, PUBLISHING, UNDOING

MOMENTS = 12 if FULL else 3
OFTEN = [DRAFTING[2], PUBLISHING[5]]
MOVES = [MOVING[1], MOVING[4], MOVING[6]]
WRITING = (
    [*OFTEN, DRAFTING[0], DRAFTING[3], PUBLISHING[0], PUBLISHING[1], PUBLISHING[7], *MOVES, UNDOING[4]]
    if FULL
    else OFTEN
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
@pytest.mark.parametrize("scenario", WRITING, ids=lambda each: each.name)
def test_a_signal_at_any_moment(scenario: Scenario, number: signal.Signals, tally: Tally, tmp_path: Path) -> None:
    known = undisturbed(scenario)
    began = time.monotonic()
    assert run(scenario.arguments, copied(known.blog, tmp_path / "timed" / "blog")).returncode == 0
    length = time.monotonic() - began
    for moment in range(MOMENTS):
        blog = copied(known.blog, tmp_path / str(moment) / "blog")
        process = subprocess.Popen(
            [AIBLOG, *scenario.arguments],
            cwd=blog,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        time.sleep(length * (0.3 + 0.7 * (moment + 0.5) / MOMENTS))
        if process.poll() is None:
            os.killpg(process.pid, number)
        _, complaint = process.communicate(timeout=30)
        try:
            assert process.returncode in (0, 128 + number, -number), complaint  # the last: at its very start or end
            assert "Traceback" not in complaint or "in main" not in complaint  # Python's own start has no handlers yet
            now = state(blog)
            if now.files != known.before.files or process.returncode == 0:
                assert_all_done(blog, known)
            else:
                assert now == known.before
            assert_sound(blog)
            assert_converges(blog, known)
        except AssertionError as error:
            raise AssertionError(f"{scenario.name}, {number.name} at moment {moment} of {MOMENTS}: {error}") from error
    tally(scenario.command, "signals", MOMENTS, 0)
