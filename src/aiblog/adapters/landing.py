"""Builds a commit away from the author's checkout and lands it with one compare-and-swap of its branch.

The author's index, files, stash and other refs are not touched on the way: the tree is made in a
private index; with hooks, in a throw-away work tree (`aiblog.adapters.hooks`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters.branches import Target
from aiblog.adapters.git import Repository, first_lines, identity_missing, require_done
from aiblog.adapters.hooks import hooks_of
from aiblog.adapters.process import Done
from aiblog.adapters.signals import deferred
from aiblog.errors import AGAIN, AiblogError

Blob = tuple[str, str]
"""A file as git has it: mode and object name."""


class Content(NamedTuple):
    """What a commit holds and what the author's own index gets. All paths are relative to the repository's top.

    `files` are bytes as on disk, which git's filters turn into blobs; `blobs` are bytes as they are
    committed (index files, whose bytes come from git); `edits` do the same to what the author has
    staged of those. `parent` has the commit's parent's entries at all these paths.
    """

    files: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    edits: Mapping[str, Callable[[bytes], bytes]]
    parent: Mapping[str, Blob]


class Landed(NamedTuple):
    """What landed: the branch's tip, whether this run made it, the paths it changed.

    `rewritten` are files that a hook left otherwise, with their bytes as on disk.
    """

    commit: str
    new: bool
    changed: tuple[str, ...] = ()
    rewritten: Mapping[str, bytes] = MappingProxyType({})


def staged_blobs(repository: Repository, paths: list[str]) -> dict[str, Blob]:
    """The entries of the author's index at those paths; none for a path it does not have."""
    return _entries(repository.read("ls-files", "-z", "-s", "--", *paths)) if paths else {}


def tree_blobs(repository: Repository, commit: str, paths: list[str]) -> dict[str, Blob]:
    """The entries of a commit's tree at those paths; none for a path it does not have."""
    if not paths:
        return {}
    found = {}
    for item in repository.read("ls-tree", "-z", "-r", "--full-tree", commit, "--", *paths).fields():
        meta, _, path = item.partition("\t")
        mode, _, name = meta.split(" ")
        found[path] = (mode, name)
    return found


def _entries(listed: Done) -> dict[str, Blob]:
    found = {}
    for item in listed.fields():
        meta, _, path = item.partition("\t")
        mode, name, stage = meta.split(" ")
        if stage == "0":
            found[path] = (mode, name)
    return found


def blob_bytes(repository: Repository, names: list[str]) -> dict[str, bytes]:
    """The raw bytes of those objects, by name, in one git process.

    Raises:
        AiblogError: `git-failed` for an object that is not there (a partial clone without its remote).
    """
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    out = repository.read("cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode()).out
    found, position = {}, 0
    for name in wanted:
        end = out.index(b"\n", position)
        parts = out[position:end].split(b" ")
        if parts[-1] == b"missing" or len(parts) != 3:
            raise AiblogError("git-failed", f"git has no object {name} in this clone", "git fetch")
        size = int(parts[2])
        found[name] = out[end + 1 : end + 1 + size]
        position = end + 1 + size + 1
    return found


def landed(repository: Repository, target: Target, content: Content, message: str, *, verify: bool = True) -> Landed:
    """Commits the content onto the target and moves its ref, the author's index and HEAD with it.

    A content that the parent holds already makes no commit. The files on disk are the caller's.

    Args:
        repository: the repository.
        target: the branch; it is checked once more that it still is where the plan found it.
        content: the commit's own files.
        message: the whole message; a final newline is added.
        verify: run the pre-commit and commit-msg hooks, as `git commit` without `--no-verify`.

    Raises:
        AiblogError: `hook-failed`, `signing-failed`, `git-failed`, `identity-missing`, `busy`, or
            `conflict` where the branch moved meanwhile or what is staged of an index cannot be edited.
            Then nothing has moved.
    """
    own = _hashed(repository, content)
    step = _Step(repository, target, content)
    if own == {path: content.parent[path] for path in own if path in content.parent}:
        if target.tip is not None:
            step.land(target.parent, own, "")
        return Landed(target.parent, new=False)
    hooks = hooks_of(repository)
    if not hooks.present(verify=verify):
        commit = _commit(repository, target.parent, own, message)
        step.land(commit, own, message)
        return Landed(commit, new=True, changed=_differing(own, content.parent))
    with hooks.checkout(target, own) as checkout:
        if verify:
            checkout.run("pre-commit")
        after = {**own, **_entries(checkout.read("ls-files", "-z", "-s", "--", *own))}
        message = checkout.message(message, verify=verify)
        commit = _commit(repository, target.parent, after, message)
        step._replace(target=target._replace(tip=target.tip or target.parent)).land(commit, after, message)
        checkout.landed = True
        checkout.run("post-commit", must_pass=False)
    rewritten = {
        path: repository.read("cat-file", "--filters", f"{commit}:{path}").out for path in _differing(after, own)
    }
    return Landed(commit, new=True, changed=_differing(after, content.parent), rewritten=rewritten)


def _differing(after: Mapping[str, Blob], before: Mapping[str, Blob]) -> tuple[str, ...]:
    return tuple(path for path, entry in after.items() if before.get(path) != entry)


def _hashed(repository: Repository, content: Content) -> dict[str, Blob]:
    """The commit's own entries, their objects written."""
    parent = content.parent
    own: dict[str, Blob] = {}
    for path, data in content.files.items():
        name = repository.write("hash-object", "-w", f"--path={path}", "--stdin", given=data).line
        own[path] = (_mode(repository, path, parent), name)
    raw = _written(repository, content.blobs)
    return own | {path: (parent[path][0] if path in parent else "100644", name) for path, name in raw.items()}


def _mode(repository: Repository, path: str, modes: Mapping[str, Blob]) -> str:
    """The file's mode: as committed; for a new one whether it may be executed, where the repository minds that."""
    if path in modes:
        return modes[path][0]
    try:
        executable = bool((repository.top / path).lstat().st_mode & 0o100)
    except OSError:
        executable = False
    return "100755" if executable and repository.config.get("core.filemode", "true") == "true" else "100644"


def _written(repository: Repository, blobs: Mapping[str, bytes]) -> dict[str, str]:
    """Writes bytes as they are, no filter: the objects' names by path, in one git process."""
    if not blobs:
        return {}
    with _private_folder() as folder:
        places = []
        for number, data in enumerate(blobs.values()):
            place = folder / str(number)
            place.write_bytes(data)
            places.append(str(place))
        given = "".join(f"{place}\n" for place in places).encode()
        names = repository.write("hash-object", "-w", "--no-filters", "--stdin-paths", given=given).out
    return dict(zip(blobs, names.decode().split(), strict=True))


@contextmanager
def _private_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
        yield Path(folder)


def _tree(repository: Repository, parent: str, own: Mapping[str, Blob]) -> str:
    """The parent's tree with those entries, made in a private index."""
    with _private_folder() as folder:
        environment = {"GIT_INDEX_FILE": str(folder / "index")}
        repository.write("read-tree", parent, environment=environment)
        repository.write("update-index", "-z", "--index-info", given=_index_info(own), environment=environment)
        # --missing-ok: a partial clone would fetch what the parent's tree names, and fail without its remote
        return repository.write("write-tree", "--missing-ok", environment=environment).line


def _index_info(entries: Mapping[str, Blob | None]) -> bytes:
    """Entries as `update-index -z --index-info` reads them; None takes a path out."""
    lines = []
    for path, entry in entries.items():
        mode, name = entry or ("0", "0" * 40)
        lines.append(f"{mode} {name}\t{path}\0")
    return "".join(lines).encode("utf-8", "surrogateescape")


def _commit(repository: Repository, parent: str, own: Mapping[str, Blob], message: str) -> str:
    """The commit object, signed where the author's git signs; no ref moves."""
    tree = _tree(repository, parent, own)
    signing = _is_true(repository.config.get("commit.gpgsign"))
    words = [*("-c", "user.useConfigOnly=true"), "commit-tree", *(["-S"] if signing else []), "-p", parent, tree]
    given = f"{message.rstrip()}\n".encode()
    done = repository.write(*words, given=given, ok=range(256), terminal=signing)  # a key may want its passphrase
    if done.code == 0:
        return done.line
    if "user.useConfigOnly" in done.complaint or "ident name" in done.complaint or "auto-detect" in done.complaint:
        raise identity_missing()
    if signing:
        raise AiblogError("signing-failed", f"the commit could not be signed: {first_lines(done.complaint)}")
    require_done(done, ["commit-tree"], ())
    raise AssertionError  # require_done raises


def _is_true(value: str | None) -> bool:
    return value is not None and value.lower() in {"true", "yes", "on", "1", ""}


class _Step(NamedTuple):
    """The move of a ref, with the author's index before it and HEAD behind it."""

    repository: Repository
    target: Target
    content: Content

    def land(self, commit: str, own: Mapping[str, Blob], message: str) -> None:
        """Moves the ref; not to be interrupted in between, and undone where the ref does not move."""
        with deferred():
            if self.target.head == "stays":
                _move_ref(self.repository, self.target, commit, message)
                return
            before, after = self._own_index(own)
            if before != after:
                _put(self.repository, after)
            try:
                _move_ref(self.repository, self.target, commit, message)
            except BaseException:
                if before != after:
                    _put(self.repository, before)
                raise
            if self.target.head == "moves":
                _move_head(self.repository, self.target)

    def _own_index(self, own: Mapping[str, Blob]) -> tuple[dict[str, Blob | None], dict[str, Blob | None]]:
        """The author's index at the own paths, as it is and as it will be.

        An index file the author has staged otherwise keeps that, with its own entry; one they took out stays out.
        """
        staged = staged_blobs(self.repository, list(own))
        parent = self.content.parent
        apart = {
            path: staged[path][1] for path in self.content.edits if path in staged and staged[path] != parent[path]
        }
        texts = blob_bytes(self.repository, list(apart.values()))
        edited = _written(
            self.repository, {path: self.content.edits[path](texts[name]) for path, name in apart.items()}
        )
        before: dict[str, Blob | None] = {path: staged.get(path) for path in own}
        after: dict[str, Blob | None] = {}
        for path, entry in own.items():
            taken_out = path in self.content.blobs and path not in staged
            after[path] = None if taken_out else (entry[0], edited[path]) if path in edited else entry
        return before, after


def _put(repository: Repository, entries: Mapping[str, Blob | None]) -> None:
    repository.write("update-index", "-z", "--index-info", given=_index_info(entries))


def _move_ref(repository: Repository, target: Target, commit: str, message: str) -> None:
    if commit == target.tip:
        return
    subject = message.split("\n", maxsplit=1)[0]
    words = ["update-ref", "-m", f"commit: {subject}", target.ref, commit, target.tip or ""]
    done = repository.write(*words, ok=(0, 1, 128))
    if done.code:
        reason = first_lines(done.complaint)
        raise AiblogError("conflict", f'the branch "{target.name}" moved meanwhile: {reason}', AGAIN)


def _move_head(repository: Repository, target: Target) -> None:
    """HEAD to the branch, with the reflog line that `git switch -` looks for."""
    now = repository.read("symbolic-ref", "-q", "HEAD", ok=(0, 1)).line
    if now != repository.head:
        message = f'HEAD moved to "{now}" meanwhile; the commit is on "{target.name}"'
        raise AiblogError("conflict", message, f"git switch {target.name}", written=True)
    before = (repository.head or "").removeprefix("refs/heads/")
    words = ["symbolic-ref", "-m", f"checkout: moving from {before} to {target.name}", "HEAD", target.ref]
    repository.write(*words)


def moved_to_branch(repository: Repository, target: Target) -> None:
    """Makes the branch where there is none and moves HEAD to it from the base: no file changes, no commit."""
    with deferred():
        if target.tip is None:
            _move_ref(repository, target, target.parent, f"branch: Created from {repository.head}")
        if target.head == "moves":
            _move_head(repository, target)


def switched(repository: Repository, target: Target, commit: str, own: Mapping[str, bytes]) -> None:
    """Goes to the branch as `git switch` would, giving way only for own files whose bytes are in the commit.

    git refuses to overwrite own files that lie there untracked, even where their bytes are the
    commit's: put into the index with the commit's blobs first, they are no obstacle.

    Args:
        repository: the repository, HEAD elsewhere.
        target: the branch.
        commit: its tip.
        own: the posts' own files as they are on disk.

    Raises:
        AiblogError: `repository-state` with git's own words, the commit kept, nothing changed.
    """
    committed = tree_blobs(repository, commit, list(own))
    names = {
        path: repository.write("hash-object", f"--path={path}", "--stdin", given=data).line
        for path, data in own.items()
    }
    before = staged_blobs(repository, list(own))
    same = {path: committed[path] for path in own if path in committed and committed[path][1] == names[path]}
    put: dict[str, Blob | None] = {path: entry for path, entry in same.items() if before.get(path) != entry}
    if put:
        _put(repository, put)
    done = repository.write("switch", "--no-guess", target.name, ok=range(256))
    if done.code:
        if put:
            _put(repository, {path: before.get(path) for path in put})
        raise AiblogError(
            "repository-state",
            f'git does not switch to "{target.name}": {first_lines(done.complaint)}',
            f"git switch {target.name}",
            kept={"branch": target.name, "commit": commit},
        )


def ignored(repository: Repository, paths: list[str]) -> list[str]:
    """Those of the paths that git ignores and does not track."""
    if not paths:
        return []
    given = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    words = ("--no-literal-pathspecs", "check-ignore", "-z", "--stdin")  # which refuses literal ones
    return repository.read(*words, given=given, ok=(0, 1)).fields()
