"""The rule `emphasis-unclosed`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.document import document

_RUN = re.compile(r"\*{1,3}")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_CJK = ("\u2e80\u30ff", "\u3400\u4dbf", "\u4e00\u9fff", "\uac00\ud7af", "\uf900\ufaff", "\uff00\uffef")
"""First and last characters; an expression with all of them takes long to compile."""


def emphasis_unclosed(subject: Subject) -> Iterator[Place]:
    """Emphasis whose asterisks readers see, since one pair of them stands between punctuation and a Chinese character.

    Bad: `**草案（Draft）**组件`
    Good: `**草案**（Draft）组件`
    Why: by CommonMark's rules it neither opens nor closes there; a space, or the punctuation outside, mends it.
    """
    if b"*" not in subject.data:
        return
    text = subject.text
    runs = list(_literal_runs(text))
    number = 0
    while number + 1 < len(runs):
        (start, inner), (end, after) = runs[number], runs[number + 1]
        problem = _problem(text, start, inner, end, after)
        if problem is None:
            number += 1
            continue
        shown = re.sub(r"\s+", " ", text[start:after])
        shown = shown if len(shown) <= 40 else f"{shown[:24]}…{shown[-12:]}"
        yield subject.place_at(start, f'"{shown}" shows its asterisks: {problem}')
        number += 2


def _literal_runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every run of asterisks that is text to a reader, none escaped."""
    for start, end in document(text).texts:
        for match in _RUN.finditer(text, start, end):
            escaped = match.start() == start and start and text[start - 1] == "\\"
            if not escaped:
                yield match.span()


def _problem(text: str, start: int, inner: int, end: int, after: int) -> str | None:
    """Why two runs are no emphasis though they were meant as one; None where they were not, or for another cause."""
    content = text[inner:end]
    if inner - start != after - end or not content.strip() or content != content.strip() or _BLANK_LINE.search(content):
        return None
    before, first = text[start - 1 : start], text[inner]
    last, behind = text[end - 1], text[after : after + 1]
    mark = text[start:inner]
    if _is_letter(behind) and _is_punctuation(last) and (_is_cjk(behind) or _is_cjk(last)):
        return f'the closing {mark} stands between "{last}" and "{behind}"'
    if _is_letter(before) and _is_punctuation(first) and (_is_cjk(before) or _is_cjk(first)):
        return f'the opening {mark} stands between "{before}" and "{first}"'
    return None


def _is_punctuation(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "PS"


def _is_letter(sign: str) -> bool:
    return bool(sign) and not sign.isspace() and not _is_punctuation(sign)


def _is_cjk(sign: str) -> bool:
    return any(ends[0] <= sign <= ends[1] for ends in _CJK)
