"""A post as it will be published: its editions with status, date and pin set, and the files they link to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core import header, translation_link
from aiblog.core.canonical import source_hash
from aiblog.core.document import Link
from aiblog.core.links import links, resolved
from aiblog.core.post import LINK_KEYS, Edition, Post
from aiblog.core.settings import Settings
from aiblog.core.translation import is_stub
from aiblog.core.translation_source import named
from aiblog.errors import AiblogError

LARGEST = 100 * 1024 * 1024
"""Bytes of one file at most: hosting services refuse a push with a larger one."""


class Ready(NamedTuple):
    """One post as it will be published. All paths are relative to the blog's root.

    `before` has the chosen editions' bytes as the author has them, `after` as they are committed.
    `beside` are the files below `posts` that they link to. `linked` are the editions an index lists,
    the others go along as the stubs they are. `links` is what the blog's file of translations has of the chosen ones.
    """

    post: Post
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    beside: tuple[str, ...]
    linked: Mapping[str, Edition]
    links: Mapping[str, translation_link.Link | None] = MappingProxyType({})

    @property
    def editions(self) -> dict[str, Edition]:
        """The chosen editions by language, the source first."""
        return {code: edition for code, edition in self.post.editions.items() if edition.path in self.before}


def ready(blog: Blog, post: Post, languages: Sequence[str], *, listed: bool, other_posts: frozenset[str]) -> Ready:
    """The post with what publishing sets; nothing is written.

    Args:
        blog: the blog.
        post: the post.
        languages: codes of the editions to publish; all of them where there are none.
        listed: a complete index lists the post already: a status people set stays.
        other_posts: paths of every edition of the blog: a link to another post does not publish it.

    Raises:
        AiblogError: `usage` for an edition that is not there, `unsafe-path` for a file that is no regular one.
    """
    chosen = _chosen(post, languages)
    before = {edition.path: blog.require(edition.path) for edition in chosen.values()}
    drafts = tuple(code for code, edition in chosen.items() if is_stub(edition, before[edition.path]))
    after = {
        edition.path: data if code in drafts else _published(blog.settings, post, edition, data, listed=listed)
        for (code, edition), data in zip(chosen.items(), before.values(), strict=True)
    }
    listed_editions = {code: edition for code, edition in chosen.items() if code not in drafts}
    links = {edition.path: edition.link for edition in chosen.values()}
    for path, pin in _pins(listed_editions.values(), before).items():
        if links[path] is None:  # where its link stands, the pin does too
            after[path] = translation_link.with_link_keys(after[path], pin, blog.settings, path)
        else:
            links[path] = pin
    return Ready(post, before, after, tuple(linked_files(blog, before, other_posts)), listed_editions, links)


def _chosen(post: Post, languages: Sequence[str]) -> dict[str, Edition]:
    for code in languages:
        if code not in post.editions:
            message = f'"{post.name}" has no edition in "{code}"; it has {", ".join(post.editions)}'
            raise AiblogError("usage", message, f"aiblog translate-stub {post.name} --to {code}")
    return {code: edition for code, edition in post.editions.items() if not languages or code in languages}


def _published(settings: Settings, post: Post, edition: Edition, data: bytes, *, listed: bool) -> bytes:
    """The edition with its status set, an empty or missing date filled."""
    if not edition.has_header or edition.problem:
        return data
    values: dict[str, str | list[str] | None] = {}
    status = settings.key("status")
    if status is not None:
        now = edition.metadata.get(status.name)
        if not now or now == status.draft or not listed:
            values[status.name] = header.word(status.published)
    dates = [key for key in (settings.key("date"), settings.key("updated")) if key]
    if dates and post.date and not any(edition.metadata.get(key.name) for key in dates):
        values[dates[0].name] = post.date
    return header.edited(data, values, [*(key.name for key in settings.front_matter), *LINK_KEYS])


def _pins(editions: Iterable[Edition], texts: Mapping[str, bytes]) -> dict[str, translation_link.Link]:
    """The links, by path, of translations that are published for the first time together with their source."""
    found = {}
    for edition in editions:
        origin, source = edition.translation_of, named(edition)
        if origin and source and source in texts and not edition.source_hash and not edition.problem:
            pin = source_hash(texts[source])
            found[edition.path] = translation_link.Link(edition.language, origin, pin)
    return found


def linked_files(
    blog: Blog, editions: Mapping[str, bytes], other_posts: frozenset[str], *, gone_too: bool = False
) -> list[str]:
    """Files below `posts` that those editions link to, in order; no edition of a post, index or folder among them.

    With `gone_too` also those that are not on the disk.
    """
    prefix = blog.in_posts("")
    left_out = {*editions, *other_posts, *(index.path for index in blog.settings.indexes)}
    targets = [target for _, _, target in linked(editions) if target.startswith(prefix) and target not in left_out]
    return [path for path in dict.fromkeys(targets) if gone_too or blog.kind_of(path) == "file"]


def linked(editions: Mapping[str, bytes]) -> Iterator[tuple[str, Link, str]]:
    """Every relative link of those editions: the edition's path, the link, the path it leads to."""
    for path, data in editions.items():
        for link in _links(data):
            target = resolved(path, link.destination)
            if target is not None:
                yield path, link, target


@lru_cache(maxsize=16)  # asked for the linked files, for the commit's parent, and by the checks
def _links(data: bytes) -> tuple[Link, ...]:
    return tuple(links(data.decode("utf-8", "surrogateescape")))
