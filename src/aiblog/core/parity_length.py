"""Translations that are far shorter or longer than translations are."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.language import is_chinese
from aiblog.core.shape_parts import Shape

RULE = "parity-length"
LEAST, MOST = 0.32, 0.66
"""Characters of a Chinese text to one of its English text: 98 of 100 good translations lie between."""
_SHORTEST = 600
"""Characters of an English text that has a usual length."""


def unusual_length(pair: Comparison, source: str, language: str) -> Iterator[Difference]:
    """Whether the text is shorter or longer than 98 of 100; nothing for other languages than Chinese and English.

    Args:
        pair: the texts.
        source: the source's language.
        language: the translation's.
    """
    ours, theirs = _length(pair.source), _length(pair.translation)
    if is_chinese(language) and _is_english(source):
        chinese, english = theirs, ours
    elif is_chinese(source) and _is_english(language):
        chinese, english = ours, theirs
    else:
        return
    if max(english, chinese / 0.45) < _SHORTEST or LEAST <= chinese / max(english, 1) <= MOST:
        return
    usual = "0.32 to 0.66" if is_chinese(language) else "1.5 to 3.1"
    ratio = theirs / max(ours, 1)
    line = pair.translation.headings[0].line if pair.translation.headings else 1
    message = f"the text is {ratio:.2g} times as long as the source ({theirs:,} characters to {ours:,})"
    yield Difference(RULE, line, 1, f"{message}; {usual} times is usual")


def _length(shape: Shape) -> int:
    """The characters of all passages, spaces and addresses not counted."""
    text = "".join([each.text for each in shape.passages])
    return len(text) - text.count(" ") - text.count("\n")


def _is_english(code: str) -> bool:
    return code.partition("-")[0].lower() == "en"
