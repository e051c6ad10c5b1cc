"""What a command would write, before it does: the plan that is shown, applied, and later undone."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

from aiblog.core.line_diff import unified
from aiblog.core.lines import split_lines


class FileChange(NamedTuple):
    """One file's bytes before and after; None where it is absent. `path` is relative to the blog's root, with `/`.

    `origin` is the path that a new file has been moved from, which goes in the same set; its mode comes along.
    `mode` are the permissions that the journal knows of a file that goes: it has them again when it comes back.
    """

    path: str
    before: bytes | None
    after: bytes | None
    origin: str | None = None
    mode: int | None = None


class ChangeSet(NamedTuple):
    """The files a command would write, each once, in the order they are shown."""

    changes: tuple[FileChange, ...] = ()

    @classmethod
    def of(cls, changes: Iterable[FileChange]) -> ChangeSet:
        """The set of those changes that change something."""
        return cls(tuple(change for change in changes if change.before != change.after))

    @property
    def created(self) -> list[str]:
        """Paths of the files that would be new, and have not been moved there."""
        return [change.path for change in self.changes if change.before is None and change.origin is None]

    @property
    def modified(self) -> list[str]:
        """Paths of the files that are there and would change where they are."""
        there = (each for each in self.changes if each.before is not None and each.after is not None)
        return [change.path for change in there if change.origin is None]

    @property
    def moved(self) -> list[tuple[str, str]]:
        """Old and new paths of the files that would move."""
        return [(change.origin, change.path) for change in self.changes if change.origin is not None]

    @property
    def removed(self) -> list[str]:
        """Paths of the files that would go, and not to another place."""
        origins = {change.origin for change in self.changes}
        return [change.path for change in self.changes if change.after is None and change.path not in origins]

    def reversed(self) -> ChangeSet:
        """The set that takes this one back."""
        return ChangeSet(taken_back(self.changes))

    def diff(self) -> str:
        """The set as a unified diff, empty for an empty set, else with a final newline."""
        held = {change.path: change.before for change in self.changes}
        origins = {change.origin for change in self.changes}
        shown = (each for each in self.changes if each.after is not None or each.path not in origins)
        return "".join(_file_diff(each, held.get(each.origin or each.path)) for each in shown)


def taken_back(changes: Collection[FileChange]) -> tuple[FileChange, ...]:
    """What takes changes back, the last one first: what moved comes from its new path."""
    new = {change.origin: change.path for change in changes if change.origin is not None}
    return tuple(
        FileChange(each.path, each.after, each.before, new.get(each.path), each.mode)
        for each in reversed(tuple(changes))
    )


def case_twins(changes: Iterable[FileChange]) -> set[str]:
    """The paths that differ from another one's by upper and lower case or the Unicode form alone.

    Some file systems take the two for one.
    """
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(folded(change.path), set()).add(change.path)
    return {path for paths in found.values() if len(paths) > 1 for path in paths}


def folded(path: str) -> str:
    """A path as a file system has it that minds neither upper and lower case nor the Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def _file_diff(change: FileChange, before: bytes | None) -> str:
    """One file's part of the diff; `before` are its bytes where it comes from."""
    source = change.origin or change.path
    old = "/dev/null" if before is None else _name(f"a/{source}")
    new = "/dev/null" if change.after is None else _name(f"b/{change.path}")
    head = f"rename from {_name(source)}\nrename to {_name(change.path)}\n" if change.origin else ""
    if before == change.after:
        return head
    if not (_is_text(before) and _is_text(change.after)):
        return f"{head}Binary files {old} and {new} differ\n"
    texts = (split_lines((before or b"").decode()), split_lines((change.after or b"").decode()))
    lines = unified(texts[0], texts[1], old, new)
    return head + "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _is_text(data: bytes | None) -> bool:
    try:
        return "\0" not in (data or b"").decode()
    except UnicodeDecodeError:
        return False


def _name(path: str) -> str:
    """A path as a diff has it: quoted as git does where it would not stay on its line."""
    quoted = (
        path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return f'"{quoted}"' if quoted != path else path
