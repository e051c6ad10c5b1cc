"""Fenced code, line by line: what must not change with a Markdown parser asks here."""

from __future__ import annotations

import re

_FENCE = re.compile(r"(?:[ >]|[-*+] |\d+[.)] )*(`{3,}(?=[^`]*$)|~{3,})")


def fence_after(fence: str, line: str) -> str:
    """The fence that is open after this line, "" for none; `fence` is the one that was open before it."""
    match = _FENCE.match(line.rstrip("\r"))
    if not fence:
        return match.group(1) if match else ""
    closing = line.strip(" >\r\t")
    return "" if closing and set(closing) == {fence[0]} and len(closing) >= len(fence) else fence
