"""What a rule sees: one edition with its bytes, the blog's conventions, and a look at what lies where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Settings, Severity


class Subject(NamedTuple):
    """One edition under check, as the author has it.

    `kind_of` says what is at a path relative to the blog's root (None: nothing, also where only
    the case differs); `names_in` the names in a folder, `""` being the root, none where there is no such folder;
    `read` the bytes of a file, None where none can be read. `posts` are the blog's posts by the path of each of
    their editions. `today` is the date of now in the blog's time zone, ISO 8601; `""`: no rule looks at the clock.
    `published` says that readers see the edition, or are about to: not so a draft that waits.
    """

    post: Post
    edition: Edition
    data: bytes
    settings: Settings
    kind_of: Callable[[str], Literal["file", "folder"] | None]
    names_in: Callable[[str], Collection[str]]
    read: Callable[[str], bytes | None] = lambda _path: None
    posts: Mapping[str, Post] = MappingProxyType({})
    today: str = ""
    published: bool = True

    @property
    def text(self) -> str:
        """The file as text, without a BOM, so that the first line's columns count as an editor shows them."""
        return self.data.decode("utf-8-sig", "replace")

    def place_at(self, offset: int, message: str, edits: tuple[Edit, ...] = ()) -> Place:
        """The place of a character of `text`, by its offset."""
        text = self.text
        line = text.count("\n", 0, offset) + 1
        return Place(line, offset - text.rfind("\n", 0, offset), message, edits)

    def edits(self, start: int, end: int, written: str) -> tuple[Edit, ...]:
        """What puts `written` in place of those characters of `text`; nothing in a file that is no UTF-8."""
        text = self.text
        bom = len(self.data) - len(text.encode())
        if self.data[bom:] != text.encode():
            return ()
        begin = bom + len(text[:start].encode())
        return (Edit(begin, begin + len(text[start:end].encode()), written.encode()),)


class Place(NamedTuple):
    """Where a rule found something: line and column from 1 (characters), and one sentence without a final full stop.

    `edits` mend it in the file's bytes, where there is one right way to. `severity` is another one than the rule's.
    """

    line: int
    column: int
    message: str
    edits: tuple[Edit, ...] = ()
    severity: Severity | None = None

    def finding(self, path: str, rule: str, severity: Severity) -> Finding:
        """The place as a finding of that rule in that file."""
        return Finding(path, self.line, self.column, rule, self.message, self.severity or severity, bool(self.edits))


Finds = Callable[[Subject], Iterator[Place]]
"""A rule; its docstring has a summary, one bad and one good sample line, and the reason: see `docs/rules.md`."""
