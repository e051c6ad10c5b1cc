"""Where an index's links lead: to posts that are there, to ones that are gone, to ones that moved."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.index_entry import DATE, date_in
from aiblog.core.index_page import Page
from aiblog.core.language import Language
from aiblog.core.post import Post
from aiblog.core.settings import Settings
from aiblog.core.written_links import LONGEST, linked_file, written_links


def linked_posts(page: Page, index_path: str, settings: Settings, slugs: Collection[str] = ()) -> set[str]:
    """The Markdown files that the page's links lead to and that are, or were, a post's: told by their paths alone.

    They lie below the posts or the archive, or have a date in their path, or one of those slugs for a name.
    """
    folders = [f"{folder}/" for folder in (settings.posts, settings.archive) if folder]
    others = {index.path for index in settings.indexes}
    return {
        path
        for path in _linked(page, index_path)
        if path.endswith(".md")
        and path not in others
        and (
            path.startswith(tuple(folders))
            or DATE.search(path)
            or any(slug in slugs for slug, _ in names_of(path, settings.languages))
        )
    }


def _linked(page: Page, index_path: str) -> Iterable[str]:
    """The files that links anywhere on the page lead to; some of them may stand in code."""
    paragraph: list[str] = []
    length = 0
    for line in [*page.lines, ""]:
        if line.strip() and length < LONGEST:
            paragraph.append(line)
            length += len(line)
            continue
        for link in written_links("".join(paragraph), page.references):
            path = linked_file(index_path, link.destination)
            if path is not None:
                yield path
        paragraph = [line] if line.strip() else []
        length = len(line)


def names_of(path: str, languages: Sequence[Language]) -> list[tuple[str, str]]:
    """The slugs that a file may have by its path, whatever the pattern, each with its language; the likelier first."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    stem = re.match(r"index(?![^._-])", name)
    if stem:
        name = posixpath.basename(folder) + name[stem.end() :]
    name = re.sub(rf"^{DATE.pattern}-", "", name)
    found = []
    for each in languages:
        marks = (each.suffix, f"_{each.code}", f"-{each.code}", f".{each.code}")
        mark = next((mark for mark in marks if mark and name.endswith(mark) and name != mark), None)
        if mark is not None:
            found.append((name.removesuffix(mark), each.code))
    in_folder = next((each.code for each in languages if each.code in folder.split("/")), None)
    plain = next((each.code for each in languages if not each.suffix), languages[0].code if languages else "")
    return [*found, (name, in_folder or plain)]


class Whereabouts(NamedTuple):
    """The posts by their editions' paths; the editions' paths by slug and language, however these are read off them."""

    by_path: dict[str, Post]
    by_name: Mapping[tuple[str, str], set[str]]
    languages: Sequence[Language]

    @classmethod
    def of(cls, posts: Sequence[Post], languages: Sequence[Language]) -> Whereabouts:
        """Those of a blog."""
        by_name: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for post in posts:
            for code, edition in post.editions.items():
                for name in ((post.slug, code), *names_of(edition.path, languages)):
                    by_name[name].add(edition.path)
        return cls({path: post for post in posts for path in post.paths}, by_name, languages)

    @property
    def slugs(self) -> set[str]:
        """What the posts are called."""
        return {slug for slug, _ in self.by_name}

    def moved(self, path: str) -> str | None:
        """Where the edition that lay at a path lies now: the same slug and language; None where none, or several do."""
        for name in names_of(path, self.languages):
            found = self.by_name.get(name, set())
            same = [each for each in found if self.by_path[each].date == date_in(path)]
            if len(same or found) == 1:
                return next(iter(same or found))
        return None
