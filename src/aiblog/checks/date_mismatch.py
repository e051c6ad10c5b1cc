"""The rule `date-mismatch`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.dates import iso_date


def date_mismatch(subject: Subject) -> Iterator[Place]:
    """A date in the front matter that is not the date of the path; one of the last update may be another day.

    Bad: `date: 2026-02-24`
    Good: `date: 2026-02-25`
    Why: the post would stand under two days: its address and the indexes go by the path, readers by the text.
    """
    key = subject.settings.key("date")
    if key is None or not subject.post.date:
        return
    date = iso_date(subject.edition.metadata.get(key.name))
    if date is not None and date != subject.post.date:
        line = header.line_of(subject.data, key.name) or 1
        yield Place(line, 1, f"{key.name} is {date}; the path says {subject.post.date}")
