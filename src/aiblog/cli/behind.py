"""How far a translation is behind its source, and how much of a stub waits: as several commands say it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from aiblog.adapters.blog import Blog
from aiblog.cli.output import Run, counted
from aiblog.core.translation_link import SIDECAR
from aiblog.core.translation_state import Translation

if TYPE_CHECKING:  # start-up: a status where nothing is outdated compares no texts
    from aiblog.core.source_diff import Change
    from aiblog.workflows.covered import Behind


def state_of(its: Behind | None) -> str:
    """The state of a translation that is behind: `outdated (minor)`, `outdated` where the old text is out of reach."""
    return f"outdated ({its.kind})" if its and its.kind else "outdated"


def amount(its: Behind, today: str) -> str:
    """How much changed and since when: `2 blocks, 41 words, since 12 days`; "" where the old text is out of reach."""
    if its.covered is None:
        return ""
    words = [counted(its.words, "word")] if its.words else []
    return ", ".join([counted(len(its.changes), "block"), *words, _since(its.covered.since, today)])


def _since(date: str, today: str) -> str:
    days = (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(date)).days
    return f"since {counted(days, 'day')}" if days > 0 else "since today"


def blocks_wait(count: int) -> str:
    """`1 block waits`, `3 blocks wait`."""
    return f"{counted(count, 'block')} {'waits' if count == 1 else 'wait'}"


def of_blocks_wait(stub: Translation) -> str:
    """How much of a stub waits: `3 of 12 blocks wait`."""
    count = len(stub.waiting)
    return f"{count} of {counted(stub.blocks, 'block')} {'waits' if count == 1 else 'wait'}"


def moved_step(run: Run, blog: Blog, translation: Translation, name: str) -> str:
    """What links a translation to its source where that is now: a mend of its front matter, or the sidecar to edit."""
    in_sidecar = translation.target is not None and translation.target.link is not None
    return f"edit {run.shown(blog.root, SIDECAR)}" if in_sidecar else run.command("check", "--fix", name)


def change_as_json(change: Change) -> dict[str, Any]:
    """A change as JSON: without its texts and its place in a translation."""
    return {
        "change": change.what,
        "kind": change.kind,
        "block": change.block,
        "section": change.section or None,
        "source_line": change.line,
        "words": change.words,
    }


def changes_as_json(its: Behind | None, changes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What both commands say of a translation that may be behind."""
    covered = its.covered if its else None
    return {
        "kind": its.kind if its else None,
        "since": covered.since if covered else None,
        "changes": list(changes),
    }
