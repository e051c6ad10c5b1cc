"""A Markdown file led on: what its relative links mean stays what it was when it, or what they lead to, has moved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cached_property
from typing import Literal, NamedTuple

from aiblog.core.destination import (
    TEMPLATE,
    Destination,
    decoded,
    destination_of,
    led_to,
    relative_path,
    resolved_path,
    ups,
)
from aiblog.core.destination_spans import Span, bare_address_spans, destination_spans
from aiblog.core.edit import Edit, applied
from aiblog.core.moves import Moves
from aiblog.core.own_urls import Urls

KindOf = Callable[[str], Literal["file", "folder"] | None]


class Relinked(NamedTuple):
    """A file's bytes with its links led on.

    `links` is how many destinations changed. `urls` is how many addresses of the blog's own files lead to one that
    moved, and were left because the blog's settings do not have them follow.
    """

    data: bytes
    links: int = 0
    urls: int = 0


def relinked(  # noqa: PLR0913, PLR0917 - a file, where it was and is, and the tree before and after
    data: bytes, before: str, after: str, moves: Moves, kind_of: KindOf, urls: Urls | None = None
) -> Relinked:
    """The file that stood at `before` and will stand at `after`, each link that resolved led to where its target is.

    Every byte outside of destinations stays; so does a destination that led nowhere, or means the same as before, but
    for one that has become a roundabout way: the `../a/x.md` of a page that comes into `a`.
    Paths are relative to the repository's top. `kind_of` says what was at a path of it before the moves.
    """
    if before == after and not may_name(data, moves):
        return Relinked(data)
    page = _Page(data, before, after, moves, kind_of, urls)
    has_bare = urls is not None and re.search(re.escape(urls.repository.encode()), data, re.IGNORECASE)
    bare = bare_address_spans(data) if has_bare else ()
    edits = [edit for edit in map(page.edit, [*page.spans, *bare]) if edit]
    return Relinked(applied(data, edits), len(edits), page.left)


class _Page:
    """A file whose links are led on, and how many addresses were left so far."""

    def __init__(  # noqa: PLR0913, PLR0917 - those of `relinked`
        self, data: bytes, before: str, after: str, moves: Moves, kind_of: KindOf, urls: Urls | None
    ) -> None:
        self.data, self.before, self.after = data, before, after
        self.moves, self.kind_of, self.urls = moves, kind_of, urls
        self.spans = destination_spans(data)
        self.left = 0

    def edit(self, span: Span) -> Edit | None:
        """What leads that destination on; None where it stays."""
        written = self.data[span.start : span.end].decode("utf-8", "surrogateescape")
        if not written or ("{" in written and TEMPLATE.search(written)):
            return None
        old = destination_of(written, span.form)
        new = self._address(old) if old.is_external else self._path(old)
        if new is None or new == written:
            return None
        return Edit(span.start, span.end, new.encode("utf-8", "surrogateescape"))

    def _address(self, old: Destination) -> str | None:
        found = self.urls.path_in(old) if self.urls else None
        if self.urls is None or found is None or (to := self.moves.of(found[1])) == found[1]:
            return None
        if self.urls.follow:
            return self.urls.leading_to(old, found[0], to)
        self.left += 1
        return None

    def _path(self, old: Destination) -> str | None:
        target = resolved_path(self.before, old.path)
        if target is None or (target and self.kind_of(target) is None):
            return None
        to = self.moves.of(target)
        is_right = resolved_path(self.after, old.path) == to
        if old.path[:2] not in {".", ".."}:
            return None if is_right else led_to(old, self.after, to)
        least = ups(relative_path(target, posixpath.dirname(self.before)))
        if is_right and not least == ups(old.path) > ups(relative_path(to, posixpath.dirname(self.after))):
            return None
        return led_to(old, self.after, to, least=least, dotted=self._is_dotted)

    @cached_property
    def _is_dotted(self) -> bool:
        """Whether the file's paths to what lies below its folder begin with `./`; so where it has none."""
        starts = [self.data[span.start : span.end].lstrip(b"<") for span in self.spans if span.form != "plain"]
        return any(each.startswith(b"./") for each in starts) or not any(map(_NAME_FIRST.match, starts))


_NAME_FIRST = re.compile(rb"(?![A-Za-z][A-Za-z0-9+.-]*:)[^.#?/]")


_FEW = 64  # names looked for in one file: more take longer than the parser


def may_name(data: bytes, moves: Moves) -> bool:
    """Whether a file that stays where it is could lead to what moves: a look that spares it the parser.

    Such a destination has the last name of what moves in it, in one of the ways to write it.
    """
    names = {posixpath.basename(path) for path in (*moves.files, *moves.folders)} if len(moves.files) <= _FEW else ()
    if not 0 < len(names) <= _FEW or any("\\" in name for name in names):
        return bool(moves.files or moves.folders)
    text = data.decode("utf-8", "surrogateescape")
    if any(name in text for name in names):
        return True
    plain = decoded(text, "markdown")
    return plain is not text and any(name in plain for name in names)
