"""What the front matter of a blog's posts shows: keys, their order, style and usual values; where titles stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations

from aiblog.core import header
from aiblog.core.post import LINK_KEYS, MetadataValue
from aiblog.core.settings import NAMED_ROLES, Key, Role, Settings
from aiblog.core.title import first_heading, plain_title, title_error
from aiblog.errors import AiblogError

MOST = 0.9
"""The share from which a habit is a rule of the blog."""

SEVERAL = 3
"""Posts without a front matter from which a blog has none: fewer are just begun. Words of a status at most."""

SWITCHES = {"draft": ("true", "false"), "published": ("false", "true")}
"""Keys that are a status where their values are true and false: the words of a draft and of a published post."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]+\d{1,2}:\d{2}.*)?")
_UPDATED = re.compile("updat|modif|lastmod|review", re.IGNORECASE)

Values = Mapping[str, MetadataValue]


class Head:
    """One edition's beginning: its metadata, None where it has none or it cannot be read, and its body."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        try:
            found = header.read(data, path)
        except AiblogError:
            found = header.Header({}, 0, present=False)
        self.values: Values | None = found.values if found.present else None
        self.body = data[found.end :].decode("utf-8", "replace")

    @cached_property
    def heading(self) -> str | None:
        """The H1's text."""
        heading = first_heading(self.body)
        return plain_title(heading.text) if heading else None

    @property
    def named(self) -> str | None:
        """The front matter's title."""
        title = (self.values or {}).get("title")
        return title if isinstance(title, str) and title else None

    @property
    def title(self) -> str:
        """The H1's text, else the front matter's title, else nothing."""
        return self.heading or self.named or ""

    @property
    def has_date(self) -> bool:
        """Whether a key holds a date that is not the one of the last change."""
        return any(is_day(value) and not _UPDATED.search(name) for name, value in (self.values or {}).items())

    def date(self, keys: Sequence[Key]) -> str:
        """The day under the key with the role `date`, "" where there is none."""
        value = next(((self.values or {}).get(key.name) for key in keys if key.role == "date"), None)
        return value[:10] if isinstance(value, str) else ""


def is_day(value: MetadataValue) -> bool:
    """Whether a value is a date; a time of day may follow."""
    return isinstance(value, str) and bool(_DAY.fullmatch(value.strip()))


def front_matter(heads: Sequence[Head]) -> tuple[tuple[Key, ...], dict[str, str], tuple[tuple[str, int], ...]]:
    """The keys in their usual order, with style and usual values; the evidence; the keys that hold dates.

    A title that stands first in every front matter is no key of its own: `new` writes it there.
    """
    headers = [(head.path, head.values) for head in heads if head.values is not None]
    if not headers:
        return (() if len(heads) >= SEVERAL else Settings().front_matter), {}, ()
    counts = Counter(key for _, values in headers for key in values)
    names = [name for name, count in counts.items() if count >= max(1, 0.2 * len(headers)) and name not in LINK_KEYS]
    names = [name for name in names if header.scalar(name) == name and not title_error(name)]
    names = _in_order(names, Counter(tuple(values) for _, values in headers))
    names = [name for number, name in enumerate(names) if name != "title" or number]
    roles = _roles(names, [values for _, values in headers])
    keys, notes = [], {}
    for name in names:
        pairs = [(path, values[name]) for path, values in headers if name in values]
        key, note = _key(name, roles[name], pairs, len(headers))
        keys.append(key)
        notes[f"front_matter.{name}"] = note
    dates = [(key.name, counts[key.name]) for key in keys if key.role in {"date", "updated"}]
    return tuple(keys), notes, tuple(sorted(dates, key=lambda item: -item[1]))


def _in_order(names: Sequence[str], orders: Mapping[tuple[str, ...], int]) -> list[str]:
    """The keys as they usually follow each other: by how many of the others each stands before in most files."""
    before: Counter[tuple[str, str]] = Counter()
    for order, count in orders.items():
        own = [name for name in order if name in names]
        for pair in combinations(own, 2):
            before[pair] += count

    def ahead(name: str) -> int:
        others = [(before[name, other], before[other, name]) for other in names if other != name]
        return sum((ours > theirs) - (ours < theirs) for ours, theirs in others)

    return sorted(names, key=lambda name: -ahead(name))


def _roles(names: Sequence[str], headers: Sequence[Values]) -> dict[str, Role | None]:
    """What each key is for: by its name, else by its values, where no name says it."""
    roles: dict[str, Role | None] = {name: NAMED_ROLES.get(name) for name in names}
    by_values: list[tuple[str, Role]] = []
    for name in names:
        values = [values[name] for values in headers if values.get(name)]
        if values and sum(map(is_day, values)) >= MOST * len(values):
            by_values.append((name, "updated" if _UPDATED.search(name) else "date"))
        elif _is_status(name, {value for value in values if isinstance(value, str)}):
            by_values.append((name, "status"))
    for name, role in by_values:
        if roles[name] is None and role not in roles.values():
            roles[name] = role
    return roles


def _is_status(name: str, words: set[str]) -> bool:
    """Whether a key with those values is a status: a switch, or one of a few words of which one means a draft."""
    if name in SWITCHES and words:
        return words <= set(SWITCHES[name])
    return 1 < len(words) <= SEVERAL and any(word.casefold() in _DRAFT for word in words)


def _key(name: str, role: Role | None, pairs: Sequence[tuple[str, MetadataValue]], headers: int) -> tuple[Key, str]:
    """One key, and how many files have it with which values."""
    note = f"{len(pairs)} of {headers} files"
    usual = Key(name, role=role, required=len(pairs) >= MOST * headers)
    values = Counter(value for _, value in pairs if isinstance(value, str))
    values = Counter({value: count for value, count in values.items() if not title_error(value)})
    if sum(path == value for path, value in pairs) >= MOST * len(pairs):
        return usual._replace(role=NAMED_ROLES.get(name), derived="path"), f"{note}, the file's own path"
    if role == "status":
        draft, published = SWITCHES.get(name) or _words(values)
        note += ": " + ", ".join(f"{value} {count}" for value, count in values.most_common(3))
        return usual._replace(draft=draft, published=published), note
    if role == "tags":
        lists = sum(isinstance(value, list) for _, value in pairs)
        return usual._replace(style="list" if lists > len(pairs) / 2 else "comma"), note + _vocabulary(pairs)
    if role in {"date", "updated"} or name == "title":
        return usual, note
    top = values.most_common(1)
    if top and top[0][1] > len(pairs) / 2 and len(pairs) > 1:
        return usual._replace(default=top[0][0]), f"{note}, {top[0][1]} times {top[0][0]}"
    return usual, note


def _words(values: Counter[str]) -> tuple[str, str]:
    """The blog's words for a draft and for a published post."""
    draft = next((value for value in values if value.casefold() in _DRAFT), "Draft")
    return draft, next((value for value, _ in values.most_common() if value != draft), "Published")


_DRAFT = {"draft", "草稿"}


def _vocabulary(pairs: Sequence[tuple[str, MetadataValue]]) -> str:
    """How many tags the posts have, and how many of them stand in one file."""
    counts: Counter[str] = Counter()
    for _, value in pairs:
        words = value if isinstance(value, list) else (value or "").split(",")
        counts.update({word.strip() for word in words if word.strip()})
    once = sum(count == 1 for count in counts.values())
    if not counts:
        return ""
    return f"; {len(counts)} {'tag' if len(counts) == 1 else 'tags'}" + (
        f", {once} of them in one file" if once else ""
    )


def title_place(heads: Sequence[Head]) -> tuple[str, str, dict[str, int]]:
    """Where the title stands ("title" or "heading"), the evidence, and how many files have it where: in the front
    matter, and in the heading alone."""
    named = sum(head.named is not None for head in heads)
    headed = sum(head.heading is not None for head in heads)
    places = {"title": named, "heading": sum(head.named is None and head.heading is not None for head in heads)}
    place, count = ("title", named) if named > places["heading"] else ("heading", headed)
    return place, f"{count} of {len(heads)} files", places
