"""All files of the repository a blog is in, listed once: what a move looks through, and what links lead to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.git import Repository, opened
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AiblogError

Kind = Literal["file", "folder"] | None


@dataclass(slots=True)
class RepositoryFiles:
    """The files that git tracks or could, as they are on the disk; outside git those below the blog's root
    that are not hidden.

    `root` is what paths are relative to: the repository's top, outside git the blog's root; `prefix` the blog's root
    below that, with a final `/`, or "". `gone` are tracked files that are not on the disk, `unmerged` those with a
    conflict, `sparse` those that a sparse checkout may keep off the disk; `paths` has these.
    """

    root: Path
    prefix: str
    paths: tuple[str, ...]
    gone: frozenset[str] = frozenset()
    unmerged: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()
    repository: Repository | None = None
    _kinds: dict[str, Kind] = field(init=False, repr=False)
    _read: Callable[[str], bytes | None] = field(init=False, repr=False)
    _names: dict[str, frozenset[str]] = field(init=False, repr=False, default_factory=dict)
    _texts: dict[str, bytes] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._kinds = kinds_of([*self.paths, *self.gone])
        self._read = files.finder(self.root)

    def kind_of(self, path: str) -> Kind:
        """What is at a path, what git tracks and what it ignores too; the disk is asked for the latter alone."""
        if path not in self._kinds:
            self._kinds[path] = self._looked_at(path)
        return self._kinds[path]

    def _looked_at(self, path: str) -> Kind:
        """What the disk has at a path; each folder is looked through once, however many links lead nowhere there."""
        folder, _, name = path.rpartition("/")
        above = self.kind_of(folder)
        if above == "folder":
            if folder not in self._names:
                self._names[folder] = frozenset(files.names_in(self.root, folder))
            if name not in self._names[folder]:
                return None
        return files.kind_of(self.root, path) if above else None

    def read(self, path: str) -> bytes:
        """A file's bytes, read once; nothing for what is no file of its own, as a symbolic link.

        Raises:
            AiblogError: `unsafe-path` for one that may not be read: its links would be missed.
        """
        if path not in self._texts:
            data = self._read(path)
            if data is None and files.mode_of(self.root / path) is not None:
                raise AiblogError("unsafe-path", f'"{path}" cannot be read, and may link to what moves')
            self._texts[path] = data or b""
        return self._texts[path]

    def is_readable(self, path: str) -> bool:
        """Whether there is a file of its own at a path, which a symbolic link is not."""
        return bool(self.read(path)) or self._read(path) is not None

    def in_blog(self, path: str) -> str | None:
        """A path relative to the blog's root; None where it is not below that."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else None


def kinds_of(paths: Iterable[str]) -> dict[str, Kind]:
    """What is at the path of each of those files, and of each folder that they are in."""
    kinds: dict[str, Kind] = {"": "folder"}
    for path in paths:
        kinds[path] = "file"
        folder = path.rpartition("/")[0]
        while folder not in kinds:
            kinds[folder] = "folder"
            folder = folder.rpartition("/")[0]
    return kinds


def repository_files(blog: Blog, editions: Iterable[str] = ()) -> RepositoryFiles:
    """The files of the blog's repository; those editions (relative to the blog's root) even where git ignores them.

    Raises:
        AiblogError: `repository-state`, `git-failed` for a repository that git cannot read; `unsafe-path` for a file
            that the locale has no name for: its links could not be looked at.
    """
    if not any((folder / ".git").exists() for folder in (blog.root, *blog.root.parents)):
        own = {SIDECAR} if files.kind_of(blog.root, SIDECAR) == "file" else set()
        return RepositoryFiles(blog.root, "", tuple(sorted({*blogs.all_paths(blog.root), *own})))
    repository = opened(blog.root)
    listed = repository.read("ls-files", "-z", "-t", "--cached", "--others", "--deleted", "--exclude-standard")
    by_tag: dict[str, set[str]] = {}
    for each in listed.fields():
        by_tag.setdefault(each[0], set()).add(each[2:])
    gone = frozenset(by_tag.pop("R", ()))
    own = {f"{repository.prefix}{path}" for path in editions}
    paths = sorted(path for path in own.union(*by_tag.values()) - gone if not path.endswith("/"))
    _require_nameable(paths)
    unmerged, sparse = (frozenset(by_tag.get(tag, ())) for tag in "MS")
    return RepositoryFiles(repository.top, repository.prefix, tuple(paths), gone, unmerged, sparse, repository)


def _require_nameable(paths: Iterable[str]) -> None:
    encoding = sys.getfilesystemencoding()
    for path in paths if encoding != "utf-8" else ():
        try:
            os.fsencode(path)
        except UnicodeEncodeError as error:
            message = f'"{path}" has no name in this locale ({encoding}); one with UTF-8 was wanted, by LC_ALL say'
            raise AiblogError("unsafe-path", message, "locale -a") from error
