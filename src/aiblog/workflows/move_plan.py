"""The plan of a move, made of its parts: which files move, what is in the way, what follows in every file."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.adapters.git import Repository
from aiblog.adapters.remote import own_urls
from aiblog.core.beside import Surroundings, emptied, moved_beside, moved_folders, removed_beside
from aiblog.core.changes import ChangeSet
from aiblog.core.moves import Moves
from aiblog.core.post import Post
from aiblog.core.settings import FILE_NAME
from aiblog.core.translation_link import SIDECAR
from aiblog.workflows.move_indexes import IndexMoves, Redated
from aiblog.workflows.move_links import Dangling, LinkGraph, dangling_links
from aiblog.workflows.move_names import MovedPost, MoveRequest, Names
from aiblog.workflows.move_refusals import require_movable, require_settled_files
from aiblog.workflows.move_stubs import Stubs
from aiblog.workflows.move_texts import Read, Transformation
from aiblog.workflows.repository_files import RepositoryFiles


class PlannedMove(NamedTuple):
    """Everything a move would do.

    Paths of `changes`, `moves`, `links`, `urls` and `dangling` are relative to `root`: the repository's top, outside
    git the blog's root. `prefix` is the blog's root below it, "" or with a final `/`. Paths of `posts` are relative to
    the blog's root.

    `posts` are those that get other paths, another date, or go. `links` counts the links that are led on, by the file
    (its new path) they stand in; `urls` the absolute addresses of moved files that stay as they are. `dangling` are
    links that stay and lead to what is removed. `notices` are sentences on what could not be done. `repository` is the
    one that was looked through, None outside git.
    """

    root: Path
    prefix: str
    changes: ChangeSet
    posts: tuple[MovedPost, ...]
    moves: Moves
    links: Mapping[str, int]
    urls: Mapping[str, int]
    dangling: tuple[Dangling, ...]
    notices: tuple[str, ...]
    transformation: Transformation
    repository: Repository | None

    def tree(self, paths: Iterable[str], read: Read) -> ChangeSet:
        """The same for another tree of the repository, a commit's or that of git's index.

        Args:
            paths: all its files, relative to `root`.
            read: gives the bytes of one; asked for Markdown, settings, and what moves or goes.

        Raises:
            AiblogError: what an index or a file of translations in that tree does not allow.
        """
        return self.transformation.of(paths, read).changes


class Plan(NamedTuple):
    """What a plan is made from. `moved` are the posts of which something changes."""

    blog: Blog
    posts: Sequence[Post]
    names: Names
    listed: RepositoryFiles
    moved: tuple[MovedPost, ...]
    request: MoveRequest

    def planned(self) -> PlannedMove:
        """The plan."""
        listed, request = self.listed, self.request
        editions = self._top({old: new for each in self.moved for old, new in each.paths.items() if old != new})
        gone = [self._in_top(path) for post in request.removed for path in self.names.files_of(post)]
        around = self._around()
        files = {**editions, **moved_beside(around, editions)}
        removed = frozenset([*gone, *removed_beside(around, gone)])
        require_movable(listed, files, removed)
        moves = Moves(files, moved_folders(listed.paths, files, around.shared))
        lost = removed | emptied(listed.paths, files, removed)
        doing = self._transformation(moves, removed, self._redirects(lost.difference(around.shared)))
        done = doing.of(listed.paths, listed.read)
        require_settled_files(listed, done.changes)
        going = (MovedPost(each, each.date, each.slug, each.archived, {}) for each in request.removed)
        unreadable = (f"{path}: its front matter cannot be read, and stays as it is" for path in doing.unreadable)
        left = dangling_links(self._texts_after(done.changes), lost)
        return PlannedMove(
            root=listed.root,
            prefix=listed.prefix,
            changes=done.changes,
            posts=(*self.moved, *going),
            moves=moves,
            links=done.links,
            urls=done.urls,
            dangling=tuple(left),
            notices=tuple(sorted(unreadable)),
            transformation=doing,
            repository=listed.repository,
        )

    def _in_top(self, path: str) -> str:
        return f"{self.listed.prefix}{path}"

    def _top(self, paths: Mapping[str, str]) -> dict[str, str]:
        return {self._in_top(old): self._in_top(new) for old, new in paths.items()}

    def _around(self) -> Surroundings:
        settings = self.blog.settings
        own = (settings.posts, settings.archive)
        shared = {self._in_top(folder).rstrip("/") for folder in own if folder is not None}
        kept = {self._in_top(path) for path in (FILE_NAME, SIDECAR, *(index.path for index in settings.indexes))}
        markdown = [path for path in self.listed.paths if path.endswith(".md")]
        graph = LinkGraph(markdown, self.listed.read)
        editions = {self._in_top(path) for path in self.names.editions}
        return Surroundings(self.listed.paths, editions, shared, kept, graph.targets, graph.linkers)

    def _transformation(self, moves: Moves, removed: frozenset[str], redirects: Mapping[str, str]) -> Transformation:
        dates = {
            self._in_top(path): (each.post.date, each.date)
            for each in self.moved
            if each.date != each.post.date
            for path in each.paths
        }
        pattern = self.request.pattern if self.request.pattern != self.blog.settings.path else None
        return Transformation(
            self.blog.settings,
            self.listed.prefix,
            moves,
            self.listed.kind_of,
            self._indexes(),
            self._stubs(moves),
            removed=removed,
            redirects=redirects,
            dates=dates,
            pattern=pattern,
            urls=own_urls(self.listed.repository, self.blog.settings.git) if self.listed.repository else None,
        )

    def _indexes(self) -> IndexMoves:
        moved = {old: new for each in self.moved for old, new in each.paths.items()}
        gone = tuple(frozenset(self.names.files_of(post)) for post in self.request.removed)
        before = self.names.editions
        return IndexMoves(
            self.blog.settings,
            self.listed.prefix,
            before,
            frozenset(moved.get(path, path) for path in before.difference(*gone)),
            gone,
            tuple(
                Redated(frozenset(each.paths.values()), each.post.date, each.date)
                for each in self.moved
                if each.date != each.post.date
            ),
            archived=self._placed(archived=True),
            unarchived=self._placed(archived=False),
        )

    def _stubs(self, moves: Moves) -> Stubs:
        def moved(path: str) -> str:
            return moves.of(self._in_top(path)).removeprefix(self.listed.prefix)

        return Stubs(self.blog, self.posts, moved, {path: each.date for each in self.moved for path in each.paths})

    def _placed(self, *, archived: bool) -> frozenset[str]:
        """The paths of the editions that come into the archive, or out of it."""
        own = (each for each in self.moved if each.archived == archived != each.post.archived)
        return frozenset(path for each in own for path in each.paths)

    def _redirects(self, lost: Collection[str]) -> dict[str, str]:
        """Where links to the files of a post that goes lead: to the edition in the same language, else the source.

        Those to a folder of its editions that is `lost` with it lead to that edition's folder.
        """
        other = self.request.redirect
        if other is None:
            return {}
        files = {
            self._in_top(path): self._in_top(other.editions.get(code, other.source).path)
            for post in self.request.removed
            for path, code in self.names.files_of(post).items()
        }
        folders = {posixpath.dirname(old): posixpath.dirname(new) for old, new in reversed(files.items())}
        return files | {old: new for old, new in folders.items() if old in lost}

    def _texts_after(self, changes: ChangeSet) -> Iterable[tuple[str, bytes]]:
        """The repository's Markdown as it will be, by path."""
        if not self.request.removed:
            return
        after = {each.path: each.after for each in changes.changes}
        for path in sorted({*self.listed.paths, *after}):
            data = after[path] if path in after else self.listed.read(path)
            if path.endswith(".md") and data is not None:
                yield path, data
