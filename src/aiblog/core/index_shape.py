"""The shape of an index's entries, learned by majority from those that are there."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from aiblog.core.index_entry import DATE, LIST, Shape, has_words, label_patterns, title_pattern
from aiblog.core.index_links import Place, Targets, closing_of, separators
from aiblog.core.index_list import Bullet, bullets
from aiblog.core.index_page import Page
from aiblog.core.index_sections import Section, sections
from aiblog.core.language import Language
from aiblog.core.settings import Index
from aiblog.errors import AiblogError


def shape_of(page: Page, index: Index, targets: Targets, languages: Sequence[Language]) -> Shape:
    """The shape of the page's entries; the contract's own where it has none, or none under its heading."""
    if index.style == "sections":
        return _of_sections(page, sections(page, targets), languages)
    try:
        return _of_bullets(page, bullets(page, index, targets), languages)
    except AiblogError:
        return LIST


def _of_sections(page: Page, found: Sequence[Section], languages: Sequence[Language]) -> Shape:
    usual = Shape()
    own = [[place for place in section.links if place.line >= section.heading.end] for section in found]
    links = [place for places in own for place in places]
    joined = [_joining(page, places) for places in own if len(places) > 1]
    label, labels = _labels(links, languages, usual.label)
    below = [_blank_lines(page, section.heading.end) for section in found if section.links_end > section.heading.end]
    above = [
        _blank_lines(page, section.links_end)
        for section in found
        if any(line.strip() for line in page.lines[section.links_end : section.end])
    ]
    between = [
        _blank_lines_before(page, section.end)
        for section, later in pairwise(found)
        if section.end == later.heading.line
    ]
    separator = _majority(joined, usual.separator)
    bare = bool(links) and sum(place.item is None for place in links) * 2 > len(links)
    return Shape(
        level=_majority((section.heading.level for section in found), usual.level),
        heading=_majority((_heading_pattern(section) for section in found), usual.heading),
        bullet="" if bare else _majority((place.item.marker for place in links if place.item), usual.bullet),
        dot=_dot(links),
        label=label,
        labels=labels,
        separator=(separator or " | ") if bare else separator,
        closing=closing_of(separator),
        gap=min(_majority(below, usual.gap), 2),
        summary_gap=min(max(_majority(above, usual.summary_gap), 1), 2),
        between=min(max(_majority(between, usual.between), 1), 3),
    )


def _heading_pattern(section: Section) -> str:
    pattern = title_pattern(section.heading.text)
    linked = section.links[0].line < section.heading.end
    return Shape().heading if linked or (DATE.search(section.heading.text) and "{date}" not in pattern) else pattern


def _joining(page: Page, links: Sequence[Place]) -> str:
    """What joins the links of an entry's first bullet or paragraph; "" where it has one."""
    return next(iter(separators(page.lines, [place for place in links if place.item is links[0].item])), "")


def _of_bullets(page: Page, found: Sequence[Bullet], languages: Sequence[Language]) -> Shape:
    own = [bullet.links for bullet in found]
    label, labels = _labels([place for places in own for place in places[1:]], languages, LIST.label)
    gaps = [
        later.item.start - each.item.end
        for each, later in pairwise(found)
        if not any(line.strip() for line in page.lines[each.item.end : later.item.start])
    ]
    bullet = _majority((each.item.marker for each in found), LIST.bullet)
    return _around_links(page, own, LIST.separator.replace("  ", " " * len(bullet)))._replace(
        bullet=bullet,
        dot=_dot([place for places in own for place in places]),
        lead=_majority((each for places in own for each in _lead_patterns(places[0], languages)), LIST.lead),
        label=label,
        labels=labels,
        between=min(_majority(gaps, LIST.between), 1),
    )


def _around_links(page: Page, own: Sequence[Sequence[Place]], usual: str) -> Shape:
    """A shape with what stands before, between and behind the links of bullets; `usual` is the usual separator."""
    before = _majority((_without_words(_before(page, places[0])) for places in own), "")
    emphasis = before[len(before.rstrip("*_")) :]
    if not _majority((_after(page, places[0]).startswith(emphasis) for places in own), usual=True):
        emphasis = ""  # it is closed behind all links
    between = [each.removeprefix(emphasis) for places in own for each in separators(page.lines, places)]
    separator = _majority(between, usual)
    closing = closing_of(separator)
    ends = [_after(page, places[-1]).removeprefix(closing if len(places) > 1 else emphasis) for places in own]
    after = _majority(map(_without_words, ends), "")
    return Shape(separator=separator, closing=closing, lead_closing=emphasis, before=before, after=after)


def _lead_patterns(place: Place, languages: Sequence[Language]) -> list[str]:
    dated = title_pattern(place.label)
    language = _language_of(place.path, languages)
    return [dated] if "{date}" in dated or language is None else label_patterns(place.label, language)


def _before(page: Page, place: Place) -> str:
    item = place.item
    if item is None or place.line != item.start:
        return ""
    return page.lines[place.line][item.indent + len(item.marker) : place.column]


def _after(page: Page, place: Place) -> str:
    return page.lines[place.end_line][place.end_column :].rstrip("\r\n")


def _without_words(text: str) -> str:
    """What stands around a bullet's links, as far as it is shape: a date, punctuation; words are people's own."""
    pattern = DATE.sub("{date}", text)
    return "" if has_words(pattern) else pattern


def _labels(links: Iterable[Place], languages: Sequence[Language], usual: str) -> tuple[str, dict[str, str]]:
    """The labels' pattern, and the words that the labels of one language repeat."""
    patterns: list[str] = []
    by_language: dict[Language, list[str]] = {}
    for place in links:
        language = _language_of(place.path, languages)
        if language is not None:
            patterns += label_patterns(place.label, language)
            by_language.setdefault(language, []).append(place.label)
    words = {language.code: found for language, labels in by_language.items() if (found := _words(labels, language))}
    if words and all(pattern == "{title}" for pattern in patterns):
        return usual, words
    return _majority(patterns, usual), words


def _words(labels: Sequence[str], language: Language) -> str | None:
    """The label that most links of a language have; a single one only if it is nearly the language's own name."""
    label, count = Counter(labels).most_common(1)[0]
    if count > 1:
        return label if count * 2 > len(labels) else None
    near = language.own_name in label or label in language.own_name
    return label if len(labels) == 1 and near and abs(len(label) - len(language.own_name)) <= 2 else None


def _language_of(path: str, languages: Sequence[Language]) -> Language | None:
    """The language whose mark a file's name ends with, else the one whose files have none."""
    stem = posixpath.basename(path).removesuffix(".md")
    for language in languages:
        marks = (language.suffix, f"_{language.code}", f"-{language.code}", f".{language.code}")
        if any(mark and stem.endswith(mark) for mark in marks):
            return language
    return next((language for language in languages if not language.suffix), None)


def _dot(links: Sequence[Place]) -> bool:
    written = [place.destination.lstrip("<") for place in links]
    return _majority((path.startswith("./") for path in written if not path.startswith("../")), Shape().dot)


def _blank_lines(page: Page, start: int) -> int:
    """How many blank lines begin there."""
    end = start
    while end < len(page.lines) and not page.lines[end].strip():
        end += 1
    return end - start


def _blank_lines_before(page: Page, end: int) -> int:
    start = end
    while start and not page.lines[start - 1].strip():
        start -= 1
    return end - start


_T = TypeVar("_T")


def _majority(found: Iterable[_T], usual: _T) -> _T:
    """What is found most often; the usual where nothing is, or nothing more often."""
    counts = Counter(found)
    if not counts:
        return usual
    most, count = counts.most_common(1)[0]
    return usual if counts[usual] == count else most
