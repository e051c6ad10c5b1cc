"""What a move makes of the files of a tree: the disk's, a commit's, those of git's index; each with its own bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.links import relative, resolved
from aiblog.core.moved_dates import with_date
from aiblog.core.moves import Moves
from aiblog.core.relinked import relinked
from aiblog.core.settings import FILE_NAME
from aiblog.core.settings_path import with_path
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.core.translations_file import links_in, with_links_in
from aiblog.errors import AiblogError
from aiblog.workflows.repository_files import Kind, kinds_of

Read = Callable[[str], bytes]


class Text(NamedTuple):
    """A file's bytes after the move, with how many of its links were led on, and addresses of its own blog left."""

    data: bytes
    links: int = 0
    urls: int = 0


class Transformed(NamedTuple):
    """The changes of a tree; links led on and addresses left, by the files' new paths."""

    changes: ChangeSet
    links: Mapping[str, int]
    urls: Mapping[str, int]


class _Remembered(NamedTuple):
    """A text, and what was asked of the tree to make it."""

    text: Text
    asked: Mapping[str, Kind]


@dataclass(slots=True)
class Transformation:
    """What happens to every file: the same for every tree. Paths are relative to the repository's top.

    `moves` has the files that move; links to `redirects` go to another file, and those to `removed` stay as they are.
    `dates` has the old and the new date by the old path of an edition. `pattern` is the new path pattern.
    """

    blog: Blog
    prefix: str
    moves: Moves
    kind_of: Callable[[str], Kind]
    removed: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pattern: str | None = None
    unreadable: set[str] = field(default_factory=set)
    _made: dict[tuple[str, bytes], _Remembered] = field(default_factory=dict)

    def of(self, paths: Iterable[str], read: Read) -> Transformed:
        """What a tree with those files becomes."""
        there = [path for path in paths if path not in self.removed]
        kind_of = self._kinds(there)
        before = {path: read(path) for path in there if path.endswith(".md")}
        texts = {path: self._text(path, data, kind_of) for path, data in before.items()}
        after = {path: text.data for path, text in texts.items()}
        self._with_settings(there, read, before, after)
        self._with_pins(there, read, before, after)
        for path in there:
            if path in self.moves.files and path not in before:
                before[path] = after[path] = read(path)
        gone = {path: read(path) for path in paths if path in self.removed}
        return Transformed(
            self._changes(before | gone, after),
            {self.moves.of(path): text.links for path, text in texts.items() if text.links},
            {self.moves.of(path): text.urls for path, text in texts.items() if text.urls},
        )

    def _changes(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> ChangeSet:
        changes = []
        for path in sorted(before):
            new = self.moves.files.get(path)
            if path not in after:
                changes.append(FileChange(path, before[path], None))
            elif new is None:
                changes.append(FileChange(path, before[path], after[path]))
            else:
                changes += [FileChange(path, before[path], None), FileChange(new, None, after[path], origin=path)]
        return ChangeSet.of(changes)

    def _kinds(self, paths: Iterable[str]) -> Callable[[str], Kind]:
        """What is at a path in that tree, or on the disk: a link that resolves in either is led on in both."""
        own = kinds_of(paths)
        return lambda path: self.kind_of(path) or own.get(path)

    def _text(self, path: str, data: bytes, kind_of: Callable[[str], Kind]) -> Text:
        """What a Markdown file becomes; made once for equal bytes in trees where its links lead to the same."""
        known = self._made.get((path, data))
        if known is None or any(kind_of(each) != kind for each, kind in known.asked.items()):
            asked: dict[str, Kind] = {}

            def ask(target: str) -> Kind:
                asked[target] = kind = kind_of(target)
                return kind

            known = _Remembered(self._made_anew(path, data, ask), asked)
            self._made[path, data] = known
        return known.text

    def _made_anew(self, path: str, data: bytes, kind_of: Callable[[str], Kind]) -> Text:
        led = Moves({**self.moves.files, **self.redirects}, self.moves.folders)
        done = relinked(data, path, self.moves.of(path), led, kind_of)
        try:
            after = self._with_keys(path, done.data)
        except AiblogError:
            self.unreadable.add(path)
            after = done.data
        return Text(after, done.links, done.urls)

    def _with_keys(self, path: str, data: bytes) -> bytes:
        """The keys of a front matter that follow the file's path, its date, and its source's path."""
        new = self.moves.of(path)
        if path in self.dates:
            data = with_date(data, *self.dates[path], self.blog.settings, path)
        if not data.startswith((b"---", header.BOM)):
            return data
        values: dict[str, str | list[str] | None] = {}
        if new != path:
            said = header.read(data, path).values
            for key in self.blog.settings.derived_keys():
                if said.get(key.name) == path.removeprefix(self.prefix):
                    values[key.name] = new.removeprefix(self.prefix)
        if b"translation_of" in data:
            named = header.read(data, path).values.get("translation_of")
            if isinstance(named, str) and (to := self._led(path, named)):
                values["translation_of"] = to
        return header.edited(data, values, path=path) if values else data

    def _led(self, path: str, named: str) -> str | None:
        """A source as a moved translation, or one of a moved source, names it; None where that stays."""
        source = resolved(path, named)
        if source is None or source in self.removed:
            return None
        old, new = (path, source), (self.moves.of(path), self.moves.of(source))
        if old == new or (posixpath.relpath(*reversed(old)) == posixpath.relpath(*reversed(new))):
            return None
        written = relative(*new)
        return written if named.startswith(".") else written.removeprefix("./")

    def _with_settings(
        self, there: Iterable[str], read: Read, before: dict[str, bytes], after: dict[str, bytes]
    ) -> None:
        """The path pattern in the blog's settings."""
        path = f"{self.prefix}{FILE_NAME}"
        if self.pattern is not None and path in there:
            before[path] = read(path)
            after[path] = with_path(before[path], self.pattern)

    def _with_pins(self, there: Iterable[str], read: Read, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """What links translations to their sources: led on, and made anew where it covered the source's text."""
        sidecar = f"{self.prefix}{SIDECAR}"
        recorded: dict[str, Link] = {}
        if sidecar in there:
            before[sidecar] = read(sidecar)
            recorded = links_in(before[sidecar])
        for path, data in before.items():
            if b"source_hash" in data and path != sidecar and (link := _link_in(data)):
                pin = self._pin(path, link, before, after)
                if pin != link.source_hash:
                    after[path] = header.edited(after[path], {"source_hash": pin}, path=path)
        links: dict[str, Link | None] = {}
        for own, link in recorded.items():
            path = f"{self.prefix}{own}"
            if path in self.removed:
                links[own] = None
                continue
            new = link._replace(source_hash=self._pin(path, link, before, after))
            new = new._replace(translation_of=self._led(path, link.translation_of) or link.translation_of)
            to = self.moves.of(path).removeprefix(self.prefix)
            if to != own:
                links[own] = None
            if (to, new) != (own, link):
                links[to] = new
        if sidecar in before:
            after[sidecar] = with_links_in(before[sidecar], links) if links else before[sidecar]

    def _pin(self, path: str, link: Link, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str | None:
        """The hash that a translation names after the move."""
        source = resolved(path, link.translation_of)
        if source is None or before.get(source) == after.get(source) or source not in after or source not in before:
            return link.source_hash
        try:
            covers = link.source_hash == source_hash(before[source])
            return source_hash(after[source]) if covers else link.source_hash
        except AiblogError:
            return link.source_hash


def _link_in(data: bytes) -> Link | None:
    """What the front matter of a translation says of its source."""
    try:
        values = header.read(data).values
    except AiblogError:
        return None
    named, pin = values.get("translation_of"), values.get("source_hash")
    return Link("", named, pin) if isinstance(named, str) and isinstance(pin, str) and named and pin else None
