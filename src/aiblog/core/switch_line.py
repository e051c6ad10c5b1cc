"""The line under the H1 that leads to a post's other editions: found, learned, written."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.language import Language
from aiblog.core.links import encoded, relative, resolved
from aiblog.core.title import first_heading


class SwitchStyle(NamedTuple):
    """How a blog writes the line: the other editions alone, or the page's own language among them; labels by code."""

    alone: bool = False
    labels: Mapping[str, str] = MappingProxyType({})


_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(<?((?:\./)?[^\s()<>/]+\.md|(?:\.\./)+[^\s()<>]+\.md)>?\)")
_LONGEST_NAME = 24
"""Characters of a language's name at most: a longer text beside a link is a sentence."""


def _parts(line: str) -> list[str]:
    return re.split(r"\s*[|/·]\s+|\s+[|/·]\s*", line.strip())


def _switch_links(line: str) -> list[tuple[str, str]] | None:
    """Label and destination of each link of a line of links to Markdown files and short names; None for another."""
    found = []
    for part in _parts(line):
        match = _LINK.fullmatch(part)
        if match:
            found.append((match.group(1), match.group(2)))
        elif not part or len(part) > _LONGEST_NAME or re.search(r"[\[\](){}<>`#]|^[-*+>] ", part):
            return None
    return found or None


def switch_at(lines: Sequence[str]) -> int | None:
    """The line that looks like a switch line: the first one with text under the H1, or of a body without one."""
    heading = first_heading("\n".join(lines[:200]))
    start = heading.end if heading else 0
    for number in range(start, min(len(lines), start + 6)):
        if lines[number].strip():
            alone = number + 1 >= len(lines) or not lines[number + 1].strip()
            return number if alone and _switch_links(lines[number]) else None
    return None


def learned_switch(editions: Iterable[tuple[str, str, Mapping[str, str]]]) -> SwitchStyle | None:
    """How the blog's own editions write the line, by majority; None where none has one.

    Args:
        editions: path, body and all editions of the post (path by language) of each file.
    """
    shapes: Counter[bool] = Counter()
    labels: Counter[tuple[str, str]] = Counter()
    for path, body, siblings in editions:
        lines = [line.rstrip("\r") for line in body.split("\n")]
        at = switch_at(lines)
        by_path = {other: code for code, other in siblings.items()}
        found = [] if at is None else _switch_links(lines[at]) or []
        named = [(by_path.get(resolved(path, to) or ""), label) for label, to in found]
        if at is None or not all(code for code, _ in named):
            continue
        shapes[len(_parts(lines[at])) == len(found)] += 1
        labels.update((code, label) for code, label in named if code)
    if not shapes:
        return None
    usual: dict[str, str] = {}
    for (code, label), _ in labels.most_common():
        usual.setdefault(code, label)
    return SwitchStyle(shapes[True] >= shapes[False], usual)


def with_switch_line(
    data: bytes, path: str, editions: Mapping[str, str], languages: Sequence[Language], style: SwitchStyle | None = None
) -> bytes:
    """The file with a line under its H1 that leads to the post's other editions; every other byte as it was.

    A line that does so already is found, and left if it leads to each of them. Idempotent.

    Args:
        data: the file.
        path: its path, relative to the blog's root.
        editions: the paths of all editions, this one too, by language code.
        languages: the blog's, in its order.
        style: as the blog's own editions have it; by default `English | [中文版](./topic_zh.md)`.
    """
    others = {other for other in editions.values() if other != path}
    if not others:
        return data
    end = header.read(data, path).end
    body = data[end:].decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in body else "\n"
    raw = [line for line in re.split(r"(?<=\n)", body) if line]
    lines = [line.rstrip("\r\n") for line in raw]
    wanted = _written(path, editions, languages, style or SwitchStyle())
    at = switch_at(lines)
    if at is not None and _is_of_post(lines[at], path):
        if others <= {resolved(path, to) for _, to in _switch_links(lines[at]) or []}:
            return data
        raw[at] = wanted + raw[at][len(lines[at]) :]
    else:
        _insert(raw, lines, wanted, newline)
    return data[:end] + "".join(raw).encode("utf-8", "surrogateescape")


def _insert(raw: list[str], lines: Sequence[str], wanted: str, newline: str) -> None:
    """Puts the line under the H1 (before the first text of a body without one), a blank line on either side."""
    heading = first_heading("\n".join(lines))
    place = heading.end if heading else next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if place and not raw[place - 1].endswith("\n"):
        raw[place - 1] += newline
    before = [newline] if place and lines[place - 1].strip() else []
    after = [newline] if place < len(lines) and lines[place].strip() else []
    raw[place:place] = [*before, wanted + newline, *after]


def _is_of_post(line: str, path: str) -> bool:
    """Whether each link of a switch line leads to a file whose name is this file's but for a language."""
    own = _stems(path)
    return all(own & _stems(to) for _, to in _switch_links(line) or [])


def _stems(path: str) -> set[str]:
    """What the post's name may be: `gen-ai` is a topic as well as a file in the language `ai`."""
    name = posixpath.basename(path).removesuffix(".md")
    return {name, re.sub(r"[._-][A-Za-z]{2}(?:-[A-Za-z]{2,4})?$", "", name)}


def _written(path: str, editions: Mapping[str, str], languages: Sequence[Language], style: SwitchStyle) -> str:
    parts = []
    for language in languages:
        target = editions.get(language.code)
        if target is None:
            continue
        if target != path:
            label = style.labels.get(language.code, language.own_name)
            parts.append(f"[{label}]({encoded(relative(path, target))})")
        elif not style.alone:
            parts.append(language.own_name)
    return " | ".join(parts)


def without_switch_line(body: str, path: str) -> str:
    """A body without its switch line and the blank line after it; the body itself where it has none."""
    lines = body.split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    at = switch_at(plain)
    if at is None or not _is_of_post(plain[at], path):
        return body
    after = at + 1 + (1 if at + 1 < len(lines) and not plain[at + 1].strip() else 0)
    return "\n".join(lines[:at] + lines[after:])
