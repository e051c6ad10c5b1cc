"""A blog's indexes: what is wrong in them, and how they are brought up to date."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.git import opened
from aiblog.adapters.history import former_versions
from aiblog.core import header
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.edit import applied
from aiblog.core.finding import Finding
from aiblog.core.index import Entry, EntryLink, learned_shape, listed, with_entry, with_new_entries, without_entry
from aiblog.core.index_review import (
    CONFLICT,
    DEAD_LINK,
    DRAFT,
    Facts,
    Trouble,
    published,
    troubles,
    wanted,
)
from aiblog.core.post import Post
from aiblog.core.settings import FILE_NAME, Index
from aiblog.core.title import plain_title
from aiblog.core.translation import is_stub
from aiblog.errors import AiblogError
from aiblog.workflows.entries import own_title


class Reviewed(NamedTuple):
    """One index: its bytes on the disk, what is wrong in it, and its bytes brought up to date."""

    path: str
    data: bytes
    troubles: Sequence[Trouble]
    after: bytes
    left: Sequence[Trouble]


class Reviews(NamedTuple):
    """The indexes that were looked at, in the order of the settings."""

    indexes: tuple[Reviewed, ...]

    @property
    def findings(self) -> list[Finding]:
        """What is wrong in them as they are."""
        return [trouble.finding(each.path) for each in self.indexes for trouble in each.troubles]

    @property
    def mendable(self) -> bool:
        """Whether bringing them up to date mends something."""
        return any(trouble.mendable for each in self.indexes for trouble in each.troubles)

    @property
    def left(self) -> list[Finding]:
        """What is still wrong when they are brought up to date."""
        return [trouble.finding(each.path) for each in self.indexes for trouble in each.left]

    @property
    def changes(self) -> ChangeSet:
        """What brings them up to date."""
        return ChangeSet.of(FileChange(each.path, each.data, each.after) for each in self.indexes)


def chosen_indexes(blog: Blog, paths: Sequence[str | None]) -> list[Index]:
    """The indexes at those paths (relative to the root), all of them where none is given.

    Raises:
        AiblogError: `usage` for a path that is no index of the blog.
    """
    indexes = {index.path: index for index in blog.settings.indexes}
    for path in paths:
        if path not in indexes:
            wanted_paths = ", ".join(f'"{each}"' for each in indexes) or "none is known"
            raise AiblogError("usage", f'"{path}" is no index of this blog; one of these was wanted: {wanted_paths}')
    return [index for path, index in indexes.items() if not paths or path in paths]


def require_index(blog: Blog, index: Index) -> bytes:
    """An index's bytes on the disk; `conflict` where there is no such file."""
    data = files.read(blog.root, index.path)
    if data is None:
        raise AiblogError("conflict", f'the index "{index.path}" is not there', f"edit {FILE_NAME}")
    return data


def is_to_be_made(blog: Blog, index: Index, posts: Iterable[Post]) -> bool:
    """Whether it is the archive's index, whose file is not there before the first post is archived."""
    if not blog.settings.in_archive(index.path) or any(post.archived for post in posts):
        return False
    return files.kind_of(blog.root, index.path) is None


def reviewed(blog: Blog, indexes: Sequence[Index], *, update: bool) -> Reviews:
    """Those indexes with what is wrong in them; with `update` also brought up to date. Nothing is written.

    Raises:
        AiblogError: `conflict` for an index that is not there, has conflict markers, or cannot be read; `git-failed`,
            `repository-state` where git's history is needed and git will not read it.
    """
    facts = facts_of(blog, [*blogs.posts(blog), *blogs.posts(blog, archived=True)])
    there = [index for index in indexes if not is_to_be_made(blog, index, facts.posts)]
    texts = {index.path: require_index(blog, index) for index in there}
    found = []
    for index in there:
        data = texts[index.path]
        wrong = troubles(data, index, facts)
        after = _updated(blog, data, index, facts, wrong) if update else data
        left = troubles(after, index, facts) if after != data else wrong
        found.append(Reviewed(index.path, data, wrong, after, left))
    return Reviews(tuple(found))


def troubles_of(blog: Blog, posts: Sequence[Post], texts: Mapping[str, bytes | None]) -> dict[str, list[Trouble]]:
    """What is wrong in those of the blog's indexes, by path, for those bytes (None: the file is not there).

    `posts` are all of the blog's, the archive's too. An index that cannot be read has that for its only trouble
    (`index-conflict`).

    Raises:
        AiblogError: `git-failed`, `repository-state` where git's history is needed and git will not read it.
    """
    facts = facts_of(blog, posts)
    found: dict[str, list[Trouble]] = {}
    for index in blog.settings.indexes:
        if index.path not in texts or is_to_be_made(blog, index, posts):
            continue
        data = texts[index.path]
        try:
            found[index.path] = troubles(require_index(blog, index) if data is None else data, index, facts)
        except AiblogError as error:
            if error.code in {"git-failed", "repository-state"}:  # it is not the index that cannot be read
                raise
            line = re.search(r"in line (\d+)", error.message)
            found[index.path] = [Trouble(int(line[1]) if line else 1, 1, CONFLICT, error.message)]
    return found


def facts_of(blog: Blog, posts: Sequence[Post]) -> Facts:
    """What the blog's indexes are reviewed against; git's history is read for posts that an entry calls otherwise."""

    def is_file(path: str) -> bool:
        return files.kind_of(blog.root, path) == "file"

    return Facts(blog.settings, posts, is_file, lambda paths: _former_titles(blog, paths))


def _former_titles(blog: Blog, paths: Collection[str]) -> dict[str, set[str]]:
    try:
        repository = opened(blog.root)
    except AiblogError as error:
        if error.code != "not-a-repository" and shutil.which("git"):  # it will not read it: there may be former titles
            raise
        return {}  # without git or a repository there are none
    folders = [folder for folder in (blog.settings.posts, blog.settings.archive) if folder is not None]
    places = [repository.path(folder) or "." for folder in folders]
    versions = former_versions(repository, places, {repository.path(path) for path in paths})
    return {
        path.removeprefix(repository.prefix): {title for data in each if (title := _title(blog, data))}
        for path, each in versions.items()
    }


def _title(blog: Blog, data: bytes) -> str | None:
    try:
        read = header.read(data)
    except AiblogError:
        return None
    title = blogs.title_of(blog.settings, read, data)
    return plain_title(title) if title else None


def _updated(blog: Blog, data: bytes, index: Index, facts: Facts, wrong: Sequence[Trouble]) -> bytes:
    """The index brought up to date; a selection only where its links moved."""
    data = applied(data, [edit for trouble in wrong for edit in trouble.edits])
    if not index.complete:
        return data
    editions = {path for post in facts.posts for path in post.paths}
    shape = learned_shape(data, index, editions, blog.settings.languages)
    for trouble in wrong:
        if trouble.empty and trouble.rule in {DRAFT, DEAD_LINK}:
            data = without_entry(data, index, trouble.paths, shape, editions)
    missing = list(_missing(blog, index, facts, listed(data, index, editions)))
    for entry in missing:
        if entry.title is None:
            data = with_entry(data, index, entry, shape, editions)
    return with_new_entries(data, index, [each for each in missing if each.title is not None], shape, editions)


def _missing(blog: Blog, index: Index, facts: Facts, there: set[str]) -> Iterator[Entry]:
    """The entries that the index lacks, and (without a title) those it lacks links of, oldest first."""
    for post in reversed(wanted(index, facts)):
        if all(edition.path in there for edition in published(post, blog.settings).values()):
            continue
        links = tuple(_links(blog, index, post))
        if any(link.path not in there for link in links):
            known = bool(there & set(post.paths))
            yield Entry(post.date, links, None if known else links[0].title, None, frozenset(post.paths))


def _links(blog: Blog, index: Index, post: Post) -> Iterator[EntryLink]:
    """The links of a post's entry: to editions that are neither drafts nor stubs, the leading one first."""
    editions = published(post, blog.settings)
    for code in index.languages or editions:
        if code in editions:
            data = files.require(blog.root, editions[code].path)
            if not is_stub(editions[code], data):
                language = blog.settings.language(code) or blog.settings.languages[0]
                title = own_title(data, editions[code], post.slug)
                yield EntryLink(editions[code].path, title, language)
