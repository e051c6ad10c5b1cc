"""Git's merge driver for a blog's indexes and its sidecar: set up in a clone, and what it does in a merge."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.git import first_lines, opened
from aiblog.adapters.process import run
from aiblog.core.attributes import with_merge_driver
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.index_resolve import resolved_index
from aiblog.core.settings import Index, Settings
from aiblog.core.translation_link import SIDECAR
from aiblog.core.translations_merge import merged_links
from aiblog.errors import AiblogError

NAME = "aiblog-index"
ATTRIBUTES = ".gitattributes"

CONFIG = {
    f"merge.{NAME}.name": "entries of both sides in a blog's index",
    f"merge.{NAME}.driver": (
        "aiblog merge-index -- %O %A %B %P; case $? in 0) exit 0;; 1) exit 1;; esac; "
        "git merge-file -L ours -L base -L theirs %A %O %B"
    ),
}
"""Git's settings for the driver. Where there is no aiblog, or it fails, git's own merge of texts is done instead."""


def with_attributes(root: Path, settings: Settings, changes: ChangeSet) -> ChangeSet:
    """The changes with the lines of `.gitattributes` that name the driver for the indexes, and for a sidecar.

    Raises:
        AiblogError: `not-a-repository` and what else `opened` raises: the driver is a setting of the repository.
    """
    opened(root)
    data = files.read(root, ATTRIBUTES)
    paths = [index.path for index in settings.indexes]
    after = with_merge_driver(data, paths + ([SIDECAR] if settings.translations == "sidecar" else []), NAME)
    return ChangeSet.of([FileChange(ATTRIBUTES, data, after), *changes.changes])


def install(root: Path) -> bool:
    """Sets the driver in this clone's own configuration; whether it was another one, or none, before."""
    repository = opened(root)
    missing = {name: value for name, value in CONFIG.items() if repository.config.get(name) != value}
    for name, value in missing.items():
        repository.write("config", "--local", name, value)
    return bool(missing)


def merged(folder: Path, base: str, ours: str, theirs: str, path: str) -> bool:
    """Merges an index or a sidecar as git asks its driver to: the result is in `ours`; whether people have to decide.

    Args:
        folder: the top of the work tree, where git runs its drivers.
        base: the file with the common ancestor's bytes, relative to `folder`.
        ours: that of our side, which gets the result.
        theirs: that of the other side.
        path: the index's path, relative to `folder`.

    Raises:
        AiblogError: `git-failed` where git cannot merge the files as texts.
    """
    command = ["git", "merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs]
    done = run(command, folder)
    if not 0 <= done.code < 128:
        raise AiblogError("git-failed", f"git merge-file failed: {first_lines(done.complaint)}")
    data, undecided = done.out, bool(done.code)
    if undecided and PurePosixPath(path).as_posix().endswith(SIDECAR):
        links = merged_links(*((folder / each).read_bytes() for each in (base, ours, theirs)))
        data, undecided = (data, True) if links is None else (links, False)
    found = _index(folder, path)
    if undecided and found is not None:
        blog, index = found
        result = resolved_index(data, index, blog.settings, (folder / base).read_bytes())
        data, undecided = result.data, bool(result.left)
    own = os.path.relpath(folder / ours, folder)
    files.apply(folder, ChangeSet.of([FileChange(own, files.read(folder, own), data)]))
    return undecided


def _index(folder: Path, path: str) -> tuple[blogs.Blog, Index] | None:
    """The blog's index at that path; None where it is none, or the blog's settings cannot be read just now."""
    try:
        blog = blogs.opened((folder / path).parent)
    except AiblogError:  # `aiblog.yaml` may be in conflict itself: git's own merge is good enough then
        return None
    own = blog.path_in(folder, path)
    index = next((each for each in blog.settings.indexes if each.path == own), None)
    return None if index is None else (blog, index)
