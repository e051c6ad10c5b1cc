"""Translations when files move: a hash that covered its source does so afterwards, in front matter and sidecar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.links import resolved
from aiblog.core.moves import Moves
from aiblog.core.relinked import KindOf
from aiblog.core.relinked_header import led_source
from aiblog.core.translation_link import Link
from aiblog.core.translations_file import links_in, with_links_in
from aiblog.errors import AiblogError

Texts = Mapping[str, bytes | None]


class Pins(NamedTuple):
    """The texts of a tree before the move and after it, by their paths before it; hashes that are known already."""

    before: Texts
    after: Texts
    moves: Moves
    known: Mapping[str, str]

    def in_front_matter(self) -> dict[str, bytes]:
        """The translations whose own hash is another one now, with it."""
        found = {}
        for path, data in self.before.items():
            after = self.after.get(path)
            if data is None or after is None or b"source_hash" not in data or (link := link_in(data)) is None:
                continue
            pin = self._pin(path, link)
            if pin != link.source_hash:
                found[path] = header.edited(after, {"source_hash": pin}, path=path)
        return found

    def in_sidecar(self, data: bytes, prefix: str, kind_of: KindOf) -> bytes:
        """The file of translations with the paths and hashes as they are now; `prefix` stands before its paths.

        Raises:
            AiblogError: `settings-invalid` or `conflict` for one that cannot be read.
        """
        links: dict[str, Link | None] = {}
        for own, link in links_in(data).items():
            path = prefix + own
            if path in self.before and self.after.get(path) is None:
                links[own] = None
                continue
            to = self.moves.of(path)
            source = led_source(link.translation_of, path, to, self.moves, kind_of)
            new = link._replace(translation_of=source, source_hash=self._pin(path, link))
            if to != path:
                links[own] = None
            if (to, new) != (path, link):
                links[to.removeprefix(prefix)] = new
        return with_links_in(data, links) if links else data

    def _pin(self, path: str, link: Link) -> str | None:
        """The hash that a translation names after the move: of the source as it is then, where it covered that."""
        if path in self.known:
            return self.known[path]
        source = resolved(path, link.translation_of)
        before, after = (self.before.get(source), self.after.get(source)) if source else (None, None)
        if before is None or after is None or before == after:
            return link.source_hash
        try:
            return source_hash(after) if source_hash(before) == link.source_hash else link.source_hash
        except AiblogError:  # its front matter cannot be read
            return link.source_hash


def link_in(data: bytes) -> Link | None:
    """What the front matter of a translation says of its source; None where it says nothing."""
    try:
        values = header.read(data).values
    except AiblogError:
        return None
    named, pin = values.get("translation_of"), values.get("source_hash")
    return Link("", named, pin) if isinstance(named, str) and isinstance(pin, str) and named and pin else None
