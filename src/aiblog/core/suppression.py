"""Comments in a file that allow what a rule finds there, in the words that markdownlint has for its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.document import document

_VERBS = frozenset(
    f"aiblog:{verb}" for verb in ("disable-line", "disable-next-line", "disable-file", "disable", "enable")
)
ALL = "*"


class Suppressions(NamedTuple):
    """The lines (from 1) that each rule is allowed on; `ALL` stands for every rule."""

    lines: Mapping[str, frozenset[int]] = MappingProxyType({})
    files: frozenset[str] = frozenset()

    def cover(self, rule: str, line: int) -> bool:
        """Whether a finding of that rule in that line is allowed."""
        if rule in self.files or ALL in self.files:
            return True
        return any(line in self.lines.get(name, ()) for name in (rule, ALL))


NONE = Suppressions()


@lru_cache(maxsize=4)  # asked for each finding of one file after another
def suppressions(data: bytes) -> Suppressions:
    """What the comments of a file allow; a `#` comment does it in the front matter. In code nothing is a comment.

    `aiblog:disable-line`, `-next-line` and `-file` with the rules' names, all rules where none is named;
    `disable` holds to the next `enable` of that rule or to the end.
    """
    if b"aiblog:" not in data or not re.search(rb"aiblog:(?:dis|en)able", data):
        return NONE
    text = data.decode("utf-8-sig", "replace")
    last = text.count("\n") + 1
    lines: dict[str, set[int]] = {}
    files: set[str] = set()
    opened: dict[str, int] = {}
    line, before = 1, 0
    for start, end in _comments(data, text):
        line, before = line + text.count("\n", before, start), start
        verb, *rest = text[start:end].removesuffix("-->").split(None, 1) or [""]
        if verb not in _VERBS:
            continue
        for name in re.findall(r"[\w-]+", "".join(rest)) or [ALL]:
            if verb == "aiblog:disable-file":
                files.add(name)
            elif verb == "aiblog:disable":
                opened.setdefault(name, line)
            elif verb == "aiblog:enable":
                _close(lines, opened, name, line)
            else:
                next_line = line + text.count("\n", start, end) + 1
                lines.setdefault(name, set()).add(next_line if verb == "aiblog:disable-next-line" else line)
    for name in list(opened):
        _close(lines, opened, name, last)
    return Suppressions({name: frozenset(own) for name, own in lines.items()}, frozenset(files))


def _comments(data: bytes, text: str) -> Iterator[tuple[int, int]]:
    """What stands in the comments, as spans of the text: to the line's end behind a `#`, to `-->` behind a `<!--`."""
    head = data[: header.body_offset(data)].decode("utf-8-sig", "replace")
    for match in re.finditer(r"(?<!\S)#([^\r\n]*)", head):
        yield match.span(1)
    for start, end in document(text).comments:
        yield start + len("<!--"), end


def _close(lines: dict[str, set[int]], opened: dict[str, int], name: str, line: int) -> None:
    """Ends what `disable` opened, for one rule or (with `ALL`) for each."""
    for each in list(opened) if name == ALL else [name]:
        start = opened.pop(each, None)
        if start is not None:
            lines.setdefault(each, set()).update(range(start, line + 1))
