"""The shape of a text that is nothing but headings and paragraphs: no parser is needed for it."""

from __future__ import annotations

import re
from typing import NamedTuple

from aiblog.core.document import Headline
from aiblog.core.shape_parts import Mark, Passage

_MARKUP = "`|[]<*_~&\\\t\r\0\v\f\ufeff"
"""Signs that may be Markdown anywhere in a text, or white space of which the parser knows more."""
_OPENING = re.compile(r"[-+=> ]|\d{1,9}[.)](?: |$)")
_STARTS = frozenset("-+=> 0123456789")
_HEADING = re.compile(r"(#{1,6})(?: +(.*))?")


class Plain(NamedTuple):
    """What a plain text has: headings, paragraphs (their places), passages."""

    headings: list[Headline]
    paragraphs: list[Mark]
    passages: list[Passage]


def plain_shape(text: str, start: int) -> Plain | None:
    """The headings and paragraphs of a text from an offset on; None where there is, or may be, anything else in it."""
    body = text[start:]
    for sign in _MARKUP:
        if sign in body:
            return None
    if " \n" in body or body.endswith(" "):
        return None
    headings: list[Headline] = []
    paragraphs: list[Mark] = []
    passages: list[Passage] = []
    waiting: list[str] = []
    for number, line in enumerate([*body.split("\n"), ""], text.count("\n", 0, start) + 1):
        heading = _HEADING.fullmatch(line) if line[:1] == "#" else None
        if waiting and (heading or not line):
            words, first = "\n".join(waiting), number - len(waiting)
            paragraphs.append(Mark(first, 1, "Paragraph"))
            passages.append(Passage("paragraph", first, 1, words, words, False))
            waiting = []
        if heading:
            words = heading[2] or ""
            if words and line[-1] == "#":
                return None  # signs that close a heading are no part of it
            headings.append(Headline(number, len(heading[1]), words))
            if words:
                passages.append(Passage("heading", number, 1, words, words, False))
        elif line:
            if line[0] in _STARTS and _OPENING.match(line):
                return None
            waiting.append(line)
    return Plain(headings, paragraphs, passages)
