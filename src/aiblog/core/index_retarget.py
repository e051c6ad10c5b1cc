"""Links of an index's entries led to where an edition lies now: the destination's bytes change, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from aiblog.core.destination import led_to
from aiblog.core.document import Link
from aiblog.core.edit import Edit
from aiblog.core.index_links import Place
from aiblog.core.index_page import body_page
from aiblog.core.links import links, written
from aiblog.core.written_links import linked_file


def retargets(data: bytes, index_path: str, moves: Mapping[Place, str]) -> dict[Place, tuple[Edit, ...]]:
    """The edits that lead each of those links to another path; none for one that is not found in the text again."""
    if not moves:
        return {}
    _, first_line = body_page(data)
    text = data.decode("utf-8", "surrogateescape")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    all_links = links(text)
    found: dict[Place, tuple[Edit, ...]] = {}
    for place, to in moves.items():
        begins = starts[first_line + place.line - 1] + place.column
        ends = starts[first_line + place.end_line - 1] + place.end_column
        link = _link(all_links, begins, ends, index_path, place.path)
        found[place] = (_edit(text, link, index_path, to),) if link else ()
    return found


def _link(all_links: Iterable[Link], begins: int, ends: int, index_path: str, path: str) -> Link | None:
    """The link at that place, else the definition that it names."""
    definition = None
    for link in all_links:
        if link.kind == "link" and begins <= link.start < ends:
            return link
        if link.kind == "definition" and linked_file(index_path, link.destination) == path:
            definition = link
    return definition


def _edit(text: str, link: Link, index_path: str, to: str) -> Edit:
    new = led_to(written(text, link), index_path, to)
    return Edit(_bytes(text[: link.start]), _bytes(text[: link.end]), new.encode("utf-8", "surrogateescape"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
