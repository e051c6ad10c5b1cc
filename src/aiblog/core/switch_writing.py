"""The line that leads to a post's other editions, written and kept right: people's wording stays where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from aiblog.core import header
from aiblog.core.language import Language
from aiblog.core.switch_line import SwitchStyle, leads_to, own_switch_at
from aiblog.core.switch_mending import Page
from aiblog.core.title import first_heading


def with_switch_line(  # noqa: PLR0913, PLR0917 - what a page is, and how its blog writes
    data: bytes,
    path: str,
    editions: Mapping[str, str],
    languages: Sequence[Language],
    style: SwitchStyle | None = None,
    is_there: Callable[[str], bool] = lambda _path: False,
) -> bytes:
    """The file with a line under its H1 that leads to the post's other editions; every other byte as it was.

    A line that does so already is left, and so are other links at the file's top that do. A line that is there gains
    the editions it lacks; a link to one that is gone leads to where that is now, or goes, the whole line where none is
    left; its other words stay. Idempotent.

    Args:
        data: the file.
        path: its path, relative to the blog's root.
        editions: the paths of all editions, this one too, by language code.
        languages: the blog's, in its order.
        style: as the blog's own editions have it; by default `English | [中文版](./topic_zh.md)`.
        is_there: whether another file, which is none of the editions, is there all the same.
    """
    end = header.read(data, path).end
    body = data[end:].decode("utf-8", "surrogateescape")
    raw = [line for line in re.split(r"(?<=\n)", body) if line]
    lines = [line.rstrip("\r\n") for line in raw]
    page = Page(path, editions, languages, style or SwitchStyle(), is_there)
    at = own_switch_at(lines, path)
    if at is not None:
        line = page.mended(lines[at])
        if line:
            raw[at] = line + raw[at][len(lines[at]) :]
        else:
            _take_out(raw, at)
    elif page.others and not page.style.unwritten and not page.others <= leads_to(body, path):
        _insert(raw, lines, page.written(page.style, editions), "\r\n" if "\r\n" in body else "\n")
    return data[:end] + "".join(raw).encode("utf-8", "surrogateescape")


def _insert(raw: list[str], lines: Sequence[str], wanted: str, newline: str) -> None:
    """Puts the line under the H1 (before the first text of a body without one), a blank line on either side."""
    heading = first_heading("\n".join(lines))
    place = heading.end if heading else next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if place and not raw[place - 1].endswith("\n"):
        raw[place - 1] += newline
    before = [newline] if place and lines[place - 1].strip() else []
    after = [newline] if place < len(lines) and lines[place].strip() else []
    raw[place:place] = [*before, wanted + newline, *after]


def _take_out(raw: list[str], at: int) -> None:
    """Takes the line out with one of the blank lines around it: the one behind it, or before it at the file's end."""
    if at + 1 < len(raw) and not raw[at + 1].strip():
        del raw[at : at + 2]
    elif at + 1 == len(raw) and at and not raw[at - 1].strip():
        del raw[at - 1 :]
    else:
        del raw[at]
