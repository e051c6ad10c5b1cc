"""Words of an index's entries that are exactly a former title of the post; people's own words never are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.edit import Edit
from aiblog.core.index_entry import label_patterns, title_pattern
from aiblog.core.index_page import Page, body_start
from aiblog.core.index_placed import PlacedEntry
from aiblog.core.language import Language
from aiblog.core.post import Edition, Post
from aiblog.core.title import escaped_title, plain_title


class StaleTitle(NamedTuple):
    """Words that were a title: their place in the body (from 0), what they and the title say, the edition's path."""

    line: int
    column: int
    now: str
    wanted: str
    path: str
    edits: tuple[Edit, ...]


class _Words(NamedTuple):
    """The title in a heading or label: its inline Markdown where it stands, and the editions it may name."""

    text: str
    line: int
    column: int
    editions: tuple[Edition, ...]


class Titles(NamedTuple):
    """The posts by their editions' paths, titles that editions had once by their present paths, the languages."""

    by_path: Mapping[str, Post]
    former: Mapping[str, Collection[str]]
    languages: Sequence[Language]

    def unlike(self, page: Page, entries: Sequence[PlacedEntry]) -> set[str]:
        """The editions whose present title is not what the words of their entries say."""
        found: set[str] = set()
        for entry in entries:
            for words in self._words(page, entry):
                if plain_title(words.text) not in self._present(words):
                    found |= {edition.path for edition in words.editions}
        return found

    def stale(self, page: Page, entry: PlacedEntry) -> Iterator[tuple[_Words, Edition]]:
        """The words of an entry that are a former title, with the edition that had it."""
        for words in self._words(page, entry):
            said = plain_title(words.text)
            if said in self._present(words):
                continue
            was = (each for each in words.editions if each.title and said in self.former.get(each.path, ()))
            edition = next(was, None)
            if edition is not None:
                yield words, edition

    def _present(self, words: _Words) -> set[str | None]:
        """The titles of all editions of the post: any of them names it."""
        return {each.title for edition in words.editions for each in self.by_path[edition.path].editions.values()}

    def _words(self, page: Page, entry: PlacedEntry) -> Iterator[_Words]:
        known = [place for place in entry.links if place.path in self.by_path]
        if len({self.by_path[place.path].name for place in known}) != 1:
            return  # an entry of several posts has a title of its own
        editions = [self._edition(place.path) for place in known]
        heading = entry.heading
        if heading and all(place.line >= heading.end for place in known):
            title = _within(heading.text, title_pattern(heading.text))
            at = page.lines[heading.line].find(heading.text)
            if title and at >= 0:
                yield _Words(title, heading.line, at + heading.text.index(title), tuple(editions))
        for place, edition in zip(known, editions, strict=True):
            language = next((each for each in self.languages if each.code == edition.language), None)
            patterns = label_patterns(place.label, language) if language else ["{title}"]
            pattern = next((each for each in patterns if "{title}" in each), title_pattern(place.label))
            title = _within(place.label, title_pattern(place.label) if pattern == "{title}" else pattern)
            if title and "\n" not in place.label:
                yield _Words(title, place.line, place.column + 1 + place.label.index(title), (edition,))

    def _edition(self, path: str) -> Edition:
        return next(each for each in self.by_path[path].editions.values() if each.path == path)


def _within(text: str, pattern: str) -> str:
    """The title in a text that has the pattern; "" where it has not."""
    parts = [
        r"(?P<title>.+)" if part == "{title}" else r".+?" if part.startswith("{") else re.escape(part)
        for part in re.split(r"(\{\w+\})", pattern)
    ]
    match = re.fullmatch("".join(parts), text)
    return match["title"] if match and "{title}" in pattern else ""


def stale_titles(data: bytes, page: Page, entries: Sequence[PlacedEntry], titles: Titles) -> Iterator[StaleTitle]:
    """The stale words of those entries, each with the edit that gives it the present title."""
    start = body_start(data)
    for entry in entries:
        for words, edition in titles.stale(page, entry):
            before = "".join(page.lines[: words.line]) + page.lines[words.line][: words.column]
            at = start + len(before.encode("utf-8", "surrogateescape"))
            end = at + len(words.text.encode("utf-8", "surrogateescape"))
            new = escaped_title(edition.title or "")
            yield StaleTitle(
                words.line, words.column, plain_title(words.text), edition.title or "", edition.path,
                (Edit(at, end, new.encode()),),
            )  # fmt: skip
