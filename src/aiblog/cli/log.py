"""`aiblog log`: what aiblog has done in this repository, newest first."""

import shlex
import time
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters import journal
from aiblog.cli.inputs import require_limit
from aiblog.cli.output import Run, counted
from aiblog.cli.table import print_table
from aiblog.core.operation import Operation, undone_by
from aiblog.core.title import visible
from aiblog.workflows.undo import in_blog, require_place

_SPANS = ((86400, "day"), (3600, "hour"), (60, "minute"))


def log(
    run: Run,
    limit: Annotated[int | None, typer.Option(metavar="N", help="The newest N only.", show_default=False)] = None,
) -> None:
    """Show what aiblog has done here, newest first.

    By the number in front `aiblog undo` takes an operation back. The last 100 operations of 90
    days are kept in the repository's own git folder, 50 MiB of them at most.
    """
    require_limit(limit)
    place = require_place(run.folder)
    root = blogs.find_root(run.folder)[0]
    operations, damaged = journal.operations(place)
    undone = undone_by(operations)
    shown = operations[:limit]
    run.report({"operations": [_as_json(root, place, each, undone) for each in shown]})
    if not run.json:
        print_table(run, [_row(each, undone) for each in shown], ("", "when", "what it did", "command"))
        for name in damaged:
            run.say(f'The journal\'s entry "{visible(name)}" cannot be read, and is left out.')
        if not operations:
            run.say("Nothing yet, or nothing that is still kept.")


def _row(operation: Operation, undone: Mapping[int, int]) -> list[str]:
    return [str(operation.number), ago(operation.time), told(operation, undone), shlex.join(operation.command)]


def told(operation: Operation, undone: Mapping[int, int]) -> str:
    """What the operation did, in a few words: files, branch and commit, and whether it stands."""
    step = operation.step
    parts = [counted(len(step.files) - len(operation.moves), "file")] if step.files else []
    for ref in step.refs:
        name = ref.name.removeprefix("refs/heads/")
        if operation.undoes is None:
            parts.append(f"{ref.after[:7]} on {name}" if ref.after else f"{name} deleted")
        else:
            parts.append(f"{name} back at {ref.after[:7]}" if ref.after else f"{name} deleted")
    if not step.refs and step.head:
        parts.append(f"HEAD to {step.head.after.removeprefix('refs/heads/')}")
    if operation.undoes is not None:
        parts.append(f"takes back {operation.undoes}")
    if operation.number in undone:
        parts.append(f"taken back by {undone[operation.number]}")
    return ", ".join(parts + {"open": ["at work, or killed"], "left": ["half done"]}.get(operation.state, []))


def ago(then: float) -> str:
    """How long ago a time is (seconds since 1970), in one unit."""
    seconds = max(0, int(time.time() - then))
    for length, unit in _SPANS:
        if seconds >= length:
            return f"{counted(seconds // length, unit)} ago"
    return "just now"


def _as_json(root: Any, place: Any, operation: Operation, undone: Mapping[int, int]) -> dict[str, Any]:
    import datetime  # noqa: PLC0415 - start-up: not for a person

    step = operation.step
    ref = step.refs[0] if step.refs else None
    moment = datetime.datetime.fromtimestamp(int(operation.time), datetime.UTC)
    return {
        "id": operation.number,
        "time": moment.isoformat().replace("+00:00", "Z"),
        "command": list(operation.command),
        "files": sorted(in_blog(place, root, operation, each.path) for each in step.files),
        "branch": ref and ref.name.removeprefix("refs/heads/"),
        "commit": ref and ref.after,
        "undoes": operation.undoes,
        "undone_by": undone.get(operation.number),
        "state": operation.state,
    }
