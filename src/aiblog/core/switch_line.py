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
from aiblog.core.links import destination
from aiblog.core.title import first_heading
from aiblog.core.written_links import WrittenLink, beside, linked_file, written_links


class SwitchStyle(NamedTuple):
    """How a blog writes the line: the other editions alone, or the page's own language among them; labels by code."""

    alone: bool = False
    labels: Mapping[str, str] = MappingProxyType({})


_SEPARATOR = re.compile(r"\s*[|/·•]\s+|\s+[|/·•]\s*|\s+[-–—]\s+|\s*｜\s*")
_TO_A_FILE = re.compile(r"<?(?:(?:\./)?[^/<>]+\.md|(?:\.\./)+[^<>]+\.md)>?")
_LONGEST_NAME = 24
"""Characters of a language's name at most: a longer text beside a link is a sentence."""


def _switch_links(line: str) -> list[WrittenLink] | None:
    """The links of a line of links to Markdown files, with no words beside them, and short names; None for another."""
    line = line.strip().removeprefix("> ")
    links = written_links(line)
    if not links or not all(_TO_A_FILE.fullmatch(link.destination) for link in links):
        return None
    for part in _SEPARATOR.split(line):
        own = written_links(part)
        if re.search(r"\w", beside(part, own)) and (own or len(part) > _LONGEST_NAME):
            return None
    return None if re.search(r"[{}<>`#]|!\[|\]\[|^[-*+] ", beside(line, links)) else links


def _names(line: str) -> list[str]:
    """What stands in a switch line without being a link: the page's own language, mostly."""
    return [part for part in _SEPARATOR.split(line.strip()) if not written_links(part) and re.search(r"\w", part)]


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
        named = [(by_path.get(linked_file(path, link.destination) or ""), link.label) for link in found]
        if at is None or not all(code for code, _ in named):
            continue
        shapes[not _names(lines[at])] += 1
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

    A line that does so already is found, and left if it leads to each of them; so are other links at the file's top
    that do. Idempotent.

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
        if others <= _linked_files(lines[at], path):
            return data
        raw[at] = wanted + raw[at][len(lines[at]) :]
    elif others <= _linked_files("\n".join(_opening(lines)), path):
        return data
    else:
        _insert(raw, lines, wanted, newline)
    return data[:end] + "".join(raw).encode("utf-8", "surrogateescape")


def _opening(lines: Sequence[str]) -> Sequence[str]:
    """The first lines of a body, to the next heading below its H1: where people put such links in other ways."""
    heading = first_heading("\n".join(lines[:200]))
    start = heading.end if heading else 0
    return lines[: next((at for at in range(start, len(lines)) if lines[at].startswith("#")), len(lines))][: start + 12]


def _linked_files(text: str, path: str) -> set[str | None]:
    """The files that links of a text lead to, those in HTML too."""
    written = [link.destination for link in written_links(text)] + re.findall(r"<a\s[^<>]*?href=[\"']([^\"'<>]+)", text)
    return {linked_file(path, destination) for destination in written}


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
    return all(own & _stems(linked_file(path, link.destination) or "") for link in _switch_links(line) or [])


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
            parts.append(f"[{label}]({destination(path, target)})")
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
