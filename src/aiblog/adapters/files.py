"""Files: read without following links out of the blog, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Literal

from aiblog.adapters.signals import deferred
from aiblog.core.changes import ChangeSet, FileChange, case_twins
from aiblog.errors import AGAIN, AiblogError

ASIDE = ".aiblog-"
"""Marks what is not finished, before the number of the process that writes it."""
AS_IS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""Opens a file to be read: a symbolic link is an OSError, nobody at the other end of a pipe is waited for."""
MOVED = "moved-"
"""Marks besides what is on its way to another spelling of its name."""


def read(root: Path, path: str) -> bytes | None:
    """A file's bytes, or None where there is none. `path` is relative to `root`, with `/`.

    Raises:
        AiblogError: `unsafe-path` where a step below `root` is a symbolic link, or the file no regular one.
    """
    return _content(require_safe(root, path), path)


def _content(target: str | Path, path: str) -> bytes | None:
    try:
        descriptor = os.open(target, AS_IS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise AiblogError("unsafe-path", f'"{path}" cannot be read: {getattr(error, "strerror", error)}') from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise AiblogError("unsafe-path", f'"{path}" is not a regular file')
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read()


def find(root: Path, path: str) -> bytes | None:
    """A file's bytes, or None where there is none that could be read: a look at what somebody else refers to."""
    try:
        return read(root, path)
    except AiblogError:
        return None


def finder(root: Path) -> Callable[[str], bytes | None]:
    """As `find`, for thousands of files: each folder is looked at once."""
    safe = {""}

    def require_safe_folder(folder: str) -> None:
        if folder not in safe:
            parent, _, name = folder.rpartition("/")
            require_safe_folder(parent)
            require_safe(root / parent, name, folder=True)
            safe.add(folder)

    def find_quickly(path: str) -> bytes | None:
        folder, _, name = path.rpartition("/")
        if path.startswith("/") or name in {"", ".", ".."}:
            return None
        try:
            require_safe_folder(folder)
            return _content(f"{root}/{path}", path)
        except AiblogError:
            return None

    return find_quickly


def require(root: Path, path: str) -> bytes:
    """The bytes of a file that was there when the blog was read; `conflict` where it went away since."""
    data = read(root, path)
    if data is None:
        raise AiblogError("conflict", f'"{path}" went away while aiblog ran', AGAIN)
    return data


def reader(root: Path, changes: Iterable[FileChange]) -> Callable[[str], bytes | None]:
    """As `read`, for the paths of a plan: of two that differ by case alone none has the file of the other.

    On a file system that does not mind case either name would do.
    """
    twins = case_twins(changes)
    return lambda path: None if path in twins and kind_of(root, path) is None else read(root, path)


def names_in(root: Path, folder: str) -> list[str]:
    """The names in a folder below `root` (`""`: `root` itself); none where there is none, or a link leads out of it."""
    if leads_out(root, folder):
        return []
    try:
        return os.listdir(root / folder)  # noqa: PTH208 - names, not paths
    except (OSError, ValueError):  # a NUL, or a name too long for any folder
        return []


def leads_out(root: Path, path: str) -> bool:
    """Whether a step of a path below `root` is `..`, or a symbolic link to somewhere else than below `root`."""
    current = str(root)
    for part in path.split("/"):
        current = f"{current}/{part}"
        is_link = os.path.islink(current)  # noqa: PTH114 - a NUL is no error
        if part == ".." or (is_link and not Path(os.path.realpath(current)).is_relative_to(os.path.realpath(root))):
            return True
    return False


def kind_of(root: Path, path: str) -> Literal["file", "folder"] | None:
    """What is at a path below `root`, its case taken seriously on every file system; None for nothing or a device.

    A symbolic link that leads out of `root` is not followed: whatever is named there counts as a file.
    """
    if leads_out(root, path):
        return "file"
    folder = ""
    for part in PurePosixPath(path).parts:
        if part not in names_in(root, folder):
            return None
        folder = f"{folder}/{part}" if folder else part
    place = root / path
    return "folder" if place.is_dir() else "file" if place.is_file() else None


def require_safe(root: Path, path: str, *, folder: bool = False) -> Path:
    """The absolute path of a file (or of a `folder`), there or not, after a look at every step below `root`.

    Raises:
        AiblogError: `unsafe-path` for `..`, an absolute path, a symbolic link, another repository's
            folder, or something that is neither folder nor regular file.
    """
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise AiblogError("unsafe-path", f'"{path}" leads out of the blog')
    current = root
    for number, part in enumerate(parts, 1):
        current = current / part
        try:
            mode = current.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:  # a name too long, a NUL, a folder that may not be looked into
            reason = getattr(error, "strerror", None) or str(error)
            raise AiblogError("unsafe-path", f'"{path}" cannot be read: {reason}') from error
        shown = "/".join(parts[:number])
        if stat.S_ISLNK(mode):
            raise AiblogError("unsafe-path", f'"{shown}" is a symbolic link; a blog\'s own file or folder was wanted')
        if number < len(parts) or folder:
            if not stat.S_ISDIR(mode):
                raise AiblogError("unsafe-path", f'"{shown}" is not a folder')
            if (current / ".git").exists():
                raise AiblogError("unsafe-path", f'"{shown}" is a repository of its own, not part of this blog')
        elif not stat.S_ISREG(mode):
            raise AiblogError("unsafe-path", f'"{shown}" is not a regular file')
    return current


def require_writable(root: Path, changes: ChangeSet) -> None:
    """Looks at every target before the first write: safe, and still holding what the plan was made from.

    Raises:
        AiblogError: `unsafe-path`, or `conflict` where a file changed since it was read.
    """
    look = reader(root, changes.changes)
    folders: dict[str, str] = {}
    for change in changes.changes:
        now = look(change.path)
        if now not in (change.before, change.after):
            raise AiblogError("conflict", f'"{change.path}" changed while aiblog ran', AGAIN)
        if now != change.after:
            folders.setdefault(str(PurePosixPath(change.path).parent), change.path)
    for path in folders.values():
        require_folder_writable(root, path)


def require_folder_writable(root: Path, path: str) -> None:
    """Refuses (`output-failed`) where the file's folder may not be written: a file is replaced by way of its folder.

    Of a folder that is still to be made, the one that it will be in is looked at.
    """
    folder = next(each for each in (root / path).parents if each.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        shown = folder.relative_to(root) if folder.is_relative_to(root) else folder
        raise AiblogError("output-failed", f'"{shown.as_posix()}" may not be written by you')


def apply(root: Path, changes: ChangeSet) -> ChangeSet:
    """Writes a plan: each file is complete or untouched, a new folder appears with all its files, an emptied one goes.

    A file that has moved has the permissions that it had. Data and folders are flushed to the disk before
    this returns, and the journal has what was and what will be before the first write. After an error the files
    written so far are put back as they were; signals wait. Returns what it wrote itself: a file that
    another run has written meanwhile, with the same bytes, is not ours to take back.

    Raises:
        AiblogError: `unsafe-path`, `conflict` (see `require_writable`), or `output-failed` where the
            disk is full or may not be written.
    """
    require_writable(root, changes)
    if not changes.changes:
        return changes
    clear_leftovers(root, (change.path for change in changes.changes))
    from aiblog.adapters import journal  # noqa: PLC0415 - start-up: only where something is written
    from aiblog.adapters.writing import written  # noqa: PLC0415
    from aiblog.core.operation import Step  # noqa: PLC0415

    with deferred():
        journal.planned(root, Step(changes.changes))
        paths = {change.path for change in changes.changes}
        try:
            done = written(root, changes)
        except BaseException:
            journal.not_written(paths)
            raise
        journal.not_written(paths - {change.path for change in done.changes})
        return done


def clear_leftovers(root: Path, paths: Iterable[str]) -> None:
    """Removes what runs that were killed have left aside while they wrote those paths (relative to `root`).

    What was on its way to another spelling of its name gets the old one again.
    """
    names: dict[Path, set[str]] = {}  # by folder: each is looked through once, however many of its files are written
    for step in {step for path in paths for step in (PurePosixPath(path), *PurePosixPath(path).parents) if step.name}:
        names.setdefault(root / step.parent, set()).add(step.name)
    for folder, own in names.items():
        for left in folder.glob(f".*{ASIDE}*"):
            name, _, number = left.name[1:].rpartition(ASIDE)
            process = number.removeprefix(MOVED)
            if name not in own or not process.isdecimal() or is_running(int(process)):
                continue
            if number != process:
                if not os.path.lexists(folder / name):
                    left.rename(folder / name)
            elif left.is_dir() and not left.is_symlink():
                import shutil  # noqa: PLC0415 - only after a run was killed

                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def is_running(process: int) -> bool:
    """Whether a process of that number is there; True where that cannot be said."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def mode_of(path: Path) -> int | None:
    """The permissions of a file; None where there is none."""
    try:
        found = path.lstat().st_mode
    except OSError:
        return None
    return stat.S_IMODE(found) & 0o777 if stat.S_ISREG(found) else None


def with_modes(root: Path, changes: Iterable[FileChange]) -> tuple[FileChange, ...]:
    """The changes, each file that goes for good with the permissions that it has now."""
    own = tuple(changes)
    origins = {change.origin for change in own}
    going = {change.path for change in own if change.after is None} - origins
    return tuple(each._replace(mode=mode_of(root / each.path)) if each.path in going else each for each in own)


def flush_folder(path: Path) -> None:
    """Has the names in a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
