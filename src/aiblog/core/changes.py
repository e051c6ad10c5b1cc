"""What a command would write, before it does: the plan that is shown, applied, and later undone."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class FileChange(NamedTuple):
    """One file's bytes before and after; None where it is absent. `path` is relative to the blog's root, with `/`.

    `origin` is the path that a new file has been moved from, which goes in the same set; its mode comes along.
    """

    path: str
    before: bytes | None
    after: bytes | None
    origin: str | None = None


class ChangeSet(NamedTuple):
    """The files a command would write, each once, in the order they are shown."""

    changes: tuple[FileChange, ...] = ()

    @classmethod
    def of(cls, changes: Iterable[FileChange]) -> ChangeSet:
        """The set of those changes that change something."""
        return cls(tuple(change for change in changes if change.before != change.after))

    @property
    def created(self) -> list[str]:
        """Paths of the files that would be new."""
        return [change.path for change in self.changes if change.before is None]

    @property
    def modified(self) -> list[str]:
        """Paths of the files that are there and would change."""
        return [change.path for change in self.changes if change.before is not None and change.after is not None]

    def reversed(self) -> ChangeSet:
        """The set that takes this one back."""
        return ChangeSet(tuple(FileChange(each.path, each.after, each.before) for each in reversed(self.changes)))

    def diff(self) -> str:
        """The set as a unified diff, empty for an empty set, else with a final newline."""
        return "".join(_file_diff(change) for change in self.changes)


def _file_diff(change: FileChange) -> str:
    before, after = _lines(change.before), _lines(change.after)
    old = "/dev/null" if change.before is None else _name(f"a/{change.path}")
    new = "/dev/null" if change.after is None else _name(f"b/{change.path}")
    lines = difflib.unified_diff(before, after, old, new, n=3)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """A path as a diff has it: quoted as git does where it would not stay on its line."""
    quoted = (
        path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return f'"{quoted}"' if quoted != path else path


def _lines(data: bytes | None) -> list[str]:
    """Lines split at LF only: a CR or a form feed inside a line is part of it, as for git."""
    text = (data or b"").decode("utf-8", "replace")
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
