"""The rule `punctuation-half-width`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.document import document
from aiblog.core.edit import Edit

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BETWEEN = re.compile(f"(?<=[{_HAN}])[,.;:!?](?=[{_HAN}])")
_WIDE = {",": "，", ".": "。", ";": "；", ":": "：", "!": "！", "?": "？"}


def punctuation_half_width(subject: Subject) -> Iterator[Place]:
    """A half-width comma, stop, colon, semicolon, exclamation or question mark between two Chinese characters.

    Bad: `调度器,控制器`
    Good: `调度器，控制器`
    Why: Chinese text has full-width punctuation; the other one looks squeezed, and breaks lines in the wrong place.
    """
    text = subject.text
    if not _BETWEEN.search(text):
        return
    offset = len(subject.data) - len(text.encode("utf-8", "surrogatepass"))
    for start, end in document(text).texts:
        for match in _BETWEEN.finditer(text, max(start - 1, 0), end + 1):
            if not start <= match.start() < end:
                continue
            wide = _WIDE[match.group()]
            at = offset + len(text[: match.start()].encode("utf-8", "surrogatepass"))
            edits = (Edit(at, at + 1, wide.encode()),)
            yield subject.place_at(
                match.start(), f'"{match.group()}" between Chinese characters; "{wide}" was wanted', edits
            )
