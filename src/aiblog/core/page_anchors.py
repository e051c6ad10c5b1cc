"""The anchors that a Markdown file has: what a link behind `#` can lead to."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from aiblog.core.anchor import anchors
from aiblog.core.document import document

_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>((?:[^<]|<(?!/?h[1-6]))*)</h\1\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_EXPLICIT = re.compile(r"\s*\{:?\s*#(?P<id>[^\s{}]+)[^{}]*\}\s*$")


@lru_cache(maxsize=256)  # many posts link to the same few pages
def anchors_of(text: str) -> frozenset[str]:
    """The anchors of a file's text, `folded`: of its headings, those in HTML too, and its HTML ids and names.

    An id that a heading gives itself (`{#id}`) is there for the generators that know it.
    """
    read = document(text)
    headings = [heading.text for heading in read.headings]
    explicit = [match["id"] for heading in headings if (match := _EXPLICIT.search(heading))]
    plain = [_EXPLICIT.sub("", heading) for heading in headings]
    html = [_plain(match[2]) for match in _HTML_HEADING.finditer(text)]
    found = {*anchors([*plain, *html]), *(anchors(headings) if explicit else ()), *explicit, *read.html_ids}
    return frozenset(map(folded, found))


def heading_anchors(text: str) -> list[tuple[int, str]]:
    """The level and the anchor of each heading of a file's text, in order; an id that it gives itself is no part."""
    headings = document(text).headings
    found = anchors(_EXPLICIT.sub("", heading.text) for heading in headings)
    return [(heading.level, anchor) for heading, anchor in zip(headings, found, strict=True)]


def folded(anchor: str) -> str:
    """An anchor as browsers on GitHub compare it: in lower case; in one Unicode form, emoji without their selector."""
    return unicodedata.normalize("NFC", anchor).lower().replace("\ufe0f", "")


def _plain(html: str) -> str:
    from html import unescape  # noqa: PLC0415 - start-up: few files have such headings

    return unescape(_TAG.sub("", html)).strip()
