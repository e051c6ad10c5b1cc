"""A plan on the disk: each file whole or untouched, new ones before what goes, all of it put back after a failure."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from aiblog.adapters.files import ASIDE, MOVED, flush_folder, mode_of, reader, require_safe
from aiblog.core.changes import ChangeSet, FileChange, folded
from aiblog.errors import AGAIN, AiblogError


def written(root: Path, changes: ChangeSet) -> ChangeSet:
    """Writes the plan, after the looks of `files.apply`; those of its changes that were not there already."""
    writing = _Writing(root, changes.changes)
    try:
        writing.write(changes.changes)
    except BaseException as error:
        writing.put_back()
        if isinstance(error, OSError):
            raise AiblogError("output-failed", f"the blog could not be written: {error.strerror}") from error
        raise
    return ChangeSet(tuple(change for change in changes.changes if change.path in writing.done))


class _Writing:
    """One plan that is being written: `done` are the paths in place, `back` takes each back, called last first."""

    def __init__(self, root: Path, changes: Sequence[FileChange]) -> None:
        self.root = root
        self.look = reader(root, changes)
        self.modes = {path: mode_of(root / path) for each in changes for path in (each.path, each.origin) if path}
        self.done: set[str] = set()
        self.back: list[Callable[[], None]] = []
        self.touched: dict[Path, None] = {}

    def write(self, changes: Iterable[FileChange]) -> None:
        """New files, whole, then edits, then what goes: a killed run has left each file somewhere."""
        left = [self._respelled(each) if each.origin and each.before is None else each for each in changes]
        new = [each for each in left if each.before is None and each.after is not None]
        for folder, group in _by_new_folder(self.root, new):
            if folder is None or not self._folder_created(folder, group):
                for change in group:
                    self._write(change)
        self._flush()
        for change in left:
            if change.before is not None and change.after is not None:
                self._write(change)
        self._flush()
        for change in left:
            if change.after is None:
                self._write(change)
        self._flush()

    def put_back(self) -> None:
        """What is done is as it was, as far as that can be."""
        for each in reversed(self.back):
            with contextlib.suppress(OSError, AiblogError):
                each()
        with contextlib.suppress(OSError):
            self._flush()

    def _flush(self) -> None:
        """Has the names in the folders on the disk that were written to, each once; those that are empty now go."""
        folders, self.touched = list(self.touched), {}
        for folder in folders:
            if folder.exists():
                flush_folder(folder)
        for folder in folders:
            _remove_emptied(self.root, folder)

    def _note(self, change: FileChange) -> None:
        self.done.add(change.path)
        self.back.append(partial(self._take_back, change))

    def _take_back(self, change: FileChange) -> None:
        try:
            self._put(FileChange(change.path, change.after, change.before), self.modes[change.path], lambda: None)
        finally:
            aside_of(self.root / change.path).unlink(missing_ok=True)  # it may have been this that failed

    def _write(self, change: FileChange) -> None:
        """Writes one file, if it does not hold those bytes already; it is `done` once it is in place."""
        mode = self.modes.get(change.origin or change.path) or self.modes.get(change.path) or change.mode
        self._put(change, mode, partial(self._note, change))

    def _put(self, change: FileChange, mode: int | None, note: Callable[[], None]) -> None:
        target = require_safe(self.root, change.path)
        now = self.look(change.path)
        if now == change.after:
            return
        if now != change.before:
            raise AiblogError("conflict", f'"{change.path}" changed while aiblog ran', AGAIN)
        if change.after is None:
            target.unlink()
            note()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = aside_of(target)
            _write_new(aside, change.after, mode)
            try:
                if now is None:
                    _place_new(aside, target, change.path)
                else:
                    _require_unchanged(self.look, change)
                    aside.replace(target)
                note()
            finally:
                aside.unlink(missing_ok=True)
        self.touched[target.parent] = None

    def _folder_created(self, folder: str, changes: list[FileChange]) -> bool:
        """Builds the folder aside, all files in it, and renames it into place; False where it appeared meanwhile.

        Its files are `done` once they are in place: what fails after that is theirs too.
        """
        final = self.root / folder
        aside = aside_of(final)
        aside.mkdir()
        try:
            for change in changes:
                target = aside / PurePosixPath(change.path).relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                _write_new(target, change.after or b"", self.modes.get(change.origin or "") or change.mode)
            for path in [aside, *(each for each in aside.rglob("*") if each.is_dir())]:
                flush_folder(path)
            aside.rename(final)
        except BaseException as error:
            import shutil  # noqa: PLC0415 - only after a failure

            shutil.rmtree(aside, ignore_errors=True)
            if isinstance(error, OSError) and final.is_dir():
                return False
            raise
        for change in changes:
            self._note(change)
        self.touched[final.parent] = None
        return True

    def _respelled(self, change: FileChange) -> FileChange:
        """Gives names their new spelling where the file system takes it for the old one; what is then left to do."""
        old, new = PurePosixPath(change.origin or "").parts, PurePosixPath(change.path).parts
        for number, (was, name) in enumerate(zip(old, new, strict=False)):
            folder = self.root.joinpath(*new[:number])
            if folded(was) != folded(name):
                return change
            if was != name and os.path.lexists(folder / name) and name not in os.listdir(folder):  # noqa: PTH208 - names
                self.back.append(partial(_rename, folder, name, was))  # which does nothing where that fails
                _rename(folder, was, name)
        now = self.look(change.path)
        if now is None or len(old) != len(new) or self.look(change.origin or "") is not None:
            return change
        self.done |= {change.path, change.origin or ""}
        return change._replace(before=now)


def _rename(folder: Path, was: str, name: str) -> None:
    """Spells a name otherwise; by way of another one where the file system would keep the old spelling."""
    (folder / was).rename(folder / name)
    if name not in os.listdir(folder):  # noqa: PTH208 - names, not paths
        aside = folder / f".{was}{ASIDE}{MOVED}{os.getpid()}"
        (folder / was).rename(aside)
        try:
            aside.rename(folder / name)
        except BaseException:
            aside.rename(folder / was)
            raise
    flush_folder(folder)


def _by_new_folder(root: Path, changes: Iterable[FileChange]) -> Iterable[tuple[str | None, list[FileChange]]]:
    """New files grouped by the topmost folder that has to be made for them; None for folders that exist."""
    groups: dict[str | None, list[FileChange]] = {}
    for change in changes:
        groups.setdefault(_missing_folder(root, change.path), []).append(change)
    return groups.items()


def _missing_folder(root: Path, path: str) -> str | None:
    parts = PurePosixPath(path).parts[:-1]
    for number in range(1, len(parts) + 1):
        if not (root.joinpath(*parts[:number])).exists():
            return "/".join(parts[:number])
    return None


def aside_of(path: Path) -> Path:
    """Where a file or folder is built before it gets its name: beside it, on the same file system."""
    return path.with_name(f".{path.name}{ASIDE}{os.getpid()}")


def _remove_emptied(root: Path, folder: Path) -> None:
    """Removes the folder, and those above it below `root`, as far as nothing is in them now."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _require_unchanged(look: Callable[[str], bytes | None], change: FileChange) -> None:
    if look(change.path) != change.before:
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


def _write_new(path: Path, data: bytes, mode: int | None) -> None:
    """Writes a file that is not there, to the disk, with those permissions; without any with the usual ones."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            if mode is not None and mode_of(path) != mode:
                path.chmod(mode)
            os.fsync(stream.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
