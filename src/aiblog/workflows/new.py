"""A new post: its files as they would be written, from answers, a scaffold and the blog's conventions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.language import Language
from aiblog.core.links import relative
from aiblog.core.scaffold import Scaffold, answer_error
from aiblog.core.settings import Key, Settings
from aiblog.core.slug import slug_error, slug_proposal
from aiblog.core.switch_line import SwitchStyle, with_switch_line
from aiblog.core.title import escaped_title, first_heading, plain_title, title_error
from aiblog.errors import AiblogError

AUTHOR_KEYS = ("author", "authors", "maintainer", "maintainers", "by")
"""Metadata keys that name a person: filled from git's `user.name` where the blog has no default."""

LINK_KEYS = ("lang", "translation_of", "source_hash")
"""What links a translation to its source: the tool's own keys, never set by hand."""


@dataclass(frozen=True, slots=True)
class NewPost:
    """The answers. `languages` are codes, the source first; `metadata` has texts by key, `answers` by question.

    `body` is the source's text below its H1, None for the scaffold's.
    """

    title: str
    slug: str
    date: str
    languages: tuple[str, ...]
    kind: str = "post"
    metadata: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What `new` would do: the files, and the editions' paths by language, the source first."""

    changes: ChangeSet
    editions: Mapping[str, str]
    complete: bool
    """Every file is there already, byte for byte: the run before this one wrote them."""


def planned(blog: Blog, post: NewPost, scaffold: Scaffold, author: str | None, switch: SwitchStyle | None) -> Planned:
    """The files of the new post; nothing is written.

    Raises:
        AiblogError: `usage` for an answer that will not do, `post-exists` where one of its files
            is there with other content.
    """
    check_answers(blog, post, scaffold)
    paths = {code: blog.path_of(post.date, post.slug, code) for code in post.languages}
    texts = {path: _text(blog, post, scaffold, author, code, paths, switch) for code, path in paths.items()}
    texts |= _assets(scaffold, paths[post.languages[0]])
    changes = [FileChange(path, files.read(blog.root, path), data) for path, data in texts.items()]
    _require_free(blog, post, changes)
    plan = ChangeSet.of(changes)
    return Planned(plan, paths, complete=not plan.changes)


def check_answers(blog: Blog, post: NewPost, scaffold: Scaffold) -> None:
    """Every answer is what was asked for; `usage` with the reason and a way out, for the first that is not."""
    settings = blog.settings
    if problem := title_error(post.title):
        raise AiblogError("usage", problem)
    if problem := slug_error(post.slug):
        proposal = slug_proposal(post.slug)
        raise AiblogError("usage", f'slug "{post.slug}": {problem}', f"aiblog new … --slug {proposal}")
    for tag in post.tags:
        if problem := title_error(tag, "tag"):
            raise AiblogError("usage", problem)
        if "," in tag:
            raise AiblogError("usage", f'tag "{tag}": a comma separates tags')
    for name, value in post.metadata.items():
        _check_value(settings, name, value)
    for question in scaffold.questions:
        answer = post.answers.get(question.name, question.default)
        if problem := answer_error(question, answer):
            hint = f"aiblog new … --scaffold {scaffold.kind} --set {question.name}=…"
            raise AiblogError("usage", f"{question.name}: {problem}", hint)


def _check_value(settings: Settings, name: str, value: str) -> None:
    key = next((key for key in settings.front_matter if key.name == name), None)
    if name in LINK_KEYS or (key and key.derived):
        raise AiblogError("usage", f"--set {name}: aiblog keeps this key true by itself")
    instead = {"date": "--date", "tags": "--tag"}.get(key.role or "" if key else "")
    instead = "TITLE" if name == settings.title else instead
    if instead:
        raise AiblogError("usage", f"--set {name}: {instead} says this")
    if value and (problem := title_error(value, name)):
        raise AiblogError("usage", problem)


def _require_free(blog: Blog, post: NewPost, changes: Sequence[FileChange]) -> None:
    """Refuses a post that is there, or its twin by case or normal form, unless this very call has written it."""
    taken = [found.slug for found in blog.found() if found.date == post.date]
    there = [change for change in changes if change.before is not None]
    if post.slug in taken or there:
        known = {change.path for change in changes}
        others = [path for path in blog.editions_of(post.date, post.slug) if path not in known]
        if others or any(change.before != change.after for change in there):
            name = f"{post.date}/{post.slug}"
            hints = [f"aiblog new … --slug {post.slug}-2", f"aiblog translate-stub {name}"]
            raise AiblogError("post-exists", f'"{name}" is there already: {(others or [there[0].path])[0]}', *hints)
    elif problem := slug_error(post.slug, taken):
        raise AiblogError("usage", f'slug "{post.slug}": {problem}', f"aiblog new … --slug {post.slug}-2")


def _text(  # noqa: PLR0913 - the parts of one file
    blog: Blog,
    post: NewPost,
    scaffold: Scaffold,
    author: str | None,
    code: str,
    paths: Mapping[str, str],
    switch: SwitchStyle | None,
) -> bytes:
    settings = blog.settings
    language = settings.language(code) or settings.languages[0]
    values = metadata(settings, post, scaffold, author, paths, code)
    body = _body(settings, post, scaffold, language, author)
    data = (header.rendered(values) + "\n" + body).encode()
    if len(paths) == 1:
        return data
    return with_switch_line(data, paths[code], paths, settings.languages, switch)


def _body(settings: Settings, post: NewPost, scaffold: Scaffold, language: Language, author: str | None) -> str:
    heading = settings.title == "heading"
    if post.body is not None and language.code == post.languages[0]:
        return source_body(post.body, post.title, heading=heading)
    values = {
        "title": post.title,
        "date": post.date,
        "year": post.date[:4],
        "slug": post.slug,
        "author": author or "",
        "language": language.own_name,
        **{question.name: post.answers.get(question.name, question.default) for question in scaffold.questions},
    }
    return scaffold.rendered(language.code, values, heading=heading)


def source_body(body: str, title: str, *, heading: bool) -> str:
    """The text of `--body` below its H1: LF, a final newline; an H1 equal to `title` at its top is dropped.

    Raises:
        AiblogError: `usage` where it begins with another H1, or with a front matter.
    """
    text = body.removeprefix("\ufeff").replace("\r\n", "\n")
    if header.read(text.encode("utf-8", "surrogateescape")).present:
        raise AiblogError("usage", "--body begins with a front matter; the text below the H1 was wanted")
    top = first_heading(text)
    if top and not "".join(text.split("\n")[: top.line]).strip():
        if plain_title(top.text) != title:
            raise AiblogError("usage", f'--body begins with the heading "{top.text}", not with "{title}"')
        text = "\n".join(text.split("\n")[top.end :])
    text = text.strip("\n")
    parts = [f"# {escaped_title(title)}"] if heading else []
    return "\n\n".join([*parts, *([text] if text else [])]) + "\n"


def metadata(  # noqa: PLR0913 - the parts of one header
    settings: Settings,
    post: NewPost,
    scaffold: Scaffold,
    author: str | None,
    paths: Mapping[str, str],
    code: str,
) -> dict[str, str | list[str]]:
    """One edition's front matter, in the blog's order; keys without a value only where they are required."""
    values: dict[str, str | list[str]] = {}
    if settings.title != "heading":
        values[settings.title] = post.title
    for key in settings.front_matter:
        value = _value(key, settings, post, author, paths[code])
        if value or key.required:
            values[key.name] = value
    for question in scaffold.questions:
        answer = post.answers.get(question.name, question.default)
        if question.front_matter and answer:
            values[question.front_matter] = answer
    values |= {name: value for name, value in post.metadata.items() if name not in values}
    source = paths[post.languages[0]]
    if code != post.languages[0]:
        values["lang"] = code
        values["translation_of"] = relative(paths[code], source)
    return values


def _value(key: Key, settings: Settings, post: NewPost, author: str | None, path: str) -> str | list[str]:
    if key.name in post.metadata:
        return post.metadata[key.name]
    if key.derived:
        return path
    if key.role == "status":
        return key.draft
    if key.role == "date" or (key.role == "updated" and (key.required or settings.key("date") is None)):
        return post.date
    if key.role == "tags":
        return list(post.tags) if key.style == "list" else ", ".join(post.tags)
    if key.role == "updated":
        return ""
    return key.default or (author or "" if key.name in AUTHOR_KEYS else "")


def needs_author(settings: Settings, post_metadata: Mapping[str, str]) -> bool:
    """Whether a key of the blog names a person and nothing says who: then git is asked."""
    return any(
        key.name in AUTHOR_KEYS and not key.default and key.name not in post_metadata for key in settings.front_matter
    )


def _assets(scaffold: Scaffold, source: str) -> dict[str, bytes]:
    folder = PurePosixPath(source).parent
    return {str(folder / name): data for name, data in scaffold.assets.items()}
