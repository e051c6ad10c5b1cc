"""An entry of an index, and the shape a blog gives its entries; the texts an entry is made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.language import Language
from aiblog.core.links import destination
from aiblog.core.settings import filled

DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


class EntryLink(NamedTuple):
    """A link of an entry: the edition's path (relative to the blog's root), its own title, its language.

    `title` and `label` are inline Markdown that is one link's label; no `label`: the shape says it.
    """

    path: str
    title: str
    language: Language
    label: str | None = None


class Entry(NamedTuple):
    """A post's place in an index.

    `links` are the editions to list, the leading one first. `title` (inline Markdown) and `summary`: None leaves
    those of an entry that is there, and gives a new one the first link's title and no summary. `post` are the
    paths of all the post's editions: by any of them its entry is found again.
    """

    date: str
    links: tuple[EntryLink, ...]
    title: str | None = None
    summary: str | None = None
    post: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all the post's editions, those of the links too."""
        return self.post | {link.path for link in self.links}

    def without(self, listed: Collection[str]) -> Entry:
        """The entry without the links to those editions: another entry has them."""
        kept = tuple(link for link in self.links if link.path not in listed)
        return self._replace(links=kept, post=self.paths) if listed else self


class Shape(NamedTuple):
    """How an index writes its entries; the contract's own way by default.

    `heading`, `lead` (a bullet's first link) and `label` (any other link) are patterns of {date}, {title}, {name},
    {own_name}, {code}; `labels` has the words that stand for a language throughout, by its code. `bullet` has
    its spaces. `separator` joins the links of one bullet; "": each link has a bullet of its own. `closing` stands
    behind each link but the first, where the separator opens a bracket, `lead_closing` behind the first, where
    `before` opens emphasis. `before` and `after` stand around a bullet's links. `gap`, `summary_gap` and `between`
    count blank lines: under the heading, above the summary, between entries.
    """

    level: int = 2
    heading: str = "{date}: {title}"
    bullet: str = "- "
    dot: bool = True
    lead: str = "{title}"
    label: str = "{title} ({name})"
    labels: Mapping[str, str] = MappingProxyType({})
    separator: str = ""
    closing: str = ""
    lead_closing: str = ""
    before: str = ""
    after: str = ""
    gap: int = 1
    summary_gap: int = 1
    between: int = 1


LIST = Shape(label="{own_name}", separator="\n  | ", between=0)
"""The contract's shape of a `list` index."""


def date_in(text: str) -> str:
    """The first date that stands in a text, such as a path; "" where there is none."""
    date = DATE.search(text)
    return date.group() if date else ""


def link_text(link: EntryLink, label: str, index_path: str, shape: Shape) -> str:
    """A whole link with that label, from the index to the edition."""
    path = destination(index_path, link.path)
    return f"[{label}]({path if shape.dot else path.removeprefix('./')})"


def label_text(link: EntryLink, shape: Shape) -> str:
    """The label of a link that is not a bullet's first, by the words of its language or the pattern."""
    pattern = shape.labels.get(link.language.code) or shape.label
    return filled(pattern, title=link.title, **_names(link.language))


def lead_text(shape: Shape, date: str, title: str, language: Language) -> str:
    """The label of the first link of a bullet."""
    return filled(shape.lead, date=date, title=title, **_names(language))


def joined_links(texts: Sequence[str], shape: Shape) -> str:
    """Links that share a bullet or a paragraph."""
    return texts[0] + shape.lead_closing + "".join(shape.separator + text + shape.closing for text in texts[1:])


def _names(language: Language) -> dict[str, str]:
    return {
        "name": language.name,
        "own_name": language.own_name,
        "code": language.code,
        "CODE": language.code.upper(),
    }


def has_words(text: str) -> bool:
    """Whether letters or digits stand in it, those of tags, entities and {date} aside."""
    return re.search(r"[^\W_]", re.sub(r"<[^<>]*>|&#?\w+;|\{date\}", "", text)) is not None


_OPENING = "[(（【*_`"
_CLOSING = "])）】*_`"
_BETWEEN = " \t:：|｜·—–-,，、"


def title_pattern(text: str) -> str:
    """How date and title stand in a text, as a pattern: `{date}: {title}`; `{title}` without a date at either end."""
    dates = list(DATE.finditer(text))
    if not dates:
        return "{title}"
    first, last = dates[0], dates[-1]
    opening = text[: first.start()]
    if not has_words(opening):
        rest = text[first.end() :]
        title = rest.lstrip(_CLOSING).lstrip(_BETWEEN)
        separator = rest[: len(rest) - len(title)]
        return f"{opening}{{date}}{separator}{{title}}" if title and separator else "{title}"
    closing = text[last.end() :]
    if not has_words(closing):
        before = text[: last.start()]
        title = before.rstrip(_OPENING + _BETWEEN)
        return f"{{title}}{before[len(title) :]}{{date}}{closing}" if title != before else "{title}"
    return "{title}"


def label_patterns(label: str, language: Language) -> list[str]:
    """How title and language's name stand in a label, each pattern that fits: `{title} ({name})`, `{own_name}`."""
    found = []
    for field_name, name in _names(language).items():
        if label == name:
            found.append(f"{{{field_name}}}")
        if label == name or name not in label:
            continue
        closing = label.rstrip(_CLOSING)
        before = closing.removesuffix(name)
        title = before.rstrip(_OPENING + _BETWEEN)
        if before != closing and title and title != before:
            found.append(f"{{title}}{before[len(title) :]}{{{field_name}}}{label[len(closing) :]}")
        opening = label.lstrip(_OPENING)
        rest = opening.removeprefix(name)
        title = rest.lstrip(_CLOSING + _BETWEEN)
        if rest != opening and title and title != rest:
            found.append(
                f"{label[: len(label) - len(opening)]}{{{field_name}}}{rest[: len(rest) - len(title)]}{{title}}"
            )
    return found or ["{title}"]
