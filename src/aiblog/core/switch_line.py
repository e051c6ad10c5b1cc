"""The line under the H1 that leads to a post's other editions: found, learned, left out."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.title import first_heading
from aiblog.core.written_links import WrittenLink, beside, linked_file, written_links


class SwitchStyle(NamedTuple):
    """How a blog writes the line: the other editions alone, or the page's own language among them; labels by code.

    `unwritten`: a page without one gets none (its theme leads to the other editions).
    """

    alone: bool = False
    labels: Mapping[str, str] = MappingProxyType({})
    unwritten: bool = False


_SEPARATOR = re.compile(r"\s*[|/·•]\s+|\s+[|/·•]\s*|\s+[-–—]\s+|\s*｜\s*")
_TO_A_FILE = re.compile(r"<?(?:(?:\./)?[^/<>]+\.md|(?:\.\./)+[^<>]+\.md)>?")
_LONGEST_NAME = 24
"""Characters of a language's name at most: a longer text beside a link is a sentence."""


def switch_links(line: str) -> list[WrittenLink] | None:
    """The links of a line of links to Markdown files, with no words beside them, and short names; None for another.

    Their offsets are those in the line without blanks and the sign of a quotation around it.
    """
    line = line.strip().removeprefix("> ")
    links = written_links(line)
    if not links or not all(_TO_A_FILE.fullmatch(link.destination) for link in links):
        return None
    for part in _SEPARATOR.split(line):
        own = written_links(part)
        if re.search(r"\w", beside(part, own)) and (own or len(part) > _LONGEST_NAME):
            return None
    return None if re.search(r"[{}<>`#]|!\[|\]\[|^[-*+] ", beside(line, links)) else links


def names_beside(line: str) -> list[str]:
    """What stands in a switch line without being a link: the page's own language, mostly."""
    return [part for part in _SEPARATOR.split(line.strip()) if not written_links(part) and re.search(r"\w", part)]


def switch_at(lines: Sequence[str]) -> int | None:
    """The line that looks like a switch line: the first one with text under the H1, or of a body without one."""
    heading = first_heading("\n".join(lines[:200]))
    start = heading.end if heading else 0
    for number in range(start, min(len(lines), start + 6)):
        if lines[number].strip():
            alone = number + 1 >= len(lines) or not lines[number + 1].strip()
            return number if alone and switch_links(lines[number]) else None
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
        found = [] if at is None else switch_links(lines[at]) or []
        named = [(by_path.get(linked_file(path, link.destination) or ""), link.label) for link in found]
        if at is None or not all(code for code, _ in named):
            continue
        shapes[not names_beside(lines[at])] += 1
        labels.update((code, label) for code, label in named if code)
    if not shapes:
        return None
    usual: dict[str, str] = {}
    for (code, label), _ in labels.most_common():
        usual.setdefault(code, label)
    return SwitchStyle(shapes[True] >= shapes[False], usual)


def leads_to(body: str, path: str) -> frozenset[str]:
    """The files that a body's switch line leads to, or other links at its top: where people put them in other ways."""
    if ".md" not in body:
        return frozenset()
    text = body.replace("\r\n", "\n")
    lines = text.split("\n")
    heading = first_heading("\n".join(lines[:200]))
    start = heading.end if heading else 0
    until = next((at for at in range(start, len(lines)) if lines[at].startswith("#")), len(lines))
    opening = "\n".join(lines[: min(until, start + 12)])
    written = [link.destination for link in written_links(opening)]
    written += re.findall(r"<a\s[^<>]*?href=[\"']([^\"'<>]+)", opening)
    return frozenset(target for each in written if (target := linked_file(path, each)))


def own_switch_at(lines: Sequence[str], path: str) -> int | None:
    """The line that leads to the other editions of the post that the page at that path is of."""
    at = switch_at(lines)
    return at if at is not None and _is_of_post(lines[at], path) else None


def _is_of_post(line: str, path: str) -> bool:
    """Whether each link of a switch line leads to a file whose name is this file's but for a language."""
    own = _stems(path)
    return all(own & _stems(linked_file(path, link.destination) or "") for link in switch_links(line) or [])


def _stems(path: str) -> set[str]:
    """What the post's name may be: `gen-ai` is a topic as well as a file in the language `ai`."""
    name = posixpath.basename(path).removesuffix(".md")
    return {name, re.sub(r"[._-][A-Za-z]{2}(?:-[A-Za-z]{2,4})?$", "", name)}


def without_switch_line(body: str, path: str) -> str:
    """A body without its switch line and the blank line after it; the body itself where it has none."""
    lines = body.split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    at = own_switch_at(plain, path)
    if at is None:
        return body
    after = at + 1 + (1 if at + 1 < len(lines) and not plain[at + 1].strip() else 0)
    return "\n".join(lines[:at] + lines[after:])
