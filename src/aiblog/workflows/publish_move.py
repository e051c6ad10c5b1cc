"""Posts that get another date before they are published: the move that goes first, and what it makes of everything."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.git import Repository
from aiblog.adapters.objects import Blob, blob_bytes, tree_blobs, tree_files
from aiblog.adapters.remote import own_urls
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.moves import Moves
from aiblog.core.operation import Step, joined
from aiblog.core.post import Post
from aiblog.core.relinked import relinked
from aiblog.workflows import moving
from aiblog.workflows.move_commit import moved_changes, moved_entries, require_whole
from aiblog.workflows.moving import MoveRequest, PlannedMove, Relocation
from aiblog.workflows.repository_files import kinds_of


class Redated(NamedTuple):
    """The blog, its posts and those that were chosen as they will be; the move that does it, if one is needed."""

    blog: Blog
    all_posts: list[Post]
    posts: list[Post]
    moved: Moved | None


def redated(blog: Blog, repository: Repository, all_posts: list[Post], posts: list[Post], date: str) -> Redated:
    """The posts with that date, and the blog as it will be then. Nothing is written.

    Where they have it already there is no move.

    Raises:
        AiblogError: what `moving.planned` raises.
    """
    relocations = tuple(Relocation(each, date, each.slug, each.archived) for each in posts if each.date != date)
    if not relocations:
        return Redated(blog, all_posts, posts, None)
    move = moving.planned(blog, [*all_posts, *blogs.posts(blog, archived=True)], MoveRequest(relocations))
    after = {each.path: each.after for each in move.changes.changes if each.path.startswith(move.prefix)}
    new = blog._replace(pending={path.removeprefix(move.prefix): data for path, data in after.items()})
    found = blogs.posts(new)
    places = {old: path for each in move.posts for old, path in each.paths.items()}
    sources = [places.get(each.source.path, each.source.path) for each in posts]
    by_path = {path: each for each in found for path in each.paths}
    return Redated(new, found, [by_path[path] for path in sources], Moved(blog, repository, move))


@dataclass(frozen=True, slots=True)
class Moved:
    """What the move makes of a commit, of git's index, and together with the publish of the disk.

    `blog` is the blog before. Paths are relative to the repository's top where nothing else is said. `known` keeps
    what `changed` gave, `written` the objects that `entries` had git write, by their bytes.
    """

    blog: Blog
    repository: Repository
    move: PlannedMove
    known: dict[str, dict[str, bytes | None]] = field(default_factory=dict, repr=False, compare=False)
    written: dict[bytes, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def paths(self) -> set[str]:
        """All that it changes on the disk."""
        return {each.path for each in self.move.changes.changes}

    def is_at(self, path: str) -> str:
        """Where a file that will be at a path is now; both are relative to the blog's root."""
        old = self.move.moves.reversed().files.get(self.repository.path(path))
        return path if old is None else self.repository.in_blog(old)

    def entries(self, tree: Mapping[str, Blob]) -> dict[str, Blob | None]:
        """What changes in a tree with those entries; None for what goes. The new bytes are in git then."""
        return moved_entries(self.repository, self.move, tree, self.written)[0]

    def changed(self, commit: str) -> dict[str, bytes | None]:
        """The bytes of what changes in a commit's tree, None for what goes; files that are no text have others.

        Raises:
            AiblogError: `repository-state` for an edition that the commit has and the disk has not: it would not move.
        """
        if commit not in self.known:
            tree = tree_files(self.repository, commit)
            require_whole(self.blog, self.move, tree)
            changes = moved_changes(self.repository, self.move, tree)
            self.known[commit] = {each.path: each.after for each in changes.changes}
        return self.known[commit]

    def on_disk(self, changes: Iterable[FileChange]) -> ChangeSet:
        """The move and what follows it as one; those changes are relative to the blog's root."""
        prefix = self.move.prefix
        later = tuple(each._replace(path=prefix + each.path) for each in changes)
        return ChangeSet.of(joined([Step(self.move.changes.changes), Step(later)]).files)

    def shown(self, editions: Sequence[FileChange], shared: Sequence[FileChange]) -> ChangeSet:
        """The same as people see it: shared files as in the commit; paths are relative to the blog's root."""
        own = {each.path for each in shared}
        here = self.repository.in_blog
        found = [
            each._replace(path=here(each.path), origin=here(each.origin) if each.origin else None)
            for each in self.on_disk(editions).changes
        ]
        return ChangeSet.of([*(each for each in found if each.path not in own), *shared])


def moved_on_branch(  # noqa: PLR0913 - two commits of a blog, and what differs
    blog: Blog, repository: Repository, base: str, tip: str, *, paths: Sequence[str], own: Collection[str]
) -> set[str]:
    """Those of the paths that an earlier publish has changed between the two commits, since posts have moved there.

    Files of theirs that git takes for renamed, and Markdown in which links to these were led on and nothing else.
    `own` are the posts' paths.
    """
    words = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", base, tip)
    listed = iter(repository.read(*words).fields())
    renamed = {old: new for _, old, new in zip(listed, listed, listed, strict=True)}
    folders = {(posixpath.dirname(old), posixpath.dirname(new)) for old, new in renamed.items() if new in own}
    moved = {
        old: new
        for old, new in renamed.items()
        if new in own or any(old.startswith(f"{was}/") and new == now + old[len(was) :] for was, now in folders)
    }
    found = {*moved, *moved.values()}
    texts = [path for path in paths if path.endswith(".md") and path not in found] if moved else []
    before, after = (tree_blobs(repository, commit, texts) for commit in (base, tip))
    data = blob_bytes(repository, [name for each in (before, after) for _, name in each.values()])
    kinds = kinds_of(tree_files(repository, base)) if texts else {}
    urls = own_urls(repository, blog.settings.git)
    for path in before.keys() & after.keys():
        led = relinked(data[before[path][1]], path, path, Moves(moved), kinds.get, urls).data
        found |= {path} if led == data[after[path][1]] else set()
    return found
