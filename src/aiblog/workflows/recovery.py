"""What killed runs have left: completed where every part is as it was or as it was to be; else left, and said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aiblog.adapters import files, journal
from aiblog.adapters.branches import short_name
from aiblog.adapters.git import Repository, opened
from aiblog.adapters.hooks import remove_leftovers
from aiblog.adapters.journal import Place
from aiblog.adapters.moves import moved
from aiblog.adapters.objects import staged_blobs
from aiblog.adapters.signals import deferred
from aiblog.adapters.state import require_settled
from aiblog.adapters.turns import taken_turn
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.operation import Operation, RefMove, Step
from aiblog.errors import AiblogError


def recovered(place: Place) -> Iterator[str]:
    """Sees to the operations that were at work when their run was killed; a sentence for each that there is a word on.

    One that had not begun is forgotten. One whose every file, staged entry, branch and HEAD is as before or
    as after it is completed. Any other is left as it is, and not looked at again.
    """
    for number in journal.open_numbers(place):
        with journal.abandoned(place, number) as path:
            if path is None:
                continue
            try:
                operation = journal.entry(path)
            except ValueError:
                journal.close(path, "left")
                yield f'the journal\'s entry "{path.name}" cannot be read; it is left aside'
                continue
            yield from _seen_to(place, operation, path)


def _seen_to(place: Place, operation: Operation, path: Path) -> Iterator[str]:
    words = f'"{" ".join(operation.command)}" (operation {operation.number}), which was killed'
    try:
        root = files.require_safe(place.top, operation.root, folder=True) if operation.root else place.top
        for change in operation.step.files:
            files.require_safe(root, change.path)
        files.clear_leftovers(root, (change.path for change in operation.step.files))
        with deferred():
            problem, begun, changed = _completed(root, operation)
    except AiblogError as error:
        if error.code != "unsafe-path":
            yield f"{words}, cannot be completed now: {error.message}"
            return
        problem, begun, changed = error.message, True, False
    if problem:
        journal.close(path, "left")
        yield f"{words}, is left as it is: {problem}"
    else:
        journal.close(path, "done" if begun else None)
        if changed:
            yield f"{words}, is completed"


def _completed(root: Path, operation: Operation) -> tuple[str | None, bool, bool]:
    """What stands in the way of completing it, whether it had begun, and whether something was left to do."""
    step = operation.step
    if not step.of_git:
        return _files_completed(root, step)
    repository = opened(root)
    with taken_turn(repository):
        repository = opened(root)
        require_settled(repository)
        remove_leftovers(repository)
        problem, left = _left(repository, root, step)
        if problem or left == step or not left:
            return problem, left != step, False
        moved(repository, left, f"aiblog: {' '.join(operation.command[:2])}, completed")
        files.apply(root, ChangeSet(left.files))
    return None, True, True


def _files_completed(root: Path, step: Step) -> tuple[str | None, bool, bool]:
    problem, left = _files_left(root, step)
    if not problem and left and left != step.files:
        files.apply(root, ChangeSet(left))
        return None, True, True
    return problem, left != step.files, False


def _files_left(root: Path, step: Step) -> tuple[str | None, tuple[FileChange, ...]]:
    """The first file that is neither as before nor as after, and those that are as before.

    One that is renamed within its folder, where it could not be copied, may have its new name and its old bytes.
    """
    look = files.reader(root, step.files)
    was = {change.path: change.before for change in step.files}
    left = []
    for change in step.files:
        now = look(change.path)
        if now == change.before:
            left.append(change)
        elif change.origin and now is not None and now == was.get(change.origin) != change.after:
            left.append(change._replace(before=now))
        elif now != change.after:
            return f'"{change.path}" has been edited since', ()
    return None, tuple(left)


def _left(repository: Repository, root: Path, step: Step) -> tuple[str | None, Step]:
    """What differs from both before and after, and the part of the step that is not done."""
    problem, changes = _files_left(root, step)
    if problem:
        return problem, Step()
    for path in step.staged:
        files.require_safe(repository.top, path)
    staged = staged_blobs(repository, list(step.staged))
    refs, waiting = [], {}
    for path, (before, after) in step.staged.items():
        if staged.get(path) == before:
            waiting[path] = (before, after)
        elif staged.get(path) != after:
            return f'"{path}" is staged otherwise since', Step()
    for ref in step.refs:
        now = repository.refs.get(ref.name)
        if now == ref.before:
            refs.append(ref)
        elif ref.before is None and now == _start(repository, step, ref):
            refs.append(ref._replace(before=now))  # made for the hooks to see
        elif now != ref.after:
            return f'the branch "{short_name(ref.name)}" has moved since', Step()
    head = step.head
    if head and repository.head == head.after:
        head = None
    elif head and repository.head != head.before:
        return "HEAD has moved since", Step()
    return None, Step(changes, waiting, tuple(refs), head)


def _start(repository: Repository, step: Step, ref: RefMove) -> str:
    """The commit that the branch's new ones stand on: what HEAD moved from, else the one before."""
    if step.head and step.head.commit:
        return step.head.commit
    return repository.read("rev-parse", "-q", "--verify", f"{ref.after}^", ok=(0, 1, 128)).line
