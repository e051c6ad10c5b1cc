"""The blog's conventions, as `aiblog.yaml` states them: fields, defaults, validation, documentation in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from aiblog.core.language import Language, default_language

FILE_NAME = "aiblog.yaml"


@dataclass(frozen=True, slots=True)
class Key:
    """One front-matter key of the blog, in the order it is written.

    `role` is what the tool uses it for: date, updated, status, tags, or None. A status key maps
    the two states to the blog's own words. `derived` is "path" for a key that follows the
    file's own path. `default` is written where nothing else was said.
    """

    name: str
    role: Literal["date", "updated", "status", "tags"] | None = None
    required: bool = False
    default: str | None = None
    style: Literal["comma", "list"] | None = None
    derived: Literal["path"] | None = None
    draft: str = "Draft"
    published: str = "Published"


@dataclass(frozen=True, slots=True)
class Index:
    """One file that lists posts. `path` is relative to the blog's root; `languages` empty means all, in the blog's order."""

    path: str
    style: Literal["sections", "list"] = "sections"
    complete: bool = True
    under: str | None = None
    languages: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Git:
    """How commits are made. `base` and `remote` None: the repository's own default branch and remote."""

    base: str | None = None
    remote: str | None = None
    branch: str = "blog/{date}-{slug}"
    message: str = "Add blog post: {title}"
    draft_message: str = "Draft blog post: {title}"
    translation_message: str = "Add {language} translation: {title}"


@dataclass(frozen=True, slots=True)
class Settings:
    """A blog's conventions. Folders are relative to the blog's root, with `/`, `""` for the root itself."""

    posts: str = "posts"
    archive: str | None = None
    path: str = "{date}/{slug}{lang}.md"
    timezone: str | None = None
    languages: tuple[Language, ...] = (default_language("en", ""), default_language("zh", "_zh"))
    front_matter: tuple[Key, ...] = field(
        default=(
            Key("status", role="status"),
            Key("date", role="date"),
            Key("tags", role="tags", style="comma"),
        )
    )
    title: str = "heading"
    indexes: tuple[Index, ...] = ()
    git: Git = Git()

    def language(self, code: str) -> Language | None:
        """The language of that code, or None."""
        return next((language for language in self.languages if language.code == code), None)

    def key(self, role: str) -> Key | None:
        """The front-matter key with that role, or None."""
        return next((key for key in self.front_matter if key.role == role), None)

    def derived_keys(self) -> tuple[Key, ...]:
        """The keys that follow the file's own path."""
        return tuple(key for key in self.front_matter if key.derived)
