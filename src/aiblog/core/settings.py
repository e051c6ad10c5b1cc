"""The blog's conventions, as `aiblog.yaml` states them: fields, defaults, validation, documentation in one place."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from aiblog.core.language import Language, default_language

FILE_NAME = "aiblog.yaml"

Role = Literal["date", "updated", "status", "tags"]
"""What the tool uses a front-matter key for."""


class Key(NamedTuple):
    """One front-matter key of the blog, in the order it is written.

    `role` is what the tool uses it for: date, updated, status, tags, or None. A status key maps
    the two states to the blog's own words. `derived` is "path" for a key that follows the
    file's own path. `default` is written where nothing else was said.
    """

    name: str
    role: Role | None = None
    required: bool = False
    default: str | None = None
    style: Literal["comma", "list"] | None = None
    derived: Literal["path"] | None = None
    draft: str = "Draft"
    published: str = "Published"


class Index(NamedTuple):
    """One file that lists posts. `path` is relative to the root; no `languages` means all, in the blog's order."""

    path: str
    style: Literal["sections", "list"] = "sections"
    complete: bool = True
    under: str | None = None
    languages: tuple[str, ...] = ()
    limit: int | None = None


FileUrls = Literal["keep", "follow"]
"""What an address of one of the blog's files on GitHub does when that file moves: it is left, or led on."""


_UPDATE = {"Add": "Update", "add": "update", "新增": "更新", "添加": "更新"}
_ADD = re.compile(r"\b[Aa]dd\b|新增|添加")


def filled(pattern: str, **values: str) -> str:
    """A pattern with its placeholders' values; one without a value stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), pattern)


class Git(NamedTuple):
    """How commits are made. `base` and `remote` None: the repository's own default branch and remote."""

    base: str | None = None
    remote: str | None = None
    branch: str = "blog/{date}-{slug}"
    message: str = "Add blog post: {title}"
    update_message: str | None = None
    draft_message: str = "Draft blog post: {title}"
    translation_message: str = "Add {language} translation: {title}"
    file_urls: FileUrls = "keep"

    @property
    def message_of_update(self) -> str:
        """The message where a post that is published gets a new text: where nothing is said, `message` reworded."""
        return self.update_message or _ADD.sub(lambda match: _UPDATE[match[0]], self.message, count=1)

    def branch_of(self, date: str, slug: str) -> str:
        """The short name of a post's branch."""
        return filled(self.branch, date=date, slug=slug)


Severity = Literal["error", "warning", "information"]
"""How much a finding matters: errors stop a publish, information fails no check."""


class RuleChoice(NamedTuple):
    """Which rules are off (`ignore`, by name), and how much the findings of others matter (`severity`, by name)."""

    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()

    def ignores(self, rule: str) -> bool:
        """Whether the rule is off."""
        return rule in self.ignore

    def severity_of(self, rule: str) -> Severity | None:
        """What the blog has its findings be; None where it says nothing. The last word counts."""
        return dict(self.severity).get(rule)


class Check(NamedTuple):
    """What `check` and `publish` look at.

    `spacing`: between Chinese and Latin text stands a space. `future_days`: a post's date lies at most so many days
    ahead. `ignore` and `severity` as in `RuleChoice`, for all files; `paths` more of that for the files whose path
    a pattern matches, in which `*` stands for any text.
    """

    spacing: bool = False
    future_days: int = 30
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    paths: tuple[tuple[str, RuleChoice], ...] = ()

    def of(self, path: str) -> RuleChoice:
        """What holds for one file, by its path relative to the blog's root."""
        own = RuleChoice(self.ignore, self.severity)
        if not self.paths:
            return own
        from fnmatch import fnmatchcase  # noqa: PLC0415 - start-up: few blogs have paths of their own

        for pattern, choice in self.paths:
            if fnmatchcase(path, pattern):
                own = RuleChoice(own.ignore + choice.ignore, own.severity + choice.severity)
        return own

    @property
    def rules(self) -> list[str]:
        """Every rule that is named, each once."""
        choices = [RuleChoice(self.ignore, self.severity), *(choice for _, choice in self.paths)]
        return list(dict.fromkeys(name for each in choices for name in (*each.ignore, *dict(each.severity))))


SwitchLine = Literal["all", "others", "none"]
"""What the line between editions names: all of them, the page's own too; the others alone; none: no line is added."""


Translations = Literal["front_matter", "sidecar"]
"""Where the keys stand that link a translation to its source: its own front matter, or one file of the blog."""


class Settings(NamedTuple):
    """A blog's conventions. Folders are relative to the blog's root, with `/`, `""` for the root itself.

    `switch_line` None: as the blog's own editions have it, else `all`.
    """

    posts: str = "posts"
    archive: str | None = None
    path: str = "{date}/{slug}{lang}.md"
    timezone: str | None = None
    languages: tuple[Language, ...] = (default_language("en", ""), default_language("zh", "_zh"))
    front_matter: tuple[Key, ...] = (
        Key("status", role="status"),
        Key("date", role="date"),
        Key("tags", role="tags", style="comma"),
    )
    title: str = "heading"
    switch_line: SwitchLine | None = None
    translations: Translations = "front_matter"
    indexes: tuple[Index, ...] = ()
    git: Git = Git()
    check: Check = Check()

    def language(self, code: str) -> Language | None:
        """The language of that code, or None."""
        return next((language for language in self.languages if language.code == code), None)

    def key(self, role: str) -> Key | None:
        """The front-matter key with that role, or None."""
        for key in self.front_matter:  # no generator: asked for each of thousands of posts
            if key.role == role:
                return key
        return None

    def in_archive(self, path: str) -> bool:
        """Whether a path lies below the archive: an index there lists archived posts."""
        return self.archive is not None and path.startswith(f"{self.archive}/")

    def indexes_of(self, *, complete: bool) -> list[Index]:
        """The indexes of posts that are not archived: those that list every one, or the selections."""
        return [each for each in self.indexes if each.complete == complete and not self.in_archive(each.path)]

    def derived_keys(self) -> tuple[Key, ...]:
        """The keys that follow the file's own path."""
        return tuple(key for key in self.front_matter if key.derived)


FIELDS: dict[str, str] = {
    "posts": "folder of the posts, relative to this file",
    "archive": "folder of archived posts; none by default",
    "path": "one edition's path below `posts`, from {date}, {slug} and {lang} (the language's suffix)",
    "timezone": "the zone that decides what today is, such as Asia/Shanghai; default: the system's",
    "languages": "the blog's languages by code; the first is the default for `new`",
    "languages.*.name": "its English name, for link labels and messages",
    "languages.*.suffix": "what its files carry before `.md`; one language may have none",
    "languages.*.own_name": "its name as its readers write it, for links between editions",
    "front_matter": "the front-matter keys, in the order they are written",
    "front_matter.*.role": "date, updated, status or tags, where the key's name does not say it",
    "front_matter.*.required": "whether a post may not be published without it",
    "front_matter.*.default": "what `new` writes where nothing else was said",
    "front_matter.*.style": "of tags: comma (one line) or list",
    "front_matter.*.from": "path: the key follows the file's own path",
    "front_matter.*.draft": "of a status: the blog's word for a draft",
    "front_matter.*.published": "of a status: the blog's word for a published post",
    "title": "heading (the H1), or the front-matter key that holds the title",
    "switch_line": "the line between editions: all names the page's own language too, others only the others, "
    "none is for themes that have one; default: as the blog's editions have it",
    "translations": "front_matter: lang, translation_of and source_hash stand in each translation; "
    "sidecar: in .aiblog/translations.yaml",
    "indexes": "the Markdown files that list posts",
    "indexes.*.path": "the file, relative to this one",
    "indexes.*.style": "sections (a heading, links and prose for each post) or list (a bullet)",
    "indexes.*.under": "of a list: the heading it stands under",
    "indexes.*.languages": "the editions it lists, the first one leading; default: all",
    "indexes.*.complete": "true: it lists every published post; false: a selection people make",
    "indexes.*.limit": "entries at most; the last one falls off when another comes",
    "git": "how commits are made",
    "git.base": "the branch that posts are published from; default: the remote's own",
    "git.remote": "the remote that is pushed to; default: git's remote.pushDefault, the base's own, or the only one",
    "git.branch": "a post's branch, from {date} and {slug}",
    "git.message": "the commit message of a post, from {title}, {date} and {slug}",
    "git.update_message": "the message of an update of a published post; default: `message`, with Update for Add",
    "git.draft_message": "the message of a draft",
    "git.translation_message": "the message of a translation, {language} too",
    "git.file_urls": "follow: addresses of the blog's own files on GitHub follow files that move; keep: they are left",
    "check": "what `check` and `publish` look at",
    "check.spacing": "true: Chinese, Japanese and Korean text is parted from Latin letters and digits by a space",
    "check.future_days": "days that a post's date may lie ahead; 30 by default",
    "check.ignore": "rules that are off",
    "check.severity": "error, warning or information for the findings of a rule, by the rule's name",
    "check.paths": "the same for the files whose path matches a pattern, in which `*` stands for any text",
    "check.paths.*.ignore": "rules that are off in those files",
    "check.paths.*.severity": "error, warning or information by rule, in those files",
}
"""Every key of `aiblog.yaml` and what it says; `*` stands for a name or a number."""

NAMED_ROLES: dict[str, Role] = {
    "date": "date",
    "last_updated": "updated",
    "updated": "updated",
    "lastmod": "updated",
    "status": "status",
    "tags": "tags",
}
"""Roles that a front-matter key's name says."""
