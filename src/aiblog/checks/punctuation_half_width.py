"""The rule `punctuation-half-width`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.document import document

_BETWEEN = re.compile(r"[,.;:!?](?<=[^\x00-\x7f].)(?=[^\x00-\x7f])")
"""It begins with the few signs, which is quick to look for; a set of all Han takes long to compile."""
_WIDE = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}


def punctuation_half_width(subject: Subject) -> Iterator[Place]:
    """A half-width comma, stop, colon, semicolon, exclamation or question mark between two Chinese characters.

    Bad: `调度器,控制器`
    Good: `调度器，控制器`
    Why: Chinese text has full-width punctuation; the other one looks squeezed, and breaks lines in the wrong place.
    """
    text = subject.text
    if text.isascii() or not _BETWEEN.search(text):
        return
    for start, end in document(text).texts:
        for match in _BETWEEN.finditer(text, max(start - 1, 0), end + 1):
            place = match.start()
            if not start <= place < end or not (_is_han(text[place - 1]) and _is_han(text[place + 1])):
                continue
            wide = _WIDE[match.group()]
            message = f'"{match.group()}" between Chinese characters; "{wide}" was wanted'
            yield subject.place_at(place, message, subject.edits(place, place + 1, wide))


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" or "\uf900" <= sign <= "\ufaff"
