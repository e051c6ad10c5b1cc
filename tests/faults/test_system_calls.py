"""Case 11: a full or failing disk, and SIGKILL, at single system calls: exit 0 only if everything was written (I3)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.faults import (
    FULL,
    Scenario,
    assert_all_done,
    assert_converges,
    assert_old_or_new,
    copied,
    remove_locks,
    run,
    undisturbed,
)
from support.scenarios import DRAFTING, PUBLISHING, UNDOING

CALLS = {
    "write": "write,pwrite64,writev",
    "fsync": "fsync,fdatasync",
    "rename": "rename,renameat,renameat2,link,linkat",
    "mkdir": "mkdir,mkdirat",
}
FAULTS = ("error=ENOSPC", "error=EIO", "error=EACCES", "signal=KILL")
CASES = [
    (scenario, calls, fault)
    for scenario in (*DRAFTING, *PUBLISHING, *UNDOING)
    for calls in CALLS
    for fault in FAULTS
    if FULL
    or (
        scenario.name in {"new: a new folder", "publish: a new branch from the base"}
        and calls != "mkdir"
        and fault == "error=ENOSPC"
    )
]


def strace_works() -> bool:
    """Whether strace is there and may trace."""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


@pytest.mark.skipif(not strace_works(), reason="strace is not on this machine, or may not trace")
@pytest.mark.parametrize(
    ("scenario", "calls", "fault"), CASES, ids=[f"{one.name}-{calls}-{fault}" for one, calls, fault in CASES]
)
def test_a_system_call_that_fails_is_said_and_the_next_run_completes_it(
    scenario: Scenario, calls: str, fault: str, tmp_path: Path
) -> None:
    known = undisturbed(scenario, tmp_path)
    numbers = range(1, 13) if FULL else (1, 2, 4)
    for number in numbers:  # of each process: the n-th of aiblog's, or of a git's
        blog = copied(known.blog, tmp_path / str(number) / "blog")
        inject = f"inject={CALLS[calls]}:{fault}:when={number}"
        tracer = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS[calls]}", "-e", inject)
        done = run(scenario.arguments, blog, before=tracer)
        try:
            assert "Traceback" not in done.stderr
            assert "bug in aiblog" not in done.stderr, done.stderr
            if done.returncode == 0:
                assert_all_done(blog, known)
            assert_old_or_new(blog, known)
            remove_locks(blog)
            assert_converges(scenario, blog, known)
        except AssertionError as error:
            text = f"{scenario.name}, {fault} at {calls} {number}, exit {done.returncode}: {error}\n{done.stderr}"
            raise AssertionError(text) from error
