"""The answers of a `new` that was interrupted, kept for the next one of that blog in the person's own state folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from aiblog.adapters.own_folders import state_folder

Answers = Mapping[str, str | list[str]]
"""Texts, or lists of them, by the name of the flag that would say the same; `set.NAME` for `--set NAME=…`."""

LARGEST = 64 * 1024
"""Bytes of a file of answers at most; a larger one is not ours."""


def keep(root: Path, answers: Answers) -> bool:
    """Keeps the answers for the blog at `root`, in place of those kept before; False where the disk does not let it."""
    path = _path(root)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(dict(answers), stream)
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        return False
    return True


def kept(root: Path) -> dict[str, str | list[str]]:
    """The answers kept for the blog at `root`; none where there are none, or the file is damaged."""
    try:
        with _path(root).open("rb") as stream:
            data = stream.read(LARGEST + 1)
        found = json.loads(data) if len(data) <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if _is_answer(value)}


def forget(root: Path) -> None:
    """Drops the answers kept for the blog at `root`."""
    with contextlib.suppress(OSError):
        _path(root).unlink(missing_ok=True)


def _is_answer(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _path(root: Path) -> Path:
    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return state_folder() / f"new-{name}.json"
