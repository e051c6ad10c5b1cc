"""Texts as lines."""

from __future__ import annotations


def split_lines(text: str) -> list[str]:
    """Lines with their newlines, split at LF only: a CR or a form feed inside a line is part of it, as for git."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
