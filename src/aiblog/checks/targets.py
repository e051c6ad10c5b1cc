"""The files that an edition's relative links lead to, as the rules about links see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from aiblog.checks.nearest import nearest, only_twin
from aiblog.checks.subject import Place, Subject
from aiblog.checks.switch_edits import switch_edits, switch_of
from aiblog.core.destination import TEMPLATE, led_to
from aiblog.core.document import Link, document
from aiblog.core.edit import Edit
from aiblog.core.links import may_have_links, resolved, written
from aiblog.core.moved import Moved

_IMAGES = {".apng", ".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
_ENCODED_ENDS = re.compile(r"%23|%3f", re.IGNORECASE)
_SRC = re.compile(r"(?is)\ssrc\s*=\s*[\"']?\Z")


class Target(NamedTuple):
    """Where a link leads to: a path relative to the blog's root, the edition's own for an anchor of the page itself."""

    link: Link
    path: str

    @property
    def anchor(self) -> str:
        """What stands behind the `#`; "" for nothing."""
        return self.link.destination.partition("#")[2]

    @property
    def written(self) -> str:
        """The path as the link has it, decoded; "" for an anchor of the page itself."""
        return re.split("[#?]", self.link.destination, maxsplit=1)[0]


def targets(subject: Subject) -> tuple[Target, ...]:
    """Where the relative links, images and used definitions of an edition lead to, in order.

    None of a template, and none with an encoded `#` or `?`, which cannot be told from those that end a path.
    """
    return _targets(subject.edition.path, subject.text)


@lru_cache(maxsize=1)  # several rules ask for the same file, one after the other
def _targets(path: str, text: str) -> tuple[Target, ...]:
    return tuple(_found(path, text))


def _found(path: str, text: str) -> Iterator[Target]:
    found = document(text).links if may_have_links(text) else ()
    used = {link.start for link in found if link.kind == "reference"}
    for link in found:
        if link.kind in {"reference", "autolink"} or (link.kind == "definition" and link.start not in used):
            continue
        if TEMPLATE.search(link.destination) or _ENCODED_ENDS.search(text, link.start, link.end):
            continue
        target = path if link.destination.startswith(("#", "?")) else resolved(path, link.destination)
        if target is not None:
            yield Target(link, target)


def missing(subject: Subject, *, images: bool) -> Iterator[Place]:
    """The links (or the images) that lead to nothing; mended where only the case or Unicode form of a name differs.

    None whose target has `moved`: those are the business of `moved-link`.
    """
    for target in targets(subject):
        link = target.link
        if not target.written or target.path == "." or _is_image(subject.text, link) is not images:
            continue
        kind = subject.kind_of(target.path)
        if kind is None and moved_to(subject, target) is None:
            twin = only_twin(subject, target.path)
            edits = _switch_edits(subject, link) if twin is None else retargeted(subject, target, twin)
            message = f"{target.written} does not exist{nearest(subject, target.path)}"
            yield Place(link.line, link.column, message, edits)
        elif images and kind == "folder":
            yield Place(link.line, link.column, f"{link.destination} is a folder; an image was wanted")


def moved_to(subject: Subject, target: Target) -> Moved | None:
    """Where the target of a link that leads to nothing is now; None where that is not known, or is the page itself.

    Nor where only the case of a name differs, nor in a file for which the blog has turned `moved-link` off.
    """
    off = subject.settings.check.of(subject.edition.path).ignores("moved-link")
    if off or not target.written or target.path == "." or subject.kind_of(target.path) is not None:
        return None
    found = None if only_twin(subject, target.path) else subject.moved(target.path)
    return found if found and found.path != subject.edition.path else None


def _switch_edits(subject: Subject, link: Link) -> tuple[Edit, ...]:
    """What takes a link of the line between editions out of it, or leads it to where the edition is; else nothing."""
    on_the_line = link.kind == "link" and switch_of(subject).line == link.line
    return switch_edits(subject) if on_the_line else ()


def _is_image(text: str, link: Link) -> bool:
    """Whether a reader would see it: for a definition its file name tells, for HTML its attribute."""
    if link.kind == "definition":
        return PurePosixPath(link.destination.split("#")[0].split("?")[0]).suffix.lower() in _IMAGES
    if link.kind == "html":
        return bool(_SRC.search(text, max(0, link.start - 40), link.start))
    return link.kind == "image"


def retargeted(subject: Subject, target: Target, path: str) -> tuple[Edit, ...]:
    """What makes a link lead to another path; it keeps its angle brackets, `./`, percent-encoding, query and anchor."""
    link = target.link
    return subject.edits(link.start, link.end, led_to(written(subject.text, link), subject.edition.path, path))
