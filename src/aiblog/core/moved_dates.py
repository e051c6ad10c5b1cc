"""The dates in a post's front matter when it is given another one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiblog.core import header
from aiblog.core.post import MetadataValue
from aiblog.core.settings import Settings


def with_date(data: bytes, was: str, date: str, settings: Settings, path: str = "") -> bytes:
    """The file with another date for its own, where it has one; a time of day behind it stays.

    The day of the last update follows too where it was the day of the post. Where no path says the date, a file gets
    one that has none.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read or edited.
    """
    values = header.read(data, path).values
    own, updated = settings.key("date"), settings.key("updated")
    if own and _date_in(values, own.name):
        data = _with_day(data, own.name, date)
    elif "{date}" not in settings.path and (key := own or updated) and not values.get(key.name):
        data = header.edited(data, {key.name: date}, [each.name for each in settings.front_matter], path)
    if updated and _date_in(values, updated.name) == was:
        data = _with_day(data, updated.name, date)
    return data


def _with_day(data: bytes, key: str, date: str) -> bytes:
    """The file with another day in that key's value; nothing else of it changes, neither quotes nor a time."""
    start, end = header.value_span(data, key) or (0, 0)
    day = re.compile(rb"\d{4}-\d{2}-\d{2}").search(data, start, end)
    return data[: day.start()] + date.encode() + data[day.end() :] if day else data


def _date_in(values: Mapping[str, MetadataValue], key: str) -> str | None:
    """The date that a key's value begins with."""
    value = values.get(key)
    return value[:10] if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", value) else None
