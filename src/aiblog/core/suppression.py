"""Comments in a file that allow what a rule finds there, in the words that markdownlint has for its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

_COMMENT = re.compile(
    r"(?:<!--|(?m:^)#|(?<=\s)#)\s*aiblog:(disable-line|disable-next-line|disable-file|disable|enable)\b"
    r"([ \t]+[\w, \t-]*?)?[ \t]*(?:-->|\r?$)",
    re.MULTILINE,
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
    """What the comments of a file allow; a `#` comment does it in the front matter.

    `aiblog:disable-line`, `-next-line` and `-file` with the rules' names, all rules where none is named;
    `disable` holds to the next `enable` of that rule or to the end.
    """
    if b"aiblog:" not in data or not re.search(rb"aiblog:(?:dis|en)able", data):
        return NONE
    text = data.decode("utf-8", "replace")
    last = text.count("\n") + 1
    lines: dict[str, set[int]] = {}
    files: set[str] = set()
    opened: dict[str, int] = {}
    for match in _COMMENT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for name in re.findall(r"[\w-]+", match[2] or "") or [ALL]:
            if match[1] == "disable-file":
                files.add(name)
            elif match[1] == "disable":
                opened.setdefault(name, line)
            elif match[1] == "enable":
                _close(lines, opened, name, line)
            else:
                lines.setdefault(name, set()).add(line + (match[1] == "disable-next-line"))
    for name in list(opened):
        _close(lines, opened, name, last)
    return Suppressions({name: frozenset(own) for name, own in lines.items()}, frozenset(files))


def _close(lines: dict[str, set[int]], opened: dict[str, int], name: str, line: int) -> None:
    """Ends what `disable` opened, for one rule or (with `ALL`) for each."""
    for each in list(opened) if name == ALL else [name]:
        start = opened.pop(each, None)
        if start is not None:
            lines.setdefault(each, set()).update(range(start, line + 1))
