"""Rules by their public names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from aiblog.core.settings import Severity

Finds = TypeVar("Finds", bound=Callable[..., Any])


class Rule(NamedTuple, Generic[Finds]):
    """A rule: what it is by default, and the function that finds."""

    severity: Severity
    finds: Finds


def named(severity: Severity, *functions: Finds) -> dict[str, Rule[Finds]]:
    """Rules of that severity by their public names: the functions', with hyphens."""
    return {function.__name__.replace("_", "-"): Rule(severity, function) for function in functions}
