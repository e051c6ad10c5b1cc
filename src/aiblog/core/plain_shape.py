"""The shape of a text that is nothing but headings and paragraphs: no parser is needed for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from aiblog.core.document import Headline
from aiblog.core.shape_parts import Mark, Passage

_MARKUP = re.compile("[`|\\[\\]<*_~&\\\\\x00-\x09\x0b-\x1f\ufeff\ud800-\udfff]")
_OPENING = re.compile(r"[-+=> ]|\d{1,9}[.)](?: |$)")
_STARTS = frozenset("-+=> 0123456789")
_HEADING = re.compile(r"(#{1,6})(?: +(.*?))?")


class Plain(NamedTuple):
    """What a plain text has: headings, paragraphs (their places), passages."""

    headings: list[Headline]
    paragraphs: list[Mark]
    passages: list[Passage]


def plain_shape(text: str, start: int) -> Plain | None:
    """The headings and paragraphs of a text from an offset on; None where there is, or may be, anything else in it."""
    if _MARKUP.search(text, start) or " \n" in text or text.endswith(" "):
        return None
    found = Plain([], [], [])
    waiting: list[str] = []
    first = text.count("\n", 0, start) + 1
    for number, line in enumerate([*text[start:].split("\n"), ""], first):
        if line and line[0] == "#" and (heading := _HEADING.fullmatch(line)):
            if line[-1] == "#" and heading[2] is not None:
                return None  # signs that close a heading are no part of it
            _close(found, waiting, number)
            _add_heading(found, number, heading)
        elif not line:
            _close(found, waiting, number)
        elif line[0] in _STARTS and _OPENING.match(line):
            return None
        else:
            waiting.append(line)
    return found


def _add_heading(found: Plain, line: int, heading: re.Match[str]) -> None:
    words = heading[2] or ""
    found.headings.append(Headline(line, len(heading[1]), words))
    if words:
        found.passages.append(Passage("heading", line, 1, words, words, quoted=False))


def _close(found: Plain, waiting: list[str], line: int) -> None:
    """The lines that wait are a paragraph that ends above that line."""
    if waiting:
        words = "\n".join(waiting)
        first = line - len(waiting)
        found.paragraphs.append(Mark(first, 1, "Paragraph"))
        found.passages.append(Passage("paragraph", first, 1, words, words, quoted=False))
        waiting.clear()
