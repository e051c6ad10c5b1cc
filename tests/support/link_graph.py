"""What links to what in a folder's Markdown, read by another parser than the program's."""

from __future__ import annotations

import posixpath
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aiblog.core.moves import Moves

Graph = dict[str, Counter[tuple[str, str]]]
"""By file, how often it links to what: ("there", path) of what is there, else ("broken", as it is written)."""


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def link_graph(root: Path) -> Graph:
    """The links of every Markdown file below a folder."""
    paths = (path for path in root.rglob("*.md") if ".git" not in path.relative_to(root).parts)
    return {path.relative_to(root).as_posix(): _links(root, path) for path in sorted(paths)}


def led_on(graph: Graph, moves: Moves, merged: frozenset[str] = frozenset()) -> Graph:
    """The graph after those moves: what resolved leads to the same thing, what was broken is as it was.

    The files `merged` are counted as one, under the name "".
    """
    after: Graph = {}
    for path, links in graph.items():
        own = after.setdefault("" if path in merged else moves.of(path), Counter())
        for (kind, target), times in links.items():
            own[kind, moves.of(target) if kind == "there" else target] += times
    return after


def _links(root: Path, path: Path) -> Counter[tuple[str, str]]:
    text = path.read_bytes().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if text.startswith("---"):
        text = text.partition("\n---")[2].partition("\n")[2]
    here = path.relative_to(root).as_posix()
    return Counter(_resolved(root, here, each) for each in _destinations(text) if not _is_elsewhere(each))


@lru_cache(maxsize=512)  # most files are the same after a move as before it
def _destinations(text: str) -> tuple[str, ...]:
    return tuple(each for token in MarkdownIt("commonmark").enable("table").parse(text) for each in _of(token))


def _of(token: Token) -> list[str]:
    found = [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
    if token.type in {"html_block", "html_inline"}:
        reader = _Attributes()
        reader.feed(token.content)
        found += reader.found
    return found + [each for child in token.children or () for each in _of(child)]


def _is_elsewhere(destination: str) -> bool:
    return "://" in destination or destination.startswith(("#", "mailto:", "?")) or not destination


def _resolved(root: Path, here: str, destination: str) -> tuple[str, str]:
    plain = unquote(destination.partition("#")[0].partition("?")[0], errors="surrogateescape")
    joined = plain.lstrip("/") if plain.startswith("/") else posixpath.join(posixpath.dirname(here), plain)
    target = posixpath.normpath(joined)
    is_there = not target.startswith("..") and (root / target).exists()
    return ("there", target) if is_there else ("broken", destination)
