"""A blog laid out as settings say: its files, for tests that learn the settings back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aiblog.core.header import scalar
from aiblog.core.index import LIST, Entry, EntryLink, Shape, with_entry
from aiblog.core.layout import Layout
from aiblog.core.links import relative
from aiblog.core.settings import Index, Key, Settings

TITLES = {"zh": "显卡调度之{}", "ja": "はじめに{}", "ko": "소개 {}", "ru": "Вступление {}"}
"""Titles in letters that tell the language; all others are in English."""

SLUGS = (
    "gpu-scheduling",
    "kv-cache",
    "dranet",
    "how-to-be",
    "oci-artifacts",
    "gang-scheduling",
    "kueue",
    "v1.35-notes",
)


class Written(NamedTuple):
    """One post: its slug, its day, its files by language, whether it is a draft."""

    slug: str
    day: str
    files: Mapping[str, str]
    draft: bool


def laid_out(settings: Settings, *, flow: bool = False) -> dict[str, str]:
    """The files of a blog of eight posts, one of them a draft where there is a status.

    The first language has every post, each other one a post less than the one before it. Keys that are not
    required are left out of some files. `flow` writes tags between brackets.
    """
    files, posts = {}, []
    for folder, year in ((settings.posts, "2026"), (settings.archive, "2024")):
        for number, slug in enumerate(SLUGS) if folder is not None else ():
            post = _post(settings, folder or "", slug, f"{year}-02-{number // 2 + 1:02}", number)
            for code, path in post.files.items():
                files[path] = _text(settings, post, code, number, flow)
            posts += [post] if folder == settings.posts else []
    for index in settings.indexes:
        files[index.path] = _index(settings, index, [post for post in posts if not post.draft])
    return files


def _post(settings: Settings, folder: str, slug: str, day: str, number: int) -> Written:
    layout = Layout(settings.path, settings.languages)
    codes = [each.code for at, each in enumerate(settings.languages) if number >= at]
    below = f"{folder}/" if folder else ""
    paths = {code: below + layout.path(day, slug, code) for code in codes}
    return Written(slug, day, paths, draft=number == 3 and settings.key("status") is not None)


def title_of(code: str, number: int) -> str:
    return TITLES.get(code, "A topic {}").format(number)


def _text(settings: Settings, post: Written, code: str, number: int, flow: bool) -> str:
    title = title_of(code, number)
    names = [key.name for key in settings.front_matter]
    lines = f"title: {title}\n" if settings.title not in {"heading", *names} else ""
    for key in settings.front_matter:
        if key.required or number % 4 != 2:
            lines += f"{key.name}:{_value(settings, key, post, code, number, flow)}\n"
    head = f"---\n{lines}---\n\n" if lines else ""
    others = [
        f"[{each.own_name}]({relative(post.files[code], post.files[each.code])})\n"
        for each in settings.languages
        if each.code in post.files and each.code != code
    ]
    heading = f"# {title}\n\n" if settings.title == "heading" else ""
    return f"{head}{heading}{''.join(others)}\nText.\n"


def _value(settings: Settings, key: Key, post: Written, code: str, number: int, flow: bool) -> str:
    if key.role == "tags":
        tags = ["云原生", f"topic-{number}"]
        if key.style == "comma":
            return " " + ", ".join(tags)
        return f" [{', '.join(tags)}]" if flow else "".join(f"\n  - {tag}" for tag in tags)
    if key.role == "status":
        return f" {key.draft if post.draft else key.published}"
    if key.role in {"date", "updated"}:
        return f" {post.day}" + (" 09:00:00 +0800" if number % 3 == 0 else "")
    if key.name == settings.title:
        return f" {title_of(code, number)}"
    return " " + (post.files[code] if key.derived else scalar(key.default or f"own {code} {number}"))


def _index(settings: Settings, index: Index, posts: list[Written]) -> str:
    own = sorted(posts, key=lambda post: post.day, reverse=True)
    if not index.complete:
        own = own[: index.limit] if index.limit else own[1:4]
    codes = index.languages or tuple(each.code for each in settings.languages)
    editions = {path for post in posts for path in post.files.values()}
    data = f"# A blog\n\nProse.\n\n{f'## {index.under}' if index.under else ''}\n\n## Last\n".encode()
    if index.style == "sections":
        data = b"# A blog\n\nProse.\n"
    for post in reversed(own):
        lead = [code for code in codes if code in post.files]
        links = [EntryLink(post.files[code], "A title", _language(settings, code)) for code in lead]
        entry = Entry(post.day, tuple(links), "A title", None, frozenset(post.files.values()))
        data = with_entry(data, index, entry, Shape() if index.style == "sections" else LIST, editions)
    return data.decode()


def _language(settings: Settings, code: str):  # type: ignore[no-untyped-def]
    return next(each for each in settings.languages if each.code == code)
