"""The anchors that GitHub gives to the headings of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def anchors(headings: Iterable[str]) -> list[str]:
    """The anchors (without `#`) of those headings' plain texts, in order.

    As GitHub does it: lower case; letters, marks, numbers, connectors such as `_`, hyphens and spaces stay, spaces as
    hyphens; one that is there already gets `-1`, `-2` …
    """
    used: dict[str, int] = {}
    found = []
    for heading in headings:
        anchor = plain = _slug(heading)
        while anchor in used:
            used[plain] += 1
            anchor = f"{plain}-{used[plain]}"
        used[anchor] = 0
        found.append(anchor)
    return found


_ASCII = re.compile(r"[^a-z0-9_ -]")
_CIRCLED = re.compile("[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]")
"""Symbols that Unicode counts as letters."""


def _slug(heading: str) -> str:
    if heading.isascii():
        return _ASCII.sub("", heading.lower()).replace(" ", "-")
    # letter by letter: a whole text's `lower` makes another letter of a sigma at its end
    return "".join(letter.lower() for letter in heading if _stays(letter)).replace(" ", "-")


def _stays(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LM" or category in {"Nd", "Nl", "Pc"} or letter in "- " or bool(_CIRCLED.match(letter))
