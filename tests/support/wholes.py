"""A whole blog in memory as its rules see it: files by path, no disk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from aiblog.checks.blog_rules import found_in
from aiblog.checks.whole import Whole
from aiblog.core import header
from aiblog.core.index_review import CONFLICT, Facts, Trouble, troubles
from aiblog.core.layout import Layout
from aiblog.core.links import links, resolved
from aiblog.core.post import Edition, Post, newest_first
from aiblog.core.settings import Index, Settings
from aiblog.core.title import first_heading
from aiblog.errors import AiblogError
from support.subjects import SETTINGS


def whole(
    texts: Mapping[str, str],
    settings: Settings = SETTINGS,
    former: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Whole:
    """The blog that has those files, every edition of it read; `former` are titles that editions had once, by path."""
    folder = f"{settings.posts}/" if settings.posts else ""
    below = {path.removeprefix(folder): path for path in texts if path.startswith(folder)}
    grouped: dict[tuple[str, str], dict[str, Edition]] = {}
    for each in Layout(settings.path, settings.languages).posts(below)[0]:
        path = below[each.path]
        read = header.read(texts[path].encode(), path)
        heading = first_heading(texts[path])
        edition = Edition(path, each.language, heading.text if heading else None, read.values, read.present)
        grouped.setdefault((each.date, each.slug), {})[each.language] = edition
    posts = newest_first(Post(date, slug, editions) for (date, slug), editions in grouped.items())
    paths = [path for post in posts for path in post.paths]
    targets = {resolved(path, link.destination) for path in paths for link in links(texts[path])}
    indexes = {index.path: texts[index.path].encode() for index in settings.indexes if index.path in texts}
    linked: Collection[str] = {target for target in targets if target is not None}
    facts = Facts(settings, posts, texts.__contains__, lambda _paths: former)
    return Whole(
        settings,
        posts,
        (),
        sorted(below.values()),
        linked,
        indexes,
        lambda path: texts.get(path, "").encode() or None,
        {index.path: _troubles(index, texts, facts) for index in settings.indexes},
    )


def _troubles(index: Index, texts: Mapping[str, str], facts: Facts) -> list[Trouble]:
    try:
        return troubles(texts[index.path].encode(), index, facts)
    except AiblogError as error:
        return [Trouble(1, 1, CONFLICT, error.message)]


def found_there(texts: Mapping[str, str], settings: Settings = SETTINGS) -> list[str]:
    """What the rules of the whole blog find there, each as `path:line:column rule message`."""
    found = [finding for finding, _ in found_in(whole(texts, settings))]
    return [f"{each.path}:{each.line}:{each.column} {each.rule} {each.message}" for each in found]
