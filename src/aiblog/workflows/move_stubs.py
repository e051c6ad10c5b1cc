"""Stubs that are as the tool wrote them, when files move: they are so afterwards, and can be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.links import relative
from aiblog.core.post import Edition, Post
from aiblog.core.stub import Pair, stub_file, untouched
from aiblog.core.stub_seal import is_sealed, with_source_at
from aiblog.core.stub_styles import style_of
from aiblog.core.switch_line import without_switch_line
from aiblog.errors import AiblogError
from aiblog.workflows.translate import Translate, pair_of


class Waiting(NamedTuple):
    """A stub with its source before a move; `covers` is the hash of it that the stub names.

    Paths are relative to the blog's root.
    """

    path: str
    data: bytes
    source: str
    source_data: bytes
    covers: str | None


class Stub(NamedTuple):
    """A stub's bytes after a move, and the hash of the source that it covers then; None for the one it had."""

    data: bytes
    covers: str | None


class Stubs:
    """The stubs among a blog's editions with their sources, before a move and after it.

    Args:
        blog: the blog.
        posts: its posts, as they are.
        moved: gives an edition's new path, relative to the blog's root as the old one.
        dates: the new date of each post that gets one, by the old paths of its files.
    """

    def __init__(
        self, blog: Blog, posts: Sequence[Post], moved: Callable[[str], str], dates: Mapping[str, str]
    ) -> None:
        self._blog, self._posts, self._moved, self._dates = blog, posts, moved, dates
        self._owners = {path: post for post in posts for path in post.paths}
        self._editions: dict[str, Edition] = {each.path: each for post in posts for each in post.editions.values()}
        self._pairs: dict[tuple[str, str], Pair | None] = {}

    def remade(self, before: Waiting, after: bytes, led: Callable[[bytes], bytes]) -> Stub | None:
        """A stub after a move: as the tool would have written it there, if it was as the tool wrote it.

        One that is edited, and an outline whose source has changed since, is as its links were led on, an outline's
        markers with the new path of its source. None for a stub of which nobody knows the source.

        Args:
            before: the stub and its source before the move.
            after: its bytes with its links led on.
            led: a text of the source as the move leaves it.
        """
        pair = self._pair(before.path, before.source)
        if pair is None:
            return None
        new = self._after(pair)
        style = style_of(before.data.decode("utf-8", "replace"))
        try:
            made_from = untouched(before.data, before.source_data, pair, before.covers)
            is_behind = style == "outline" and source_hash(before.source_data) != before.covers
            if made_from is not None and not is_behind:
                source = led(made_from.source)
                return Stub(stub_file(source, new, made_from.title or None, style), source_hash(source))
        except (AiblogError, UnicodeError):  # it cannot be read: then it is nobody's but its author's
            return None
        return Stub(_outline_led(before.data, after, pair, new), None) if style == "outline" else None

    def _pair(self, path: str, named: str) -> Pair | None:
        if (path, named) not in self._pairs:
            post, edition, source = self._owners.get(path), self._editions.get(path), self._editions.get(named)
            language = self._blog.settings.language(edition.language) if edition else None
            found = None
            if post and edition and source and language:
                found = pair_of(self._blog, self._posts, Translate(post, source, language), edition)
            self._pairs[path, named] = found
        return self._pairs[path, named]

    def _after(self, pair: Pair) -> Pair:
        return pair._replace(
            source=self._moved(pair.source),
            translation=self._moved(pair.translation),
            date=self._dates.get(pair.translation, pair.date),
            editions={code: self._moved(path) for code, path in pair.editions.items()},
            twins={self._moved(path): self._moved(twin) for path, twin in pair.twins.items()},
        )


def _outline_led(before: bytes, after: bytes, pair: Pair, new: Pair) -> bytes:
    """An outline whose markers name its source where that is now, sealed if it was."""
    was, now = (data[header.body_offset(data) :].decode("utf-8", "surrogateescape") for data in (before, after))
    has_seal = is_sealed(without_switch_line(was, pair.translation))
    old_path, path = relative(pair.translation, pair.source), relative(new.translation, new.source)
    seal = (lambda body: without_switch_line(body, new.translation)) if has_seal else None
    led = with_source_at(now, old_path, path, seal=seal)
    return after[: header.body_offset(after)] + led.encode("utf-8", "surrogateescape")
