"""A `sections` index: a heading, links and prose for each post, newest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.index_entry import (
    DATE,
    Entry,
    EntryLink,
    Shape,
    date_in,
    has_words,
    joined_links,
    label_text,
    link_text,
    title_pattern,
)
from aiblog.core.index_links import Place, Targets, leading_places, places, with_joined
from aiblog.core.index_page import Page, content_end, inserted, with_text
from aiblog.core.index_summary import prose_end, prose_span, summary_lines, with_summary
from aiblog.core.settings import filled
from aiblog.core.title import Heading


class Section(NamedTuple):
    """A heading with its links and prose. `links` are those to editions; `links_end` is the line after them.

    `end` is the line where the next section begins; `date` the heading's, else the one in the first link's path, or "".
    """

    heading: Heading
    end: int
    date: str
    links: tuple[Place, ...]
    links_end: int


def sections(page: Page, targets: Targets, *, undated: bool = False) -> list[Section]:
    """The entries of an index, in its order: headings with the links of one post under them.

    Where most of them are dated, one that is not is a section of people's own, unless `undated`.
    """
    found: list[Section] = []
    ends = _ends(page)
    for number, heading in enumerate(page.headings):
        if found and heading.line < found[-1].end:
            continue
        stop = page.headings[number + 1].line if number + 1 < len(page.headings) else len(page.lines)
        links, links_end = _links(page, heading.end, stop, targets)
        own = places(page, (heading.line, heading.line + 1), targets)
        if own and links and targets.post_of(links[0].path) != targets.post_of(own[0].path):
            links, links_end = [], heading.end  # the heading is the entry's link, the list is of other posts
        links = own + links
        if links and _is_entry(page, heading, links, targets):
            date = DATE.search(heading.text) or DATE.search(links[0].path)
            found.append(Section(heading, ends[number], date.group() if date else "", tuple(links), links_end))
    dated = [section for section in found if DATE.search(section.heading.text)]
    return dated if len(dated) * 2 > len(found) and not undated else found


def _ends(page: Page) -> list[int]:
    """For each heading the line where its section ends: the next heading of its level or above."""
    ends = [len(page.lines)] * len(page.headings)
    waiting: list[int] = []
    for number, heading in enumerate(page.headings):
        while waiting and page.headings[waiting[-1]].level >= heading.level:
            ends[waiting.pop()] = heading.line
        waiting.append(number)
    return ends


def section_end(page: Page, heading: Heading) -> int:
    """The line where a heading's section ends."""
    return next(
        (each.line for each in page.headings if each.line > heading.line and each.level <= heading.level),
        len(page.lines),
    )


def _links(page: Page, start: int, stop: int, targets: Targets) -> tuple[list[Place], int]:
    """The first list of links between two headings, or the first paragraph of links, and the line after it."""
    first = bisect_left(page.items, start, key=lambda item: item.start)
    last = bisect_left(page.items, stop, key=lambda item: item.start)
    units: list[tuple[int, int, int]] = [
        (item.start, item.end, number) for number, item in enumerate(page.items[first:last], first) if not item.depth
    ]
    first, last = bisect_left(page.paragraphs, (start, 0)), bisect_left(page.paragraphs, (stop, 0))
    units += [(*span, -1) for span in page.paragraphs[first:last]]
    links: list[Place] = []
    end = start
    for begins, ends, number in sorted(units):
        item = page.items[number] if number >= 0 else None
        span = (begins, item.text_end if item else ends)
        own = leading_places(page, span, targets, item, alone=item is None)
        if links and item and begins == end:  # the same list, whatever its bullets lead to
            links, end = links + own, ends
            continue
        if links and (not own or not item):
            break
        if not own:
            continue
        if links and targets.post_of(own[0].path) != targets.post_of(links[0].path):
            break  # a summary's list of other posts
        links += own
        end = ends
        if not item:
            break
    return links, end


def _is_entry(page: Page, heading: Heading, links: list[Place], targets: Targets) -> bool:
    """Whether a heading with links stands for a post: people's own sections link to posts too."""
    date = DATE.search(heading.text)
    if date is not None and _is_mention(page, heading, links[0], date.group()):
        return False
    if len({targets.post_of(place.path) for place in links}) == 1:
        return date is not None or heading.level > 1
    if date is None:
        return False
    in_paths = [DATE.search(place.path) for place in links]
    return heading.text.strip() == date.group() or all(found and found.group() == date.group() for found in in_paths)


def _is_mention(page: Page, heading: Heading, first: Place, date: str) -> bool:
    """Whether a dated section, "Maintenance scan", only speaks of a post of another date: words lead to its link."""
    own = date_in(first.path)
    if first.line < heading.end or own in {"", date}:
        return False
    start = first.item.content if first.item and first.item.start == first.line else 0
    before = page.lines[first.line][start : first.column]
    return has_words(DATE.sub("", before)) and not before.rstrip().endswith((":", "："))


def sections_of(page: Page, targets: Targets, date: str = "", *, undated: bool = False) -> list[Section]:
    """The entries of a post, first the one with its links alone, and its date."""
    candidates = [each for each in sections(page, targets, undated=undated) if targets.has_post(each.links)]
    return sorted(candidates, key=lambda each: (not targets.is_post(each.links), each.date != date))


def with_section(current: Page, entry: Entry, shape: Shape, targets: Targets) -> list[str]:
    """The page's lines with the entry new, or brought up to date."""
    undated = "{date}" not in shape.heading
    own = sections_of(current, targets, entry.date, undated=undated)
    if not own:
        return with_new_sections(current, [entry], shape, targets)
    section = own[0]
    linked = entry.without(targets.listed_alone(each.links for each in own[1:] if each.date == entry.date))
    lines = list(current.lines)
    alone = targets.is_post(section.links)
    span = prose_span(current, *_around_links(section))
    summary = entry.summary if alone else None
    if summary is not None and span[0] >= section.links_end:  # from the bottom up: the lines above keep their numbers
        lines = with_summary(lines, current, span, summary, shape)
    lines = _with_links(lines, section, linked, shape, targets.index_path)
    if summary is not None and span[0] < section.links_end:
        lines = with_summary(lines, current, span, summary, shape)
    if entry.title is not None and alone:
        lines = _with_title(lines, section, entry.title, entry.date, shape)
    return lines


def _around_links(section: Section) -> tuple[tuple[int, int], tuple[int, int]]:
    """The lines of an entry above its links, and those below."""
    first = section.links[0]
    return (section.heading.end, first.item.start if first.item else first.line), (section.links_end, section.end)


def with_new_sections(current: Page, entries: Sequence[Entry], shape: Shape, targets: Targets) -> list[str]:
    """The page's lines with new entries, given oldest first."""
    found = sections(current, targets, undated="{date}" not in shape.heading)
    marks = _marks(current, shape, found)
    lines = list(current.lines)
    for entry in entries:  # each stands at the place of the one before, or above it: the places stay true
        at = _place_of_new(current, entry, shape, marks if found else {})
        blank = [""] * max(shape.between, 1)
        above = blank if at and lines[at - 1].strip() else []
        below = blank if at < len(lines) and lines[at].strip() else []
        lines = inserted(lines, at, [*above, *_section_lines(entry, shape, targets.index_path), *below])
    return lines


def _section_lines(entry: Entry, shape: Shape, index_path: str) -> list[str]:
    title = entry.title if entry.title is not None else entry.links[0].title
    text = ["#" * shape.level + " " + filled(shape.heading, date=entry.date, title=title), *[""] * shape.gap]
    text += _link_lines(entry.links, index_path, shape)
    summary = summary_lines(entry.summary or "")
    if any(line.strip() for line in summary):
        text += [*[""] * shape.summary_gap, *summary]
    return text


def _link_lines(links: Collection[EntryLink], index_path: str, shape: Shape) -> list[str]:
    texts = [link_text(link, _label(link, shape), index_path, shape) for link in links]
    if shape.separator:
        return (shape.bullet + joined_links(texts, shape)).split("\n")
    return [shape.bullet + text for text in texts]


def _marks(current: Page, shape: Shape, found: Sequence[Section]) -> dict[int, tuple[str, int]]:
    """Date and end by the line of each heading that orders entries: of entries, and dated ones between them."""
    marks = {section.heading.line: (section.date, section.end) for section in found}
    for heading, end in zip(current.headings, _ends(current), strict=True):
        date = DATE.search(heading.text)
        if date and heading.level == shape.level:
            marks.setdefault(heading.line, (date.group(), end))
    return dict(sorted(marks.items()))


def _place_of_new(current: Page, entry: Entry, shape: Shape, marks: Mapping[int, tuple[str, int]]) -> int:
    """The line before which a new entry stands: newest first. Without marks before the first heading of its level."""
    if not marks:
        first = next((heading.line for heading in current.headings if heading.level == shape.level), None)
        return first if first is not None else content_end(current.lines, 0, len(current.lines))
    older = next((line for line, (date, _) in marks.items() if date <= entry.date), None)
    if older is not None:
        return older - 1 if older and NEXT_LINE.match(current.lines[older - 1]) else older
    last = max(marks)
    return prose_end(current, last + 1, marks[last][1])


NEXT_LINE = re.compile(r"\s*<!-- *\w+-disable-next-line\b")
"""A comment that belongs to the heading below it."""


def _with_links(lines: list[str], section: Section, entry: Entry, shape: Shape, index_path: str) -> list[str]:
    """The links that are new to the entry among those that are there, in the order of the entry's links."""
    own = [place for place in section.links if place.path in entry.paths]
    missing = missing_links(own, entry)
    if missing and all(place.line < section.heading.end for place in own):
        new = _link_lines([link for _, links in missing for link in links], index_path, shape)
        return inserted(lines, section.heading.end, [*[""] * shape.gap, *new])
    for anchor, links in reversed(missing):
        texts = [link_text(link, _label(link, shape), index_path, shape) for link in links]
        lines = _with_texts(lines, own, anchor, texts, shape)
    return lines


def _with_texts(
    lines: list[str], own: Sequence[Place], anchor: Place | None, texts: Sequence[str], shape: Shape
) -> list[str]:
    """The links behind one of the entry's own (None: before all), in bullets of their own where those have them."""
    place = anchor or own[0]
    beside = [each for each in own if each.item is place.item]
    if place.item is not None and len(beside) == 1 and not (shape.separator and len(own) == 1):
        new = [" " * place.item.indent + place.item.marker + text for text in texts]
        return inserted(lines, place.item.end if anchor else place.item.start, new)
    joining = shape if shape.separator else shape._replace(separator=" | ")
    if anchor or joining.closing:  # no bracket opens before the first
        return with_joined(lines, beside, place, texts, joining)
    return with_text(lines, place.line, place.column, "".join(text + joining.separator for text in texts))


def missing_links(own: Collection[Place], entry: Entry) -> list[tuple[Place | None, list[EntryLink]]]:
    """The entry's links that are not there, by the place they come after (None: before all), from top to bottom."""
    there = {place.path: place for place in own}
    groups: defaultdict[int, list[EntryLink]] = defaultdict(list)
    ordered = sorted(own, key=lambda place: (place.line, place.column))
    for number, link in enumerate(entry.links):
        if link.path not in there:
            earlier = {each.path for each in entry.links[:number]}
            after = [at for at, place in enumerate(ordered) if place.path in earlier]
            groups[after[-1] if after else -1].append(link)
    return [(ordered[at] if at >= 0 else None, groups[at]) for at in sorted(groups)]


def _label(link: EntryLink, shape: Shape) -> str:
    return link.label if link.label is not None else label_text(link, shape)


def _with_title(lines: list[str], section: Section, title: str, date: str, shape: Shape) -> list[str]:
    heading = section.heading
    if any(place.line == heading.line for place in section.links):
        return lines  # the heading is the link: its words are the label
    own = DATE.search(heading.text)
    pattern = title_pattern(heading.text) if own else "{title}"
    if own and "{date}" not in pattern:
        pattern = shape.heading
    text = filled(pattern, date=own.group() if own else date, title=title)
    if text == heading.text:
        return lines
    line = lines[heading.line]
    start = line.find(heading.text.split("\n")[0]) if heading.text else len(line.rstrip("\r\n"))
    if start < 0:
        return lines
    return [*lines[: heading.line], line[:start] + text + line[start + len(heading.text) :], *lines[heading.line + 1 :]]
