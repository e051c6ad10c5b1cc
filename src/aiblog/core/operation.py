"""An operation of aiblog: what one run has changed, step by step, and what takes it back."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.changes import FileChange, taken_back

Staged = tuple[str, str] | None
"""An entry of git's index: mode and object name; None where there is none."""

NOTHING: Mapping[str, tuple[Staged, Staged]] = MappingProxyType({})


class RefMove(NamedTuple):
    """A branch by its full name, with its commit before and after; None where it is not there."""

    name: str
    before: str | None
    after: str | None


class HeadMove(NamedTuple):
    """HEAD from one branch to another, by full names.

    `commit` is what the former was at, where no file had to change; None where `git switch` changed files.
    """

    before: str
    after: str
    commit: str | None


class Step(NamedTuple):
    """What is changed together. Files are relative to the blog's root, `staged` to the repository's top."""

    files: tuple[FileChange, ...] = ()
    staged: Mapping[str, tuple[Staged, Staged]] = NOTHING
    refs: tuple[RefMove, ...] = ()
    head: HeadMove | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.staged or self.refs or self.head)

    @property
    def of_git(self) -> bool:
        """Whether git is needed for it."""
        return bool(self.staged or self.refs or self.head)

    def reversed(self) -> Step:
        """The step that takes this one back."""
        return Step(
            taken_back(self.files),
            {path: (after, before) for path, (before, after) in self.staged.items()},
            tuple(RefMove(each.name, each.after, each.before) for each in self.refs),
            self.head and HeadMove(self.head.after, self.head.before, self.head.commit),
        )

    def without_files(self, paths: Iterable[str]) -> Step:
        """The step but for those files."""
        gone = set(paths)
        return self._replace(files=tuple(each for each in self.files if each.path not in gone))


class Operation(NamedTuple):
    """One run that wrote: its number, when it began (seconds since 1970), the process, the command's words.

    `root` is the blog's root relative to the work tree's top ("" at the top), `undoes` the
    operation that it took back, `step` all that it changed, as one; `state` whether it is being done
    ("open"), is done ("done"), or was given up half done ("left").
    """

    number: int
    time: float
    process: int
    command: tuple[str, ...]
    root: str
    undoes: int | None
    step: Step
    state: str = "done"

    @property
    def moves(self) -> list[tuple[str, str]]:
        """The files that it moved: each path before and after, relative to the work tree's top."""
        return [
            (posixpath.join(self.root, each.origin), posixpath.join(self.root, each.path))
            for each in self.step.files
            if each.origin is not None
        ]


def joined(steps: Iterable[Step]) -> Step:
    """Steps that follow each other as one, without what was changed and put back.

    A file that a later step found otherwise than an earlier one was to leave it is the later one's alone.
    One that moves twice comes from where it was first.
    """
    files: dict[str, FileChange] = {}
    staged: dict[str, tuple[Staged, Staged]] = {}
    refs: dict[str, RefMove] = {}
    head: HeadMove | None = None
    for step in steps:
        origins = {path: each.origin for path, each in files.items() if each.origin}
        for change in step.files:
            first = files.get(change.path)
            origin = origins.get(change.origin, change.origin) if change.origin else None
            if first and first.after == change.before:
                kept = first.origin if change.after is not None else None
                files[change.path] = change._replace(before=first.before, origin=origin or kept)
            else:
                files[change.path] = change._replace(origin=origin)
        for path, (before, after) in step.staged.items():
            staged[path] = (staged[path][0] if path in staged else before, after)
        for ref in step.refs:
            refs[ref.name] = ref._replace(before=refs[ref.name].before) if ref.name in refs else ref
        if step.head:
            head = step.head._replace(before=head.before, commit=head.commit) if head else step.head
    return Step(
        tuple(each for each in files.values() if each.before != each.after),
        {path: (before, after) for path, (before, after) in staged.items() if before != after},
        tuple(each for each in refs.values() if each.before != each.after),
        head if head and head.before != head.after else None,
    )


def undone_by(operations: Iterable[Operation]) -> dict[int, int]:
    """Which of the operations are taken back, and by which: an undo that is itself taken back counts no more."""
    found: dict[int, int] = {}
    for each in sorted(operations, key=lambda each: -each.number):
        if each.undoes is not None and each.state == "done" and each.number not in found:
            found.setdefault(each.undoes, each.number)
    return found


def standing(operations: Iterable[Operation]) -> list[Operation]:
    """Those of the operations that are done and not taken back, in their order; no undo among them."""
    known = list(operations)
    undone = undone_by(known)
    return [each for each in known if each.state == "done" and each.undoes is None and each.number not in undone]
