"""Blocks of code that a translation has otherwise than its source; what stands in them may be translated."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.sequence_match import paired
from aiblog.core.shape_parts import Mark

RULE = "parity-code"

_SAME = {
    "yml": "yaml",
    "shell": "sh",
    "bash": "sh",
    "zsh": "sh",
    "console": "sh",
    "golang": "go",
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "md": "markdown",
    "text": "",
    "txt": "",
    "plain": "",
    "plaintext": "",
}
"""Names of one language; a fence of mere text is one that names none."""


def differing_code(pair: Comparison) -> Iterator[Difference]:
    """The blocks of code that one of the two texts lacks, and those whose language is another."""
    ours, theirs = pair.source.fences, pair.translation.fences
    if [_language(each) for each in ours] == [_language(each) for each in theirs]:
        return
    pairs = list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else _alike(pair)
    for one, other in pairs:
        if one is not None and other is None:
            place = pair.counterpart(one.line)
            yield Difference(RULE, *place, f"{_named(one)} of the source, line {one.line}, is missing here")
        elif other is not None and one is None:
            message = f"{_named(other)} stands here that the source does not have"
            yield Difference(RULE, other.line, other.column, message)
        elif one is not None and other is not None and _language(one) != _language(other):
            message = f"the block of code is {_said(other)}; in the source, line {one.line}, it is {_said(one)}"
            yield Difference(RULE, other.line, other.column, message)


def _alike(pair: Comparison) -> list[tuple[Mark | None, Mark | None]]:
    """Which block is which, where there are more of them in one text."""
    places = {each: pair.counterpart(each.line)[0] for each in pair.source.fences}

    def likeness(one: Mark, other: Mark) -> float:
        near = 0.3 / (1 + abs(places[one] - other.line))
        return (1.0 if _language(one) == _language(other) else 0.05) + near

    return paired(pair.source.fences, pair.translation.fences, likeness)


def _language(fence: Mark) -> str:
    word = (fence.value.replace("{", " ").replace(",", " ").split() or [""])[0].lower()
    return _SAME.get(word, word)


def _said(fence: Mark) -> str:
    return _language(fence) or "of no language"


def _named(fence: Mark) -> str:
    return f"a block of code ({_language(fence)})" if _language(fence) else "a block of code"
