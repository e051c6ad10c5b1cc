"""What a rule's docstring says of it: what it finds, a bad and a good sample, the reason."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from aiblog.core.settings import Severity

_PARTS = re.compile(r"(?P<finds>[^\n]+)\n\nBad: `(?P<bad>.+)`\nGood: `(?P<good>.+)`\nWhy: (?P<why>[^\n]+)")


class Description(NamedTuple):
    """A rule for people; the texts are Markdown, `bad` and `good` the samples without their backticks."""

    name: str
    severity: Severity
    finds: str
    bad: str
    good: str
    why: str


def description(name: str, severity: Severity, function: Callable[..., Any]) -> Description:
    """The description of a rule's function: a summary line, then Bad, Good and Why on a line each."""
    match = _PARTS.fullmatch(inspect.getdoc(function) or "")
    if match is None:
        raise ValueError(f"{name}: a summary, then Bad, Good and Why on a line each were wanted")
    parts = match.groupdict()
    bad, good = (_unpadded(parts[each]) for each in ("bad", "good"))
    return Description(name, severity, parts["finds"], bad, good, parts["why"])


def _unpadded(sample: str) -> str:
    """A sample that holds backticks, and so stands between two of them and spaces."""
    return sample.removeprefix("` ").removesuffix(" `") if sample.startswith("` ") else sample
