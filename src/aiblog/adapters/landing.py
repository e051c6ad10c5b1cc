"""Builds a commit away from the author's checkout and lands it with one compare-and-swap of its branch.

The author's index, files, stash and other refs are not touched on the way: the tree is made in a
private index; with hooks, in a throw-away work tree (`aiblog.adapters.hooks`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters import journal
from aiblog.adapters.branches import Target, short_name
from aiblog.adapters.git import Repository, first_lines, head_of, require_done
from aiblog.adapters.hooks import hooks_of
from aiblog.adapters.objects import (
    Blob,
    blob_bytes,
    entries,
    put_into_index,
    staged_blobs,
    tree_files,
    written_blobs,
    written_files,
    written_tree,
)
from aiblog.adapters.signals import deferred
from aiblog.adapters.state import identity_missing
from aiblog.adapters.turns import taken_turn
from aiblog.core.changes import FileChange
from aiblog.core.operation import HeadMove, RefMove, Step
from aiblog.errors import AGAIN, AiblogError


class Content(NamedTuple):
    """What a commit holds and what the author's own index gets. All paths are relative to the repository's top.

    `files` are bytes as on disk, which git's filters turn into blobs; `blobs` are bytes as they are
    committed (files of the whole blog, whose bytes come from git); `edits` do the same to what the author has
    staged of those. `parent` has the commit's parent's entries at all these paths.

    Where files move before that, `moved` says what it makes of a tree with those entries (None: that goes).
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    edits: Mapping[str, Callable[[bytes], bytes]]
    parent: Mapping[str, Blob]
    moved: Callable[[Mapping[str, Blob]], Mapping[str, Blob | None]] | None = None


class Landed(NamedTuple):
    """What landed: the branch's tip, whether this run made it, the paths it changed.

    `rewritten` are files that a hook left otherwise, with their bytes as on disk.
    """

    commit: str
    new: bool
    changed: tuple[str, ...] = ()
    rewritten: Mapping[str, bytes] = MappingProxyType({})


def landed(  # noqa: PLR0913 - what lands, where, and what goes with it
    repository: Repository,
    target: Target,
    content: Content,
    message: str,
    then: Callable[[Landed], None],
    *,
    disk: Callable[[Landed], Sequence[FileChange]],
    root: Path | None = None,
    verify: bool = True,
) -> Landed:
    """Commits the content onto the target and moves its ref, the author's index, HEAD and the files on disk with it.

    A content that the parent holds already makes no commit. Signals wait while things move, other runs too.

    Args:
        repository: the repository.
        target: the branch; it is checked once more that it still is where the plan found it.
        content: the commit's own files.
        message: the whole message; a final newline is added.
        then: brings the files on disk in step, once the ref has moved; an error of its own leaves that as it is.
        disk: what `then` would write as the disk is now, for the journal: a run that is killed is completed by it.
        root: what the paths of `disk` are relative to; the blog's root where nothing is said.
        verify: run the pre-commit and commit-msg hooks, as `git commit` without `--no-verify`.

    Raises:
        AiblogError: `hook-failed`, `signing-failed`, `git-failed`, `identity-missing`, `busy`, or
            `conflict` where the branch or HEAD moved meanwhile or what is staged of an index cannot be
            edited. Then nothing has moved.
    """
    own: dict[str, Blob | None] = {}
    if content.moved is not None:
        own |= content.moved(tree_files(repository, target.parent))
    own |= written_files(repository, content.files, content.parent)
    for path, name in written_blobs(repository, content.blobs).items():
        own[path] = (content.parent[path][0] if path in content.parent else "100644", name)
    step = _Step(repository, target, content, then, disk, target.tip, root or repository.root, dict(own))
    if not differing(own, content.parent):
        return step.land(Landed(target.parent, new=False), own, "")
    hooks = hooks_of(repository)
    if not hooks.present(verify=verify):
        commit = made_commit(repository, target.parent, written_tree(repository, target.parent, own), message)
        return step.land(Landed(commit, new=True, changed=differing(own, content.parent)), own, message)
    with hooks.checkout(target, own) as checkout:
        if verify:
            checkout.run("pre-commit")
        after = checkout.entries(own)
        changed = differing(after, content.parent)
        commit = target.parent
        if changed:  # else the hooks made of it what is committed already
            message = checkout.message(message, verify=verify)
            tree = written_tree(repository, target.parent, after)
            commit = made_commit(repository, target.parent, tree, message)
        rewritten = {path: bytes_on_disk(repository, commit, path) for path in differing(after, own) if after[path]}
        if changed:
            step = step._replace(target=target._replace(tip=target.tip or target.parent))
        done = step.land(Landed(commit, bool(changed), changed, rewritten), after, message)
        if changed:
            checkout.landed = True
            checkout.run("post-commit", must_pass=False)
    return done


def bytes_on_disk(repository: Repository, commit: str, path: str) -> bytes:
    """A commit's file as a checkout would write it."""
    return repository.read("cat-file", "--filters", f"{commit}:{path}").out


def differing(after: Mapping[str, Blob | None], before: Mapping[str, Blob | None]) -> tuple[str, ...]:
    """The paths whose entry is another one than before."""
    return tuple(path for path, entry in after.items() if before.get(path) != entry)


def made_commit(repository: Repository, parent: str, tree: str, message: str) -> str:
    """The commit object, signed where the author's git signs; no ref moves.

    Raises:
        AiblogError: `signing-failed`, `identity-missing`, `git-failed`.
    """
    signing = repository.is_on("commit.gpgsign")
    settings = ("-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8")  # what the message is in
    words = [*settings, "commit-tree", *(["-S"] if signing else []), "-p", parent, tree]
    given = f"{message.rstrip()}\n".encode()
    done = repository.write(*words, given=given, ok=range(256), terminal=signing)  # a key may want its passphrase
    complaint = done.complaint if done.code else ""
    if any(words in complaint for words in ("user.useConfigOnly", "ident name", "auto-detect")):
        raise identity_missing()
    if done.code and signing:
        raise AiblogError("signing-failed", f"the commit could not be signed: {first_lines(done.complaint)}")
    return require_done(done, ["commit-tree"], (0,)).line


class _Step(NamedTuple):
    """The move of a ref, with the author's index before it, HEAD and the disk behind it."""

    repository: Repository
    target: Target
    content: Content
    then: Callable[[Landed], None]
    disk: Callable[[Landed], Sequence[FileChange]]
    tip: str | None
    """The branch's commit before this run, which may have made it for the hooks to see."""
    root: Path
    plain: Mapping[str, Blob | None]
    """The entries as no hook has seen them."""

    def land(self, done: Landed, own: Mapping[str, Blob | None], message: str) -> Landed:
        """Moves the ref; not to be interrupted in between, and undone where the ref does not move."""
        with taken_turn(self.repository), deferred():
            if done.new or self.target.tip is not None:
                self._move(done, own, message)
            self.then(done)
        return done

    def _move(self, done: Landed, own: Mapping[str, Blob | None], message: str) -> None:
        commit = done.commit
        require_head(self.repository, self.target)
        before: dict[str, Blob | None] = {}
        after: dict[str, Blob | None] = {}
        if self.target.head != "stays":
            before, after = self._own_index(own)
        number = journal.planned(self.root, self._planned(done, before, after))
        try:
            if before != after:
                put_into_index(self.repository, after)
            move_ref(self.repository, self.target, commit, message)
        except BaseException:
            if before != after:
                put_into_index(self.repository, before)
            journal.withdrawn(number)
            raise
        if self.target.head == "moves":
            try:
                move_head(self.repository, self.target)
            except AiblogError as error:
                error.kept, error.written = {"branch": self.target.name, "commit": commit}, True
                raise

    def _planned(self, done: Landed, before: Mapping[str, Blob | None], after: Mapping[str, Blob | None]) -> Step:
        """All that is about to change."""
        return Step(
            files=tuple(each for each in self.disk(done) if each.before != each.after),
            staged={path: (before[path], after[path]) for path in after if before[path] != after[path]},
            refs=moved_refs(self.target, self.tip, done.commit),
            head=moved_head(self.repository, self.target),
        )

    def _own_index(self, own: Mapping[str, Blob | None]) -> tuple[dict[str, Blob | None], dict[str, Blob | None]]:
        """The author's index at the own paths, as it is and as it will be.

        An index file the author has staged otherwise keeps that, with its own entry; one they took out stays out.
        What only moves, does so as it is staged.
        """
        moved = self._moved_index()
        staged = staged_blobs(self.repository, [*{**own, **moved}])
        parent = self.content.parent
        apart = {
            path: (moved.get(path) or staged[path])[1]
            for path in self.content.edits
            if path in staged and staged[path] != parent.get(path)
        }
        texts = blob_bytes(self.repository, list(apart.values()))
        edited = written_blobs(
            self.repository, {path: self.content.edits[path](texts[name]) for path, name in apart.items()}
        )
        before: dict[str, Blob | None] = {path: staged.get(path) for path in {**own, **moved}}
        after: dict[str, Blob | None] = {}
        for path in before:
            taken_out = path in self.content.blobs and path in parent and path not in staged
            entry = own.get(path)
            if path not in self.content.files and path not in self.content.blobs:
                same = path in moved and moved[path] == self.plain.get(path)
                after[path] = entry if same else moved.get(path, staged.get(path))
            else:
                after[path] = None if taken_out else (entry[0], edited[path]) if entry and path in edited else entry
        return before, after

    def _moved_index(self) -> Mapping[str, Blob | None]:
        """What moves in the author's index."""
        if self.content.moved is None:
            return {}
        return self.content.moved(entries(self.repository.read("ls-files", "-z", "-s")))


def moved_refs(target: Target, tip: str | None, commit: str) -> tuple[RefMove, ...]:
    """The branch's move to that commit from its `tip`, for the journal."""
    return (RefMove(target.ref, tip, commit),) if tip != commit else ()


def moved_head(repository: Repository, target: Target) -> HeadMove | None:
    """HEAD's move to the branch, for the journal; None where it stays on the one it is on."""
    if target.head != "moves" or repository.head is None:
        return None
    return HeadMove(repository.head, target.ref, repository.head_commit)


def move_ref(repository: Repository, target: Target, commit: str, message: str) -> None:
    """Moves the branch from where the plan found it; `conflict` where it is not there any more.

    A git that was killed after its work has moved it all the same.
    """
    if commit == target.tip:
        return
    subject = message.split("\n", maxsplit=1)[0]
    words = ["update-ref", "-m", f"commit: {subject}", target.ref, commit, target.tip or ""]
    done = repository.write(*words, ok=range(-64, 256))
    if done.code and repository.read("rev-parse", "-q", "--verify", target.ref, ok=(0, 1)).line != commit:
        require_done(done, words, (1, 128))
        reason = first_lines(done.complaint)
        raise AiblogError("conflict", f'the branch "{target.name}" moved meanwhile: {reason}', AGAIN)


def require_head(repository: Repository, target: Target) -> None:
    """Refuses (`conflict`) where HEAD is no longer where the plan found it, and the plan would move what it is on."""
    now = head_of(repository)
    if now != repository.head and (target.head != "stays" or now == target.ref):
        message = f'HEAD moved to "{short_name(now)}" meanwhile' if now else "HEAD was detached meanwhile"
        raise AiblogError("conflict", message, AGAIN)


def move_head(repository: Repository, target: Target) -> None:
    """HEAD to the branch, with the reflog line that `git switch -` looks for; see `require_head`."""
    before = (repository.head or "").removeprefix("refs/heads/")
    words = ["symbolic-ref", "-m", f"checkout: moving from {before} to {target.name}", "HEAD", target.ref]
    repository.write(*words)
