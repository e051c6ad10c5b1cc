"""The layers of the fault tests: where a run can be hurt, and how. Each gives all of its points for one scenario."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from support.faults import KILLED, Undisturbed, aiblog, copied, place, run

Ended = subprocess.CompletedProcess[str]


class Point(NamedTuple):
    """One fault: `hit` runs the command in a copy of the blog and hurts it there. None where it did not come to that.

    `killed`: aiblog itself dies of it. `undoable`: the journal can be written in spite of it.
    """

    name: str
    hit: Callable[[Path], Ended | None]
    killed: bool = False
    undoable: bool = True


@contextmanager
def copy_of(known: Undisturbed) -> Iterator[Path]:
    """A copy of the blog, and room beside it; both go at the end."""
    folder = place() / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield copied(known.blog, folder / "blog")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# Python kills itself

_AUDIT = """\
import os, signal, sys

_left = int(os.environ["FAULT_AT"])
_log = os.open(os.environ["FAULT_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
_STEPS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.chmod", "os.truncate", "subprocess.Popen"}


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
    os.write(_log, b".")
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(_step)
"""


def file_operations(known: Undisturbed) -> list[Point]:
    """SIGKILL at each file operation and start of a process of aiblog's own."""
    log = place() / "steps"

    def killed(number: int, blog: Path) -> Ended:
        log.write_bytes(b"")
        return aiblog(known.scenario.arguments, blog, {"FAULT_AT": str(number), "FAULT_LOG": str(log)}, _AUDIT)

    with copy_of(known) as blog:
        assert killed(0, blog).returncode == 0
    return [
        Point(f"killed at step {number}", lambda blog, number=number: killed(number, blog), killed=True)  # type: ignore[misc]
        for number in range(1, log.stat().st_size + 1)
    ]


# git is killed, or fails

_SHIM = """\
#!/bin/sh
# one line a call in the log; the n-th one is hurt
PATH=$FAULT_PATH
export PATH
echo "$*" >> "$FAULT_LOG/calls"
number=$(wc -l < "$FAULT_LOG/calls")
until mkdir "$FAULT_LOG/$number" 2> /dev/null; do number=$((number - 1)); done
if [ "$FAULT_WHEN" = record ]; then
    exec $FAULT_STRACE -o "$FAULT_LOG/$number.trace" git "$@"
fi
[ "$number" -eq "$FAULT_AT" ] || exec git "$@"
case $FAULT_WHEN in
    before) ;;
    during)  # it may write no byte to a file, and is heard up to the twentieth
        said=$(ulimit -f 0; exec git "$@" | head -c 20)
        printf %s "$said" ;;
    after) git "$@" ;;
    strace) exec $FAULT_STRACE -o "$FAULT_LOG/trace" git "$@" ;;
esac
kill -9 $$
"""


def _with_shim(known: Undisturbed, blog: Path, at: int, when: str, strace: str = "") -> Ended:
    folder = place() / "shim"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "log").mkdir(parents=True)
    (folder / "git").write_text(_SHIM)
    (folder / "git").chmod(0o755)
    path = os.environ["PATH"]
    environment = {
        "PATH": f"{folder}{os.pathsep}{path}",
        "FAULT_PATH": path,
        "FAULT_LOG": str(folder / "log"),
        "FAULT_AT": str(at),
        "FAULT_WHEN": when,
        "FAULT_STRACE": strace,
    }
    return aiblog(known.scenario.arguments, blog, environment)


def _calls() -> int:
    path = place() / "shim/log/calls"
    return len(path.read_text().splitlines()) if path.exists() else 0


def git_calls(known: Undisturbed) -> list[Point]:
    """Each git that is started is killed before, during and after its work."""
    with copy_of(known) as blog:
        assert _with_shim(known, blog, 0, "none").returncode == 0

    def killed(number: int, when: str, blog: Path) -> Ended | None:
        done = _with_shim(known, blog, number, when)
        return done if _calls() >= number else None

    return [
        Point(f"git killed {when} call {number}", lambda blog, number=number, when=when: killed(number, when, blog))  # type: ignore[misc]
        for number in range(1, _calls() + 1)
        for when in ("before", "during", "after")
    ]


# system calls fail, or kill

_CALLS = (
    "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,unlink,unlinkat,rmdir,"
    "openat,open,ftruncate,chmod,fchmod,fchmodat"
)
_FAULTS = ("error=ENOSPC", "error=EIO", "error=EACCES", "signal=KILL")


@cache
def strace_lacks() -> str | None:
    """Why nothing can be traced here."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not on this machine"
    works = subprocess.run([strace, "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
    return None if works else "strace may not trace here"


def _own(trace: str, blog: Path) -> Iterator[tuple[str, int, str]]:
    """The calls of a trace that change something of the blog: name, which of that name, what file of what kind."""
    counts: dict[str, int] = {}
    for line in trace.splitlines():
        name, bracket, rest = line.partition("(")
        if not bracket or not name.isidentifier():
            continue
        counts[name] = counts.get(name, 0) + 1
        if str(blog) not in rest or (name in {"open", "openat"} and not re.search(r"O_(WRONLY|RDWR|CREAT)", rest)):
            continue
        yield name, counts[name], " ".join(re.findall(rf'[<"]({re.escape(str(blog))}[^>"]*|[^/<>"][^>"]*)[>"]', rest))


def _words(name: str, fault: str, number: int) -> list[str]:
    return ["strace", "-qq", "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={number}"]


def system_calls(known: Undisturbed) -> list[Point]:
    """Calls that change the blog, of aiblog's own and of each git that it starts, fail or kill it.

    Where git is at work, each kills, and fails with one of the errors in turn; of calls of git's on files of one kind,
    the first. Else each kills, and fails with each error.
    """
    return [*_own_system_calls(known), *_system_calls_of_git(known)]


def _own_system_calls(known: Undisturbed) -> Iterable[Point]:
    trace = place() / "trace"
    with copy_of(known) as blog:
        recorder = ("strace", "-qq", "-y", "-e", f"trace={_CALLS}", "-o", str(trace))
        assert run(known.scenario.arguments, blog, before=recorder).returncode == 0
        calls = list(_own(trace.read_text(errors="replace"), blog))

    def hurt(name: str, number: int, fault: str, blog: Path) -> Ended | None:
        done = run(known.scenario.arguments, blog, before=[*_words(name, fault, number), "-o", str(trace)])
        killed = done.returncode in (KILLED, 128 + 9)
        return done if killed or "(INJECTED)" in trace.read_text(errors="replace") else None

    for turn, (name, number, _) in enumerate(calls):
        for fault in _FAULTS if len(calls) < 40 else (_FAULTS[turn % 3], _FAULTS[3]):
            yield Point(
                f"{fault} at {name} {number}",
                lambda blog, name=name, number=number, fault=fault: hurt(name, number, fault, blog),  # type: ignore[misc]
                killed="KILL" in fault,
                undoable="EACCES" not in fault,
            )


def _system_calls_of_git(known: Undisturbed) -> Iterable[Point]:
    recorder = f"strace -qq -y -e trace={_CALLS}"
    log = place() / "shim/log"
    kinds: dict[tuple[str, ...], tuple[int, str, int]] = {}
    with copy_of(known) as blog:
        assert _with_shim(known, blog, 0, "record", recorder).returncode == 0
        asked = log.joinpath("calls").read_text().splitlines() if _calls() else []
        for call in range(1, len(asked) + 1):
            trace = log / f"{call}.trace"
            words = [word for word in asked[call - 1].split() if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)]
            verb = words[0] if words else ""
            for name, number, file in _own(trace.read_text(errors="replace"), blog):
                kind = re.sub(r"[0-9a-f]{2}/(tmp_obj_)?\w+|[0-9a-f]{2}(?=\b)", "#", file)
                kinds.setdefault((verb, name, kind), (call, name, number))

    def hurt(call: int, name: str, number: int, fault: str, blog: Path) -> Ended | None:
        done = _with_shim(known, blog, call, "strace", " ".join(_words(name, fault, number)))
        trace = log / "trace"
        text = trace.read_text(errors="replace") if trace.exists() else ""
        return done if "(INJECTED)" in text or "KILL" in fault else None

    for turn, (call, name, number) in enumerate(kinds.values()):
        for fault in (_FAULTS[turn % 3], _FAULTS[3]):
            yield Point(
                f"{fault} at {name} {number} of git call {call}",
                lambda blog, call=call, name=name, number=number, fault=fault: hurt(call, name, number, fault, blog),  # type: ignore[misc]
            )


# the disk is full

_LIMIT = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\n"
_PAGE = 4096


@cache
def _may_mount() -> bool:
    folder = place() / "disk"
    folder.mkdir(exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "aiblog-faults", str(folder)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(words, check=False, capture_output=True).returncode:
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


def full_disk(known: Undisturbed) -> list[Point]:
    """A disk with room for 0, 1, 2, … pages; where none may be mounted, files that cannot grow beyond so many bytes."""
    if not _may_mount():
        return [
            Point(f"files of {size} bytes", lambda blog, size=size: _limited(known, size, blog))  # type: ignore[misc]
            for size in (0, 1, 40, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 4096)
        ]
    with copy_of(known) as blog:
        was = _pages(blog)
        assert aiblog(known.scenario.arguments, blog).returncode == 0
        needed = _pages(blog) - was
    return [
        Point(f"room for {pages} pages", lambda blog, pages=pages: _on_small_disk(known, pages, blog))  # type: ignore[misc]
        for pages in range(max(needed, 3) + 3)
    ]


def _pages(blog: Path) -> int:
    return sum(1 if path.is_dir() else -(-path.lstat().st_size // _PAGE) for path in blog.rglob("*"))


def _limited(known: Undisturbed, size: int, blog: Path) -> Ended:
    return aiblog(known.scenario.arguments, blog, before=_LIMIT.format(size))


def _on_small_disk(known: Undisturbed, pages: int, blog: Path) -> Ended:
    """The run happens on the small disk; what it left there takes the copy's place."""
    disk = place() / "disk"
    options = "size=16m,mode=755"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "aiblog-faults", str(disk)], check=True)
    try:
        there = copied(known.blog, disk / "blog")
        room = os.statvfs(disk)
        used = room.f_blocks - room.f_bfree + pages
        subprocess.run(["mount", "-o", f"remount,size={used * _PAGE},mode=755", str(disk)], check=True)
        done = aiblog(known.scenario.arguments, there)
        shutil.rmtree(blog)
        copied(there, blog)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    return done


# a folder may not be written

_NOBODY = 65534


def folders(known: Undisturbed) -> list[Point]:
    """Each folder of the blog and of git's in turn may not be written; as root by way of another user, who may read."""
    below = [path for path in [known.blog, *known.blog.rglob("*")] if path.is_dir()]
    found = [path.relative_to(known.blog).as_posix() for path in below]
    return [
        Point(f"{folder} is read-only", lambda blog, folder=folder: _read_only(known, folder, blog), undoable=False)  # type: ignore[misc]
        for folder in sorted(found)
        if not re.match(r"\.git/(hooks|info|branches|objects/(..$|info))", folder)
    ]


def _read_only(known: Undisturbed, folder: str, blog: Path) -> Ended:
    user: Sequence[str] = ()
    environment: Mapping[str, str] = {}
    root = os.geteuid() == 0
    if root:
        user = (
            *("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"),
            *("--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search"),
        )
        _owned(blog, _NOBODY)
    mode = (blog / folder).stat().st_mode
    (blog / folder).chmod(0o555)
    try:
        return run(known.scenario.arguments, blog, {**environment, "TMPDIR": str(place() / "tmp")}, before=user)
    finally:
        (blog / folder).chmod(mode)
        if root:
            _owned(blog, 0)


def _owned(blog: Path, user: int) -> None:
    for path in [blog, *blog.rglob("*")]:
        os.chown(path, user, user, follow_symlinks=False)


@cache
def no_other_user() -> str | None:
    """Why a folder cannot be made read-only here."""
    if os.name != "posix":
        return "this machine has no such permissions"
    return (
        "setpriv is not on this machine, which root needs"
        if os.geteuid() == 0 and not shutil.which("setpriv")
        else None
    )
