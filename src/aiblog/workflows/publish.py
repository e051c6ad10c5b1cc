"""Publishing: what a commit holds (the posts' editions, the indexes they enter, the files they link to) and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core import header, index as indexes
from aiblog.core.canonical import source_hash
from aiblog.core.finding import Finding
from aiblog.core.index import Entry, EntryLink, Shape
from aiblog.core.links import links, resolved
from aiblog.core.markdown import is_one_link
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Index, Settings
from aiblog.core.title import escaped_title, first_heading, title_error
from aiblog.core.translation import is_stub
from aiblog.errors import AiblogError


@dataclass(frozen=True, slots=True)
class Publish:
    """What was asked for. Languages are codes; `lists` are paths of selections, or "all"."""

    languages: tuple[str, ...] = ()
    summary: str | None = None
    index_title: str | None = None
    index_titles: Mapping[str, str] = field(default_factory=dict)
    link_labels: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ready:
    """One post as it will be published.

    `files` has the bytes of every own file by path: the editions as they will be, and what they
    link to. `drafts` are the languages that go along as stubs; no index links them.
    """

    post: Post
    files: Mapping[str, bytes]
    before: Mapping[str, bytes]
    linked: Mapping[str, Edition]
    drafts: tuple[str, ...]


def ready(blog: Blog, post: Post, request: Publish, listed: bool, *, other_posts: frozenset[str]) -> Ready:
    """The post's files with status, date and pins set; nothing is written.

    Args:
        blog: the blog.
        post: the post.
        request: what was asked for.
        listed: a complete index lists it already: a status people set stays.
        other_posts: paths of every edition of the blog: a link to another post does not publish it.
    """
    chosen = _chosen(post, request.languages)
    before = {edition.path: _bytes(blog, edition.path) for edition in chosen.values()}
    drafts = tuple(code for code, edition in chosen.items() if is_stub(before[edition.path]))
    after = {
        edition.path: data if code in drafts else _published(blog.settings, post, edition, data, listed, before)
        for (code, edition), data in zip(chosen.items(), before.values(), strict=True)
    }
    beside = _linked_files(blog, after, other_posts)
    linked = {code: edition for code, edition in chosen.items() if code not in drafts}
    return Ready(post, {**after, **beside}, {**before, **beside}, linked, drafts)


def _chosen(post: Post, languages: Sequence[str]) -> dict[str, Edition]:
    for code in languages:
        if code not in post.editions:
            there = ", ".join(post.editions)
            message = f'"{post.name}" has no edition in "{code}"; it has {there}'
            raise AiblogError("usage", message, f"aiblog translate-stub {post.slug} --to {code}")
    return {code: edition for code, edition in post.editions.items() if not languages or code in languages}


def _bytes(blog: Blog, path: str) -> bytes:
    data = files.read(blog.root, path)
    if data is None:
        raise AiblogError("conflict", f'"{path}" went away while aiblog ran', "run the command again")
    return data


def _published(
    settings: Settings, post: Post, edition: Edition, data: bytes, listed: bool, sources: Mapping[str, bytes]
) -> bytes:
    """The edition with its status set, an empty or missing date filled, a translation without a pin pinned."""
    if not edition.has_header:
        return data
    values: dict[str, str | list[str] | None] = {}
    status = settings.key("status")
    if status is not None:
        now = edition.metadata.get(status.name)
        if not now or now == status.draft or not listed:
            values[status.name] = status.published
    date = settings.key("date") or settings.key("updated")
    dates = [key for key in (settings.key("date"), settings.key("updated")) if key]
    if date is not None and post.date and not any(edition.metadata.get(key.name) for key in dates):
        values[date.name] = post.date
    if edition.translation_of is not None and not edition.metadata.get("source_hash"):
        source = post.source.path
        if source != edition.path and source in sources:
            values["source_hash"] = source_hash(sources[source])
    order = [key.name for key in settings.front_matter] + ["lang", "translation_of", "source_hash"]
    return header.edited(data, values, order)


def _linked_files(blog: Blog, editions: Mapping[str, bytes], other_posts: frozenset[str]) -> dict[str, bytes]:
    """Files below `posts` that the editions link to, with their bytes; other posts' editions and folders left out."""
    prefix = f"{blog.settings.posts}/" if blog.settings.posts else ""
    found: dict[str, bytes] = {}
    for path, data in editions.items():
        for link in links(data.decode("utf-8", "replace")):
            target = resolved(path, link.destination)
            if target is None or target in editions or target in other_posts or not target.startswith(prefix):
                continue
            if (blog.root / target).is_dir() or target in {index.path for index in blog.settings.indexes}:
                continue
            content = files.read(blog.root, target)
            if content is not None:
                found[target] = content
    return found


@dataclass(frozen=True, slots=True)
class IndexEdit:
    """How one index takes the posts' entries: the same pure function for the commit's bytes, git's index and the disk."""

    index: Index
    entries: tuple[Entry, ...]
    shape: Shape
    post_paths: frozenset[str]

    def __call__(self, data: bytes) -> bytes:
        """The index with the entries in it; `conflict` where it cannot be edited."""
        for entry in self.entries:
            data = indexes.with_entry(data, self.index, entry, self.shape, self.post_paths)
        return data


def index_edit(
    blog: Blog, index: Index, ready_posts: Sequence[Ready], request: Publish, base: bytes, post_paths: frozenset[str]
) -> IndexEdit:
    """The edit of one index for those posts, its shape learned from the index as the base has it."""
    shape = indexes.shape(base, index, post_paths, blog.settings.languages)
    listed = indexes.listed_paths(base, index.path)
    entries = []
    for each in ready_posts:
        entry = _entry(blog, index, each, request, shape, already=bool(listed & set(each.post.paths)))
        if entry is not None:
            entries.append(entry)
    return IndexEdit(index, tuple(entries), shape, post_paths)


def _entry(blog: Blog, index: Index, each: Ready, request: Publish, shape: Shape, *, already: bool) -> Entry | None:
    """The post's entry in that index; None where it has no edition for it."""
    order = [code for code in index.languages if code in each.linked] or ([] if index.languages else list(each.linked))
    if not order:
        return None
    first = each.linked[order[0]]
    title = None if already else _title(each, first)
    given = request.index_titles.get(order[0]) or (request.index_title if index.style == "sections" else None)
    if given is not None:
        title = escaped_title(given)
    entry_links = tuple(_link(blog, index, each, code, request, shape) for code in order)
    summary = request.summary if index.style == "sections" else None
    return Entry(each.post.date, title, entry_links, summary)


def _title(each: Ready, edition: Edition) -> str:
    """The edition's own title as inline Markdown: as its H1 has it where that stays one link, else escaped."""
    data = each.files[edition.path]
    end = header.read(data, edition.path).end if edition.has_header else 0
    heading = first_heading(data[end:].decode("utf-8", "replace"))
    if heading is not None and is_one_link(heading.text):
        return heading.text
    return escaped_title(edition.title or each.post.slug)


def _link(blog: Blog, index: Index, each: Ready, code: str, request: Publish, shape: Shape) -> EntryLink:
    language = blog.settings.language(code) or blog.settings.languages[0]
    path = PurePosixPath(each.linked[code].path)
    folder = PurePosixPath(index.path).parent
    relative = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else _up(path, folder)
    given = request.link_labels.get(code)
    own = _title(each, each.linked[code])
    label = escaped_title(given) if given else indexes.section_label(shape, own, language)
    return EntryLink(relative, label, code)


def _up(path: PurePosixPath, folder: PurePosixPath) -> str:
    common = 0
    for left, right in zip(path.parts, folder.parts, strict=False):
        if left != right:
            break
        common += 1
    return "/".join([".."] * (len(folder.parts) - common) + list(path.parts[common:]))
