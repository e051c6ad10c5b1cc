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
    head = header.read(data, path)
    own, updated = settings.key("date"), settings.key("updated")
    values: dict[str, str | list[str] | None] = {}
    if own and (value := _date_in(head.values, own.name)):
        values[own.name] = date + value[10:]
    elif "{date}" not in settings.path and (key := own or updated) and not head.values.get(key.name):
        values[key.name] = date
    if updated and (value := _date_in(head.values, updated.name)) and value[:10] == was:
        values[updated.name] = date + value[10:]
    return header.edited(data, values, [key.name for key in settings.front_matter], path) if values else data


def _date_in(values: Mapping[str, MetadataValue], key: str) -> str | None:
    """A key's value where it begins with a date."""
    value = values.get(key)
    return value if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", value) else None
