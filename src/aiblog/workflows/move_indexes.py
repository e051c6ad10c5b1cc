"""The blog's indexes when posts move: entries with another date, in another index, or gone."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from aiblog.core.index import learned_shape, without_entry
from aiblog.core.index_moving import NEW_ARCHIVE, carried, redated
from aiblog.core.moves import Moves
from aiblog.core.relinked import KindOf, may_name, relinked
from aiblog.core.settings import Index, Settings


class Redated(NamedTuple):
    """A post's editions by their new paths, its old date and its new one."""

    paths: frozenset[str]
    was: str
    date: str


class Carried(NamedTuple):
    """Indexes as they are with the entries of others, by path; how many links of these were led on."""

    indexes: Mapping[str, bytes | None]
    links: Mapping[str, int]


class IndexMoves(NamedTuple):
    """What posts that move mean for the blog's indexes. Paths are relative to the blog's root.

    `prefix` is that below the repository's top, "" or with a final `/`. `before` and `editions` are the paths of all
    editions as they were and as they will be; `removed` are those of each post that goes, `archived` and `unarchived`
    those of the editions that come into the archive, and out of it.
    """

    settings: Settings
    prefix: str
    before: frozenset[str]
    editions: frozenset[str]
    removed: tuple[frozenset[str], ...] = ()
    redated: tuple[Redated, ...] = ()
    archived: frozenset[str] = frozenset()
    unarchived: frozenset[str] = frozenset()

    def without_removed(self, path: str, data: bytes) -> bytes:
        """An index (if the path is one's) without the entries of the posts that go.

        Raises:
            AiblogError: `conflict` for one that has git's markers, or not the heading its list stands under.
        """
        index = self._index(path)
        for post in self.removed if index else ():
            if index and may_name(data, Moves(dict.fromkeys(post, ""))):
                shape = learned_shape(data, index, self.before, self.settings.languages)
                data = without_entry(data, index, post, shape, self.before, shared=True)
        return data

    def with_dates(self, path: str, data: bytes) -> bytes:
        """An index (if the path is one's) with the new dates, its entries where these have them; errors as above."""
        index = self._index(path)
        for each in self.redated if index else ():
            if index and may_name(data, Moves(dict.fromkeys(each.paths, ""))):
                data = redated(data, index, post=each.paths, was=each.was, date=each.date, editions=self.editions)
        return data

    def carried(self, find: Callable[[str], bytes | None], moves: Moves, kind_of: KindOf) -> Carried:
        """The indexes that lose or gain the entries of posts that come into the archive or out of it.

        Links of those entries lead to the new paths, all others are as they were. An index of the archive that is not
        there is made; one that is as it was made then goes again (None). Errors as above.

        Args:
            find: gives an index's bytes, None for one that is not there.
            moves: the files that move; these and `kind_of` as in `relinked`.
            kind_of: says what is at a path.
        """
        after: dict[str, bytes | None] = {}
        counts: Counter[str] = Counter()
        editions = self.before | self.editions
        for main, archive in self._pairs():
            for posts, one, other in ((self.archived, main, archive), (self.unarchived, archive, main)):
                data, its = (after[each.path] if each.path in after else find(each.path) for each in (one, other))
                if not posts or data is None or (its is None and other is main):
                    continue

                def lead(part: bytes, here: str = one.path, there: str = other.path) -> bytes:
                    led = relinked(part, self.prefix + here, self.prefix + there, moves, kind_of)
                    counts[there] += led.links
                    return led.data

                its = NEW_ARCHIVE if its is None else its
                rest, gained = carried(data, one, its, other, posts=posts, editions=editions, lead=lead)
                if (rest, gained) != (data, its):
                    after |= {one.path: rest, other.path: gained}
                    if one is archive and rest == NEW_ARCHIVE:
                        after[one.path] = None
        return Carried(after, counts)

    def _pairs(self) -> Iterator[tuple[Index, Index]]:
        """Each complete index of the posts with the archive's that is most like it."""
        folder = f"{self.settings.archive}/"
        if self.settings.archive is None or not (self.archived or self.unarchived):
            return
        own = [index for index in self.settings.indexes if index.path.startswith(folder)]
        for index in self.settings.indexes:
            if own and index.complete and index not in own:
                yield index, max(own, key=lambda each: _likeness(index, each))

    def _index(self, path: str) -> Index | None:
        return next((index for index in self.settings.indexes if index.path == path), None)


def _likeness(one: Index, other: Index) -> tuple[bool, bool, bool]:
    same_name = posixpath.basename(one.path) == posixpath.basename(other.path)
    return one.style == other.style, one.languages == other.languages, same_name
