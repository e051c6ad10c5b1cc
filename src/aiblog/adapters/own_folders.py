"""The person's own folders for what aiblog keeps outside of any blog. platformdirs lives here and nowhere else."""

from __future__ import annotations

from pathlib import Path


def state_folder() -> Path:
    """For what would be missed: answers of an interrupted `new`. It need not exist."""
    from platformdirs import user_state_path  # noqa: PLC0415 - start-up: only after questions

    return user_state_path("aiblog", appauthor=False)


def cache_folder() -> Path:
    """For what is only found out again if it goes. It need not exist."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - start-up: only for `check --external`

    return user_cache_path("aiblog", appauthor=False)
