"""The nouns: an edition (one file) and a post (one topic on one date, all its editions); and how a post is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from aiblog.core.dates import iso_date
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.core.settings import Key, Settings
    from aiblog.core.translation_link import Link

LINK_KEYS = ("lang", "translation_of", "source_hash")
"""What links a translation to its source: the tool's own keys, never set by hand."""

MetadataValue = str | list[str] | None
"""A front-matter value as text: a scalar as it would be read back, a list of such, or nothing."""


class Edition(NamedTuple):
    """A post's file in one language.

    `path` is relative to the blog's root, with `/`. `title` is plain text (Markdown escapes
    resolved), or None where the file has none. `metadata` holds the front matter's top-level
    values as text; empty where the file has none (`has_header` tells the two apart). `problem`
    says why the front matter cannot be read, None where it can. `link` is what the blog's file of
    translations says, where it has one; it counts before the front matter.
    """

    path: str
    language: str
    title: str | None = None
    metadata: Mapping[str, MetadataValue] = MappingProxyType({})
    has_header: bool = False
    problem: str | None = None
    link: Link | None = None

    @property
    def translation_of(self) -> str | None:
        """What is named as this translation's source, as written; None where nothing is."""
        if self.link is not None:
            return self.link.translation_of
        value = self.metadata.get("translation_of")
        return value if isinstance(value, str) else None

    @property
    def source_hash(self) -> str | None:
        """The hash of the source's text that this translation covers, as written; None where nothing says it."""
        if self.link is not None:
            return self.link.source_hash
        value = self.metadata.get("source_hash")
        return value if isinstance(value, str) and value else None


def is_draft(edition: Edition, settings: Settings) -> bool:
    """Whether the edition's status is the blog's word for a draft."""
    return says_draft(edition.metadata, settings.key("status"))


def says_draft(values: Mapping[str, MetadataValue], status: Key | None) -> bool:
    """Whether a front matter's values have the word for a draft in the key of the status; False without that key."""
    return status is not None and values.get(status.name) == status.draft


class Post(NamedTuple):
    """One topic published on one date. `date` is ISO 8601, from the path; editions by language, source first."""

    date: str
    slug: str
    editions: Mapping[str, Edition]
    archived: bool = False

    @property
    def name(self) -> str:
        """`DATE/slug`, which selects this post whatever other posts there are."""
        return f"{self.date}/{self.slug}"

    @property
    def source(self) -> Edition:
        """The edition written first."""
        return next(iter(self.editions.values()))

    @property
    def title(self) -> str | None:
        """The source edition's title."""
        return self.source.title

    @property
    def paths(self) -> list[str]:
        """The editions' paths, the source first."""
        return [edition.path for edition in self.editions.values()]


def date_of(editions: Iterable[Edition], settings: Settings) -> str:
    """The first date in the front matter of those editions, ISO 8601; empty where none has any."""
    key = settings.key("date") or settings.key("updated")
    dates = (iso_date(edition.metadata.get(key.name)) for edition in editions) if key else ()
    return next(filter(None, dates), "")


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """The posts as every list shows them: newest date first, ties by slug."""
    by_slug = sorted(posts, key=lambda post: post.slug)
    return sorted(by_slug, key=lambda post: post.date, reverse=True)


def selector(posts: Iterable[Post], post: Post) -> str:
    """What selects the post, to be typed: its slug, or `DATE/slug` where another of the posts has that slug.

    Its path, from the root, where one has its date too: a post and one of the archive.
    """
    twins = [other for other in posts if other.slug == post.slug and other.source.path != post.source.path]
    if any(other.date == post.date for other in twins):
        return post.source.path
    return post.name if twins else post.slug


def selectors(posts: Sequence[Post]) -> dict[str, str]:
    """What selects each of the posts, by its name: as `selector`, for all of them in one pass."""
    from collections import Counter  # noqa: PLC0415 - start-up: only where many are shown

    counts = Counter(post.slug for post in posts)
    return {post.name: post.slug if counts[post.slug] == 1 else post.name for post in posts}


def require_post(posts: Sequence[Post], text: str, path: str | None = None) -> Post:
    """The post that `text` selects: its slug, `DATE/slug`, or (as `path`, relative to the root) any of its files.

    An exact match only, never a prefix (hexo published the wrong draft that way).

    Raises:
        AiblogError: `post-not-found`; `post-ambiguous` with the candidates where several have that slug.
    """
    by_path = [post for post in posts if path is not None and path in post.paths]
    found = by_path or [post for post in posts if post.name == text] or [post for post in posts if post.slug == text]
    if len(found) == 1:
        return found[0]
    if found:
        names = [selector(found, post) for post in newest_first(found)]
        what = "slug" if found[0].slug == text else "name"
        sentence = f'"{text}" is the {what} of {len(found)} posts; one of these was wanted: {", ".join(names)}'
        raise AiblogError("post-ambiguous", sentence, "aiblog list")
    raise AiblogError("post-not-found", _not_found(posts, text, path), "aiblog list")


def _not_found(posts: Sequence[Post], text: str, path: str | None) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for this message

    names = [name for post in posts for name in (post.slug, post.name)]
    last = text.rstrip("/").rpartition("/")[2].removesuffix(".md")
    inside = [post.name for post in posts if any(each.startswith(f"{path}/") for each in post.paths)]
    near = inside if len(inside) == 1 else get_close_matches(text.lower(), names, 1)
    near = near or get_close_matches(last.lower(), [post.slug for post in posts], 1)
    wanted = f'; the nearest is "{near[0]}"' if near else ""
    return f'no post "{text}" in this blog: its slug, DATE/slug or the path of one of its files was wanted{wanted}'
