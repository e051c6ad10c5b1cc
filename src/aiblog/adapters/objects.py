"""Git's objects and index entries: read, written, made into a tree in a private index."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from aiblog.adapters.git import Repository
from aiblog.adapters.process import Done
from aiblog.errors import AiblogError

Blob = tuple[str, str]
"""A file as git has it: mode and object name."""

MANY = 1000
"""Paths that a command line is trusted to hold."""


def staged_blobs(repository: Repository, paths: list[str]) -> dict[str, Blob]:
    """The entries of the author's index at those paths; none for a path it does not have."""
    if not paths:
        return {}
    if len(paths) <= MANY:
        return entries(repository.read("ls-files", "-z", "-s", "--", *paths))
    wanted = set(paths)
    found = entries(repository.read("ls-files", "-z", "-s"))
    return {path: entry for path, entry in found.items() if path in wanted}


def index_files(repository: Repository) -> tuple[dict[str, Blob], set[str]]:
    """All entries of the author's index, and the paths besides that are only intended to be added."""
    intended = set(repository.read("diff-files", "-z", "--name-only", "--diff-filter=A").fields())
    found = entries(repository.read("ls-files", "-z", "-s"))
    return {path: entry for path, entry in found.items() if path not in intended}, intended


def tree_files(repository: Repository, commit: str) -> dict[str, Blob]:
    """All entries of a commit's tree."""
    return _tree_entries(repository.read("ls-tree", "-z", "-r", "--full-tree", commit))


def tree_blobs(repository: Repository, commit: str, paths: list[str]) -> dict[str, Blob]:
    """The entries of a commit's tree at those paths; none for a path it does not have."""
    return _tree_entries(repository.read("ls-tree", "-z", "-r", "--full-tree", commit, "--", *paths)) if paths else {}


def _tree_entries(listed: Done) -> dict[str, Blob]:
    found = {}
    for item in listed.fields():
        meta, _, path = item.partition("\t")
        mode, _, name = meta.split(" ")
        found[path] = (mode, name)
    return found


def entries(listed: Done) -> dict[str, Blob]:
    """The entries that `git ls-files -z -s` listed, unmerged ones left out."""
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


def written_files(repository: Repository, files: Mapping[str, bytes], parent: Mapping[str, Blob]) -> dict[str, Blob]:
    """Writes bytes as they are on disk, by way of git's filters: their entries, with the modes that `parent` has."""
    own: dict[str, Blob] = {}
    for path, data in files.items():
        name = repository.write("hash-object", "-w", f"--path={path}", "--stdin", given=data).line
        own[path] = (_mode(repository, path, parent), name)
    return own


def _mode(repository: Repository, path: str, modes: Mapping[str, Blob]) -> str:
    """The file's mode: as committed; for a new one whether it may be executed, where the repository minds that."""
    if path in modes:
        return modes[path][0]
    try:
        executable = bool((repository.top / path).lstat().st_mode & 0o100)
    except OSError:
        executable = False
    return "100755" if executable and repository.config.get("core.filemode", "true") == "true" else "100644"


def written_blobs(repository: Repository, blobs: Mapping[str, bytes]) -> dict[str, str]:
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
    """A folder among the temporary files; `output-failed` where that disk is full or may not be written."""
    try:
        with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
            yield Path(folder)
    except OSError as error:
        raise AiblogError("output-failed", f"the temporary files could not be written: {error.strerror}") from error


def written_tree(repository: Repository, parent: str, own: Mapping[str, Blob | None]) -> str:
    """The parent's tree with those entries (None: without that path), made in a private index."""
    with _private_folder() as folder:
        environment = {"GIT_INDEX_FILE": str(folder / "index")}
        repository.write("read-tree", parent, environment=environment)
        repository.write(
            "update-index", "-z", "--index-info", given=index_info(repository, own), environment=environment
        )
        # --missing-ok: a partial clone would fetch what the parent's tree names, and fail without its remote
        return repository.write("write-tree", "--missing-ok", environment=environment).line


def index_info(repository: Repository, changes: Mapping[str, Blob | None]) -> bytes:
    """Entries as `update-index -z --index-info` reads them; None takes a path out, before others come in its place."""
    lines = []
    for path, entry in sorted(changes.items(), key=lambda item: item[1] is not None):
        mode, name = entry or ("0", "0" * len(repository.head_commit or "0" * 40))  # as long as names are here
        lines.append(f"{mode} {name}\t{path}\0")
    return "".join(lines).encode("utf-8", "surrogateescape")


def put_into_index(repository: Repository, changes: Mapping[str, Blob | None]) -> None:
    """Sets those entries of the author's index, and no other; None takes a path out.

    What a sparse checkout keeps off the disk stays so: else it would count as deleted there.
    """
    absent = [path for path in _absent(repository) if changes.get(path)]
    repository.write("update-index", "-z", "--index-info", given=index_info(repository, changes))
    if absent:
        given = "".join(f"{path}\0" for path in absent).encode("utf-8", "surrogateescape")
        repository.write("update-index", "-z", "--skip-worktree", "--stdin", given=given)


def _absent(repository: Repository) -> list[str]:
    """The paths in the author's index that git does not look for on the disk."""
    return [each[2:] for each in repository.read("ls-files", "-z", "-t").fields() if each.startswith("S ")]


def ignored(repository: Repository, paths: list[str]) -> list[str]:
    """Those of the paths that git ignores and does not track."""
    if not paths:
        return []
    given = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    words = ("--no-literal-pathspecs", "check-ignore", "-z", "--stdin")  # which refuses literal ones
    return repository.read(*words, given=given, ok=(0, 1)).fields()
