"""What is in the way of a move: looked at before anything is written. Paths are relative to the repository's top."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from aiblog.adapters import files
from aiblog.adapters.objects import ignored
from aiblog.core.changes import ChangeSet, folded
from aiblog.core.code_fence import fence_after
from aiblog.core.conflict import marker_lines
from aiblog.errors import AiblogError
from aiblog.workflows.repository_files import RepositoryFiles


def require_movable(listed: RepositoryFiles, moving: Mapping[str, str], removed: Iterable[str] = ()) -> None:
    """Refuses files that cannot move to, or be removed from, where they are.

    Raises:
        AiblogError: `unsafe-path` for a symbolic link, another repository, a target that git ignores; `post-exists`
            for a target that is there, or that a file system may take for another; `conflict` for a file that went;
            `repository-state` for one that a sparse checkout keeps off the disk.
    """
    for path in (*moving, *removed):
        if not listed.is_readable(path):
            if path in listed.sparse and files.kind_of(listed.root, path) is None:
                message = f'"{path}" would move, and this sparse checkout leaves it out'
                raise AiblogError("repository-state", message, "git sparse-checkout disable")
            files.require(listed.root, path)
    _require_free(listed, moving)
    _require_no_twins(listed, moving)
    if listed.repository is not None and moving:
        hidden = {*ignored(listed.repository, [*moving.values(), *moving])}
        for old, new in moving.items():
            if new in hidden and old not in hidden:
                raise AiblogError("unsafe-path", f'git ignores "{new}"', f"git check-ignore -v {new}")


def _require_free(listed: RepositoryFiles, moving: Mapping[str, str]) -> None:
    names: dict[str, set[str]] = {}
    sources: dict[str, str] = {}
    for old, new in moving.items():
        if new in sources:
            raise AiblogError("post-exists", f'"{sources[new]}" and "{old}" would both be "{new}"')
        sources[new] = old
        folder, _, name = new.rpartition("/")
        if folder not in names:
            if folder:
                files.require_safe(listed.root, folder, folder=True)
            names[folder] = {*files.names_in(listed.root, folder)}
        if name in names[folder]:
            leaves = " until it has moved itself; one move after the other was wanted" if new in moving else " already"
            raise AiblogError("post-exists", f'"{new}" is there{leaves}')


def _require_no_twins(listed: RepositoryFiles, moving: Mapping[str, str]) -> None:
    """Refuses a path that differs from another one by case or Unicode form alone, in a folder's name too."""
    staying = (path for path in listed.paths if path not in moving)
    known: dict[str, str] = {}
    for path in staying:
        _add(known, path)
    for new in moving.values():
        if (twin := _add(known, new)) is not None:
            message = f'"{new}" and "{twin}" are the same for some file systems; another name was wanted'
            raise AiblogError("post-exists", message)


def _add(known: dict[str, str], path: str) -> str | None:
    """Adds a path and its folders; the one that has a twin there already, None where none has."""
    while path:
        name = path if path.isascii() and path.islower() else folded(path)
        there = known.setdefault(name, path)
        if there != path:
            return there
        if there is not path:
            return None  # its folders are there too
        path = posixpath.dirname(path)
    return None


def require_settled_files(listed: RepositoryFiles, changes: ChangeSet) -> None:
    """Refuses (`conflict`) where a file that would change is not merged yet, or has git's markers outside code."""
    for each in changes.changes:
        if each.path in listed.unmerged:
            raise AiblogError("conflict", f'"{each.path}" is not merged yet', "git status")
        line = _marked(each.before) if each.before is not None else None
        if line is not None:
            raise AiblogError("conflict", f"{each.path}:{line}: git conflict markers", f"edit {each.path}:{line}")


def _marked(data: bytes) -> int | None:
    """The line of the first conflict marker that stands in no code; None where there is none."""
    if not data.startswith(b"<<<<<<<") and b"\n<<<<<<<" not in data:
        return None
    text = data.decode("utf-8", "replace")
    markers, fence = {*marker_lines(text)}, ""
    for number, line in enumerate(text.split("\n"), 1):
        if number in markers and not fence:
            return number
        fence = fence_after(fence, line)
    return None
