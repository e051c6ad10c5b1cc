"""A new post as answers, and the text of its editions: front matter as the blog has it, the body from a scaffold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from aiblog.core import header
from aiblog.core.language import Language
from aiblog.core.post import LINK_KEYS
from aiblog.core.scaffold import Scaffold, answer_error
from aiblog.core.settings import Key, Settings
from aiblog.core.slug import slug_error, slug_proposal
from aiblog.core.title import escaped_title, first_heading, plain_title, title_error
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.core.translation_link import Link

AUTHOR_KEYS = ("author", "authors", "maintainer", "maintainers", "by")
"""Metadata keys that name a person: filled from git's `user.name` where the blog has no default."""


class NewPost(NamedTuple):
    """The answers. `languages` are codes, the source first; `metadata` has texts by key, `answers` by question.

    `body` is the source's text below its H1, None for the scaffold's.
    """

    title: str
    slug: str
    date: str
    languages: tuple[str, ...]
    kind: str = "post"
    metadata: Mapping[str, str] = MappingProxyType({})
    tags: tuple[str, ...] = ()
    answers: Mapping[str, str] = MappingProxyType({})
    body: str | None = None


def check_answers(settings: Settings, post: NewPost, scaffold: Scaffold) -> None:
    """Every answer is what was asked for; `usage` with the reason and a way out, for the first that is not."""
    if problem := title_error(post.title):
        raise AiblogError("usage", problem)
    if problem := slug_error(post.slug):
        proposal = slug_proposal(post.slug)
        raise AiblogError("usage", f'slug "{post.slug}": {problem}', f"aiblog new … --slug {proposal}")
    for tag in post.tags:
        if problem := tag_error(tag):
            raise AiblogError("usage", problem)
    for name, value in post.metadata.items():
        if problem := metadata_error(settings, name, value):
            raise AiblogError("usage", f"--set {name}: {problem}")
    for question in scaffold.questions:
        answer = post.answers.get(question.name, question.default)
        if problem := answer_error(question, answer):
            hint = f"aiblog new … --set {question.name}=…"
            raise AiblogError("usage", f'--set {question.name} ("{question.ask}"): {problem}', hint)


def tag_error(tag: str) -> str | None:
    """Why this cannot be one tag; None where it can."""
    return f'tag "{tag}": a comma separates tags' if "," in tag else title_error(tag, "tag")


def metadata_error(settings: Settings, name: str, value: str) -> str | None:
    """Why this cannot be set by hand; None where it can."""
    key = next((key for key in settings.front_matter if key.name == name), None)
    if name in LINK_KEYS or (key and key.derived):
        return "aiblog keeps this key true by itself"
    instead = {"date": "--date", "tags": "--tag"}.get(key.role or "") if key else None
    if name == settings.title or instead:
        return f"{instead or 'TITLE'} says this"
    if not re.fullmatch(r"[A-Za-z_][\w.-]*", name):
        return f'"{name}" is no key; letters, digits, underscores and hyphens were wanted'
    return title_error(value, name) if value else None


def source_body(body: str, title: str, *, heading: bool) -> str:
    """The text of `--body` below its H1: LF, a final newline; an H1 equal to `title` at its top is dropped.

    Raises:
        AiblogError: `usage` where it begins with another H1, or with a front matter.
    """
    text = body.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        present = header.read(text.encode("utf-8", "surrogateescape")).present
    except AiblogError:  # a rule at the top, say: `---` and no key
        present = False
    if present:
        raise AiblogError("usage", "--body begins with a front matter; the text below the H1 was wanted")
    top = first_heading(text)
    if top and not "".join(text.split("\n")[: top.line]).strip():
        if plain_title(top.text) != plain_title(escaped_title(title)):
            raise AiblogError("usage", f'--body begins with the heading "{top.text}", not with "{title}"')
        text = "\n".join(text.split("\n")[top.end :])
    text = text.strip("\n")
    parts = [f"# {escaped_title(title)}"] if heading else []
    return "\n\n".join([*parts, *([text] if text else [])]) + "\n"


class Editions(NamedTuple):
    """The editions of a new post. `paths` by language, the source first, relative to the blog's root."""

    settings: Settings
    post: NewPost
    scaffold: Scaffold
    author: str | None
    paths: Mapping[str, str]

    def text(self, code: str) -> str:
        """The whole file in that language: front matter (where the blog has one) and body; LF, a final newline."""
        values = self.metadata(code)
        head = f"{header.rendered(values)}\n" if values else ""
        return head + self.body(self.settings.language(code) or self.settings.languages[0])

    def body(self, language: Language) -> str:
        """What stands below the front matter: the text that was given for the source, else the scaffold's."""
        post = self.post
        heading = self.settings.title == "heading"
        if post.body is not None and language.code == post.languages[0]:
            return source_body(post.body, post.title, heading=heading)
        values = {
            "title": post.title,
            "date": post.date,
            "year": post.date[:4],
            "slug": post.slug,
            "author": self.author or "",
            "language": language.own_name,
            **self._answers(),
        }
        return self.scaffold.rendered(language.code, values, heading=heading)

    def metadata(self, code: str) -> dict[str, str | list[str]]:
        """The front matter in the blog's order; keys without a value only where they are required."""
        settings, values = self.settings, dict[str, str | list[str]]()
        if settings.title not in {"heading", *(key.name for key in settings.front_matter)}:
            values[settings.title] = self.post.title
        answers = self._answers()
        keys = {each.front_matter: answers[each.name] for each in self.scaffold.questions if each.front_matter}
        said = {**{name: answer for name, answer in keys.items() if answer}, **self.post.metadata}
        for key in settings.front_matter:
            value = said[key.name] if key.name in said else self._value(key, self.paths[code])
            if value or key.required:
                values[key.name] = value
        values |= {name: value for name, value in said.items() if name not in values and value}
        return values

    def links(self) -> dict[str, Link]:
        """What links each translation to the source, by path; no hash: both are written together."""
        from aiblog.core.links import relative  # noqa: PLC0415 - start-up: only for several editions
        from aiblog.core.translation_link import Link  # noqa: PLC0415

        source = self.paths[self.post.languages[0]]
        return {path: Link(code, relative(path, source)) for code, path in self.paths.items() if path != source}

    def _answers(self) -> dict[str, str]:
        return {each.name: self.post.answers.get(each.name, each.default) for each in self.scaffold.questions}

    def _value(self, key: Key, path: str) -> str | list[str]:
        if key.derived:
            return path
        if key.role == "tags":
            return list(self.post.tags) if key.style == "list" else ", ".join(self.post.tags)
        if key.role == "updated":
            wanted = key.required or self.settings.key("date") is None
            return self.post.date if wanted else ""
        if key.name in AUTHOR_KEYS:
            return key.default or self.author or ""
        if key.name == self.settings.title:
            return self.post.title
        return (
            self.post.date
            if key.role == "date"
            else header.word(key.draft if key.role == "status" else key.default or "")
        )


def needs_author(settings: Settings, post: NewPost, scaffold: Scaffold) -> bool:
    """Whether the author's name is wanted and nothing says it: then git is asked."""
    unsaid = [
        key
        for key in settings.front_matter
        if key.name in AUTHOR_KEYS and not key.default and key.name not in post.metadata
    ]
    return bool(unsaid) or scaffold.uses("author")
