"""The rule `list-in-block-scalar`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.metadata_edits import with_list
from aiblog.checks.subject import Place, Subject
from aiblog.core import header


def list_in_block_scalar(subject: Subject) -> Iterator[Place]:
    """Tags that look like a list and are one text, because a `>` or a vertical bar stands before them.

    Bad: `tags: >⏎  - gpu⏎  - dra`
    Good: `tags: gpu, dra`
    Why: to everything that reads the post it has a single tag, dashes and all.
    """
    key = subject.settings.key("tags")
    value = subject.edition.metadata.get(key.name) if key else None
    if key is None or not isinstance(value, str):
        return
    items = items_of_broken_list(value)
    if items:
        line = header.line_of(subject.data, key.name) or 1
        message = f'{key.name} is one text, "{" ".join(value.split())}"; a list was meant'
        yield Place(line, 1, message, with_list(subject, key, items))


def items_of_broken_list(value: str) -> list[str]:
    """The items that a text was meant to be a list of, without their dashes and quotes; none where it is no list.

    With `|` every item keeps its line; with `>` they stand behind each other.
    """
    text = value.strip()
    if not text.startswith("- "):
        return []
    parts = re.split(r"\s*\n", text) if "\n" in text else re.split(r"\s+(?=-\s)", text)
    if not all(part.startswith("- ") for part in parts):
        return []
    items = (part[1:].strip().strip("\"'") for part in parts)
    return [item for item in items if item]
