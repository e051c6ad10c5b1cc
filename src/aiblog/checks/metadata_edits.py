"""Corrections of front matter, as edits; none where there is no safe one."""

from __future__ import annotations

from collections.abc import Sequence

from aiblog.checks.subject import Subject
from aiblog.core import header
from aiblog.core.edit import Edit, applied, difference
from aiblog.core.settings import Key
from aiblog.errors import AiblogError


def with_value(subject: Subject, key: str, value: str) -> tuple[Edit, ...]:
    """What sets that key, its quotes and comment kept."""
    try:
        return difference(subject.data, header.edited(subject.data, {key: value}))
    except AiblogError:
        return ()


def lines_of(data: bytes, key: str) -> tuple[int, int] | None:
    """Where the lines of a top-level key and its value begin and end, in bytes; None where it is not there."""
    span = header.value_span(data, key)
    return (data.rfind(b"\n", 0, span[0]) + 1, span[1]) if span else None


def with_list(subject: Subject, key: Key, items: Sequence[str]) -> tuple[Edit, ...]:
    """What writes a key's lines anew, as that list in the blog's style: a text with commas, or an item a line.

    None where a comment would be lost, or an item has a comma that would part it.
    """
    span = lines_of(subject.data, key.name)
    if span is None or b"#" in subject.data[slice(*span)]:
        return ()
    comma = key.style == "comma"
    if comma and any("," in item for item in items):
        return ()
    value: str | list[str] = ", ".join(items) if comma else list(items)
    lines = header.rendered({key.name: value}).removeprefix("---\n").removesuffix("---\n")
    newline = "\r\n" if subject.data[slice(*span)].endswith(b"\r\n") else "\n"
    edit = Edit(*span, lines.replace("\n", newline).encode())
    return (edit,) if _reads(applied(subject.data, [edit]), key.name, value) else ()


def _reads(data: bytes, key: str, value: str | list[str]) -> bool:
    try:
        return header.read(data).values.get(key) == value
    except AiblogError:
        return False
