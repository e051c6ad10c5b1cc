"""Kills a run at its n-th step, and compares what it left with what there was and what an undisturbed run makes."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from support.forks import forked
from support.program import AIBLOG
from support.repositories import State, assert_sound, state

FULL = "FAULTS" in os.environ
"""Whether every point is tried (`make faults`), or some of them."""

KILLED = -9


class Scenario(NamedTuple):
    """One command in one state of a blog: `made` builds it in a folder that is not there yet."""

    name: str
    arguments: Sequence[str]
    made: Callable[[Path], object]

    @property
    def command(self) -> str:
        """The command's name."""
        return self.arguments[0]


class Undisturbed(NamedTuple):
    """A blog to copy, what it holds, and what the command makes of it; what faults have left, seen to already."""

    scenario: Scenario
    blog: Path
    before: State
    after: State
    seen: set[str]


@cache
def place(_: int = 0) -> Path:
    """A folder of this process for all the copies: in memory where that can be, for thousands of flushes."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="aiblog-faults-", dir=memory if os.access(memory, os.W_OK) else None))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tmp").mkdir(mode=0o1777)
    (folder / "tmp").chmod(0o1777)
    return folder


def undisturbed(scenario: Scenario) -> Undisturbed:
    """The scenario's blog, and the command's whole work in a copy of it; once more does nothing there."""
    if scenario.name not in _known:
        folder = place() / f"scenario-{len(_known)}"
        scenario.made(folder / "blog")
        copy = copied(folder / "blog", folder / "undisturbed" / "blog")
        for _ in range(2):
            done = run(scenario.arguments, copy)
            assert done.returncode == 0, done.stderr
        after = state(copy)
        before = state(folder / "blog")
        assert before != after
        _known[scenario.name] = Undisturbed(scenario, folder / "blog", before, after, set())
    return _known[scenario.name]


_known: dict[str, Undisturbed] = {}


def copied(blog: Path, to: Path) -> Path:
    """A copy of the blog with its repository."""
    shutil.copytree(blog, to, symlinks=True)
    return to


def aiblog(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """One run as `run` has it: in a whole run of the tests a fork, `before` run in it first; see `support.forks`."""
    whole = {**os.environ, "TMPDIR": str(place() / "tmp"), **(environment or {})}
    return forked(arguments, folder, whole, place(), before)


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


def assert_converges(blog: Path, known: Undisturbed, *, undoable: bool = True) -> None:
    """The same command again does what is left, once more nothing, and leaves nothing behind (I4).

    What moved without a journal is not known by its old name any more.
    """
    for _ in range(2):
        done = aiblog(known.scenario.arguments, blog)
        assert done.returncode == 0 or (not undoable and "no post" in done.stderr), done.stderr
        now = state(blog)
        assert now.files == known.after.files
        assert now.staged == known.after.staged
        assert now.head == known.after.head
        assert now.refs == known.after.refs
        assert (now.stash, now.going_on) == (known.before.stash, known.before.going_on)
    assert_sound(blog)


ANOTHER = ("index", "--resolve")
"""A command that writes, and finds nothing to do."""


def assert_seen_to(blog: Path, known: Undisturbed, *, killed: bool, undoable: bool) -> None:
    """Another command completes or forgets what is left; then all operations are taken back, and nothing is changed.

    What was not `killed` has said that it failed: its rest is for the same command. What is not `undoable` could not
    write its journal.
    """
    done = aiblog(ANOTHER, blog)
    assert done.returncode == 0, done.stderr
    assert "left as it is" not in done.stderr
    journal = blog / ".git/aiblog"
    names = sorted(os.listdir(journal)) if journal.is_dir() else []
    assert not [name for name in names if name.endswith((".open", ".left"))]
    assert_old_or_new(blog, known)
    now = state(blog)
    assert not killed or now.files in (known.before.files, known.after.files)
    if not undoable and not names:
        return
    for _ in [name for name in names if name.endswith(".done")]:
        done = aiblog(("undo", "--yes"), blog)
        assert done.returncode == 0, done.stderr
    back = state(blog)
    assert (back.files, back.staged, back.head) == (known.before.files, known.before.staged, known.before.head)
    made_for_hooks = dict.fromkeys(known.after.refs, known.before.refs["refs/heads/main"])
    assert {**made_for_hooks, **back.refs} == {**made_for_hooks, **known.before.refs}


def assert_survived(blog: Path, known: Undisturbed, *, killed: bool, undoable: bool) -> None:
    """I1, I2 and I4: what a fault left is old or new, and both the same command and another one go on from it.

    The same left by an earlier fault is not gone on from again.
    """
    assert_old_or_new(blog, known)
    found = f"{killed} {undoable} {_fingerprint(blog)}"
    if found in known.seen:
        return
    remove_locks(blog)
    other = copied(blog, blog.with_name("other"))
    assert_converges(blog, known, undoable=undoable)
    if known.scenario.command != "undo":
        assert_seen_to(other, known, killed=killed, undoable=undoable)
    known.seen.add(found)


def assert_said(done: subprocess.CompletedProcess[str], blog: Path, known: Undisturbed) -> None:
    """A failure is told in a sentence; exit 0 stands for all of it (I3)."""
    assert "Traceback" not in done.stderr, done.stderr
    assert "bug in aiblog" not in done.stderr, done.stderr
    if done.returncode == 0:
        assert_all_done(blog, known)
    else:
        assert done.returncode in (2, 3, 4), f"exit {done.returncode}: {done.stderr}"
        assert done.stderr


def _fingerprint(blog: Path) -> str:
    """One for what two runs left alike: but for times, numbers of processes, and what git knows of files' times."""
    parts = [repr(state(blog))]
    for path in sorted(blog.rglob("*")):
        name = _without_numbers(path.relative_to(blog).as_posix())
        held = b""
        if path.is_file() and path.name not in {"index", "index.lock"} and "/objects/" not in name:
            held = _without_numbers(path.read_bytes().decode("latin-1")).encode("latin-1")
        parts.append(f"{name} {sha256(held).hexdigest()}")
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _without_numbers(text: str) -> str:
    text = re.sub(r'\d+ \d+(\n\{"begin".*?"time":)[\d.]+(.*?"process":)\d+', r"\1\2", text)
    return re.sub(r"aiblog-\d+-\w+|(?<=aiblog-)\d+|(?<=/\.)\d+(?=\.new)|tmp_obj_\w+", "", text)


def remove_locks(blog: Path) -> None:
    """What a person does after git was killed: takes away the locks it left."""
    for path in (blog / ".git").rglob("*.lock"):
        path.unlink()
