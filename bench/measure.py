"""What the benchmarks share: a run of a program with its time and memory, and a machine's habits kept out of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

AIBLOG = str(Path(sys.executable).with_name("aiblog"))
GIT_CONFIG = "[user]\nname = Ada Author\nemail = ada@example.org\n[init]\ndefaultBranch = main\n"


class Run(NamedTuple):
    """One run of a program with those it ran: seconds on the clock, of the processors, the largest one's megabytes."""

    seconds: float
    processor: float
    megabytes: float


def run(command: Sequence[str], folder: Path, codes: Sequence[int] = (0,)) -> Run:
    """Runs the command, its output thrown away; exits where it ends with another code than these."""
    with tempfile.TemporaryFile() as talk:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=talk
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            talk.seek(0)
            sys.exit(f"{' '.join(command)} failed ({process.returncode}): {talk.read().decode(errors='replace')}")
    return Run(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def shut_off(place: Path) -> None:
    """Keeps the machine's own git configuration and environment out of it: PYTHONDONTWRITEBYTECODE would decide it."""
    (place / "gitconfig").write_text(GIT_CONFIG)
    for name in [name for name in os.environ if name.startswith(("GIT_", "AIBLOG_", "PYTHON"))]:
        del os.environ[name]
    os.environ |= {
        "HOME": str(place),
        "GIT_CONFIG_GLOBAL": str(place / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }
