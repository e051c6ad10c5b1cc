"""The rule `metadata-invalid`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.metadata_edits import with_value
from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.dates import iso_date
from aiblog.core.post import MetadataValue
from aiblog.core.settings import Key


def metadata_invalid(subject: Subject) -> Iterator[Place]:
    """A front matter that cannot be read, a value of the wrong kind, or a derived key that is not the file's own path.

    Bad: `date: 25.2.2026`
    Good: `date: 2026-02-25`
    Why: what reads the blog next would take the post for another one, or for none.
    """
    edition = subject.edition
    if edition.problem is not None:
        yield _place_of(edition.problem.removeprefix(edition.path))
        return
    for key in subject.settings.front_matter:
        value = edition.metadata.get(key.name, "")
        if value == "":
            continue
        wanted = _wanted(key, value, title=key.name == subject.settings.title)
        if wanted is not None or (key.derived and value != edition.path):
            line = header.line_of(subject.data, key.name) or 1
            path = f'the file\'s own path "{edition.path}"'
            edits = () if wanted else with_value(subject, key.name, edition.path)
            yield Place(line, 1, f"{key.name} is {_shown(value)}; {wanted or path} was wanted", edits)


def _wanted(key: Key, value: MetadataValue, *, title: bool) -> str | None:
    """What kind of value a key has to have; None where it has one of that kind."""
    if key.role in {"date", "updated"}:
        return "a date such as 2026-02-25" if iso_date(value) is None else None
    if key.role == "tags":
        return "a list of texts" if value is None else None
    return "a text" if (key.role == "status" or title) and not isinstance(value, str) else None


def _place_of(problem: str) -> Place:
    match = re.fullmatch(r":(\d+): (.*)", problem, re.DOTALL)
    return Place(int(match.group(1)), 1, match.group(2)) if match else Place(1, 1, problem)


def _shown(value: MetadataValue) -> str:
    if value is None:
        return "a mapping"
    return f'"{value}"' if isinstance(value, str) else f"a list ({', '.join(value)})"
