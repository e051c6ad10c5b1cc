"""A blog's own markdownlint configuration, read as markdownlint reads it and tuned so that rumdl judges alike."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from aiblog.errors import AiblogError

Rules = dict[str, Any]
"""markdownlint's configuration: rule names (and `default`, `extends`) to false, true or options."""

_STRING = r'"(?:[^"\\\n]|\\.)*"'
_COMMENT = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA = re.compile(rf"{_STRING}|,(?=\s*[}}\]])")

_TUNED: dict[str, tuple[str, Rules]] = {
    "MD007": ("ul-indent", {"style": "fixed"}),
    "MD010": ("no-hard-tabs", {"code_blocks": True}),
    "MD013": ("line-length", {"length_mode": "chars", "ignore_link_urls": False, "tables": True}),
    "MD024": ("no-duplicate-heading", {"siblings_only": False}),
    "MD026": ("no-trailing-punctuation", {"punctuation": ".,;:!。，；：！"}),
    "MD036": ("no-emphasis-as-heading", {"punctuation": ".,;:!?。，；：！？"}),
    "MD051": ("link-fragments", {"ignore_case": False}),
    "MD060": ("table-column-style", {"enabled": True}),
}
"""Where rumdl's defaults are not markdownlint's: the rule, its alias, the options that make it so."""

NOTICED = frozenset(
    f"MD{number}"
    for number in ["001", "010", "011", "014", "018", "020", "021", "025", "026", "040", "043", "044", "088"]
)
"""Rules whose corrections readers notice, so that a person makes them: most tabs (MD010) stand in code."""

_OFF = {"MD005": "list-indent"}
"""Rules that rumdl takes for others: its MD005 finds lists that begin with a space, which are MD007's."""


def read(text: str, path: str) -> Rules:
    """A configuration file's mapping: JSON with comments and trailing commas, or YAML.

    Raises:
        AiblogError: `check-failed` with `path:line` where it is neither, or no mapping.
    """
    if path.endswith((".yaml", ".yml")):
        from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up: few blogs have it in YAML

        return {key: _typed(value) for key, value in mapping(text, path, "check-failed").items()}
    try:
        found = json.loads(_TRAILING_COMMA.sub(_blanked, _COMMENT.sub(_blanked, text)))
    except json.JSONDecodeError as error:
        reason = f"{error.msg[:1].lower()}{error.msg[1:]} (column {error.colno})"
        raise AiblogError(
            "check-failed", f"{path}:{error.lineno}: the Markdown rules cannot be read: {reason}"
        ) from error
    except RecursionError as error:
        raise AiblogError("check-failed", f"{path}:1: the Markdown rules are nested too deep") from error
    except ValueError as error:  # digits without end
        raise AiblogError(
            "check-failed", f"{path}:1: the Markdown rules cannot be read: a number is too long"
        ) from error
    if not isinstance(found, dict):
        raise AiblogError("check-failed", f"{path}:1: the Markdown rules are no mapping of rules to options")
    return found


def _blanked(match: re.Match[str]) -> str:
    """A string as it is, anything else as spaces: lines and columns stay."""
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
    names = {key.casefold(): key for key in result}
    for name, alias in _OFF.items():
        for key in (names.get(name.casefold()), names.get(alias)):
            result.pop(key or "", None)
        result[name] = False
    default = result.get("default", True)
    for name, (alias, options) in _TUNED.items():
        key = names.get(name.casefold()) or names.get(alias)
        own = result.pop(key) if key else default
        if own is False or own is None:
            result[name] = False
            continue
        mine = own if isinstance(own, dict) else {}
        written = {each.replace("-", "_") for each in mine}
        result[name] = {**mine, **{each: value for each, value in options.items() if each not in written}}
    return result


def is_markdownlints(message: str, line: str, rules: Mapping[str, Any]) -> bool:
    """Whether markdownlint would say that too (`MD013 …`), of that line of text, by those (tuned) rules.

    It has none of rumdl's own rules. A table's row with a link in it may be of any length to it, unless `strict`. Of
    anchors it looks at those in the same file, takes `#top` and line numbers for some that are there, and keeps what
    an emoji leaves in one (U+FE0F), as GitHub does.
    """
    number = re.match(r"MD(\d{3}) ", message)
    if number is None or int(number[1]) > 60 or number[1] == "057":
        return False
    if number[1] == "013":
        return not (line.lstrip(" >").startswith("|") and _LINK.search(line)) or bool(rules["MD013"].get("strict"))
    return number[1] != "051" or not ("\ufe0f" in line or _NO_HEADINGS.match(message))


_LINK = re.compile(r"\]\(|https?:")
_NO_HEADINGS = re.compile(r"MD051 Link (?:fragment |anchor '#(?:top|L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?)' )")
