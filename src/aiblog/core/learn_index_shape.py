"""How an index is written, in words: the evidence that `init` gives with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from aiblog.core.index import learned_shape
from aiblog.core.index_entry import Shape
from aiblog.core.index_links import Targets
from aiblog.core.index_list import bullets
from aiblog.core.index_page import body_start, page
from aiblog.core.index_sections import sections
from aiblog.core.language import Language
from aiblog.core.lines import split_lines
from aiblog.core.settings import Index
from aiblog.errors import AiblogError


def shape_evidence(data: bytes, index: Index, days: Mapping[str, str], languages: Sequence[Language]) -> str:
    """The shape of its entries and their order: `"## {date}: {title}", then "- [{title} ({name})](./…)", newest first`.

    Args:
        data: the whole index.
        index: which one, and its style.
        days: the day of every edition of the blog, by its path.
        languages: the blog's.
    """
    shape = learned_shape(data, index, days, languages)
    order = _order([days[path] for path in _leading(data, index, days)])
    return ", ".join(part for part in (_words(shape, index), order) if part)


def _words(shape: Shape, index: Index) -> str:
    dot = "./…" if shape.dot else "…"
    if index.style == "sections":
        label = "|".join(shape.labels.values()) or shape.label
        return f'"{"#" * shape.level} {shape.heading}", then "{shape.bullet}[{label}]({dot})"'
    closing = shape.lead_closing + shape.after
    return f'"{shape.bullet}{shape.before}[{shape.lead}]({dot}){closing}"'


def _leading(data: bytes, index: Index, days: Mapping[str, str]) -> list[str]:
    """The paths that the entries' first links go to, in their order."""
    current = page(split_lines(data[body_start(data) :].decode("utf-8", "surrogateescape")))
    targets = Targets(index.path, days)
    try:
        found = sections(current, targets) if index.style == "sections" else bullets(current, index, targets)
    except AiblogError:
        return []
    return [entry.links[0].path for entry in found if entry.links]


def _order(days: Sequence[str]) -> str:
    """How the entries are sorted, where there are several."""
    if len(set(days)) < 2:
        return ""
    if all(one >= other for one, other in pairwise(days)):
        return "newest first"
    return "oldest first" if all(one <= other for one, other in pairwise(days)) else "in no order of date"
