"""The author's index, branches and HEAD, moved as a step of an operation says: for undo, and after a run was killed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from aiblog.adapters import files, journal
from aiblog.adapters.branches import short_name
from aiblog.adapters.git import Repository, first_lines, head_of
from aiblog.adapters.objects import put_into_index
from aiblog.core.changes import ChangeSet
from aiblog.core.operation import HeadMove, RefMove, Step
from aiblog.errors import AGAIN, AiblogError


def moved(repository: Repository, step: Step, why: str) -> None:
    """Does what the step says of git; where a part of it cannot be done, those before it are put back.

    No file is touched, but where HEAD can only be moved by `git switch`. To be called in a turn, signals deferred.

    Args:
        repository: the repository.
        step: every part of it is to be done: what is as it should be already is left out.
        why: the words for the branches' reflogs.

    Raises:
        AiblogError: `conflict` where a branch or HEAD is not where the step begins, `busy`, `git-failed`.
    """
    done: list[Callable[[], None]] = []
    try:
        if step.staged:  # put back even if that fails: a git that is killed may have done it
            done.append(partial(put_into_index, repository, {path: was for path, (was, _) in step.staged.items()}))
            put_into_index(repository, {path: after for path, (_, after) in step.staged.items()})
        for ref in step.refs:
            if ref.after is not None:
                _move_ref(repository, ref, why)
                done.append(partial(_move_ref, repository, RefMove(ref.name, ref.after, ref.before), why))
        if step.head:
            done.append(partial(_move_head, repository, HeadMove(step.head.after, step.head.before, step.head.commit)))
            _move_head(repository, step.head)
        for ref in step.refs:
            if ref.after is None:
                _move_ref(repository, ref, why)
    except BaseException:
        for each in reversed(done):
            with suppress(AiblogError):
                each()
        raise


def moved_with_files(repository: Repository, root: Path, step: Step, why: str, *, made: Step | None = None) -> None:
    """Does the whole step, its files (relative to `root`) too, as part of this run's operation; or nothing of it.

    To be called in a turn, signals deferred.

    Args:
        repository: the repository.
        root: what the files are relative to.
        step: what the journal is told; a run that is killed is completed by it.
        why: the words for the branches' reflogs.
        made: the step as it is to be done, where that begins otherwise: with a branch made for hooks to see.

    Raises:
        AiblogError: `conflict`, `busy`, `git-failed`, `output-failed`; `written` where git could not be put back.
    """
    number = journal.planned(root, step)
    doing = (made or step)._replace(files=())
    try:
        moved(repository, doing, why)
    except BaseException:
        journal.withdrawn(number)
        raise
    try:
        files.apply(root, ChangeSet(step.files))
    except BaseException as error:  # else half of it would count as done
        try:
            moved(repository, doing.reversed(), f"{why}, which failed")
        except AiblogError:
            if isinstance(error, AiblogError):
                error.written = True
        else:
            journal.withdrawn(number)
        raise


def commit_of(repository: Repository, ref: str) -> str | None:
    """The commit that a branch is at now, by its full name."""
    return repository.read("rev-parse", "-q", "--verify", ref, ok=(0, 1)).line or None


def _move_ref(repository: Repository, ref: RefMove, why: str) -> None:
    """Moves, makes or deletes a branch, if it is where it should be. A killed git may have done it."""
    if ref.after is None:
        words = ["update-ref", "-d", ref.name, ref.before or ""]
    else:
        words = ["update-ref", "-m", why, ref.name, ref.after, ref.before or ""]
    done = repository.write(*words, ok=range(-64, 256))
    if done.code and commit_of(repository, ref.name) != ref.after:
        reason = first_lines(done.complaint) or f"exit code {done.code}"
        raise AiblogError("conflict", f'the branch "{short_name(ref.name)}" could not be moved: {reason}', AGAIN)


def _move_head(repository: Repository, head: HeadMove) -> None:
    now = head_of(repository)
    if now == head.after:
        return
    if now != head.before:
        raise AiblogError("conflict", "HEAD moved meanwhile", AGAIN)
    if head.commit is None:
        repository.write("switch", "--no-guess", short_name(head.after))
        return
    message = f"checkout: moving from {short_name(head.before)} to {short_name(head.after)}"
    repository.write("symbolic-ref", "-m", message, "HEAD", head.after)
