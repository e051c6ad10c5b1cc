"""Taking an operation back: its files, index entries, commit and branch, where nothing later depends on them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters import files, journal
from aiblog.adapters.branches import require_free, short_name
from aiblog.adapters.git import Repository, head_of, opened
from aiblog.adapters.hooks import remove_leftovers
from aiblog.adapters.journal import Place
from aiblog.adapters.moves import commit_of, moved_with_files
from aiblog.adapters.objects import blob_bytes, staged_blobs, written_blobs
from aiblog.adapters.signals import deferred
from aiblog.adapters.state import require_settled
from aiblog.adapters.turns import taken_turn
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.operation import HeadMove, Operation, RefMove, Staged, Step, undone_by
from aiblog.core.reverse_edit import without_edit
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AGAIN, AiblogError

SHOWN = 8
"""What stands in the way that is named; the rest is counted."""


class Undo(NamedTuple):
    """How an operation is taken back.

    `step` is what changes, from what is there now; `root` the blog that its files are relative to;
    `pushed` names the remote-tracking branches that have the commit, which stay.
    """

    operation: Operation
    root: Path
    step: Step
    pushed: tuple[str, ...] = ()
    repository: Repository | None = None


def require_place(folder: Path) -> Place:
    """The journal of the blog that `folder` is in.

    Raises:
        AiblogError: `not-a-repository`; `repository-state` where the repository is somebody else's.
    """
    root = blogs.find_root(folder)[0]
    place = journal.find_place(root)
    if place is None:
        message = f'"{root}" is not in a git repository, and only there a journal is kept'
        raise AiblogError("not-a-repository", message, "git init")
    if not place.ours:
        message = f'the repository at "{place.top}" belongs to somebody else, so its journal is not trusted'
        raise AiblogError("repository-state", message)
    return place


def chosen(operations: Sequence[Operation], number: int | None) -> Operation | None:
    """The operation to take back: the one with that number, else the last that is not itself an undo; None without any.

    Raises:
        AiblogError: `usage` for a number that none has.
    """
    if number is None:
        return next((each for each in operations if each.undoes is None), None)
    found = next((each for each in operations if each.number == number), None)
    if found is None:
        raise AiblogError("usage", f"the journal has no operation {number}", "aiblog log")
    return found


def in_blog(place: Place, root: Path, operation: Operation, path: str) -> str:
    """A path of the operation's blog relative to the blog at `root`: where they are two, it leads out of that."""
    return Path(os.path.relpath(place.top / operation.root / path, root)).as_posix()


def planned(
    place: Place, operations: Sequence[Operation], operation: Operation, blog: Path | None = None
) -> Undo | None:
    """How the operation is taken back; None where it is already.

    Of an operation on the whole repository, as moves are, `blog` is the root of the blog whose indexes are known too.

    Raises:
        AiblogError: `conflict` with the list of what has changed since; `repository-state`, `branch-exists`,
            `unsafe-path`; `busy` where it is still at work.
    """
    if operation.number in undone_by(operations):
        return None
    if operation.state == "open":
        words = " ".join(operation.command)
        message = f'"{words}" (process {operation.process}) is at work, or was killed and is not seen to yet'
        raise AiblogError("busy", message)
    root = _root(place, operation)
    back = operation.step.reversed()
    repository = None
    if back.of_git:
        repository = opened(root)
        require_settled(repository)
        remove_leftovers(repository)
    return _Planning(operation, root, {root, blog or root}, repository, []).planned(back)


def _root(place: Place, operation: Operation) -> Path:
    return files.require_safe(place.top, operation.root, folder=True) if operation.root else place.top


class _Planning(NamedTuple):
    """One look at what is there now; `problems` are what stands in the way, with commands that help."""

    operation: Operation
    root: Path
    blogs: set[Path]
    repository: Repository | None
    problems: list[tuple[str, str | None]]

    def planned(self, back: Step) -> Undo:
        step = Step(tuple(sorted(self._files(back.files))))
        pushed: tuple[str, ...] = ()
        if self.repository:
            step = step._replace(
                head=self._head(self.repository, back),
                refs=tuple(self._refs(self.repository, back)),
                staged=self._staged(self.repository, back.staged),
            )
            pushed = _remote_branches(self.repository, back.refs)
        if self.problems:
            raise _in_the_way(self.operation, self.problems)
        for change in step.files:
            files.require_folder_writable(self.root, change.path)
        return Undo(self.operation, self.root, step, pushed, self.repository)

    def _files(self, changes: Sequence[FileChange]) -> Iterable[FileChange]:
        """From what is on the disk; a file that is gone since, a checkout of another branch took it, may come back."""
        look = files.reader(self.root, changes)
        for change in changes:
            now = look(change.path)
            if now == change.after:
                continue
            if now in (change.before, None):
                yield change._replace(before=now)
                continue
            text = self._without(change.path, now, change.after, change.before)
            if text is None:
                self.problems.append((f'"{change.path}" has been edited since', None))
            else:
                yield change._replace(before=now, after=text)

    def _without(self, path: str, now: bytes | None, before: bytes | None, after: bytes | None) -> bytes | None:
        """An index that gained something since, without what the operation wrote; None where that is not sure."""
        if now is None or before is None or after is None or path not in _shared(self.blogs, self.root):
            return None
        return without_edit(now, before, after)

    def _head(self, repository: Repository, back: Step) -> HeadMove | None:
        head = back.head
        if head is None or repository.head == head.after:
            return None
        name = short_name(head.after)
        if repository.head != head.before:
            here = f'"{short_name(repository.head)}" is' if repository.head else "no branch is"
            self.problems.append((f"{here} checked out now", f"git switch {short_name(head.before)}"))
        elif head.commit is None:
            self.problems.append((f'"{name}" was checked out before it', f"git switch {name}"))
        else:
            branches = {ref.name for ref in back.refs}
            other = head.before if head.after in branches else head.after  # the one that is not the operation's own
            if repository.refs.get(other) == head.commit:
                return head
            self.problems.append((f'"{short_name(other)}" has moved since', f"git switch {name}"))
        return None

    def _refs(self, repository: Repository, back: Step) -> Iterable[RefMove]:
        for ref in back.refs:
            made = back.head is None or back.head.commit != ref.before  # a commit, not only the branch
            now, name = repository.refs.get(ref.name), short_name(ref.name)
            if now == ref.after:
                continue
            if now != ref.before:
                text = f'the branch "{name}" has moved since' if now else f'the branch "{name}" is gone'
                self.problems.append((text, f"git log {name}" if now else None))
            elif ref.after is None and made and (others := _other_branches(repository, ref)):
                self.problems.append((f'"{others[0]}" has the commit too', f"git log {others[0]}"))
            elif ref.after is None and repository.head == ref.name and back.head is None:
                self.problems.append((f'"{name}" is checked out, and would go', "git switch --detach"))
            elif ref.after is not None and not _has(repository, ref.after):
                self.problems.append((f'git has thrown away the commit of "{name}"', None))
            else:
                if repository.head != ref.name:
                    require_free(repository, ref.name, name)
                yield ref

    def _staged(
        self, repository: Repository, staged: Mapping[str, tuple[Staged, Staged]]
    ) -> dict[str, tuple[Staged, Staged]]:
        found = staged_blobs(repository, [self._safe(repository, path) for path in staged])
        step: dict[str, tuple[Staged, Staged]] = {}
        for path, (before, after) in staged.items():
            now = found.get(path)
            if now == after:
                continue
            if now is None and before is not None:  # taken out since, by the author or by a checkout of another branch
                continue
            put = after if now == before else self._restaged(repository, path, now, before, after)
            if now != before and put is None:
                self.problems.append((f'"{path}" is staged otherwise since', f"git diff --cached {path}"))
            elif put is not None and not _has(repository, put[1]):
                self.problems.append((f'git has thrown away what was staged of "{path}"', None))
            else:
                step[path] = (now, put)
        return step

    def _safe(self, repository: Repository, path: str) -> str:
        files.require_safe(repository.top, path)
        return path

    def _restaged(self, repository: Repository, path: str, now: Staged, before: Staged, after: Staged) -> Staged:
        """An index as it is staged, without what the operation wrote; None where that is not sure."""
        if now is None or before is None or after is None or not path.startswith(repository.prefix):
            return None
        texts = blob_bytes(repository, [now[1], before[1], after[1]])
        text = self._without(path.removeprefix(repository.prefix), texts[now[1]], texts[before[1]], texts[after[1]])
        return None if text is None else (now[0], written_blobs(repository, {path: text})[path])


def _shared(roots: Iterable[Path], root: Path) -> set[str]:
    """The files that every post has lines of its own in, relative to `root`: indexes, and the file of translations."""
    found = set()
    for each in roots:
        own = [SIDECAR]
        with suppress(AiblogError):  # settings that cannot be read name no index
            own += [index.path for index in blogs.opened(each).settings.indexes]
        found |= {Path(os.path.relpath(each / path, root)).as_posix() for path in own}
    return found


def _has(repository: Repository, name: str) -> bool:
    return repository.read("cat-file", "-e", name, ok=(0, 1, 128)).code == 0


def _other_branches(repository: Repository, ref: RefMove) -> list[str]:
    """Local branches that have the commit besides the one that goes."""
    words = ("for-each-ref", f"--contains={ref.before}", "--format=%(refname)", "refs/heads")
    return [short_name(name) for name in repository.read(*words).lines() if name != ref.name]


def _remote_branches(repository: Repository, refs: Iterable[RefMove]) -> tuple[str, ...]:
    found: list[str] = []
    for ref in refs:
        if ref.before and _has(repository, ref.before):
            words = ("for-each-ref", f"--contains={ref.before}", "--format=%(refname)", "refs/remotes")
            names = repository.read(*words).lines()
            found += [short_name(name) for name in names if name not in repository.symbolic]
    return tuple(dict.fromkeys(found))


def _in_the_way(operation: Operation, problems: Sequence[tuple[str, str | None]]) -> AiblogError:
    told = [text for text, _ in problems[:SHOWN]]
    more = f", and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    hints = dict.fromkeys(hint for _, hint in problems if hint)
    return AiblogError(
        "conflict", f"operation {operation.number} cannot be taken back: {', '.join(told)}{more}", *hints
    )


def apply(undo: Undo) -> None:
    """Takes the operation back; itself journalled, so that it can be taken back.

    Raises:
        AiblogError: `conflict` where something changed since the plan; nothing has moved then.
    """
    journal.undoes(undo.operation.number)
    changes = ChangeSet(undo.step.files)
    files.require_writable(undo.root, changes)
    if undo.repository is None:
        files.apply(undo.root, changes)
        return
    with taken_turn(undo.repository), deferred():
        _require_unchanged(undo.repository, undo.step)
        why = f"aiblog: undo of operation {undo.operation.number}"
        moved_with_files(undo.repository, undo.root, undo.step, why)


def _require_unchanged(repository: Repository, step: Step) -> None:
    """Looks once more, other runs waiting: a person may have read the plan for minutes."""
    now = staged_blobs(repository, list(step.staged))
    changed = next((path for path, (before, _) in step.staged.items() if now.get(path) != before), None)
    if changed is not None:
        raise AiblogError("conflict", f'"{changed}" was staged meanwhile', AGAIN)
    if head_of(repository) != repository.head:
        raise AiblogError("conflict", "HEAD moved meanwhile", AGAIN)
    for ref in step.refs:
        if commit_of(repository, ref.name) != ref.before:
            raise AiblogError("conflict", f'the branch "{short_name(ref.name)}" moved meanwhile', AGAIN)
