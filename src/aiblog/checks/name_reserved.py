"""The rule `name-reserved`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.slug import RESERVED

_CHARACTERS = re.compile(r"[<>:\"|?*\\\x00-\x1f]")


def name_reserved(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A file or folder below posts whose name Windows does not take: a device's, or one with a character of its own.

    Bad: `posts/2026-02-25/aux.md`
    Good: `posts/2026-02-25/auxiliary.md`
    Why: git cannot write such a file there, and stops in the middle of the checkout.
    """
    looked_at: set[str] = set()
    for path in whole.paths:
        end = -1
        while end < len(path):
            start, end = end + 1, path.find("/", end + 1)
            end = len(path) if end < 0 else end
            if path[:end] in looked_at:
                continue
            looked_at.add(path[:end])
            problem = _problem(path[start:end])
            if problem is not None:
                kind = "file" if end == len(path) else "folder"
                yield path, Place(1, 1, f'the {kind} name "{path[start:end]}" {problem}')


def _problem(name: str) -> str | None:
    """Why Windows does not take a name; None where it does."""
    if name.split(".", 1)[0].rstrip(" ").lower() in RESERVED:
        return "is one that Windows keeps for a device"
    if name.endswith((".", " ")):
        return f"ends in a {'full stop' if name.endswith('.') else 'space'}, which Windows drops"
    character = _CHARACTERS.search(name)
    return f"has a {character.group()!r} in it, which Windows does not take" if character else None
