"""What a move makes of the files of a tree: the disk's, a commit's, those of git's index; each with its own bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.links import resolved
from aiblog.core.moved_dates import with_date
from aiblog.core.moves import Moves
from aiblog.core.own_urls import Urls
from aiblog.core.relinked import KindOf, relinked
from aiblog.core.relinked_header import relinked_header
from aiblog.core.settings import FILE_NAME, Settings
from aiblog.core.settings_path import with_path
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.core.translations_file import links_in
from aiblog.errors import AiblogError
from aiblog.workflows.move_indexes import IndexMoves
from aiblog.workflows.move_pins import Pins, link_in
from aiblog.workflows.move_stubs import Stubs, Waiting
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
    `dates` has the old and the new date by the old path of an edition. `pattern` is the new path pattern. `unreadable`
    are the files met so far whose front matter cannot be read.
    """

    settings: Settings
    prefix: str
    moves: Moves
    kind_of: KindOf
    indexes: IndexMoves
    stubs: Stubs
    removed: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pattern: str | None = None
    urls: Urls | None = None
    unreadable: set[str] = field(default_factory=set)
    _made: dict[tuple[str, bytes], _Remembered] = field(default_factory=dict)

    def of(self, paths: Iterable[str], read: Read) -> Transformed:
        """What a tree with those files becomes."""
        tree = _Tree(self, frozenset(paths), read)
        texts = {path: self.text(path, data, tree.kind_of) for path, data in tree.texts().items()}
        tree.after |= {path: text.data for path, text in texts.items()}
        tree.links.update({path: text.links for path, text in texts.items()})
        tree.set_pattern()
        tree.set_pins()
        tree.move_others()
        return Transformed(
            tree.changes(),
            {self.moves.of(path): count for path, count in tree.links.items() if count},
            {self.moves.of(path): text.urls for path, text in texts.items() if text.urls},
        )

    def in_blog(self, path: str) -> str:
        """A path relative to the blog's root; one that is not below that as it is, from the repository's top."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else f"../{path}"

    def text(self, path: str, data: bytes, kind_of: KindOf) -> Text:
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

    def _made_anew(self, path: str, data: bytes, kind_of: KindOf) -> Text:
        new, own = self.moves.of(path), self.in_blog(path)
        moves = self.moves._replace(files={**self.moves.files, **self.redirects}) if self.redirects else self.moves
        data = self.indexes.without_removed(own, data)
        done = relinked(data, path, new, moves, kind_of, self.urls)
        keys = [key.name for key in self.settings.derived_keys()]
        try:
            after = done.data
            if new != path or b"translation_of" in after:
                after = relinked_header(after, path, new, self.moves, kind_of, keys, self.prefix.rstrip("/"))
            if path in self.dates:
                after = with_date(after, *self.dates[path], self.settings, path)
        except AiblogError:
            self.unreadable.add(path)
            after = done.data
        return Text(self.indexes.with_dates(own, after), done.links, done.urls)


@dataclass
class _Tree:
    """A tree while it is transformed: bytes before and after by old path; None for a file that is new, or goes."""

    doing: Transformation
    paths: frozenset[str]
    read: Read
    before: dict[str, bytes | None] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)
    links: Counter[str] = field(default_factory=Counter)

    @cached_property
    def _own(self) -> Mapping[str, Kind]:
        return kinds_of(self.paths)

    def kind_of(self, path: str) -> Kind:
        """What is at a path in that tree, or on the disk: a link that resolves in either is led on in both."""
        return self.doing.kind_of(path) or self._own.get(path)

    def texts(self) -> dict[str, bytes]:
        """The Markdown files that stay or move, the indexes with the entries that come from others."""
        gone = self.paths & self.doing.removed
        self.before |= {path: self.read(path) for path in gone}
        self.after |= dict.fromkeys(gone)
        found = {path: self.read(path) for path in self.paths - gone if path.endswith(".md")}
        self.before |= found
        prefix, indexes = self.doing.prefix, self.doing.indexes
        done = indexes.carried(lambda path: found.get(prefix + path), self.doing.moves, self.kind_of)
        for path, data in done.indexes.items():
            self.links[prefix + path] = done.links.get(path, 0)
            if data is None or prefix + path not in found:
                self.before.setdefault(prefix + path, None)
                self.after[prefix + path] = data
                found.pop(prefix + path, None)
            else:
                found[prefix + path] = data
        return found

    def set_pattern(self) -> None:
        """The path pattern in the blog's settings."""
        path = f"{self.doing.prefix}{FILE_NAME}"
        if self.doing.pattern is not None and path in self.paths:
            self.before[path] = data = self.read(path)
            self.after[path] = with_path(data, self.doing.pattern)

    def set_pins(self) -> None:
        """What links translations to their sources, and stubs as the tool would have written them."""
        path, doing = f"{self.doing.prefix}{SIDECAR}", self.doing
        has_sidecar = doing.settings.translations == "sidecar" and path in self.paths
        data = self.read(path) if has_sidecar else b""
        pins = Pins(self.before, self.after, doing.moves, self._stubs(links_in(data)))
        self.after |= pins.in_front_matter()
        if has_sidecar:
            self.before[path], self.after[path] = data, pins.in_sidecar(data, doing.prefix, self.kind_of)

    def _stubs(self, recorded: Mapping[str, Link]) -> dict[str, str]:
        """Makes the stubs that nobody has edited again; the hashes that they cover now, by their old paths."""
        doing, covered = self.doing, dict[str, str]()
        for path, data in list(self.before.items()):
            after = self.after.get(path)
            if data is None or after is None or b"aiblog:todo" not in data:
                continue
            own = doing.in_blog(path)
            link = recorded.get(own) or link_in(data)
            source = resolved(path, link.translation_of) if link else None
            text = self.before.get(source) if source else None
            if link is None or source is None or text is None or (after == data and self.after[source] == text):
                continue
            before = Waiting(own, data, doing.in_blog(source), text, link.source_hash)
            stub = doing.stubs.remade(before, after, partial(self._led, source))
            if stub is not None:
                self.after[path] = stub.data
                covered |= {path: stub.covers} if stub.covers else {}
        return covered

    def _led(self, path: str, data: bytes) -> bytes:
        return self.doing.text(path, data, self.kind_of).data

    def move_others(self) -> None:
        """Files that are no Markdown and move as they are."""
        for path in self.paths.intersection(self.doing.moves.files).difference(self.before):
            self.before[path] = self.after[path] = self.read(path)

    def changes(self) -> ChangeSet:
        """What changes, in the order of the old paths."""
        changes = []
        for path in sorted(self.before):
            before, after, new = self.before[path], self.after[path], self.doing.moves.files.get(path)
            changes.append(FileChange(path, before, None if new else after))
            if new:
                changes.append(FileChange(new, None, after, origin=path))
        return ChangeSet.of(changes)
