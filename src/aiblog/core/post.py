"""The nouns: an edition (one file) and a post (one topic on one date, all its editions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MetadataValue = str | list[str] | None
"""A front-matter value as text: a scalar as it would be read back, a list of such, or nothing."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A post's file in one language.

    `path` is relative to the blog's root, with `/`. `title` is plain text (Markdown escapes
    resolved), or None where the file has none. `metadata` holds the front matter's top-level
    values as text; empty where the file has none (`has_header` tells the two apart).
    """

    path: str
    language: str
    title: str | None = None
    metadata: Mapping[str, MetadataValue] = field(default_factory=dict)
    has_header: bool = False


@dataclass(frozen=True, slots=True)
class Post:
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
