"""Posts chosen by what a reader asks for: language, status, tag, dates, missing translations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.post import Edition, Post
from aiblog.core.settings import Settings
from aiblog.core.tags import tags_in


class Listing(NamedTuple):
    """What `aiblog list` was asked for. Dates are ISO 8601, both ends included; `sort` one of date, slug, title."""

    languages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    missing: str | None = None
    sort: str = "date"
    limit: int | None = None


def chosen(posts: Sequence[Post], listing: Listing, settings: Settings) -> list[Post]:
    """The posts that match every filter (any of the values of one filter), sorted, at most `limit` of them."""
    found = [post for post in posts if _matches(post, listing, settings)]
    if listing.sort == "slug":
        found.sort(key=lambda post: post.slug)
    elif listing.sort == "title":
        found.sort(key=lambda post: (post.title or "").casefold())
    return found[: listing.limit] if listing.limit is not None else found


def _matches(post: Post, listing: Listing, settings: Settings) -> bool:
    return (
        (not listing.languages or any(code in post.editions for code in listing.languages))
        and (not listing.statuses or _share([status_of(post.source, settings) or ""], listing.statuses))
        and (not listing.tags or _share(tags_of(post.source, settings), listing.tags))
        and (listing.since is None or post.date >= listing.since)
        and (listing.until is None or post.date <= listing.until)
        and (listing.missing is None or listing.missing not in post.editions)
    )


def _share(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether one of the words is wanted, whatever its case."""
    return not {word.casefold() for word in words}.isdisjoint(word.casefold() for word in wanted)


def status_of(edition: Edition, settings: Settings) -> str | None:
    """The status as the file has it, None where it has none."""
    key = settings.key("status")
    value = edition.metadata.get(key.name) if key else None
    return value if isinstance(value, str) and value else None


def tags_of(edition: Edition, settings: Settings) -> list[str]:
    """The tags as the file has them, in its order, from a list or from one line with commas."""
    key = settings.key("tags")
    return tags_in(edition.metadata.get(key.name) if key else None)


def tagged(posts: Sequence[Post], settings: Settings) -> dict[str, list[str]]:
    """The names of the posts that have each of the blog's tags, in the posts' order.

    The most used tag first, ties by name, one in lower case before others.
    """
    found: dict[str, list[str]] = {}
    for post in posts:
        for tag in {tag: None for edition in post.editions.values() for tag in tags_of(edition, settings)}:
            found.setdefault(tag, []).append(post.name)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0].casefold(), item[0].swapcase())))


def vocabulary(posts: Sequence[Post], settings: Settings) -> dict[str, int]:
    """The blog's tags with the number of posts that have them, most used first, ties by name."""
    return {tag: len(names) for tag, names in tagged(posts, settings).items()}
