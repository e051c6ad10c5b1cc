"""Kills a run at its n-th step, and compares what it left with what there was and what an undisturbed run makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from support.program import AIBLOG
from support.repositories import State, assert_sound, state

FULL = "FAULTS" in os.environ
"""Whether every point is tried (`make faults`), or some of them."""

KILLED = -9

_AUDIT = """\
import os, signal, sys

_left = int(os.environ["FAULT_AT"])
_STEPS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.chmod", "subprocess.Popen"}


def _step(event, arguments):
    global _left
    if event == "open":
        path, mode, flags = arguments
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        if "__pycache__" in str(path) or str(path) == os.devnull:
            return
    elif event not in _STEPS or "__pycache__" in str(arguments):
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(_step)
"""

_SHIM = """\
#!/bin/sh
# one line a call in the log; at the n-th one it kills itself before or after the real git's work
echo call >> "$FAULT_LOG"
PATH=$FAULT_PATH
export PATH
if [ "$(wc -l < "$FAULT_LOG")" -eq "$FAULT_AT" ]; then
    [ "$FAULT_WHEN" = before ] || git "$@"
    kill -9 $$
fi
exec git "$@"
"""


class Scenario(NamedTuple):
    """One command in one state of a blog: `made` builds it in a folder that is not there yet.

    A bounded run kills it at every `every`-th step.
    """

    name: str
    arguments: Sequence[str]
    made: Callable[[Path], object]
    every: int = 31


class Undisturbed(NamedTuple):
    """A blog to copy, what it holds, and what the command makes of it."""

    blog: Path
    before: State
    after: State


def undisturbed(scenario: Scenario, folder: Path) -> Undisturbed:
    """The scenario's blog, and the command's whole work in a copy of it; once more does nothing there."""
    blog = folder / "blog"
    scenario.made(blog)
    copy = copied(blog, folder / "undisturbed" / "blog")
    for _ in range(2):
        done = run(scenario.arguments, copy)
        assert done.returncode == 0, done.stderr
    return Undisturbed(blog, state(blog), state(copy))


def copied(blog: Path, to: Path) -> Path:
    """A copy of the blog with its repository."""
    shutil.copytree(blog, to, symlinks=True)
    return to


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """One run of aiblog in that folder, its Python without a cache to write; `before` are words before it (strace)."""
    return subprocess.run(
        [*before, AIBLOG, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})},
        check=False,
        timeout=60,
    )


def points(every: int, first: int = 1) -> Iterator[int]:
    """1, 2, … without an end; in a bounded run every `every`-th of them, from `first` on."""
    number = 1 if FULL else first
    while True:
        yield number
        number += 1 if FULL else every


def killed_at(number: int, folder: Path) -> Mapping[str, str]:
    """The environment in which Python kills itself at its n-th file operation or start of a process."""
    place = folder / "audit"
    place.mkdir(exist_ok=True)
    (place / "sitecustomize.py").write_text(_AUDIT)
    paths = [str(place), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths), "FAULT_AT": str(number)}


def git_killed_at(number: int, when: str, folder: Path) -> Mapping[str, str]:
    """The environment in which the n-th git that is started kills itself "before" or "after" its work."""
    place = folder / "shim"
    place.mkdir(exist_ok=True)
    (place / "git").write_text(_SHIM)
    (place / "git").chmod(0o755)
    log = folder / "calls"
    log.write_text("")
    path = os.environ["PATH"]
    return {
        "PATH": f"{place}{os.pathsep}{path}",
        "FAULT_PATH": path,
        "FAULT_LOG": str(log),
        "FAULT_AT": str(number),
        "FAULT_WHEN": when,
    }


def calls(folder: Path) -> int:
    """How many gits the last run with `git_killed_at` has started."""
    return len((folder / "calls").read_text().splitlines())


def assert_all_done(blog: Path, known: Undisturbed) -> None:
    """Everything is as the undisturbed command leaves it (I3)."""
    now = state(blog)
    assert (now.files, now.staged, now.head) == (known.after.files, known.after.staged, known.after.head)
    assert now.refs == known.after.refs


def assert_old_or_new(blog: Path, known: Undisturbed) -> None:
    """Each file, index entry, ref and HEAD is as before or as the undisturbed command leaves it (I1, I2)."""
    now = state(blog)
    now = replace(now, files={path: held for path, held in now.files.items() if ".aiblog-" not in path})
    before, after = known.before, known.after
    for part in ("files", "staged", "refs"):
        was, is_, will = getattr(before, part), getattr(now, part), getattr(after, part)
        for name in {*was, *is_, *will}:
            allowed = [was.get(name), will.get(name)]
            if part == "refs" and name not in was:
                allowed.append(before.refs["refs/heads/main"])  # a branch made for the hooks to see
            if part == "staged":  # what of it differs from HEAD and the disk is in between, as they are
                allowed = [_entry(each) for each in allowed]
            found = _entry(is_.get(name)) if part == "staged" else is_.get(name)
            assert found in allowed, f"{part}: {name} is {found!r}, not one of {allowed!r}"
    assert _branch(now) in (_branch(before), _branch(after))
    assert (now.stash, now.going_on) == (before.stash, before.going_on)


def _branch(state: State) -> str:
    return state.head[:-40]


def _entry(staged: str | None) -> str | None:
    return (staged and staged.rstrip(".MADRCT")) or None  # what is in no index, and in HEAD, has a status alone


def assert_converges(scenario: Scenario, blog: Path, known: Undisturbed) -> None:
    """The same command again does what is left (in a full run: once more nothing), and leaves nothing behind (I4)."""
    for _ in range(2 if FULL else 1):
        done = run(scenario.arguments, blog)
        assert done.returncode == 0, done.stderr
        now = state(blog)
        assert now.files == known.after.files
        assert now.staged == known.after.staged
        assert now.head == known.after.head
        assert now.refs == known.after.refs
        assert (now.stash, now.going_on) == (known.before.stash, known.before.going_on)
    assert_sound(blog)


def remove_locks(blog: Path) -> None:
    """What a person does after git was killed: takes away the locks it left."""
    for path in (blog / ".git").rglob("*.lock"):
        path.unlink()
