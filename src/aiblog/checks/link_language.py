"""The rule `link-language`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aiblog.checks.subject import Place, Subject
from aiblog.checks.targets import Target, retargeted, targets
from aiblog.core.edit import Edit
from aiblog.core.language import is_named
from aiblog.core.links import relative
from aiblog.core.page_anchors import anchors_of, folded
from aiblog.core.post import Edition, is_draft
from aiblog.core.translation import is_stub

_DESTINATIONS = re.compile(r"\]\([^()\n]*\)|(?:href|src)\s*=\s*(?:\"[^\"]*\"|'[^']*')|(?<=\]:)\s*\S+")
_OTHER_EDITION = re.compile(r"original|translat|原文|原版|译文|译本|翻译", re.IGNORECASE)


def link_language(subject: Subject) -> Iterator[Place]:
    """A link to an edition in another language, where the same post has one in the language of the page.

    Bad: `[last week](../2026-02-24/costs_zh.md)`
    Good: `[last week](../2026-02-24/costs.md)`
    Why: readers would meet a page that they may not be able to read; a line that names the language means it.
    """
    if not subject.posts:
        return
    found = targets(subject)
    for target in found:
        own = _own_edition(subject, target)
        if own is None or _waits(subject, own) or _is_meant(subject, target, own, found):
            continue
        message = f"{target.written} is in another language; there is {relative(subject.edition.path, own.path)}"
        yield Place(target.link.line, target.link.column, message, _edits(subject, target, own))


def _own_edition(subject: Subject, target: Target) -> Edition | None:
    """The edition in the page's language of the post whose other edition a link leads to; None for any other link.

    A link from a page to its own post leads to the other edition as such, unless it names a place in it.
    """
    post = subject.posts.get(target.path)
    own = post.editions.get(subject.edition.language) if post else None
    if own is None or own.path == target.path or (own.path == subject.edition.path and not target.anchor):
        return None
    return own


def _waits(subject: Subject, own: Edition) -> bool:
    """Whether readers do not have that edition yet."""
    return is_draft(own, subject.settings) or is_stub(own, subject.read(own.path) or b"")


def _is_meant(subject: Subject, target: Target, own: Edition, found: Sequence[Target]) -> bool:
    """Whether the line names the language, or a translation; or the page's own edition is linked beside it."""
    if any(each.path == own.path and abs(each.link.line - target.link.line) <= 1 for each in found):
        return True
    line = _DESTINATIONS.sub("]", subject.text.split("\n")[target.link.line - 1])
    editions = subject.posts[target.path].editions
    code = next(code for code, each in editions.items() if each.path == target.path)
    language = subject.settings.language(code)
    return bool(_OTHER_EDITION.search(line)) or (language is not None and is_named(language, line))


def _edits(subject: Subject, target: Target, own: Edition) -> tuple[Edit, ...]:
    """What leads to the page's own language, where the anchor is there too."""
    if target.anchor:
        data = subject.data if own.path == subject.edition.path else subject.read(own.path) or b""
        text = data.decode("utf-8-sig", "replace")
        if folded(target.anchor) not in anchors_of(text):
            return ()
    return retargeted(subject, target, own.path)
