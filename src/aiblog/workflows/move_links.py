"""Who links to what in a repository's Markdown, read only where a move depends on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.destination import destination_of, resolved_path
from aiblog.core.destination_spans import Span, destination_spans
from aiblog.core.links import resolved
from aiblog.core.moves import Moves
from aiblog.core.relinked import may_name
from aiblog.errors import AiblogError


class Dangling(NamedTuple):
    """A link that leads to what is removed: the file it stands in, line and column (from 1), and it as it is written.

    `target` is the file it leads to. Paths are relative to the repository's top.
    """

    path: str
    line: int
    column: int
    destination: str
    target: str


@dataclass(slots=True)
class LinkGraph:
    """The links of some Markdown files; `read` gives a file's bytes."""

    paths: Collection[str]
    read: Callable[[str], bytes]
    _targets: dict[str, frozenset[str]] = field(default_factory=dict)

    def targets(self, path: str) -> frozenset[str]:
        """The paths that a file's relative links name, there or not."""
        if path not in self._targets:
            self._targets[path] = frozenset(target for _, target in links_of(path, self.read(path)))
        return self._targets[path]

    def linkers(self, candidates: Collection[str]) -> Mapping[str, set[str]]:
        """The files that link to each of those paths."""
        wanted, found = frozenset(candidates), {path: set[str]() for path in candidates}
        names = Moves(dict.fromkeys(wanted, ""))
        for path in self.paths if wanted else ():
            if may_name(self.read(path), names):
                for target in wanted & self.targets(path):
                    found[target].add(path)
        return found


def links_of(path: str, data: bytes) -> Iterator[tuple[Span, str]]:
    """A Markdown file's links with the paths that they name, relative to the repository's top as the file's own."""
    for span in destination_spans(data):
        target = destination_of(data[span.start : span.end].decode("utf-8", "surrogateescape"), span.form)
        named = None if target.is_external else resolved_path(path, target.path)
        if named is not None:
            yield span, named


def dangling_links(texts: Iterable[tuple[str, bytes]], removed: Collection[str]) -> Iterator[Dangling]:
    """The links in those files to files or folders that are removed, and translations that name one as source."""
    names = Moves(dict.fromkeys(removed, ""))
    for path, data in texts:
        if b"translation_of" in data and (named := _source_in(path, data, removed)):
            yield named
        for span, target in links_of(path, data) if may_name(data, names) else ():
            if target in removed:
                line = data.count(b"\n", 0, span.start) + 1
                before = data[data.rfind(b"\n", 0, span.start) + 1 : span.start]
                column = len(before.decode("utf-8", "replace")) + 1
                written = data[span.start : span.end].decode("utf-8", "replace")
                yield Dangling(path, line, column, written, target)


def _source_in(path: str, data: bytes, removed: Collection[str]) -> Dangling | None:
    """The key that names a source which is removed."""
    try:
        named = header.read(data).values.get("translation_of")
    except AiblogError:
        return None
    target = resolved(path, named) if isinstance(named, str) else None
    if target is None or target not in removed:
        return None
    return Dangling(path, header.line_of(data, "translation_of") or 1, 1, f"translation_of: {named}", target)
