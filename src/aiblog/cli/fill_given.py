"""The translated blocks that `aiblog translate-fill` is given, as JSON or YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aiblog.cli.inputs import text_from
from aiblog.core.fill import Fill
from aiblog.errors import AiblogError

LARGEST_YAML = 1024 * 1024
"""Bytes of YAML at most: its strict parser is slow. JSON may be as large as any text."""


def fills_in(folder: Path, source: str) -> list[Fill]:
    """The texts of `--from` in their order: `{"blocks": [{"id", "text"}]}`, or texts by id; JSON or YAML.

    What stands beside `blocks`, or beside an id and its text, says nothing: the answer of `translate-stub --json` with
    other texts will do.

    Raises:
        AiblogError: `usage` where it cannot be read, or is neither.
    """
    what = f"--from {source}"
    values = _mapping(text_from(folder, source, "--from"), what)
    blocks = values.get("blocks", [])
    if not isinstance(blocks, (list, str)):
        raise AiblogError("usage", f'{what}: "blocks" is {blocks!r:.40}; a list of blocks was wanted')
    if not isinstance(values.get("blocks"), list):
        return [_fill(what, f'"{id_}"', id_, text) for id_, text in values.items()]
    return [*_listed(what, values["blocks"])]


def _listed(what: str, blocks: list[Any]) -> Iterator[Fill]:
    for number, block in enumerate(blocks, 1):
        if not isinstance(block, dict):
            raise AiblogError("usage", f"{what}: block {number} is no mapping; one with id and text was wanted")
        yield _fill(what, f"block {number}", block.get("id"), block.get("text"))


def _fill(what: str, name: str, id_: Any, text: Any) -> Fill:
    for key, value in (("id", id_), ("text", text)):
        if not isinstance(value, str):
            found = f"the {key} is missing" if value is None else f"the {key} is {value!r:.40}"
            raise AiblogError("usage", f"{what}: {name}: {found}; a text was wanted")
    return Fill(id_.strip(), text)


def _mapping(text: str, what: str) -> dict[str, Any]:
    problem: json.JSONDecodeError | None = None
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text, object_pairs_hook=_once)  # type: ignore[no-any-return]
        except json.JSONDecodeError as error:
            problem = error
        except (ValueError, RecursionError) as error:
            raise AiblogError("usage", f"{what}: {error}; each key once was wanted") from error
    from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up: only for YAML

    try:
        return mapping(text, what, "usage", largest=LARGEST_YAML)
    except AiblogError:
        if problem is None or not text.lstrip().startswith('{"'):
            raise
        raise AiblogError("usage", f"{what}:{problem.lineno}: {problem.msg}; JSON was wanted") from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f'"{next(key for key in keys if keys.count(key) > 1)}" stands there twice')
    return found
