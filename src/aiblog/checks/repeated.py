"""What the Markdown linter says once more of what a rule has found already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiblog.core.finding import Finding

SAME = {"MD051": "anchor-missing", "MD052": "reference-undefined"}
"""The linter's rules that find what a rule of aiblog finds."""


def not_repeated(linted: Iterable[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """The linter's findings but those that repeat, in the same line, one of the errors in `found`."""
    said = {(each.path, each.line, each.rule) for each in found if each.severity == "error"}
    for each in linted:
        if (each.path, each.line, SAME.get(each.message.split(" ", 1)[0])) not in said:
            yield each
