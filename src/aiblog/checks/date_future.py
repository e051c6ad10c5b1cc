"""The rule `date-future`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache

from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.dates import iso_date


def date_future(subject: Subject) -> Iterator[Place]:
    """A date more than `check.future_days` days ahead (30 by default), in the front matter or else in the path.

    Bad: `date: 2062-02-25`
    Good: `date: 2026-02-25`
    Why: two digits changed places, as a rule: the post would stay on top of every list for years.
    """
    if not subject.today:
        return
    last = _last(subject.today, subject.settings.check.future_days)
    message = f"more than {subject.settings.check.future_days} days ahead"
    found = False
    for key in subject.settings.front_matter:
        date = iso_date(subject.edition.metadata.get(key.name)) if key.role in {"date", "updated"} else None
        if date is not None and date > last:
            found = True
            yield Place(header.line_of(subject.data, key.name) or 1, 1, f"{key.name} is {date}, {message}")
    if not found and subject.post.date > last:
        yield Place(1, 1, f"the path's date is {subject.post.date}, {message}")


@lru_cache(maxsize=1)  # the same for every edition
def _last(today: str, days: int) -> str:
    try:
        return (datetime.date.fromisoformat(today) + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return datetime.date.max.isoformat()
