"""The rule `metadata-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core import header

_FILLED = {"status", "date", "updated"}


def metadata_missing(subject: Subject) -> Iterator[Place]:
    """A front matter that is not there though the blog's posts have one, or a required key absent or empty.

    Bad: `maintainer:`
    Good: `maintainer: pacoxu`
    Why: lists, filters and the site itself go by these values; `publish` fills status and dates by itself.
    """
    if subject.edition.problem is not None:
        return
    keys = subject.settings.front_matter
    if keys and not subject.edition.has_header:
        names = ", ".join(key.name for key in keys)
        yield Place(1, 1, f"there is no front matter; this blog's posts have one ({names})")
        return
    for key in keys:
        value = subject.edition.metadata.get(key.name, "")
        if key.required and key.role not in _FILLED and value in ("", []):
            line = header.line_of(subject.data, key.name)
            yield Place(line or 1, 1, f"{key.name} is {'empty' if line else 'missing'}; this blog requires it")
