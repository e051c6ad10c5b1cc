"""YAML read as texts: no tag, no alias, no duplicate key, no surprise. PyYAML and python-frontmatter live here."""

from __future__ import annotations

import re
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from aiblog.errors import AiblogError

LARGEST = 16 * 1024
"""Bytes of YAML that are parsed; more is refused before a parser sees it."""

_START = re.compile(r"\A---[ \t]*(?=\n)")


class _Texts(yaml.BaseLoader):
    """Every scalar stays the text it is: `yes`, `12:30`, `1.10`. Pure Python: libyaml crashes on deep nesting."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key that is no text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f'"{key.value}" twice', key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Handler(YAMLHandler):
    """Loads with the strict loader, and says so where the YAML is no mapping: the library would take it for text."""

    def load(self, fm: str, **_: Any) -> Any:
        loader = _Texts(fm.removeprefix("\n"))
        try:
            values = loader.get_single_data()
        finally:
            loader.dispose()
        if not isinstance(values, dict):
            raise TypeError
        return values


def mapping(
    text: str, path: str, code: str = "metadata-invalid", first_line: int = 1, largest: int = LARGEST
) -> dict[str, Any]:
    """The mapping `text` holds: texts, lists and mappings of texts; an empty text is an empty mapping.

    Args:
        text: YAML, which JSON is too.
        path: the file it stands in, for errors.
        code: the code of an error.
        first_line: the line of the file where `text` begins, counted from 1.
        largest: bytes at most.

    Raises:
        AiblogError: with `path:line`, for anything else than one mapping in at most so many bytes.
    """
    if len(text.encode("utf-8", "surrogatepass")) > largest:
        raise AiblogError(code, f"{path}:{first_line}: more than {largest // 1024} KiB of YAML")
    if not any(line.strip() and not line.startswith("#") for line in text.split("\n")):
        return {}
    try:
        values, more = frontmatter.parse(f"---\n{_START.sub('', text)}\n---\n", handler=_Handler())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise AiblogError(code, f"{path}:{line}: {_what(error)}; simple YAML was wanted") from error
    except yaml.YAMLError as error:  # a character YAML does not allow
        line = first_line + text.count("\n", 0, getattr(error, "position", 0))
        raise AiblogError(code, f"{path}:{line}: {str(error).splitlines()[0]}") from error
    except (RecursionError, ValueError, TypeError, AttributeError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else "not a mapping of keys to values"
        raise AiblogError(code, f"{path}:{first_line}: {reason}") from error
    if more.strip():
        raise AiblogError(code, f"{path}: a second document, after ---; one was wanted")
    return values


def _what(error: yaml.MarkedYAMLError) -> str:
    return str(error.problem or error.context or "not YAML").replace("\n", " ")
