"""A word that is none of those that are known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The end of a sentence about that word: `; the nearest is "…"`, or `; ` and `otherwise`, if any, without one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for a message

    near = get_close_matches(word, [*known], 1)
    meant = f'the nearest is "{near[0]}"' if near else otherwise
    return f"; {meant}" if meant else ""
