"""The rule `file-unused`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.links import links, resolved

_NO_MATERIAL = re.compile(r"(?i)_?(?:readme|index|license|makefile)\b.*|.*\.(?:md|mdx|markdown)")
_NAMES = re.compile(r"[\w.-]+")
_ASCII_NAMES = re.compile(r"[\w.-]+", re.ASCII)


def file_unused(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A file in a post's folder, or below, that no edition links to or names.

    Bad: `The ROI by year.`
    Good: `![The ROI by year](./images/roi.png)`
    Why: it was forgotten in the text, or stayed behind when the text changed; nobody dares to remove it later.
    """
    if whole.linked is None:
        return
    used = {*whole.linked, *_linked_by_indexes(whole)}
    editions: dict[str, list[str]] = {}
    for post in (*whole.posts, *whole.archived):
        for path in post.paths:
            editions.setdefault(posixpath.dirname(path), []).append(path)
    stems = {posixpath.splitext(path)[0] for path in used}
    named = lru_cache(maxsize=None)(lambda folder: _named(whole, editions[folder]))
    for path in whole.paths:
        name = posixpath.basename(path)
        if path in used or _NO_MATERIAL.fullmatch(name) or posixpath.splitext(path)[0] in stems:
            continue  # `arch.drawio` beside a linked `arch.png` is what the picture is made from
        above = _own_folders(path, editions)
        if (
            above
            and not any(folder in used for folder in above)
            and (name.split() or [name])[-1] not in named(above[-1])
        ):
            yield path, Place(1, 1, "no edition links to this file or names it")


def _own_folders(path: str, editions: dict[str, list[str]]) -> list[str]:
    """The folders above a file up to the nearest that has editions, this one last; none where no folder has.

    The blog's root is no post's folder, even where posts lie there: the whole repository does.
    """
    folders = []
    folder = path
    while folder := posixpath.dirname(folder):
        folders.append(folder)
        if folder in editions:
            return folders
    return []


def _linked_by_indexes(whole: Whole) -> Iterator[str]:
    for index, data in whole.indexes.items():
        for link in links(data.decode("utf-8-sig", "replace")):
            target = resolved(index, link.destination)
            if target is not None:
                yield target


def _named(whole: Whole, paths: list[str]) -> frozenset[str]:
    """What may be a file's name in those editions: a cover in the front matter, a shortcode, code."""
    names: set[str] = set()
    for path in paths:
        text = (whole.read(path) or b"").decode("utf-8", "replace")
        names.update(_NAMES.findall(text), _ASCII_NAMES.findall(text))
    return frozenset(names)
