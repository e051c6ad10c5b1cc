"""A `list` index: one bullet for each post, the newest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.index_entry import Entry, Shape, date_in, joined_links, label_text, lead_text, link_text
from aiblog.core.index_links import Place, Targets, leading_places, places, with_joined
from aiblog.core.index_page import Item, Page, inserted, page
from aiblog.core.index_sections import missing_links
from aiblog.core.lines import split_lines
from aiblog.core.settings import Index, filled
from aiblog.core.title import Heading, plain_title
from aiblog.errors import AiblogError


class Bullet(NamedTuple):
    """A list item whose first link goes to an edition; `links` are all that do, those of nested items too."""

    item: Item
    links: tuple[Place, ...]


def bullets(page: Page, index: Index, targets: Targets) -> list[Bullet]:
    """The entries under the index's heading, in its order.

    Raises:
        AiblogError: `conflict` where the heading is not there.
    """
    return _bullets_in(page, _region(page, index, targets)[1:], targets)


def _bullets_in(page: Page, region: tuple[int, int], targets: Targets) -> list[Bullet]:
    found: list[Bullet] = []
    for item in _items(page, *region):
        own = (item.start, item.text_end)
        if found and item.start < found[-1].item.end:
            nested = places(page, own, targets, item)
            found[-1] = Bullet(found[-1].item, found[-1].links + tuple(nested)) if nested else found[-1]
        elif links := leading_places(page, own, targets, item):
            found.append(Bullet(item, tuple(links)))
    return found


def _items(page: Page, start: int, end: int) -> Sequence[Item]:
    first = bisect_left(page.items, start, key=lambda item: item.start)
    return page.items[first : bisect_left(page.items, end, key=lambda item: item.start)]


def _region(page: Page, index: Index, targets: Targets) -> tuple[Heading | None, int, int]:
    """The heading that the list stands under, and the lines up to the next heading of its level or above."""
    if index.under is None:
        return None, 0, len(page.lines)
    regions = []
    for number, heading in enumerate(page.headings):
        if index.under in {heading.text, plain_title(heading.text)}:
            rest = page.headings[number + 1 :]
            end = next((later.line for later in rest if later.level <= heading.level), len(page.lines))
            regions.append((heading, heading.end, end))
    if not regions:
        message = f'"{index.path}" has no heading "{index.under}", under which its list of posts stands'
        raise AiblogError("conflict", message, f"edit {index.path}:1")
    if len(regions) == 1:
        return regions[0]
    return next((each for each in regions if _bullets_in(page, each[1:], targets)), regions[0])


def bullets_of(page: Page, index: Index, targets: Targets) -> list[Bullet]:
    """The entries of a post, first those that have its links alone."""
    candidates = [each for each in bullets(page, index, targets) if targets.has_post(each.links)]
    return sorted(candidates, key=lambda each: not targets.is_post(each.links))


def with_bullet(current: Page, index: Index, entry: Entry, shape: Shape, targets: Targets) -> list[str]:
    """The page's lines with the entry new (the last ones fall off at the limit), or brought up to date."""
    found = bullets_of(current, index, targets)
    if not found:
        lines = _with_new(current, index, entry, shape, targets)
        return _without(lines, bullets(page(lines), index, targets)[index.limit :] if index.limit else [])
    linked = entry.without(targets.listed_alone(each.links for each in found[1:]))
    lines = list(current.lines)
    own = [place for place in found[0].links if place.path in entry.paths]
    lines = _with_links(lines, index, own, linked, shape)
    return lines if entry.title is None else _with_title(lines, own[0], entry, shape)


def with_new_bullets(
    current: Page, index: Index, entries: Sequence[Entry], shape: Shape, targets: Targets
) -> list[str]:
    """The page's lines with new entries, given oldest first, each before the first that is not newer.

    At the limit the oldest ones fall off.
    """
    lines, found = list(current.lines), bullets(current, index, targets)
    if not found and entries:
        current, entries = page(_with_new(current, index, entries[0], shape, targets)), entries[1:]
        lines, found = list(current.lines), bullets(current, index, targets)
    dates = [date_in(each.links[0].path) for each in found]
    blank = [""] * shape.between
    for entry in entries:  # each stands at the place of the one before, or above it: the places stay true
        new = _bullet_lines(index, entry, shape, found[0].item.indent)
        later = next((each.item for each, date in zip(found, dates, strict=True) if date <= entry.date), None)
        if later is None:
            lines = inserted(lines, found[-1].item.end, blank + new)
        else:
            lines = inserted(lines, later.start, new + blank)
    if index.limit is None:
        return lines
    newest = sorted(bullets(page(lines), index, targets), key=lambda each: date_in(each.links[0].path), reverse=True)
    return _without(lines, sorted(newest[index.limit :]))


def _with_new(current: Page, index: Index, entry: Entry, shape: Shape, targets: Targets) -> list[str]:
    lines = list(current.lines)
    heading, start, end = _region(current, index, targets)
    found = _bullets_in(current, (start, end), targets)
    if found:
        at, indent, below = found[0].item.start, found[0].item.indent, [""] * shape.between
        return inserted(lines, at, _bullet_lines(index, entry, shape, indent) + below)
    last = _last_of_first_list(current, start, end)
    if last is not None:
        shape = shape._replace(bullet=last.marker)
        at, indent, above = last.end, last.indent, []
    else:
        at, indent = heading.end if heading else len(lines), 0
        above = [""] if at and lines[at - 1].strip() else []
    below = [""] if at < len(lines) and lines[at].strip() else []
    return inserted(lines, at, [*above, *_bullet_lines(index, entry, shape, indent), *below])


def place_of_first(current: Page, index: Index) -> int:
    """The line before which the first entry of a list stands: below the first list there, else the heading."""
    heading, start, end = _region(current, index, Targets(index.path, ()))
    last = _last_of_first_list(current, start, end)
    return last.end if last else heading.end if heading else len(current.lines)


def _last_of_first_list(current: Page, start: int, end: int) -> Item | None:
    last: Item | None = None
    for item in _items(current, start, end):
        if item.depth or item.marker[0].isdigit():
            continue
        if last is not None and any(line.strip() for line in current.lines[last.end : item.start]):
            break
        last = item
    return last


def _bullet_lines(index: Index, entry: Entry, shape: Shape, indent: int) -> list[str]:
    first = entry.links[0]
    lead = lead_text(shape, entry.date, entry.title if entry.title is not None else first.title, first.language)
    texts = [link_text(first, lead, index.path, shape)]
    texts += [link_text(link, label_text(link, shape), index.path, shape) for link in entry.links[1:]]
    before, after = filled(shape.before, date=entry.date), filled(shape.after, date=entry.date)
    text = shape.bullet + before + joined_links(texts, shape) + after
    return [" " * indent + line for line in text.split("\n")]


def _without(lines: list[str], gone: Sequence[Bullet]) -> list[str]:
    """The lines without those bullets, given from top to bottom, and the blank lines above a last one."""
    for bullet in reversed(gone):
        start, end = bullet.item.start, bullet.item.end
        if end >= len(lines) or not lines[end].strip():
            while start and not lines[start - 1].strip():
                start -= 1
        lines = lines[:start] + lines[end:]
    return lines


def _with_links(lines: list[str], index: Index, own: list[Place], entry: Entry, shape: Shape) -> list[str]:
    """The links that are new to the entry; the first one stays first, whatever comes."""
    for anchor, links in reversed(missing_links(own, entry)):
        texts = [link_text(link, label_text(link, shape), index.path, shape) for link in links]
        lines = with_joined(lines, own, anchor or own[0], texts, shape)
    return lines


def _with_title(lines: list[str], place: Place, entry: Entry, shape: Shape) -> list[str]:
    language = next((link.language for link in entry.links if link.path == place.path), entry.links[0].language)
    label = lead_text(shape, entry.date, entry.title or "", language)
    if label == place.label:
        return lines
    text = "".join(lines[place.line : place.end_line + 1])
    start = place.column + 1
    changed = text[:start] + label + text[start + len(place.label) :]
    return [*lines[: place.line], *split_lines(changed), *lines[place.end_line + 1 :]]
