"""What is wrong in an index, told from the blog's posts: the facts come in, troubles with their places come out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.index import learned_shape, refuse_conflict
from aiblog.core.index_entry import date_in
from aiblog.core.index_links import Place, Targets
from aiblog.core.index_page import body_page, body_start
from aiblog.core.index_placed import PlacedEntry, date_columns, has_prose, placed
from aiblog.core.index_retarget import retargets
from aiblog.core.index_targets import Whereabouts, linked_posts
from aiblog.core.index_titles import Titles, stale_titles
from aiblog.core.post import Edition, Post, is_draft, newest_first
from aiblog.core.settings import Index, Settings, Severity

UNLISTED = "index-unlisted"
DRAFT = "index-draft"
TWICE = "index-twice"
DEAD_LINK = "index-dead-link"
MOVED_LINK = "index-moved-link"
STALE_TITLE = "index-stale-title"
CONFLICT = "index-conflict"


class Facts(NamedTuple):
    """What an index is reviewed against.

    `posts` are the blog's, those of the archive too (`archived` says so). `is_file` tells whether a file is at a
    path relative to the root. `former` is asked, where an entry's words are not the title, for the titles (plain text)
    that those editions had once, by the path they have now: as many as are known, in any order.
    """

    settings: Settings
    posts: Sequence[Post]
    is_file: Callable[[str], bool]
    former: Callable[[Collection[str]], Mapping[str, Collection[str]]] = lambda _paths: {}


class Trouble(NamedTuple):
    """One thing that is wrong: its place (line and column from 1), the rule, one sentence without a full stop.

    `edits` mend it, where that is sure. `paths` are the editions it is about. `empty` says of an entry without a
    post to list, in a complete index, that it holds nothing that people wrote: it may go.
    """

    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"
    edits: tuple[Edit, ...] = ()
    paths: tuple[str, ...] = ()
    empty: bool = False

    @property
    def mendable(self) -> bool:
        """Whether an index that is brought up to date has it no more."""
        return bool(self.edits) or self.empty or self.rule == UNLISTED

    def finding(self, path: str) -> Finding:
        """The trouble as a finding of the index at that path."""
        return Finding(path, self.line, self.column, self.rule, self.message, self.severity, bool(self.edits))


def troubles(data: bytes, index: Index, facts: Facts) -> list[Trouble]:
    """What is wrong in an index, by line, column and rule.

    - `index-unlisted`: a complete index lacks a published post. With a limit only the newest ones are wanted. Posts of
      the archive are wanted by an index that lies below it, and by no other.
    - `index-draft`: an entry lists a post no edition of which is published (in a selection a warning).
    - `index-twice`: a complete index has an edition of a post in two of its entries.
    - `index-moved-link`: an entry links to a file that is not there, and the post lies elsewhere: the same slug and
      language under another date, folder, pattern or suffix, or in the archive.
    - `index-dead-link`: an entry links to a post's file that is not there, nor elsewhere.
    - `index-stale-title`: an entry of a complete index has for its words exactly a former title of the post.
      People's own words are never stale.

    Only entries are looked at: dead links in prose and in summaries are nobody's trouble (`link-missing` looks at
    posts), nor are sections that are no posts' entries, dated ones too.

    Raises:
        AiblogError: `conflict` where the index has git's conflict markers, or not the heading its list stands under.
    """
    return sorted(_Review(data, index, facts).troubles())


class _Review:
    """One index with what is known of it."""

    def __init__(self, data: bytes, index: Index, facts: Facts) -> None:
        refuse_conflict(data, index.path)
        self.data, self.index, self.facts = data, index, facts
        self.page, self.first_line = body_page(data)
        self.known = Whereabouts.of(facts.posts, facts.settings.languages)
        linked = linked_posts(self.page, index.path, facts.settings, self.known.slugs)
        self.gone = {path for path in linked - self.known.by_path.keys() if not facts.is_file(path)}
        editions = self.known.by_path.keys() | self.gone
        self.shape = learned_shape(data, index, editions, facts.settings.languages)
        names = {path: name for path in editions if (name := self._name(path))}
        targets = Targets(index.path, editions, names=names)
        self.entries = placed(self.page, index, targets, undated="{date}" not in self.shape.heading)

    def _name(self, path: str) -> str | None:
        """The name of the post that an edition is of, or was before it moved."""
        post = self.known.by_path.get(self.known.moved(path) or "" if path in self.gone else path)
        return post.name if post else None

    def troubles(self) -> list[Trouble]:
        """All of them, unsorted."""
        found = self._links()
        for entry in self.entries:
            found += self._draft(entry)
        if self.index.complete:
            found += self._unlisted() + self._twice() + self._stale()
        return found

    def _trouble(self, line: int, column: int, rule: str, message: str) -> Trouble:
        return Trouble(self.first_line + line, column + 1, rule, message)

    def _links(self) -> list[Trouble]:
        """Links of entries that are dead, or lead to where the post was."""
        found = []
        moves: dict[Place, str] = {}
        dates: dict[Place, tuple[Edit, ...]] = {}
        for entry in self.entries:
            there = {place.path for place in entry.links}
            gone = [place for place in entry.links if place.path in self.gone]
            empty = self.index.complete and len(gone) == len(entry.links) and not has_prose(self.page, entry)
            for place in gone:
                to = self.known.moved(place.path)
                if to is not None and to not in there:
                    moves[place] = to
                    first = place is entry.links[0]
                    dates[place] = self._dates(entry, date_in(place.path), date_in(to)) if first else ()
                    continue
                there_is = f"; {to} is in this entry already" if to else ""
                message = f"the entry links to {place.path}, which is not there{there_is}"
                trouble = self._trouble(place.line, place.column, DEAD_LINK, message)
                paths = tuple(each.path for each in gone)
                found.append(trouble._replace(paths=paths, empty=empty))
        edits = retargets(self.data, self.index.path, moves)
        for place, to in moves.items():
            message = f"the entry links to {place.path}; the post is at {to} now"
            trouble = self._trouble(place.line, place.column, MOVED_LINK, message)
            found.append(trouble._replace(edits=edits[place] + dates[place], paths=(place.path, to)))
        return found

    def _dates(self, entry: PlacedEntry, was: str, date: str) -> tuple[Edit, ...]:
        """The edits of an entry's own date, where the post has another one now."""
        if not was or not date or was == date:
            return ()
        start, found = body_start(self.data), []
        for line, column in date_columns(self.page, entry, was):
            before = "".join(self.page.lines[:line]) + self.page.lines[line][:column]
            at = start + len(before.encode("utf-8", "surrogateescape"))
            found.append(Edit(at, at + len(was), date.encode()))
        return tuple(found)

    def _draft(self, entry: PlacedEntry) -> list[Trouble]:
        posts = {self.known.by_path[each.path].name: each for each in entry.links if each.path in self.known.by_path}
        found = []
        for name, place in posts.items():
            post = self.known.by_path[place.path]
            if not all(is_draft(each, self.facts.settings) for each in post.editions.values()):
                continue
            trouble = self._trouble(place.line, place.column, DRAFT, f"{name} is a draft, and is listed")
            alone = self.index.complete and len(posts) == 1 and not has_prose(self.page, entry)
            severity: Severity = "error" if self.index.complete else "warning"
            found.append(trouble._replace(severity=severity, paths=tuple(post.paths), empty=alone))
        return found

    def _unlisted(self) -> list[Trouble]:
        there = {self._name(place.path) for entry in self.entries for place in entry.links}
        return [
            Trouble(1, 1, UNLISTED, f"{post.name} is published, and not listed", paths=tuple(post.paths))
            for post in wanted(self.index, self.facts)
            if post.name not in there
        ]

    def _twice(self) -> list[Trouble]:
        found = []
        first: dict[str, int] = {}
        for entry in self.entries:
            posts = {self._name(each.path): self.known.by_path.get(each.path) for each in entry.links}
            post = next(iter(posts.values()))
            if post is None or len(posts) > 1 or entry.date not in {post.date, ""}:
                continue  # people's: an entry of several posts, or of another date
            again = next((each for each in entry.links if each.path in first), None)
            if again is not None:
                line = self.first_line + first[again.path]
                message = f"{post.name} is listed in line {line} already"
                found.append(self._trouble(again.line, again.column, TWICE, message)._replace(paths=(again.path,)))
            for place in entry.links:
                first.setdefault(place.path, place.line)
        return found

    def _stale(self) -> list[Trouble]:
        languages = self.facts.settings.languages
        unlike = Titles(self.known.by_path, {}, languages).unlike(self.page, self.entries)
        if not unlike:
            return []
        titles = Titles(self.known.by_path, self.facts.former(unlike), languages)
        found = []
        for each in stale_titles(self.data, self.page, self.entries, titles):
            message = f'"{each.now}" is a former title of the post; it is "{each.wanted}" now'
            trouble = self._trouble(each.line, each.column, STALE_TITLE, message)
            found.append(trouble._replace(edits=each.edits, paths=(each.path,)))
        return found


def published(post: Post, settings: Settings) -> dict[str, Edition]:
    """The editions of a post that are no drafts, by language, the source first.

    Of one whose front matter cannot be read nobody knows whether it is a draft: it is not among them.
    """
    readable = {code: each for code, each in post.editions.items() if each.problem is None}
    return {code: each for code, each in readable.items() if not is_draft(each, settings)}


def wanted(index: Index, facts: Facts) -> list[Post]:
    """The posts that a complete index has to list, newest first: those of the archive where it lies there."""
    archived = facts.settings.in_archive(index.path)
    posts = [
        post
        for post in newest_first(facts.posts)
        if post.archived == archived
        and any(not index.languages or code in index.languages for code in published(post, facts.settings))
    ]
    return posts[: index.limit] if index.style == "list" else posts
