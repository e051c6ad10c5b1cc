"""Indexes: what their entries list; a post's entry put in, brought up to date or taken out, every other byte kept."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Sequence

from aiblog.core import header
from aiblog.core.index_entry import LIST, Entry, EntryLink, Shape
from aiblog.core.index_links import Targets
from aiblog.core.index_list import bullets, bullets_of, with_bullet, with_new_bullets
from aiblog.core.index_page import Page, body_page, body_start, content_end, page
from aiblog.core.index_placed import PlacedEntry, placed, without
from aiblog.core.index_sections import sections, sections_of, with_new_sections, with_section
from aiblog.core.index_shape import shape_of
from aiblog.core.index_shortened import shortened
from aiblog.core.language import Language
from aiblog.core.lines import split_lines
from aiblog.core.settings import Index
from aiblog.errors import AiblogError

__all__ = [
    "LIST", "Entry", "EntryLink", "Shape", "entry_lines", "learned_shape", "listed", "summary_error", "with_entry",
    "with_new_entries", "without_entry",
]  # fmt: skip


def learned_shape(data: bytes, index: Index, editions: Collection[str], languages: Sequence[Language]) -> Shape:
    """How the index's own entries are written, by majority; the contract's shape where it has none.

    Args:
        data: the whole index.
        index: which one, and its style.
        editions: the paths of every edition of the blog: a link to one makes an entry.
        languages: the blog's.
    """
    return shape_of(page(_body_lines(data)), index, Targets(index.path, editions), languages)


def listed(data: bytes, index: Index, editions: Collection[str]) -> set[str]:
    """The paths of the editions that the index's entries link to; links in prose and summaries list nothing.

    Raises:
        AiblogError: `conflict` where the heading that the list stands under is not there.
    """
    current, targets = page(_body_lines(data)), Targets(index.path, editions)
    found = sections(current, targets) if index.style == "sections" else bullets(current, index, targets)
    return {place.path for entry in found for place in entry.links}


def with_entry(data: bytes, index: Index, entry: Entry, shape: Shape, editions: Collection[str]) -> bytes:
    """The index with the entry in it: new, or with the links, title and summary that it lacks. Idempotent.

    A `sections` index that changes gets the later of its `last_updated` and the entry's date.

    Raises:
        AiblogError: `conflict` where it has git's conflict markers, or not the heading its list stands under;
            `metadata-invalid` where its front matter cannot be read.
    """
    refuse_conflict(data, index.path)
    current = page(_body_lines(data))
    targets = Targets(index.path, {*editions, *entry.paths}, entry.paths)

    def edited(lines: Page) -> list[str]:
        if index.style == "sections":
            return with_section(lines, entry, shape, targets)
        return with_bullet(lines, index, entry, shape, targets)

    after = edited(current)
    if tuple(after) == current.lines:
        return data
    again = page(after)
    if edited(again) != after:
        raise _not_taken(index, entry, again)
    changed = with_lines(data, current, after)
    return _with_date(changed, entry.date, index.path) if index.style == "sections" else changed


def with_new_entries(
    data: bytes, index: Index, entries: Sequence[Entry], shape: Shape, editions: Collection[str]
) -> bytes:
    """The index with entries that it lacks, given oldest first, all at once.

    In a list too they go by date, and at its limit the oldest fall off.

    Raises:
        AiblogError: `conflict`, as `with_entry`.
    """
    if not entries:
        return data
    refuse_conflict(data, index.path)
    current = page(_body_lines(data))
    targets = Targets(index.path, {*editions, *(path for entry in entries for path in entry.paths)})
    if index.style == "sections":
        after = with_new_sections(current, entries, shape, targets)
    else:
        after = with_new_bullets(current, index, entries, shape, targets)
    changed = with_lines(data, current, after)
    there = listed(changed, index, targets.editions)
    lacking = next((entry for entry in entries if not there & entry.paths), None)
    if lacking is not None and index.limit is None:
        raise _not_taken(index, lacking, page(after))
    return _with_date(changed, entries[-1].date, index.path) if index.style == "sections" else changed


def _not_taken(index: Index, entry: Entry, after: Page) -> AiblogError:
    reason = f"{after.open} is not closed" if after.open else "the lines around it would swallow it"
    message = f'"{index.path}" cannot take the entry of {entry.date}: {reason}'
    return AiblogError("conflict", message, f"edit {index.path}:1")


def without_entry(  # noqa: PLR0913 - what leaves which index, and how that is written
    data: bytes,
    index: Index,
    post: Collection[str],
    shape: Shape,
    editions: Collection[str],
    *,
    shared: bool = False,
) -> bytes:
    """The index without the entry of the post with those editions, and the blank lines that came with it. Idempotent.

    An entry goes whole, its prose too; one that lists other posts besides stays, `shared` without the links to this
    one where they can go (see `shortened`). What `with_entry` put in is undone to the byte, but for two things nobody
    can tell any more: an earlier `last_updated`, and lines that touched where now a blank one stands between them.

    Raises:
        AiblogError: `conflict`, as `with_entry`.
    """
    refuse_conflict(data, index.path)
    current = page(_body_lines(data))
    targets = Targets(index.path, {*editions, *post}, post)
    lines = current
    while True:
        entries = placed(lines, index, targets, undated="{date}" not in shape.heading)
        own = next((each for each in entries if targets.is_post(each.links)), None)
        after = shortened(lines, entries, post) if shared and own is None else None
        if own is not None:
            after = without(lines, own, _others(lines, own, index, targets, shape))
        if after is None:
            return data if lines is current else with_lines(data, current, lines.lines)
        lines = page(after)


def _others(current: Page, own: PlacedEntry, index: Index, targets: Targets, shape: Shape) -> list[PlacedEntry]:
    """The entries that the index has without this one, where they stand now: it may be why most are dated."""
    rest = page([*current.lines[: own.start], *current.lines[own.end :]])
    found = placed(rest, index, targets, undated="{date}" not in shape.heading)
    gone = own.end - own.start
    return [each._replace(start=each.start + gone) if each.start >= own.start else each for each in found]


def with_lines(data: bytes, before: Page, after: Sequence[str]) -> bytes:
    """The file with other lines for its body, its final newline as it was."""
    start = body_start(data)
    body = "".join(after)
    if before.lines and not before.lines[-1].endswith("\n") and body.endswith("\n"):
        body = body.removesuffix("\n").removesuffix("\r")
    head = data[:start]
    if head.removeprefix(header.BOM) and not head.endswith(b"\n"):  # a front matter and nothing behind it
        head += b"\r\n" if b"\r\n" in head else b"\n"
    return head + body.encode("utf-8", "surrogateescape")


def _body_lines(data: bytes) -> list[str]:
    return split_lines(data[body_start(data) :].decode("utf-8", "surrogateescape"))


def refuse_conflict(data: bytes, path: str) -> None:
    """Refuses (`conflict`) an index with git's conflict markers, `path` being its own."""
    current, first_line = body_page(data)
    for number, line in enumerate(current.lines):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")) and number not in current.code:
            at = first_line + number
            message = f'"{path}" has a git conflict marker in line {at}; an index without conflicts was wanted'
            raise AiblogError("conflict", message, f"aiblog index --resolve {shlex.quote(path)}", f"edit {path}:{at}")


def _with_date(data: bytes, date: str, path: str) -> bytes:
    found = header.read(data, path)
    now = found.values.get("last_updated")
    if not isinstance(now, str) or (now and not re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", now)) or now[:10] >= date:
        return data
    return header.edited(data, {"last_updated": date})


def summary_error(summary: str, shape: Shape) -> str | None:
    """Why a text cannot be an entry's summary in a `sections` index; None where it can.

    It would end the entry (a heading of the entries' level or above), or swallow the next ones (code or HTML
    that is not closed). One sentence without a final full stop.
    """
    current = page(split_lines(summary.replace("\r\n", "\n")))
    for heading in current.headings:
        if heading.level <= shape.level:
            return (
                f'line {heading.line + 1} of the summary, "{heading.text}", is a heading of level {heading.level}, '
                f"where entries have level {shape.level}; a lower one, such as {'#' * (shape.level + 1)}, was wanted"
            )
    if current.open:
        return f"the summary opens {current.open} and does not close it"
    marker = next((line for line in current.lines if line.startswith(("<<<<<<< ", ">>>>>>> "))), None)
    return None if marker is None else "the summary has a git conflict marker"


def entry_lines(data: bytes, index: Index, post: Collection[str], editions: Collection[str]) -> range | None:
    """The lines of a post's entry in the file (0-based, without blank lines after it); None where it has none."""
    lines = _body_lines(data)
    current, targets = page(lines), Targets(index.path, {*editions, *post}, post)
    above = data.count(b"\n", 0, body_start(data))
    if index.style == "sections":
        spans = [
            (each.heading.line, content_end(lines, each.heading.line, each.end))
            for each in sections_of(current, targets)
        ]
    else:
        spans = [(each.item.start, each.item.end) for each in bullets_of(current, index, targets)]
    return range(above + spans[0][0], above + spans[0][1]) if spans else None
