"""What the commands that write translations do with their plan: shown, or written and reported."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aiblog.cli.output import Run
from aiblog.core.changes import ChangeSet


def written(run: Run, root: Path, changes: ChangeSet, paths: Sequence[str], report: Mapping[str, Any]) -> bool:
    """Writes the changes, with `--dry-run` shows them; whether a person is to be told more.

    `paths` are the results, relative to `root`, `report` is what `--json` prints.
    """
    if run.dry_run:
        run.plan(changes.diff(), report)
        return False
    from aiblog.adapters.files import apply, clear_leftovers  # noqa: PLC0415 - start-up: not for a plan that is shown

    clear_leftovers(root, [*paths, *(change.path for change in changes.changes)])
    apply(root, changes)
    for path in paths:
        run.result(run.shown(root, path))
    run.report(report)
    return not run.json
