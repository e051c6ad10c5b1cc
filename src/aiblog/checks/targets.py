"""The sibling rules `link-missing` and `image-missing`: relative links and images that lead to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from aiblog.checks.nearest import nearest
from aiblog.checks.subject import Place, Subject
from aiblog.core.document import Link
from aiblog.core.links import links, resolved

_IMAGES = {".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
_TEMPLATE = re.compile(r"\{\{|\{%|\$\{")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:\s*\Z")
_ENCODED_ENDS = re.compile(r"%23|%3f", re.IGNORECASE)
_SRC = re.compile(r"(?is)\ssrc\s*=\s*[\"']\Z")


def link_missing(subject: Subject) -> Iterator[Place]:
    """A relative link to a file or folder that does not exist. Anchors are not followed.

    Bad: `[the report](./reports/roi.md)`
    Good: `[the report](./roi.md)`
    Why: readers would meet a page that is not there; so do those for whom only the case of the name differs.
    """
    yield from _missing(subject, images=False)


def image_missing(subject: Subject) -> Iterator[Place]:
    """A relative image whose file does not exist.

    Bad: `![ROI by year](./img/roi.png)`
    Good: `![ROI by year](./images/roi.png)`
    Why: readers would see a broken picture.
    """
    yield from _missing(subject, images=True)


@lru_cache(maxsize=1)  # the two rules ask for the same file one after the other, and parsing is the costly part
def _links(text: str) -> tuple[Link, ...]:
    return tuple(links(text))


def _missing(subject: Subject, *, images: bool) -> Iterator[Place]:
    text = subject.text
    for link in _links(text):
        target = resolved(subject.edition.path, link.destination)
        if target is None or target == "." or _is_image(text, link) is not images or not _is_plain(text, link):
            continue
        kind = subject.kind_of(target)
        if kind is None:
            written = link.destination.split("#")[0].split("?")[0]
            yield Place(link.line, link.column, f"{written} does not exist{nearest(subject, target)}")
        elif images and kind == "folder":
            yield Place(link.line, link.column, f"{link.destination} is a folder; an image was wanted")


def _is_plain(text: str, link: Link) -> bool:
    """Whether it leads to a file for sure: no template, no footnote, no `#` or `?` in a name, which cannot be told."""
    footnote = link.kind == "definition" and _FOOTNOTE.search(text[text.rfind("\n", 0, link.start) + 1 : link.start])
    return not (footnote or _TEMPLATE.search(link.destination) or _ENCODED_ENDS.search(text[link.start : link.end]))


def _is_image(text: str, link: Link) -> bool:
    """Whether a reader would see it: for a definition its file name tells, for HTML its attribute."""
    if link.kind == "definition":
        return PurePosixPath(link.destination.split("#")[0].split("?")[0]).suffix.lower() in _IMAGES
    if link.kind == "html":
        return bool(_SRC.search(text[max(0, link.start - 40) : link.start]))
    return link.kind == "image"
