"""The rule `updated-before-date`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.dates import iso_date


def updated_before_date(subject: Subject) -> Iterator[Place]:
    """A date of the last update that lies before the post's date: the one beside it, else the path's.

    Bad: `last_updated: 2026-02-20`
    Good: `last_updated: 2026-03-01`
    Why: one of the two is wrong, and feeds and search engines go by the later one.
    """
    key, own = subject.settings.key("updated"), subject.settings.key("date")
    updated = iso_date(subject.edition.metadata.get(key.name)) if key else None
    if key is None or updated is None:
        return
    date = iso_date(subject.edition.metadata.get(own.name)) if own else None
    if updated < (date or subject.post.date):
        line = header.line_of(subject.data, key.name) or 1
        yield Place(line, 1, f"{key.name} is {updated}, before the post's date {date or subject.post.date}")
