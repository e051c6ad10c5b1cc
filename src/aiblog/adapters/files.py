"""Files: read without following links out of the blog, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from aiblog.adapters.signals import deferred
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.errors import AGAIN, AiblogError

_ASIDE = ".aiblog-"
"""Marks what is not finished, before the number of the process that writes it."""


def read(root: Path, path: str) -> bytes | None:
    """A file's bytes, or None where there is none. `path` is relative to `root`, with `/`.

    Raises:
        AiblogError: `unsafe-path` where a step below `root` is a symbolic link, or the file no regular one.
    """
    return _content(require_safe(root, path), path)


def _content(target: str | Path, path: str) -> bytes | None:
    try:
        descriptor = os.open(target, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
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
    for change in changes.changes:
        if read(root, change.path) not in (change.before, change.after):
            raise AiblogError("conflict", f'"{change.path}" changed while aiblog ran', AGAIN)


def require_folder_writable(root: Path, path: str) -> None:
    """Refuses (`output-failed`) where the file's folder may not be written: a file is replaced by way of its folder."""
    folder = (root / path).parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AiblogError("output-failed", f'"{PurePosixPath(path).parent}" may not be written by you')


def apply(root: Path, changes: ChangeSet) -> ChangeSet:
    """Writes a plan: each file is complete or untouched, a new folder appears with all its files.

    Data and folders are flushed to the disk before this returns, and the journal has what was and what will
    be before the first write. After an error the files
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
    from aiblog.core.operation import Step  # noqa: PLC0415

    with deferred():
        journal.planned(root, Step(changes.changes))
        paths = {change.path for change in changes.changes}
        try:
            done = _applied(root, changes)
        except BaseException:
            journal.not_written(paths)
            raise
        journal.not_written(paths - {change.path for change in done.changes})
        return done


def _applied(root: Path, changes: ChangeSet) -> ChangeSet:
    done: list[FileChange] = []
    try:
        for folder, group in _by_new_folder(root, changes):
            if folder is not None and _create_folder(root, folder, group, done):
                continue
            for change in group:
                _write(root, change, done)
    except BaseException as error:
        for change in reversed(done):
            with contextlib.suppress(OSError, AiblogError):
                _write(root, FileChange(change.path, change.after, change.before), [])
            with contextlib.suppress(OSError):
                _aside(root / change.path).unlink(missing_ok=True)  # it may have been this that failed
        if isinstance(error, OSError):
            raise AiblogError("output-failed", f"the blog could not be written: {error.strerror}") from error
        raise
    return ChangeSet(tuple(done))


def _by_new_folder(root: Path, changes: ChangeSet) -> Iterator[tuple[str | None, list[FileChange]]]:
    """The changes grouped by the topmost folder that has to be made for them; None for folders that exist."""
    groups: dict[str | None, list[FileChange]] = {}
    for change in changes.changes:
        groups.setdefault(_missing_folder(root, change.path) if change.after is not None else None, []).append(change)
    yield from groups.items()


def _missing_folder(root: Path, path: str) -> str | None:
    parts = PurePosixPath(path).parts[:-1]
    for number in range(1, len(parts) + 1):
        if not (root.joinpath(*parts[:number])).exists():
            return "/".join(parts[:number])
    return None


def clear_leftovers(root: Path, paths: Iterable[str]) -> None:
    """Removes what runs that were killed have left aside while they wrote those paths (relative to `root`)."""
    names: dict[Path, set[str]] = {}  # by folder: each is looked through once, however many of its files are written
    for step in {step for path in paths for step in (PurePosixPath(path), *PurePosixPath(path).parents) if step.name}:
        names.setdefault(root / step.parent, set()).add(step.name)
    for folder, own in names.items():
        for left in folder.glob(f".*{_ASIDE}*"):
            name, _, number = left.name[1:].rpartition(_ASIDE)
            if name in own and number.isdecimal() and not _is_running(int(number)):
                left.unlink(missing_ok=True) if not left.is_dir() or left.is_symlink() else _remove_tree(left)


def _is_running(pid: int) -> bool:
    if os.name != "posix":  # Windows would end the process that is asked after
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _aside(path: Path) -> Path:
    """Where a file or folder is built before it gets its name: beside it, on the same file system."""
    return path.with_name(f".{path.name}{_ASIDE}{os.getpid()}")


def _create_folder(root: Path, folder: str, changes: list[FileChange], done: list[FileChange]) -> bool:
    """Builds the folder aside, all files in it, and renames it into place; False where it appeared meanwhile.

    Its files are `done` once they are in place: what fails after that is theirs too.
    """
    final = root / folder
    aside = _aside(final)
    aside.mkdir()
    try:
        for change in changes:
            target = aside / PurePosixPath(change.path).relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_new(target, change.after or b"", 0o666)
        for path in [aside, *(each for each in aside.rglob("*") if each.is_dir())]:
            _flush_folder(path)
        aside.rename(final)
    except BaseException as error:
        _remove_tree(aside)
        if isinstance(error, OSError) and final.is_dir():
            return False
        raise
    done.extend(changes)
    _flush_folder(final.parent)
    return True


def _remove_tree(folder: Path) -> None:
    import shutil  # noqa: PLC0415 - only after a failure

    shutil.rmtree(folder, ignore_errors=True)


def _write(root: Path, change: FileChange, done: list[FileChange]) -> None:
    """Writes one file, if it does not hold those bytes already. It is `done` once it is in place, and then flushed."""
    target = require_safe(root, change.path)
    now = read(root, change.path)
    if now == change.after:
        return
    if now != change.before:
        raise AiblogError("conflict", f'"{change.path}" changed while aiblog ran', AGAIN)
    if change.after is None:
        target.unlink()
        done.append(change)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = _aside(target)
        _write_new(aside, change.after, 0o666 if now is None else 0o600)
        try:
            if now is None:
                _place_new(aside, target, change.path)
            else:
                aside.chmod(stat.S_IMODE(target.lstat().st_mode))
                _require_unchanged(root, change)
                aside.replace(target)
            done.append(change)
        finally:
            aside.unlink(missing_ok=True)
    _flush_folder(target.parent)
    if change.after is None:
        with contextlib.suppress(OSError):
            target.parent.rmdir()  # only where it is empty now: a folder made for a file that is put back


def _require_unchanged(root: Path, change: FileChange) -> None:
    if read(root, change.path) != change.before:
        raise AiblogError("conflict", f'"{change.path}" changed while aiblog ran', AGAIN)


def _place_new(aside: Path, target: Path, path: str) -> None:
    """Gives a finished file its name, never over one that appeared meanwhile."""
    try:
        os.link(aside, target)
    except FileExistsError as error:
        raise AiblogError("conflict", f'"{path}" appeared while aiblog ran', AGAIN) from error
    except OSError:  # a file system without hard links
        if target.exists():
            raise AiblogError("conflict", f'"{path}" appeared while aiblog ran', AGAIN) from None
        aside.rename(target)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _flush_folder(path: Path) -> None:
    if os.name != "posix":  # Windows has no handle to a folder to flush
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
