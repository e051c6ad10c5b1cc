"""A blog's indexes and sidecar that git could not merge, settled on the disk; git's own index is left to people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.git import Repository, opened
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.conflict import marker_lines
from aiblog.core.finding import Finding
from aiblog.core.index_resolve import resolved_index
from aiblog.core.index_review import CONFLICT
from aiblog.core.settings import Index
from aiblog.core.translation_link import SIDECAR
from aiblog.core.translations_merge import settled_links
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


def resolved(blog: Blog, indexes: Sequence[Index], *, links: bool = False) -> Resolved:
    """Those indexes with git's conflict markers settled, as far as can be; with `links` the blog's sidecar too.

    Nothing is written.

    Raises:
        AiblogError: `conflict` for an index that is not there.
    """
    changes: list[FileChange] = []
    left: list[Finding] = []
    repository = _repository(blog)
    for index in indexes:
        data = require_index(blog, index)
        base = _base(repository, index.path) if b"<<<<<<<" in data else None
        result = resolved_index(data, index, blog.settings, base)
        changes.append(FileChange(index.path, data, result.data))
        left += [Finding(index.path, line, 1, CONFLICT, message) for line, message in result.left]
    sidecar = files.read(blog.root, SIDECAR) if links and blog.settings.translations == "sidecar" else None
    if sidecar and (lines := marker_lines(sidecar.decode("utf-8", "replace"))):
        after = settled_links(sidecar, _base(repository, SIDECAR))
        changes.append(FileChange(SIDECAR, sidecar, sidecar if after is None else after))
        message = "both sides have changed a line, each in its own way"
        left += [Finding(SIDECAR, lines[0], 1, CONFLICT, message)] if after is None else []
    return Resolved(ChangeSet.of(changes), tuple(left))


def _repository(blog: Blog) -> Repository | None:
    try:
        return opened(blog.root)
    except AiblogError:  # markers can be settled without git, which only knows what was there before both sides
        return None


def _base(repository: Repository | None, path: str) -> bytes | None:
    """The file as it was before both sides, while git still has it unmerged."""
    if repository is None:
        return None
    done = repository.read("cat-file", "blob", f":1:{repository.path(path)}", ok=(0, 128))
    return None if done.code else done.out
