"""`aiblog undo`: takes back the last operation of aiblog, or one by its number."""

import shlex
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters import journal
from aiblog.adapters.branches import short_name
from aiblog.cli.inputs import require_confirmable
from aiblog.cli.log import ago, told
from aiblog.cli.output import Run
from aiblog.core.changes import ChangeSet
from aiblog.core.operation import Operation, standing, undone_by
from aiblog.core.title import visible
from aiblog.workflows.undo import Undo, apply, chosen, in_blog, planned, require_place


def undo(
    run: Run,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[ID]", help="An operation's number in `aiblog log`.", show_default=False),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take it back without asking.")] = False,
) -> None:
    """Take back what aiblog did last.

    Files, index entries, the commit and its branch; refused where something later would be
    lost. Undoing an undo does it again. What was pushed stays at the remote.
    """
    place = require_place(run.folder)
    operations, _ = journal.operations(place)
    operation = chosen(operations, number)
    if operation is None:
        run.say("Nothing to take back: the journal holds no operation.")
        run.report(_nothing(None))
        return
    root = blogs.find_root(run.folder)[0]
    plan = planned(place, operations, operation, root)
    if plan is None or not plan.step:
        _say_it_is_done(run, operations, operation)
        run.report(_nothing(operation))
        return
    result = _as_json(plan, [in_blog(place, root, operation, each.path) for each in plan.step.files])
    changes = ChangeSet(plan.step.files)
    if run.dry_run:
        run.plan(changes.diff(), result)
        _say_plan(run, plan)
        return
    asks = run.asks and not yes
    require_confirmable(run, asks=asks, yes=yes)
    if asks and not _agreed(run, plan, changes):
        run.say("Nothing was written.")
        return
    apply(plan)
    for change in sorted(changes.changes):
        run.result(run.shown(plan.root, change.path))
    run.report(result)
    if not asks:
        _say_plan(run, plan)
    _say_how_to_go_on(run, number, asked=asks)


def _say_it_is_done(run: Run, operations: list[Operation], operation: Operation) -> None:
    by = undone_by(operations).get(operation.number)
    if by is None:
        run.say(f"Nothing to take back: nothing is left of operation {operation.number}.")
        return
    run.say(f"Nothing to take back: operation {operation.number} is taken back already.")
    if not run.json:
        run.say(f"To do it again:  {run.command('undo', str(by))}")
        earlier = [each for each in standing(operations) if each.number < operation.number]
        if earlier:
            run.say(f"The one before:  {run.command('undo', str(earlier[0].number))}")


def _agreed(run: Run, plan: Undo, changes: ChangeSet) -> bool:
    run.diff(changes.diff())
    _say_plan(run, plan)
    operation = plan.operation
    words = f"{shlex.join(operation.command)}, {ago(operation.time)} ({told(operation, {})})"
    return run.terminal().confirm(f"Take back {words}?", fresh=True)


def _say_plan(run: Run, plan: Undo) -> None:
    """What becomes of branch and HEAD, and what stays."""
    if run.json:
        return
    for ref in plan.step.refs:
        name = visible(short_name(ref.name))
        was = f"{ref.before[:7]} " if ref.before else ""
        if ref.after is None:
            run.say(f"The branch {name} {was}goes.")
        else:
            run.say(f"The branch {name} is at {ref.after[:7]}." if ref.before else f"The branch {name} is there again.")
    if plan.step.head:
        run.say(f"On {visible(short_name(plan.step.head.after))}.")
    if plan.pushed:
        run.say(f"{visible(', '.join(plan.pushed))} has the commit still: what was pushed is not taken back.")


def _say_how_to_go_on(run: Run, number: int | None, *, asked: bool) -> None:
    if run.json:
        return
    if asked:
        words = ["undo", *([str(number)] if number is not None else []), "--yes"]
        run.say(f"Without questions:  {run.command(*words)}")
    latest = journal.number_now()
    if latest is not None:
        run.say(f"To do it again:  {run.command('undo', str(latest))}")


def _nothing(operation: Operation | None) -> dict[str, Any]:
    return {"operation": operation and operation.number, "files": [], "branch": None, "commit": None, "pushed": []}


def _as_json(plan: Undo, files: list[str]) -> dict[str, Any]:
    ref = plan.step.refs[0] if plan.step.refs else None
    return {
        "operation": plan.operation.number,
        "files": sorted(files),
        "branch": ref and short_name(ref.name),
        "commit": ref and ref.before,
        "pushed": list(plan.pushed),
    }
