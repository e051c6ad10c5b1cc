"""`aiblog index`: the blog's indexes, reviewed or brought up to date."""

import os
import shlex
from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.files import apply
from aiblog.cli.output import Run, counted, print_json
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows.index import Reviews, chosen_indexes, reviewed
from aiblog.workflows.index_resolve import Resolved, resolved


def index(
    run: Run,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Only these indexes.", show_default=False)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where something is wrong.")] = False,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Settle git's conflict markers; exit 1 where some are left.")
    ] = False,
) -> None:
    """Bring the blog's indexes up to date.

    Complete indexes get the entries and links they lack, and present titles where they have former ones. Links that
    moved lead to the post again, in selections too. What people wrote stays.

    With --resolve, during a merge or a rebase, the entries of both sides go in, each once, and the lines of a
    sidecar. What people must decide stays marked.
    """
    if check and resolve:
        raise AiblogError("usage", "--check and --resolve exclude each other")
    blog = blogs.opened(run.folder)
    indexes = chosen_indexes(blog, [blog.path_in(run.folder, path) for path in paths or []])
    if not indexes:
        run.say("No index is known: no file here lists posts, and aiblog.yaml names none.")
    if resolve:
        _resolve(run, blog, resolved(blog, indexes, links=not paths))
        return
    reviews = reviewed(blog, indexes, update=not check)
    if check:
        _report(run, blog, reviews)
        return
    _update(run, blog, reviews)


def _resolve(run: Run, blog: blogs.Blog, result: Resolved) -> None:
    """The conflicts settled on the disk; exit 1 where some are left."""
    findings = [finding.as_json() for finding in result.left]
    report = {"ok": not result.left, "files": result.changes.modified, "findings": findings}
    if run.dry_run:
        run.diff(result.changes.diff())
        report["diff"] = result.changes.diff()
    else:
        apply(blog.root, result.changes)
    if run.json:
        print_json(report)
    for path in () if run.dry_run else result.changes.modified:
        run.result(run.shown(blog.root, path))
    for finding in () if run.dry_run else result.left:
        run.result(run.finding(blog.root, finding))
    _say_what_comes_next(run, blog, result)
    if result.left:
        raise typer.Exit(1)


def _say_what_comes_next(run: Run, blog: blogs.Blog, result: Resolved) -> None:
    if run.json or run.dry_run:
        return
    if result.done:
        paths = [os.path.relpath(blog.root / path, run.folder) for path in result.done]
        run.say(f"Into git: {visible(shlex.join(['git', *run.where, 'add', *paths]))}")
    if result.left:
        count = counted(len(result.left), "conflict is", "conflicts are")
        run.say(f"{count} left to you: {run.finding(blog.root, result.left[0]).partition(': ')[0]}")
    elif not result.changes.changes and blog.settings.indexes:
        run.say("No index has a conflict.")


def _report(run: Run, blog: blogs.Blog, reviews: Reviews) -> None:
    """The findings as results; exit 1 where one of them is an error."""
    findings = reviews.findings
    failed = any(finding.severity == "error" for finding in findings)
    if run.json:
        print_json({"ok": not failed, "files": [], "findings": [finding.as_json() for finding in findings]})
    for finding in findings:
        run.result(run.finding(blog.root, finding))
    if reviews.mendable and not run.json:
        run.say(f"To mend what can be: {run.command('index')}")
    if not findings and reviews.indexes and not run.json:
        run.say("Every index is up to date.")
    if failed:
        raise typer.Exit(1)


def _update(run: Run, blog: blogs.Blog, reviews: Reviews) -> None:
    changes = reviews.changes
    result = {"files": changes.modified, "findings": [finding.as_json() for finding in reviews.left]}
    if run.dry_run:
        run.plan(changes.diff(), result)
    else:
        apply(blog.root, changes)
        for path in changes.modified:
            run.result(run.shown(blog.root, path))
        run.report(result)
    if not run.json:
        run.findings(blog.root, reviews.left)
        if not changes.changes and not reviews.left and reviews.indexes:
            run.say("Every index is up to date.")
