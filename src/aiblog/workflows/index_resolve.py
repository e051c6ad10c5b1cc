"""A blog's indexes that git could not merge, settled on the disk; git's own index is left to people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.adapters.git import Repository, opened
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.finding import Finding
from aiblog.core.index_resolve import resolved_index
from aiblog.core.index_review import CONFLICT
from aiblog.core.settings import Index
from aiblog.errors import AiblogError
from aiblog.workflows.index import require_index


class Resolved(NamedTuple):
    """What settles the conflicts, and what is left: findings that count lines of the files as they are then."""

    changes: ChangeSet
    left: tuple[Finding, ...]

    @property
    def done(self) -> list[str]:
        """The indexes that change and have no conflict left."""
        waiting = {finding.path for finding in self.left}
        return [path for path in self.changes.modified if path not in waiting]


def resolved(blog: Blog, indexes: Sequence[Index]) -> Resolved:
    """Those indexes with git's conflict markers settled, as far as can be; nothing is written.

    Raises:
        AiblogError: `conflict` for an index that is not there.
    """
    changes: list[FileChange] = []
    left: list[Finding] = []
    repository = _repository(blog)
    for index in indexes:
        data = require_index(blog, index)
        result = resolved_index(data, index, blog.settings, _base(repository, index) if b"<<<<<<<" in data else None)
        changes.append(FileChange(index.path, data, result.data))
        left += [Finding(index.path, line, 1, CONFLICT, message) for line, message in result.left]
    return Resolved(ChangeSet.of(changes), tuple(left))


def _repository(blog: Blog) -> Repository | None:
    try:
        return opened(blog.root)
    except AiblogError:  # markers can be settled without git, which only knows what was there before both sides
        return None


def _base(repository: Repository | None, index: Index) -> bytes | None:
    """The index as it was before both sides, while git still has it unmerged."""
    if repository is None:
        return None
    done = repository.read("cat-file", "blob", f":1:{repository.path(index.path)}", ok=(0, 128))
    return None if done.code else done.out
