"""Dates as front matter has them."""

from __future__ import annotations

import datetime
import re

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]+\d{1,2}:\d{2}.*)?")


def iso_date(value: object) -> str | None:
    """The day of a metadata value (`2026-02-25`, a time of day may follow), ISO 8601; None where it is no date."""
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        datetime.date.fromisoformat(match.group(1))
    except ValueError:
        return None
    return match.group(1)
