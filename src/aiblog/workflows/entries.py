"""The posts' entries in an index: one pure edit for its bytes in the commit, in git's index and on the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.index import learned_shape, listed, summary_error, with_entry
from aiblog.core.index_entry import Entry, EntryLink, Shape
from aiblog.core.markdown import is_one_link
from aiblog.core.post import Edition, newest_first
from aiblog.core.settings import Index
from aiblog.core.title import escaped_title, first_heading
from aiblog.errors import AiblogError
from aiblog.workflows.ready import Ready


class Words(NamedTuple):
    """What a person wants an entry to say; plain text. Titles and labels are by language code."""

    summary: str | None = None
    title: str | None = None
    titles: Mapping[str, str] = MappingProxyType({})
    labels: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class IndexEdit:
    """How one index takes the entries: bytes in, bytes out. `editions` are the paths of every edition of the blog.

    `done` keeps what it gave: the three copies of an index are the same as a rule.
    """

    index: Index
    entries: tuple[Entry, ...]
    shape: Shape
    editions: frozenset[str]
    done: dict[bytes, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def path(self) -> str:
        """The index's path, relative to the blog's root."""
        return self.index.path

    def __call__(self, data: bytes) -> bytes:
        """The index with the entries; `conflict` where it cannot be edited."""
        if data not in self.done:
            after = data
            for entry in self.entries:
                after = with_entry(after, self.index, entry, self.shape, self.editions)
            self.done[data] = after
        return self.done[data]


def index_edit(  # noqa: PLR0913 - the parts of one edit
    blog: Blog, index: Index, posts: Sequence[Ready], words: Words, *, base: bytes, editions: frozenset[str]
) -> IndexEdit:
    """The edit of one index for those posts, its entries' shape learned from the index as `base` has it.

    Raises:
        AiblogError: `usage` for a summary that would break the index apart.
    """
    shape = learned_shape(base, index, editions, blog.settings.languages)
    if index.style == "sections" and words.summary is not None and (problem := summary_error(words.summary, shape)):
        raise AiblogError("usage", f"--summary: {problem}")
    there = listed(base, index, editions)
    order = {post.name: number for number, post in enumerate(newest_first(each.post for each in posts))}
    oldest_first = sorted(posts, key=lambda each: -order[each.post.name])
    entries = [_entry(blog, index, each, words, known=bool(there & set(each.post.paths))) for each in oldest_first]
    return IndexEdit(index, tuple(entry for entry in entries if entry), shape, editions)


def _entry(blog: Blog, index: Index, each: Ready, words: Words, *, known: bool) -> Entry | None:
    """The post's entry in that index, None where it has no edition for it. `known`: it is there, its words stay."""
    order = [code for code in index.languages if code in each.linked] if index.languages else list(each.linked)
    if not order:
        return None
    given = words.title if index.style == "sections" else words.titles.get(order[0])
    title = escaped_title(given) if given is not None else None
    if title is None and not known:
        title = _title(each, order[0])
    links = tuple(_link(blog, each, code, words) for code in order)
    summary = words.summary if index.style == "sections" else None
    return Entry(each.post.date, links, title, summary, frozenset(each.post.paths))


def _link(blog: Blog, each: Ready, code: str, words: Words) -> EntryLink:
    language = blog.settings.language(code) or blog.settings.languages[0]
    given = words.labels.get(code)
    path = each.linked[code].path
    return EntryLink(path, _title(each, code), language, escaped_title(given) if given else None)


def _title(each: Ready, code: str) -> str:
    edition = each.linked[code]
    return own_title(each.after[edition.path], edition, each.post.slug)


def own_title(data: bytes, edition: Edition, slug: str) -> str:
    """The edition's title as inline Markdown: as its H1 has it where that stays one link, else escaped.

    `data` are its bytes, `slug` what it is called where it has no title.
    """
    end = header.read(data, edition.path).end if edition.has_header else 0
    heading = first_heading(data[end:].decode("utf-8", "replace"))
    if heading is not None and is_one_link(heading.text):
        return heading.text
    return escaped_title(edition.title or slug)
