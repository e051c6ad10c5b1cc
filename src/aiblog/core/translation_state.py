"""How a post's translations stand: missing, a stub, behind their source, or as it is now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from aiblog.core.canonical import source_hash
from aiblog.core.language import Language
from aiblog.core.links import resolved
from aiblog.core.post import Edition, Post
from aiblog.core.translation import todo_lines

State = Literal["missing", "stub", "outdated", "untracked", "current"]


class Translation(NamedTuple):
    """One edition that a post has, or lacks (`target` is None), beside its source. `waiting` are a stub's lines."""

    post: Post
    source: Edition
    target: Edition | None
    language: str
    state: State
    waiting: tuple[int, ...] = ()


def translations(post: Post, languages: Sequence[Language], read: Callable[[str], bytes]) -> list[Translation]:
    """The post's translations, one for each of the languages but its source's, in their order.

    An edition without a `source_hash`, or whose source cannot be read, is `untracked`: nothing says
    what it covers.

    Args:
        post: the post.
        languages: the blog's.
        read: gives a file's bytes by its path; asked only for what a state depends on.
    """
    found = []
    for language in languages:
        target = post.editions.get(language.code)
        if target is None:
            found.append(Translation(post, post.source, None, language.code, "missing"))
        elif target is not post.source:
            found.append(_there(post, target, read))
    return found


def source_of(post: Post, edition: Edition) -> Edition:
    """The edition that this one names as its source where the post has it, else the one written first."""
    origin = edition.translation_of
    path = resolved(edition.path, origin) if origin else None
    others = (each for each in post.editions.values() if each is not edition)
    return next((each for each in others if each.path == path), post.source)


def _there(post: Post, target: Edition, read: Callable[[str], bytes]) -> Translation:
    source = source_of(post, target)
    waiting = tuple(todo_lines(read(target.path))) if target.translation_of else ()
    state: State = "stub" if waiting else _freshness(target, source, read)
    return Translation(post, source, target, target.language, state, waiting)


def _freshness(target: Edition, source: Edition, read: Callable[[str], bytes]) -> State:
    covered = target.source_hash
    if not covered or source.problem:
        return "untracked"
    return "current" if source_hash(read(source.path)) == covered else "outdated"
