"""`aiblog doctor`: what the tool sees here, and what to do about what will not work."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size

from aiblog.adapters.prompts import is_interactive
from aiblog.cli.output import Run
from aiblog.cli.table import print_table
from aiblog.cli.told import pasted
from aiblog.core.settings import Git
from aiblog.core.title import visible
from aiblog.workflows.doctor import Seen, blog_at, ok, programs, worst
from aiblog.workflows.doctor_git import repository_at

COLOURS = {"warning": "yellow", "error": "red"}


def doctor(run: Run) -> None:
    """Show what aiblog sees here, and what is in its way.

    What will not work is marked, with the command that helps. Nothing of the blog is run or
    changed. Off a terminal each line is name, state, value and hint, with tabs between them.
    """
    blog, of_blog = blog_at(run.folder)
    root = blog.root if blog else run.folder
    git = blog.settings.git if blog else Git()
    seen = [*programs(root), *of_blog, *repository_at(root, git), _terminal(run)]
    seen = [each._replace(hint=pasted(each.hint, root, run) if each.hint else None) for each in seen]
    run.report({"checks": [each._asdict() for each in seen]})
    if not run.json:
        _print(run, seen)
        counts = ", ".join(f"{count} {state}{'s' if count > 1 else ''}" for state, count in worst(seen).items())
        run.say(f"{counts}." if counts else "Nothing stands in the way.")


def _terminal(run: Run) -> Seen:
    """What is asked and shown here, as far as this run can know."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    colours = "colours" if run.styled("x", "bold", sys.stdout) != "x" else "no colours"
    asks = "questions are asked" if is_interactive() and not run.no_input else "nothing is asked"
    said = f"{asks}; {get_terminal_size().columns} columns, {encoding}, {colours}"
    if encoding.replace("-", "") != "utf8":
        return Seen("terminal", "warning", f"{said}: Chinese text is shown escaped", "export LC_ALL=C.UTF-8")
    return ok("terminal", said)


def _print(run: Run, seen: Sequence[Seen]) -> None:
    if not sys.stdout.isatty():
        print_table(run, [[each.name, each.state, each.value, each.hint or ""] for each in seen])
        return
    width = max(len(each.name) for each in seen)
    for each in seen:
        mark = "" if each.state == "ok" else f"{run.styled(f'{each.state}:', COLOURS[each.state], sys.stdout)} "
        run.result(f"{each.name:<{width}}  {mark}{visible(each.value)}")
        if each.hint:
            run.result(f"{'':<{width}}    hint: {visible(each.hint)}")
