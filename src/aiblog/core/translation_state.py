"""How a post's translations stand: missing, a stub, behind their source, or as it is now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from aiblog.core.canonical import is_known, source_hash
from aiblog.core.language import Language
from aiblog.core.post import Edition, Post
from aiblog.core.translation import blocks_to_translate, todo_lines
from aiblog.core.translation_source import Origin, Sources

State = Literal["missing", "ambiguous", "moved", "stub", "untracked", "outdated", "current"]
"""The states, by precedence: what stands first is to be settled first, and says nothing of what comes behind it."""


class Translation(NamedTuple):
    """One edition that a post has, or lacks (`target` is None), beside its source.

    The source of a moved one is where it is now; that of an ambiguous one, one of those that it could be. `waiting`
    are the lines (from 1) of the target where text waits, whatever its state; `blocks` of a stub is how many blocks of
    the source need translating, 0 for others.
    """

    post: Post
    source: Edition
    target: Edition | None
    language: str
    state: State
    waiting: tuple[int, ...] = ()
    blocks: int = 0


def translations(
    post: Post, languages: Sequence[Language], read: Callable[[str], bytes], sources: Sources | None = None
) -> list[Translation]:
    """The post's translations, one for each of the languages but its source's, in their order.

    A post whose every edition names a source in another post has only those: what it lacks, that other one lacks;
    and that one lacks no language in which such a translation is there. An edition without a `source_hash`, with one
    of a version that nobody knows, or whose source is not to be read, is `untracked`: nothing tells what it covers.

    Args:
        post: the post.
        languages: the blog's.
        read: gives a file's bytes by its path; asked only for what a state depends on.
        sources: the editions of the whole blog; without it the post's own.
    """
    known = sources or Sources([post], read)
    first = known.origin(post, post.source) if post.source.translation_of else Origin(None)
    is_derived = first.edition is not None and first.edition.path not in post.paths
    found = []
    for language in languages:
        target = post.editions.get(language.code)
        if target is None:
            if not is_derived and language.code not in known.elsewhere(post.source):
                found.append(Translation(post, post.source, None, language.code, "missing"))
        elif target is not post.source or is_derived:
            found.append(_there(post, target, known.origin(post, target), read))
    return found


def _there(post: Post, target: Edition, origin: Origin, read: Callable[[str], bytes]) -> Translation:
    source = origin.edition or post.source
    waiting = tuple(todo_lines(read(target.path))) if target.translation_of else ()
    if origin.doubt:
        return Translation(post, source, target, target.language, origin.doubt, waiting)
    if waiting:
        body = read(source.path) if origin.edition else b""
        blocks = max(blocks_to_translate(body), len(waiting))
        return Translation(post, source, target, target.language, "stub", waiting, blocks)
    return Translation(post, source, target, target.language, _freshness(target, origin.edition, read))


def _freshness(target: Edition, source: Edition | None, read: Callable[[str], bytes]) -> State:
    covered = target.source_hash
    if not covered or not is_known(covered) or source is None or source.problem:
        return "untracked"
    return "current" if source_hash(read(source.path)) == covered else "outdated"
