"""What a rule sees: one edition with its bytes, the blog's conventions, and a look at what lies where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Literal, NamedTuple

from aiblog.core.document import Places
from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.moved import Moved
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Settings, Severity
from aiblog.core.switch_line import SwitchStyle


class Subject(NamedTuple):
    """One edition under check, as the author has it.

    `kind_of` says what is at a path relative to the blog's root (None: nothing, also where only
    the case differs); `names_in` the names in a folder, `""` being the root, none where there is no such folder;
    `read` the bytes of a file, None where none can be read. `posts` are the blog's posts by the path of each of
    their editions. `today` is the date of now in the blog's time zone, ISO 8601; `""`: no rule looks at the clock.
    `published` says that readers see the edition, or are about to: not so a draft that waits. `switch_style` tells how
    the blog writes the line between editions. `moved` tells where a file that is gone is now, where that is known.
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
    switch_style: Callable[[], SwitchStyle | None] = lambda: None
    moved: Callable[[str], Moved | None] = lambda _path: None

    @property
    def text(self) -> str:
        """The file as text, without a BOM, so that the first line's columns count as an editor shows them."""
        return _text(self.data)

    def place_at(self, offset: int, message: str, edits: tuple[Edit, ...] = ()) -> Place:
        """The place of a character of `text`, by its offset."""
        return Place(*_source(self.data).places.of(offset), message, edits)

    def edits(self, start: int, end: int, written: str) -> tuple[Edit, ...]:
        """What puts `written` in place of those characters of `text`; nothing in a file that is no UTF-8."""
        source = _source(self.data)
        if not source.exact:
            return ()
        begin = source.bytes_before(start)
        return (Edit(begin, begin + len(source.text[start:end].encode()), written.encode()),)


class _Source(NamedTuple):
    """A file's text without its BOM, the bytes at which its lines begin, and whether those bytes are UTF-8."""

    text: str
    places: Places
    lines: list[int]
    exact: bool

    def bytes_before(self, offset: int) -> int:
        """The offset in the file's bytes of a character of the text."""
        line, column = self.places.of(offset)
        return self.lines[line - 1] + len(self.text[offset - column + 1 : offset].encode())


@lru_cache(maxsize=4)  # every rule asks for the same file
def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


@lru_cache(maxsize=4)  # for each finding
def _source(data: bytes) -> _Source:
    text = _text(data)
    encoded = text.encode()
    bom = len(data) - len(encoded)
    lines = list(accumulate((len(line) + 1 for line in encoded.split(b"\n")), initial=bom))
    return _Source(text, Places(text), lines, data[bom:] == encoded)


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
