"""Links of an index's entries led to where an edition lies now: the destination's bytes change, nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from aiblog.core.document import Link
from aiblog.core.edit import Edit, applied
from aiblog.core.index_links import Place, Targets
from aiblog.core.index_page import body_page
from aiblog.core.index_placed import placed
from aiblog.core.links import destination, links, relative
from aiblog.core.settings import Index
from aiblog.core.written_links import linked_file


def retargeted_entries(data: bytes, index: Index, moved: Mapping[str, str], editions: Collection[str]) -> bytes:
    """The index with the links of its entries at the new paths of editions that moved, by the old ones. Idempotent.

    Links in prose and summaries stay. `editions` are the paths of every edition of the blog.

    Raises:
        AiblogError: `conflict` where the heading that the list stands under is not there.
    """
    page, _ = body_page(data)
    targets = Targets(index.path, {*editions, *moved, *moved.values()})
    own = [place for entry in placed(page, index, targets, undated=True) for place in entry.links]
    edits = retargets(data, index.path, {place: moved[place.path] for place in own if place.path in moved})
    return applied(data, {edit for each in edits.values() for edit in each})


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
    """The destination at its new path: as bare, as bracketed and with the anchor that it has."""
    written = text[link.start : link.end]
    plain = written[1:-1] if written.startswith("<") else written
    anchor = re.search(r"[#?].*", plain)
    new = destination(index_path, to)
    if written.startswith("<"):  # what would end or change it is encoded there too, but no blank
        new = re.sub("[%#?<>]", lambda match: f"%{ord(match.group()):02X}", relative(index_path, to))
    if not plain.startswith("."):
        new = new.removeprefix("./")
    new += anchor.group() if anchor else ""
    new = f"<{new}>" if written.startswith("<") else new
    start, end = _bytes(text[: link.start]), _bytes(text[: link.end])
    return Edit(start, end, new.encode("utf-8", "surrogateescape"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
