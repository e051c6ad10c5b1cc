"""A `.gitattributes` file: lines added for paths, every other byte kept."""

from __future__ import annotations

import re
from collections.abc import Sequence


def with_merge_driver(data: bytes | None, paths: Sequence[str], driver: str) -> bytes | None:
    """The file with a line `/PATH merge=DRIVER` for each path that has none; None where there is nothing to write.

    `paths` are relative to the file's folder. The slash in front keeps a `README.md` from meaning every one below.
    """
    text = (data or b"").decode("utf-8", "surrogateescape")
    there = {line.strip() for line in text.splitlines()}
    lines = [f"{_pattern(path)} merge={driver}" for path in paths]
    missing = [line for line in lines if not {line, line.removeprefix("/")} & there]
    if not missing:
        return data
    newline = "\r\n" if "\r\n" in text else "\n"
    begin = text + (newline if text and not text.endswith("\n") else "")
    return (begin + "".join(line + newline for line in missing)).encode("utf-8", "surrogateescape")


def _pattern(path: str) -> str:
    """The path as a pattern that means it alone."""
    pattern = "/" + re.sub(r"([*?\[\\])", r"\\\1", path)
    if not re.search(r'[\s"]', pattern):
        return pattern
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
