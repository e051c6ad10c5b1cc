"""The journal: what each run is about to change, on the disk before it does. What `undo` and recovery go by.

It lies where `git rev-parse --git-path aiblog` says, found without git: `new` starts none. An entry is
one file (`aiblog.core.operation_record`), `NUMBER.open` and locked while its run is at work, `NUMBER.done` afterwards.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters import files
from aiblog.core import operation_record
from aiblog.core.operation import Operation, Step, joined
from aiblog.errors import AiblogError

KEPT = 100
"""Operations that are kept for `undo`."""
DAYS = 90
"""Days that an operation is kept."""
SIZE = 50 * 1024 * 1024
"""Bytes that all of them may take; the last one stays, whatever it takes."""

_FAILURES = {"ENOSPC", "EDQUOT", "EIO"}


class Place(NamedTuple):
    """A work tree's journal: the tree's top, the journal's folder (there or not), whether the repository is ours."""

    top: Path
    folder: Path
    ours: bool


def find_place(root: Path) -> Place | None:
    """The journal for a blog at `root`, which is absolute; None outside a repository."""
    for top in (root, *root.parents):
        found = top / ".git"
        if not found.exists():
            continue
        git_dir = found if found.is_dir() else _pointed_to(found)
        if git_dir is None or not os.path.lexists(git_dir / "HEAD"):
            return None
        return Place(top, git_dir / "aiblog", _is_ours(git_dir))
    return None


def _pointed_to(file: Path) -> Path | None:
    """The git folder that the `.git` file of a linked work tree or a submodule names."""
    try:
        with file.open("rb") as stream:
            text = stream.read(8192)
    except OSError:
        return None
    if not text.startswith(b"gitdir: "):
        return None
    return Path(os.path.normpath(file.parent / os.fsdecode(text.removeprefix(b"gitdir: ").rstrip(b"\r\n"))))


def _is_ours(path: Path) -> bool:
    """Whether it belongs to who runs this."""
    try:
        return path.stat(follow_symlinks=False).st_uid == os.geteuid()
    except OSError:
        return False


class _Entry:
    """The open entry of this run: its file, locked until it is closed."""

    def __init__(self, place: Place, root: Path, records: bytes) -> None:
        self.folder = place.folder
        self.root = root
        self.steps: list[Step] = []
        if not self.folder.is_dir():
            with suppress(FileExistsError):
                self.folder.mkdir(mode=0o700)
            files.flush_folder(self.folder.parent)
        if self.folder.is_symlink() or not _is_ours(self.folder):
            raise PermissionError(1, "the journal belongs to somebody else")
        aside = self.folder / f".{os.getpid()}.new"
        aside.unlink(missing_ok=True)
        self.file = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        try:
            _locked(self.file)
            self.append(records)
            self.number = self._named(aside)
        except BaseException:
            aside.unlink(missing_ok=True)
            os.close(self.file)
            raise
        files.flush_folder(self.folder)

    def _named(self, aside: Path) -> int:
        """Gives the finished file the next number that none has."""
        number = max(_numbers(self.folder), default=0) + 1
        while True:
            final = self.path(number)
            try:
                os.link(aside, final)
            except FileExistsError:
                number += 1
                continue
            except OSError:  # a file system without hard links
                if final.exists():
                    number += 1
                    continue
                aside.rename(final)
            else:
                aside.unlink()
            if not any((self.folder / f"{number}.{state}").exists() for state in ("done", "left")):
                return number
            final.rename(aside)
            number += 1

    def path(self, number: int) -> Path:
        """The file of an entry that is open."""
        return self.folder / f"{number}.open"

    def append(self, record: bytes) -> None:
        """Writes a record, to the disk; one that does not fit leaves nothing of itself."""
        size = os.fstat(self.file).st_size
        left = memoryview(record)
        try:
            while left:
                left = left[os.write(self.file, left) :]
            os.fsync(self.file)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(self.file, size)
            raise

    def close(self) -> bool:
        """Marks the entry as done, or takes it away where nothing was; whether it is there."""
        path = self.path(self.number)
        try:
            there = bool(joined(self.steps))
            with suppress(OSError):
                path.rename(path.with_suffix(".done")) if there else path.unlink()
            if there:
                _prune(self.folder)
            return there
        finally:
            os.close(self.file)


class Run:
    """What this process was called with, and its entry once it has written."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = tuple(command)
        self.undoes: int | None = None
        self.entry: _Entry | None = None
        self.silent = False
        self.wrote = False


_runs: list[Run] = []
"""The run that is going on, if it is one that is journalled."""


@contextmanager
def journalled(command: Sequence[str]) -> Iterator[Run]:
    """Whatever is written in there, by whatever function, is one operation called `command` ("aiblog" first).

    `wrote` of the result says afterwards whether there is something that could be taken back.
    """
    run = Run([_without_secrets(word) for word in command])
    _runs.append(run)
    try:
        yield run
    finally:
        _runs.remove(run)
        if run.entry:
            run.wrote = run.entry.close()


def _without_secrets(word: str) -> str:
    if "://" not in word:
        return word
    from aiblog.adapters.git import masked  # noqa: PLC0415 - start-up: hardly ever

    return masked(word)


def number_now() -> int | None:
    """The number of the operation that this run is; None as long as it has written nothing."""
    opened = _runs[-1].entry if _runs else None
    return opened.number if opened else None


def undoes(number: int) -> None:
    """What this run does takes back that operation."""
    if _runs:
        _runs[-1].undoes = number


def planned(root: Path, step: Step) -> int | None:
    """Writes down what is about to be done, all the way to the disk; its number in this run, for `withdrawn`.

    Nothing (None) in a run that is not journalled, outside a repository, in one that is somebody else's or whose folder
    may not be written, for a second blog of one run, and for what this run has written down already.

    Args:
        root: the blog's root, absolute.
        step: what is about to be done.

    Raises:
        AiblogError: `output-failed` where the disk is full or failing.
    """
    run = _runs[-1] if _runs else None
    if run is None or run.silent or (run.entry and run.entry.root != root):
        return None
    step = step._replace(files=files.with_modes(root, step.files))
    if run.entry:
        known = set(joined(run.entry.steps).files)
        step = step._replace(files=tuple(each for each in step.files if each not in known))
    if not step:
        return None
    try:
        if run.entry:
            run.entry.append(operation_record.planned(step))
        else:
            run.entry = _entry_with(root, run, step)
    except OSError as error:
        import errno  # noqa: PLC0415 - only after a failure

        if run.entry is None and errno.errorcode.get(error.errno or 0) not in _FAILURES:
            run.silent = True  # a folder of git's that may not be written: then there is no undo
            return None
        message = f"the journal of what aiblog does could not be written: {error.strerror}"
        raise AiblogError("output-failed", message) from error
    if run.entry is None:
        run.silent = True
        return None
    run.entry.steps.append(step)
    return len(run.entry.steps) - 1


def _entry_with(root: Path, run: Run, step: Step) -> _Entry | None:
    """The run's entry, its first step in it; None outside a repository or in one that is somebody else's."""
    place = find_place(root)
    if place is None or not place.ours:
        return None
    below = root.relative_to(place.top).as_posix()
    words = (time.time(), os.getpid(), run.command, "" if below == "." else below, run.undoes)
    return _Entry(place, root, operation_record.begun(*words) + operation_record.planned(step))


def withdrawn(number: int | None) -> None:
    """Writes down that a step, by its number, was not done, or was put back."""
    run = _runs[-1] if _runs else None
    if number is not None and run and run.entry:
        run.entry.steps[number] = Step()
        with suppress(OSError):
            run.entry.append(operation_record.step_not_done(number))


def not_written(paths: Iterable[str]) -> None:
    """Writes down that those files are as they were."""
    run = _runs[-1] if _runs else None
    gone = list(paths)
    if run and run.entry and gone:
        run.entry.steps = operation_record.without_last(run.entry.steps, gone)
        with suppress(OSError):
            run.entry.append(operation_record.not_done(gone))


def operations(place: Place) -> tuple[list[Operation], list[str]]:
    """What the journal holds, newest first, and the names of entries that cannot be read. Nothing in one not ours."""
    found, damaged = [], []
    for number in sorted(_numbers(place.folder), reverse=True):
        for state in ("open", "done", "left"):
            path = place.folder / f"{number}.{state}"
            if not os.path.lexists(path):
                continue
            try:
                found.append(entry(path))
            except ValueError:
                damaged.append(path.name)
            break
    return found, damaged


def entry(path: Path) -> Operation:
    """The operation in that file of a journal; ValueError where it is none that can be read and trusted."""
    try:
        return operation_record.operation(int(path.stem), _read(path), path.suffix[1:])
    except OSError as error:
        raise ValueError(path.name) from error


def _read(path: Path) -> bytes:
    descriptor = os.open(path, files.AS_IS)
    with os.fdopen(descriptor, "rb") as stream:
        if not _is_ours(path):
            raise PermissionError(1, "not ours")
        return stream.read()


def open_numbers(place: Place) -> list[int]:
    """The operations that are at work, or that were when their run was killed; none where the journal is not ours."""
    if not place.ours:
        return []
    try:
        names = os.listdir(place.folder)  # noqa: PTH208 - names, not paths
    except OSError:
        return []
    return sorted(int(stem) for stem, _, end in (name.partition(".") for name in names) if end == "open" and _is(stem))


@contextmanager
def abandoned(place: Place, number: int) -> Iterator[Path | None]:
    """An open entry whose run is dead, kept from other runs meanwhile; None where it lives, or has just ended."""
    path = place.folder / f"{number}.open"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        yield None
        return
    try:
        dead = _locked(descriptor)
        if dead is None:
            dead = not _is_running(path)
        yield path if dead and path.exists() and _is_ours(path) else None
    finally:
        os.close(descriptor)


def close(path: Path, state: str | None) -> None:
    """An abandoned entry gets another state ("done", "left"), or goes (None)."""
    with suppress(OSError):
        path.rename(path.with_suffix(f".{state}")) if state else path.unlink()


def at_work(git_dir: Path) -> Operation | None:
    """The operation of another run that is at work in that repository."""
    place = Place(git_dir, git_dir / "aiblog", _is_ours(git_dir))
    mine = number_now()
    for number in open_numbers(place):
        with abandoned(place, number) as dead, suppress(ValueError):
            if number != mine and dead is None:
                return entry(place.folder / f"{number}.open")
    return None


def _is_running(path: Path) -> bool:
    """Whether the entry's process is there: all that can be asked where there are no locks."""
    try:
        os.kill(entry(path).process, 0)
    except (ValueError, OSError, OverflowError):
        return False
    return True


def _locked(descriptor: int) -> bool | None:
    """Takes the lock of an open file; False where another process has it, None where there are no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return None
    return True


def _is(stem: str) -> bool:
    return stem.isdecimal() and stem.isascii() and len(stem) < 10


def _numbers(folder: Path) -> set[int]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names, not paths
    except OSError:
        return set()
    return {int(stem) for stem in (name.partition(".")[0] for name in names) if _is(stem)}


def _prune(folder: Path) -> None:
    """Takes away what is too old or too much, never the newest or one that is open; and what dead runs left aside."""
    with suppress(OSError):
        with os.scandir(folder) as listed:
            found = [(each.name, each.stat(follow_symlinks=False)) for each in listed]
        entries = [each for each in found if _is(each[0].partition(".")[0])]
        now, size = time.time(), 0
        for count, (name, stat) in enumerate(sorted(entries, key=lambda each: -int(each[0].partition(".")[0]))):
            size += stat.st_size
            old = stat.st_mtime < now - DAYS * 86400
            if count and (count >= KEPT or size > SIZE or old) and not name.endswith(".open"):
                (folder / name).unlink(missing_ok=True)
        for name, stat in found:
            if name.startswith(".") and stat.st_mtime < now - 3600:
                (folder / name).unlink(missing_ok=True)
