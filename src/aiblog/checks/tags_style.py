"""The rule `tags-style`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.list_in_block_scalar import items_of_broken_list
from aiblog.checks.metadata_edits import with_list
from aiblog.checks.subject import Place, Subject
from aiblog.core import header


def tags_style(subject: Subject) -> Iterator[Place]:
    """Tags as a list where the blog has them on one line with commas, or the other way round.

    Bad: `tags: [gpu, dra]`
    Good: `tags: gpu, dra`
    Why: the site reads the one or the other; of a line with commas it makes a single tag where it wants a list.
    """
    key = subject.settings.key("tags")
    value = subject.edition.metadata.get(key.name) if key else None
    if key is None or key.style is None or not value or isinstance(value, list) is (key.style == "list"):
        return
    line = header.line_of(subject.data, key.name) or 1
    if isinstance(value, list):
        yield Place(line, 1, f"{key.name} is a list; this blog has a line with commas", with_list(subject, key, value))
    elif not items_of_broken_list(value):
        items = [item.strip() for item in value.split(",") if item.strip()]
        parted = len(items) > 1 or " " not in value.strip()  # else the site may take the words apart: who knows
        message = f"{key.name} is one line; this blog has a list"
        yield Place(line, 1, message, with_list(subject, key, items) if parted else ())
