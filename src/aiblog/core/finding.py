"""One result of a check."""

from __future__ import annotations

from typing import NamedTuple

from aiblog.core.settings import Severity


class Finding(NamedTuple):
    """What a rule found at one place of one file.

    `path` is relative to the blog's root, with `/`; `line` and `column` count from 1
    (characters, not bytes); `message` is one sentence without a final full stop.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = "error"
    fixable: bool = False

    def as_json(self) -> dict[str, object]:
        """The finding as `--json` prints it."""
        return self._asdict()
