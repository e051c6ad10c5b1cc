"""What publishing would do: the commit's files (editions, the indexes they enter, what they link to) and its branch."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.adapters.branches import (
    Base,
    Target,
    base_notice,
    current_target,
    push_remote,
    require_base,
    require_branch_name,
    require_target,
)
from aiblog.adapters.git import Repository, opened
from aiblog.adapters.hooks import remove_leftovers
from aiblog.adapters.landing import Content
from aiblog.adapters.objects import Blob, blob_bytes, ignored, tree_blobs
from aiblog.adapters.state import require_identity, require_settled
from aiblog.core import header
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.index import listed
from aiblog.core.post import Post, says_draft
from aiblog.core.settings import Index, Key, filled
from aiblog.errors import AiblogError
from aiblog.workflows.entries import IndexEdit, Words, index_edit
from aiblog.workflows.linking import LinksEdit, links_edit
from aiblog.workflows.ready import LARGEST, Ready, linked, linked_files, ready

if TYPE_CHECKING:
    from aiblog.workflows.publish_move import Moved


class Publish(NamedTuple):
    """What was asked for. `languages` are codes, `lists` paths of selections; `allow` names of rules, `date` is ISO."""

    languages: tuple[str, ...] = ()
    words: Words = Words()
    lists: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    base: str | None = None
    branch: str | None = None
    no_branch: bool = False
    switch: bool = False
    message: str | None = None
    verify: bool = True
    date: str | None = None


class Place(NamedTuple):
    """Where the commit goes, looked at before anything else: the repository, the base, what to know of it."""

    repository: Repository
    base: Base
    remote: str | None
    notice: str | None


class Plan(NamedTuple):
    """Everything that publishing would do; nothing is written yet.

    `shown` is what the command edits, as people see it: the editions on the disk, the indexes in the
    commit. `left_out` are files the posts link to that git ignores or that are too large for a commit.
    `on_disk` are the edits that the disk gets too: of the indexes, and of the file of translations. `all_editions`
    are the blog's posts by path. Where the posts get another date, they are `moved` first, and all else is planned on
    top of that. Paths are relative to the blog's root.
    """

    place: Place
    target: Target
    posts: tuple[Ready, ...]
    edits: tuple[IndexEdit, ...]
    content: Content
    editions: ChangeSet
    on_disk: tuple[IndexEdit | LinksEdit, ...]
    shown: ChangeSet
    left_out: tuple[str, ...]
    all_editions: Mapping[str, Post]
    message: str
    moved: Moved | None = None


def place_of(blog: Blog, base: str | None) -> Place:
    """The repository as publishing needs it.

    Raises:
        AiblogError: `not-a-repository`, `repository-state`, `identity-missing`, `usage` for an unknown base.
    """
    repository = opened(blog.root)
    require_settled(repository)
    require_identity(repository)
    remove_leftovers(repository)
    git = blog.settings.git
    found = require_base(repository, base or git.base, git.remote)
    remote = push_remote(repository, git.remote, found.name)
    return Place(repository, found, remote, base_notice(repository, found))


def branch_with(blog: Blog, place: Place, text: str) -> str | None:
    """The short name of a branch that is named like that post's (a slug, or `DATE/slug`); None where there is none."""
    date, _, slug = text.rpartition("/")
    name = re.escape(blog.settings.git.branch).replace(r"\{slug\}", re.escape(slug))
    wanted = re.compile(name.replace(r"\{date\}", re.escape(date) or r"\d{4}-\d{2}-\d{2}"))
    refs = place.repository.refs
    heads = [ref.removeprefix("refs/heads/") for ref in refs if ref.startswith("refs/heads/")]
    return next((head for head in heads if wanted.fullmatch(head)), None)


def listed_on_disk(blog: Blog, index: Index, editions: Collection[str]) -> set[str]:
    """Paths of the editions that an index on the disk lists; none where there is no such file."""
    data = blog.read(index.path)
    return listed(data, index, editions) if data is not None else set()


def planned(  # noqa: PLR0913, PLR0917 - what is published, and after which move
    blog: Blog,
    place: Place,
    posts: Sequence[Post],
    all_posts: Sequence[Post],
    request: Publish,
    moved: Moved | None = None,
) -> Plan:
    """The whole plan. The indexes in the commit and on the disk are edited here once: one that cannot be stops it.

    Where the posts are `moved` before, the blog and its posts are as they will be then (`Blog.pending`).

    Raises:
        AiblogError: what a request or a state does not allow.
    """
    by_path = {path: post for post in all_posts for path in post.paths}
    editions = frozenset(by_path)
    made = tuple(_ready(blog, post, request, editions) for post in posts)
    links = links_edit(blog, {path: link for each in made for path, link in each.links.items()})
    if links and ignored(place.repository, [place.repository.path(links.path)]):
        links = None  # the author keeps it to themselves
    parts = _Parts(blog, place, request, editions, made, _own_files(blog, place.repository, made), links, moved)
    target = parts.target()
    edits, content, shared = parts.contents(target)
    everything = tuple(edit for edit in content.edits.values() if isinstance(edit, IndexEdit | LinksEdit))
    disk = [FileChange(path, each.before[path], data) for each in made for path, data in each.after.items()]
    return Plan(
        place=place,
        target=target,
        posts=made,
        edits=edits,
        content=content,
        editions=ChangeSet.of(disk),
        on_disk=() if target.head == "stays" else everything,
        shown=moved.shown(disk, shared) if moved else ChangeSet.of([*disk, *shared]),
        left_out=tuple(path for path, data in parts.own_files.items() if data is None),
        all_editions=by_path,
        message=request.message or parts.message(content.parent),
        moved=moved,
    )


def _ready(blog: Blog, post: Post, request: Publish, editions: frozenset[str]) -> Ready:
    complete = blog.settings.indexes_of(complete=True)
    there = any(set(post.paths) & listed_on_disk(blog, index, editions) for index in complete)
    return ready(blog, post, request.languages, listed=there, other_posts=editions)


def _own_files(blog: Blog, repository: Repository, posts: Sequence[Ready]) -> dict[str, bytes | None]:
    """The commit's files besides indexes, with their bytes; None for one that git ignores or cannot hold.

    Raises:
        AiblogError: `unsafe-path` for an edition that git ignores.
    """
    beside = [path for each in posts for path in each.beside]
    found: dict[str, bytes | None] = {path: data for each in posts for path, data in each.after.items()}
    hidden = ignored(repository, [repository.path(path) for path in (*found, *beside)])
    for path in found:
        if repository.path(path) in hidden:
            raise AiblogError("unsafe-path", f'git ignores "{path}"', f"git check-ignore -v {path}")
    for path in beside:
        too_large = blog.size_of(path) > LARGEST
        found[path] = None if too_large or repository.path(path) in hidden else blog.require(path)
    return found


class _Parts(NamedTuple):
    """What a plan is made from."""

    blog: Blog
    place: Place
    request: Publish
    editions: frozenset[str]
    posts: tuple[Ready, ...]
    own_files: Mapping[str, bytes | None]
    links: LinksEdit | None
    moved: Moved | None

    def target(self) -> Target:
        """The branch that the commit goes to."""
        if self.request.no_branch:
            return current_target(self.place.repository)
        first = self.posts[0].post
        name = self.request.branch
        if name is None:
            name = self.blog.settings.git.branch_of(first.date, first.slug)
        else:
            require_branch_name(self.place.repository, name)
        paths = [path for path, data in self.own_files.items() if data is not None]
        paths += [index.path for index in self.indexes()]
        paths += [self.links.path] if self.links else []
        held = [self.place.repository.path(path) for path in paths]
        held += self.moved.paths if self.moved else []
        return require_target(self.place.repository, name, self.place.base, self.foreign, held=held)

    def indexes(self) -> list[Index]:
        """Every complete index, and the selections that were asked for."""
        complete, lists = self.blog.settings.indexes_of(complete=True), self.request.lists
        return [index for index in self.blog.settings.indexes if index in complete or index.path in lists]

    def foreign(self, tip: str, paths: list[str]) -> list[str]:
        """Those of the paths (relative to the top) that are not the posts' own; what they ever linked to there is."""
        repository, base = self.place.repository, self.place.base.commit
        own = {path for each in self.posts for path in each.post.paths} | set(self.own_files)
        own |= {index.path for index in self.blog.settings.indexes} | ({self.links.path} if self.links else set())
        others = [path for path in paths if path.removeprefix(repository.prefix) not in own]
        others = [path for path in others if self.moved is None or path not in self.moved.paths]
        if not others:
            return []
        editions = [repository.path(each) for each in own & self.editions]
        commits = repository.read("rev-list", f"{base}..{tip}").out.decode().split()
        blobs = [blob for commit in commits for blob in tree_blobs(repository, commit, editions).items()]
        texts = blob_bytes(repository, [name for _, (_, name) in blobs])
        then = [{each.removeprefix(repository.prefix): texts[name]} for each, (_, name) in blobs]
        linked = {each for text in then for each in linked_files(self.blog, text, self.editions, gone_too=True)}
        others = [path for path in others if path.removeprefix(repository.prefix) not in linked]
        if not others:
            return []
        from aiblog.workflows.publish_move import moved_on_branch  # noqa: PLC0415 - start-up: seldom needed

        theirs = {repository.path(path) for path in own}
        moved = moved_on_branch(self.blog, repository, base, tip, paths=others, own=theirs)
        return [path for path in others if path not in moved]

    def message(self, parent: Mapping[str, Blob]) -> str:
        """The commit's message: a post's; an update's where all are published; a translation's where nothing else is
        new to a post that is there."""
        repository, git = self.place.repository, self.blog.settings.git
        first = self.posts[0]
        words: str | None = None
        language = ""
        if len(self.posts) == 1:
            there = any(repository.path(path) in parent for path in first.post.paths)
            new = [code for code, edition in first.editions.items() if repository.path(edition.path) not in parent]
            if there and new and all(first.post.editions[code].translation_of for code in new):
                words = git.translation_message
                names = [known.name for code in new if (known := self.blog.settings.language(code))]
                language = " and ".join(names)
        post = first.post
        if words is None:
            words = git.message_of_update if self._are_published() else git.message
        return filled(words, date=post.date, slug=post.slug, language=language, title=post.title or post.slug)

    def _are_published(self) -> bool:
        """Whether each of the posts is published on the base already."""
        repository, status = self.place.repository, self.blog.settings.key("status")
        own = [{*map(repository.path, each.post.paths)} for each in self.posts]
        based = tree_blobs(repository, self.place.base.commit, [path for paths in own for path in paths])
        texts = blob_bytes(repository, [name for _, name in based.values()])
        published = {path for path, (_, name) in based.items() if status is None or _is_published(texts[name], status)}
        return all(paths & published for paths in own)

    def contents(self, target: Target) -> tuple[tuple[IndexEdit, ...], Content, list[FileChange]]:
        """The edits of the indexes, the commit's content, and what it changes in files of the whole blog."""
        repository = self.place.repository
        indexes = self.indexes()
        paths = [repository.path(index.path) for index in indexes]
        held = {repository.path(path): data for path, data in self.own_files.items() if data is not None}
        others = [repository.path(path) for each in self.posts for path in each.post.paths]
        others += [
            repository.path(to) for each in self.posts for _, _, to in linked(each.before) if to in self.editions
        ]
        shared = repository.path(self.links.path) if self.links else None
        then = self.moved.changed(target.parent) if self.moved else {}
        wanted = [*paths, *held, *others, *([shared] if shared else []), *then]
        parent = tree_blobs(repository, target.parent, list(dict.fromkeys(wanted)))
        held_texts = blob_bytes(repository, [parent[path][1] for path in (*paths, shared) if path in parent])
        texts = {path: held_texts[parent[path][1]] for path in (*paths, shared) if path in parent}
        now = texts | {path: data for path, data in then.items() if data is not None}
        edits: list[IndexEdit] = []
        blobs: dict[str, bytes] = {}
        for index, path in zip(indexes, paths, strict=True):
            if path not in parent:
                raise _index_missing(index, target)
            base = now[path]
            edit = index_edit(self.blog, index, self.posts, self.request.words, base=base, editions=self.editions)
            blobs[path] = edit(base)
            edits.append(edit)
            if target.head != "stays" and (disk := self.blog.read(index.path)) is not None:
                edit(disk)
        by_path: dict[str, IndexEdit | LinksEdit] = {repository.path(edit.path): edit for edit in edits}
        changes = [FileChange(i.path, texts[p], blobs[p]) for i, p in zip(indexes, paths, strict=True)]
        if self.links and shared:
            before = texts.get(shared)
            after = self.links(now.get(shared) or b"")
            if after:
                blobs[shared], by_path[shared] = after, self.links
                changes.append(FileChange(self.links.path, before, after))
                self.links((self.blog.read(self.links.path) if target.head != "stays" else None) or b"")
        content = Content(held, blobs, by_path, parent, self.moved.entries if self.moved else None)
        return tuple(edits), content, changes


def _index_missing(index: Index, target: Target) -> AiblogError:
    message = f'the index "{index.path}" is not in git yet (commit {target.parent[:7]} has no such file)'
    hints = (f"git add {index.path}", f'git commit -m "Add the index" -- {index.path}')
    return AiblogError("conflict", message, *hints)


def changed_paths(plan: Plan) -> list[str]:
    """The paths the commit would change, as far as raw bytes tell (git's filters may find less), for a dry run."""
    repository = plan.place.repository
    after: dict[str, bytes | None] = {**plan.content.files, **plan.content.blobs}
    if plan.moved is not None:
        after = {**plan.moved.changed(plan.target.parent), **after}
    parent = tree_blobs(repository, plan.target.parent, list(after))
    texts = blob_bytes(repository, [name for _, name in parent.values()])
    changed = [path for path, data in after.items() if data != (texts[parent[path][1]] if path in parent else None)]
    return [repository.in_blog(path) for path in changed]


def _is_published(text: bytes, status: Key) -> bool:
    """Whether a file's status is another one than the blog's word for a draft; False where that cannot be read."""
    try:
        return not says_draft(header.read(text).values, status)
    except AiblogError:
        return False
