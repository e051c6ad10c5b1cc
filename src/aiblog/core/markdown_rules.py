"""A blog's own markdownlint configuration, read as markdownlint reads it and tuned so that rumdl judges alike."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from aiblog.errors import AiblogError

Rules = dict[str, Any]
"""markdownlint's configuration: rule names (and `default`, `extends`) to false, true or options."""

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[}\]])', re.DOTALL)

_TUNED: dict[str, tuple[str, Rules]] = {
    "MD013": ("line-length", {"length_mode": "chars", "ignore_link_urls": False}),
    "MD024": ("no-duplicate-heading", {"siblings_only": False}),
    "MD060": ("table-column-style", {"enabled": True}),
}
"""Where rumdl's defaults are not markdownlint's: the rule, its alias, the options that make it so."""


def read(text: str, path: str) -> Rules:
    """A configuration file's mapping: JSON with comments and trailing commas, or YAML.

    Raises:
        AiblogError: `check-failed` with `path:line` where it is neither, or no mapping.
    """
    if path.endswith((".yaml", ".yml")):
        from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up: few blogs have it in YAML

        return {key: _typed(value) for key, value in mapping(text, path, "check-failed").items()}
    try:
        found = json.loads(_TOKEN.sub(_without_comment, text))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise AiblogError("check-failed", f"{path}:{line}: the Markdown rules cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise AiblogError("check-failed", f"{path}:1: the Markdown rules are no mapping of rules to options")
    return found


def _without_comment(match: re.Match[str]) -> str:
    token = match.group()
    return token if token.startswith('"') else re.sub(r"[^\n]", " ", token)


def _typed(value: Any) -> Any:
    """A YAML text as the value JSON would have."""
    if isinstance(value, dict):
        return {key: _typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else value


def tuned(rules: Mapping[str, Any]) -> Rules:
    """The rules with the options that make rumdl judge as markdownlint does; what the blog sets itself stays."""
    result = {key: value for key, value in rules.items() if key not in {"$schema", "extends"}}
    for name, (alias, options) in _TUNED.items():
        key = next((each for each in result if each.casefold() in {name.casefold(), alias}), None)
        own = result.get(key, result.get("default", True)) if key is not None else result.get("default", True)
        if own is False or own is None:
            continue
        set_here = own if isinstance(own, dict) else {}
        written = {each.replace("-", "_") for each in set_here}
        new = {each: value for each, value in options.items() if each not in written}
        if name == "MD024" and "allow_different_nesting" in written:
            new = {}
        result.pop(key or name, None)
        result[name] = {**set_here, **new} or True
    return result
