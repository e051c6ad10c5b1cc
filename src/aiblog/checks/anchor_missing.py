"""The rule `anchor-missing`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.origins import source_edition
from aiblog.checks.subject import Place, Subject
from aiblog.checks.targets import Target, targets
from aiblog.core.anchor_follow import follows
from aiblog.core.edit import Edit
from aiblog.core.page_anchors import anchors_of, folded

_OF_THE_PAGE = re.compile(r"top|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|fn(?:ref)?[-:]?[\w-]*|footnote[\w-]*", re.IGNORECASE)
"""Anchors that GitHub makes by itself: the top, lines of a file, footnotes."""
_MARKDOWN = (".md", ".markdown")


def anchor_missing(subject: Subject) -> Iterator[Place]:
    """An anchor that neither a heading nor an HTML id of the linked Markdown file has, by GitHub's rules.

    Bad: `[the method](#how-we-measured)`
    Good: `[the ROI](#roi)`
    Why: readers would land at the top of the page and look for the place themselves.
    """
    for target in targets(subject):
        anchor = target.anchor.partition(":~:")[0].removeprefix("user-content-")
        if not anchor or _OF_THE_PAGE.fullmatch(anchor):
            continue
        text = _text(subject, target.path)
        if text is not None and folded(anchor) not in (there := anchors_of(text)):
            page = f"{target.written} has" if target.written else "this page has"
            message = f"{page} no heading or id #{anchor}{_nearest(anchor, there)}"
            yield Place(target.link.line, target.link.column, message, _edits(subject, target))


def _edits(subject: Subject, target: Target) -> tuple[Edit, ...]:
    """What leads a link of a translation to its own heading, where it has the anchor of the source's."""
    source = source_edition(subject)
    if target.path != subject.edition.path or source is None:
        return ()
    data = subject.read(source.path) or b""
    moves = follows(subject.text, data.decode("utf-8-sig", "replace"), subject.edition.path)
    own = [move for move in moves if target.link.start <= move.start < target.link.end]
    return tuple(edit for move in own for edit in subject.edits(*move))


def _text(subject: Subject, path: str) -> str | None:
    """The text of a Markdown file, None for anything else, or where there is none."""
    if path == subject.edition.path:
        return subject.text
    if not path.lower().endswith(_MARKDOWN) or subject.kind_of(path) != "file":
        return None
    data = subject.read(path)
    return None if data is None else data.decode("utf-8-sig", "replace")


def _nearest(anchor: str, there: frozenset[str]) -> str:
    """` (there is #roi)`: the one with the same letters, else a similar one; "" where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for this message

    letters = _letters(anchor)
    same = sorted(each for each in there if _letters(each) == letters and letters)
    found = same or get_close_matches(folded(anchor), sorted(there), 1, 0.6)
    return f" (there is #{found[0]})" if found else ""


def _letters(anchor: str) -> str:
    return re.sub(r"[\W_]", "", anchor).lower()
