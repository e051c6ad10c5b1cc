"""`aiblog check`: what is wrong in the blog, and `--fix` for what has one right answer."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.files import apply
from aiblog.cli.check_formats import sarif_log, workflow_commands
from aiblog.cli.inputs import comma_parts
from aiblog.cli.output import Run, counted, print_json, write
from aiblog.core.finding import Finding
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.check import (
    ALL_RULES,
    Checked,
    Progress,
    Request,
    changed_paths,
    checked,
    descriptions,
    paths_of,
    unknown_rule,
)
from aiblog.workflows.external import LINK_DEAD

STYLES = {"error": "red", "warning": "yellow", "information": "cyan"}
PATIENCE = 1.0
"""Seconds before a check says how far it is."""


def check(
    run: Run,
    post: Annotated[
        list[str] | None,
        typer.Argument(metavar="[POST|PATH]...", help="Only these posts, files or folders.", show_default=False),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what has one right answer.")] = False,
    select: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Only that rule, again for each.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Not that rule, again for each.")] = None,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Say what each rule finds; check nothing.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="REV", help="Only posts that changed since this branch left REV.")
    ] = None,
    external: Annotated[
        bool, typer.Option("--external", help="Ask the network too whether links out of the blog are dead.")
    ] = False,
    form: Annotated[
        Literal["text", "json", "github", "sarif"], typer.Option("--format", help="How the findings are printed.")
    ] = "text",
) -> None:
    """Check posts, links and indexes.

    Exit 1 if there is an error or a warning. Information is counted, and shown where its rule is
    named with --select.
    """
    if run.json and form not in {"text", "json"}:
        raise AiblogError("usage", f"--json and --format {form} exclude each other")
    form = "json" if run.json else form
    chosen, left_out = _rules(run, "--select", select), _rules(run, "--ignore", ignore)
    if LINK_DEAD in chosen and not external and not list_rules:
        raise AiblogError(
            "usage", f"--select: {LINK_DEAD} asks the network, which --external allows", f"{AGAIN} --external"
        )
    if list_rules:
        _list_rules(run)
        return
    blog = blogs.opened(run.folder)
    paths = paths_of(blog, post, run.folder) if post else None
    if since is not None:
        changed = changed_paths(blog, since)
        paths = changed if paths is None else paths & changed
    request = Request(paths, frozenset(chosen), frozenset(left_out), fix, external)
    result = checked(blog, request, _progress(run))
    if run.dry_run:
        run.diff(result.changes.diff() if form == "text" else "")
    elif result.changes.changes:
        apply(blog.root, result.changes)
    again = ["check", *(post or []), *(["--since", since] if since is not None else [])]
    again += ["--external"] if external else []
    _print(run, blog, result, form, request, again)
    if any(each.severity != "information" for each in result.findings):
        raise typer.Exit(1)


def _rules(run: Run, flag: str, words: Sequence[str] | None) -> list[str]:
    """The rules that a flag names; `usage` for one that nobody knows, and for none."""
    names = comma_parts(words or [])
    if words and not names:
        raise AiblogError("usage", f"{flag}: the name of a rule was wanted", run.command("check", "--list-rules"))
    for name in names:
        if name not in ALL_RULES:
            raise AiblogError("usage", f"{flag}: {unknown_rule(name)}", run.command("check", "--list-rules"))
    return names


def _list_rules(run: Run) -> None:
    """Each rule with its severity and what it finds; under `--json` the same as objects."""
    rules = descriptions()
    run.report({"rules": [rule._asdict() for rule in rules]})
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        run.result(f"{rule.name:{width}}  {rule.severity:11}  {rule.finds}")


def _progress(run: Run) -> Progress:
    """Says how far a check is that takes long, on a terminal."""
    start = time.monotonic()

    def progress(done: int, count: int, what: str) -> None:
        if time.monotonic() - start > PATIENCE and done < count:
            run.progress(f"{done} of {count} {what} …")

    return progress


def _print(run: Run, blog: Blog, result: Checked, form: str, request: Request, again: Sequence[str]) -> None:
    """The findings on stdout, in the format that was asked for, and their count as talk.

    `again` is the command that looks at the same files.
    """
    if form == "json":
        failed = any(each.severity != "information" for each in result.findings)
        data = {
            "ok": not failed,
            "findings": [each.as_json() for each in result.findings],
            "checked": result.files,
            "fixed": result.changes.modified,
        }
        data |= {"offline": True} if result.offline else {}
        print_json(data | ({"diff": result.changes.diff()} if run.dry_run else {}))
        return
    told = [each for each in result.findings if request.means(each)]
    if form == "sarif":
        print_json(sarif_log(result.findings, descriptions(), blogs.below_top(blog.root)))
    elif form == "github":
        _write(workflow_commands(told, blogs.below_top(blog.root)))
    elif not (run.dry_run and request.fix):
        _write(run.finding(blog.root, each, STYLES[each.severity]) for each in told)
    if result.offline:
        run.say("No address answered: links out of the blog were not checked. Is there a network?")
    _say_how_many(run, result, told)
    _say_what_mends(run, result, request, again)


def _write(lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if text:
        write(sys.stdout, text)


def _say_how_many(run: Run, result: Checked, told: Sequence[Finding]) -> None:
    """What was mended, and the count by severity."""
    if result.changes.changes:
        verb = "would be mended" if run.dry_run else "mended"
        run.say(f"{counted(len(result.changes.changes), 'file')} {verb}.")
    counts = Counter(each.severity for each in told)
    parts = [counted(counts[name], name) for name in ("error", "warning") if counts[name]]
    parts += [f"{counts['information']} for information"] if counts["information"] else []
    files = counted(result.files, "file")
    nothing = f"Nothing wrong in {files}." if result.files else "No file of this blog to check."
    run.say(f"{', '.join(parts)} in {files}." if parts else nothing)


def _say_what_mends(run: Run, result: Checked, request: Request, again: Sequence[str]) -> None:
    """The commands that mend what is left, in the same files by the same rules, and the one for what is not shown."""
    chosen = [
        word
        for flag, names in (("--select", request.select), ("--ignore", request.ignore))
        for word in ([flag, ",".join(sorted(names))] if names else [])
    ]
    fixable = sum(each.fixable for each in result.findings if request.means(each))
    if fixable:
        run.say(f"Of these {fixable} can be mended:  {run.command(*again, *chosen, '--fix')}")
    if result.indexes_wait:
        run.say(f"To mend the indexes:  {run.command('index')}")
    hidden = [each for each in result.findings if not request.means(each)]
    if hidden:
        names = ",".join(sorted({each.rule for each in hidden}))
        said = "1 finding is" if len(hidden) == 1 else f"{len(hidden)} findings are"
        run.say(f"{said} for your information alone:  {run.command(*again, '--select', names)}")
