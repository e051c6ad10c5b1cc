"""What the commands that move posts do with their plan: shown, confirmed, written or committed, told."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import require_confirmable
from aiblog.cli.move_options import How
from aiblog.cli.output import Run, counted
from aiblog.cli.told import repeated_as
from aiblog.core.changes import ChangeSet
from aiblog.core.post import Post
from aiblog.core.settings import FILE_NAME
from aiblog.core.title import visible
from aiblog.workflows.moving import MovedPost, MoveRequest, PlannedMove, planned

SHOWN = 10
"""Files that are named where more move; the rest is counted."""
LONGEST = 200
"""Lines of a diff that a person is shown before the question; of a longer one they are counted."""

MANY = 200
"""Posts whose links take more than a second to be looked at."""

NO_COMMIT = "Nothing to commit: git has none of these files yet."


class Move(NamedTuple):
    """A command that moves posts, as it is asked and told: its words, its question, the commit it would make.

    `asked` says whether a person has answered a question already, `careful` that No is the first answer.
    """

    words: Sequence[str]
    question: str
    branch: str
    message: str
    asked: bool = False
    careful: bool = False


def carry_out(run: Run, blog: Blog, posts: Sequence[Post], request: MoveRequest, move: Move, how: How) -> None:
    """Plans what is requested, shows it, asks, and does it; or says that there is nothing to do.

    Raises:
        AiblogError: `usage` where it has to be confirmed and nobody is asked; what planning, writing and committing
            refuse.
    """
    command = run.words(*move.words, *how.words)
    if len(posts) > MANY:
        run.progress(f"Looking for links to what moves, in a blog of {len(posts)} posts …")
    asks = run.asks and not how.yes
    with repeated_as(shlex.join(command)):
        plan = planned(blog, posts, request)
        is_shown = plan.changes.changes and (run.dry_run or asks)
        branch = _branch(blog, plan, move, how) if is_shown and how.commit else None
    for notice in plan.notices:
        run.say(f"Note: {visible(notice)}")
    if not plan.changes.changes:
        nothing_to_do(run, "Nothing to move.", *move.words)
        return
    if run.dry_run:
        run.plan(plan.changes.diff(), as_json(blog, plan, command, branch) if run.json else {})
        _say_plan(run, blog, plan, how, branch)
        return
    require_confirmable(run, asks=asks, yes=how.yes)
    if asks and not _agreed(run, blog, plan, move, how, branch):
        run.say("Nothing was written.")
        return
    with repeated_as(shlex.join(command)):
        branch, commit = _done(run, blog, plan, move, how)
    for path in _results(plan):
        run.result(run.shown(plan.root, path))
    run.report(as_json(blog, plan, command, branch, commit))
    if run.json:
        return
    for line in [] if asks else _what_follows(run, blog, plan):
        run.say(line)
    if commit:
        run.say(f"Committed: {commit[:7]} on {visible(branch or '')}")
    elif how.commit:
        run.say(NO_COMMIT)
    if asks or move.asked:
        run.say(f"Without questions:  {visible(shlex.join(command))}")


def _results(plan: PlannedMove) -> list[str]:
    """The paths that a run prints: new ones, those of editions that change where they are, then those that are gone."""
    editions = {f"{plan.prefix}{path}" for post in plan.posts for path in post.paths.values()}
    changed = editions.intersection(plan.changes.modified)
    return sorted({new for _, new in plan.changes.moved} | changed) + sorted(plan.changes.removed)


def nothing_to_do(run: Run, sentence: str, *words: str) -> None:
    """Says that all is as it was wanted; the result of a run that changes nothing."""
    run.say(visible(sentence))
    empty: dict[str, Any] = {name: [] for name in ("posts", "moved", "created", "modified", "removed")}
    counts = {"links": 0, "files": 0, "urls": 0}
    run.report({**empty, **counts, "dangling": [], "branch": None, "commit": None, "command": run.words(*words)})


def _branch(blog: Blog, plan: PlannedMove, move: Move, how: How) -> str | None:
    """The branch that the commit would go on; None where git has nothing of what moves."""
    from aiblog.workflows.move_commit import find_branch  # noqa: PLC0415 - start-up: git only where asked

    return find_branch(blog, plan, move.branch if how.branch is None else how.branch, named=how.branch is not None)


def _agreed(run: Run, blog: Blog, plan: PlannedMove, move: Move, how: How, branch: str | None) -> bool:
    """Whether a person who has seen the plan says yes. The text of files that go is no part of what is shown."""
    gone = {*plan.changes.removed}
    diff = ChangeSet(tuple(each for each in plan.changes.changes if each.path not in gone)).diff()
    lines = diff.count("\n")
    if lines <= LONGEST:
        run.diff(diff)
    _say_plan(run, blog, plan, how, branch)
    if lines > LONGEST:
        run.say(f"The diff, {lines} lines:  {run.command(*move.words, '--dry-run')}")
    return run.terminal().confirm(move.question, not move.careful, fresh=True)


def _done(run: Run, blog: Blog, plan: PlannedMove, move: Move, how: How) -> tuple[str | None, str | None]:
    """Writes the plan, and commits it if asked: the branch and the commit."""
    if not how.commit:
        from aiblog.adapters.files import apply  # noqa: PLC0415 - start-up: not for a plan that is shown

        apply(plan.root, plan.changes)
        return None, None
    from aiblog.adapters.hooks import hooks_of  # noqa: PLC0415 - start-up: git only where asked
    from aiblog.workflows.move_commit import committed  # noqa: PLC0415

    if plan.repository and hooks_of(plan.repository).present(verify=True):
        run.progress("Running the commit hooks …")
    branch = how.branch if how.branch is not None else move.branch
    message = how.message if how.message is not None else move.message
    return committed(blog, plan, branch, message, named=how.branch is not None)


def _say_plan(run: Run, blog: Blog, plan: PlannedMove, how: How, branch: str | None) -> None:
    """What moves, the first files by name; then what follows, and the branch of the commit."""
    if run.json:
        return
    moved, removed = sorted(plan.changes.moved), sorted(plan.changes.removed)
    count = len(moved) + len(removed)
    named = count if count <= SHOWN else SHOWN - 1
    lines = [f"{run.shown(plan.root, old)} → {run.shown(plan.root, new)}" for old, new in moved[:named]]
    lines += [f"{run.shown(plan.root, path)} goes" for path in removed[: named - len(lines)]]
    if named < count:
        lines.append(f"… and {count - named} more files")
    lines += _what_follows(run, blog, plan)
    for line in lines:
        run.say(line)
    run.say_branch(branch)
    if how.commit and not branch:
        run.say(NO_COMMIT)


def _what_follows(run: Run, blog: Blog, plan: PlannedMove) -> list[str]:
    """The links that follow or lead nowhere, the indexes that change, the addresses that stay as they are."""
    lines = [
        f"{run.shown(plan.root, each.path)}:{each.line}:{each.column}: {visible(each.destination)} leads nowhere then"
        for each in plan.dangling
    ]
    if plan.dangling:
        lines.append("`--redirect-to POST` leads these links to another post.")
    if plan.links:
        links = sum(plan.links.values())
        follow = "follows" if links == 1 else "follow"
        lines.append(f"{counted(links, 'link')} in {counted(len(plan.links), 'file')} {follow}.")
    indexes = {f"{plan.prefix}{index.path}" for index in blog.settings.indexes}
    written = sorted([*plan.changes.created, *plan.changes.modified])
    if changed := [run.shown(plan.root, path) for path in written if path in indexes]:
        lines.append(
            f"Entries {'follow in' if any(each.paths for each in plan.posts) else 'go from'} {', '.join(changed)}."
        )
    if (settings := f"{plan.prefix}{FILE_NAME}") in plan.changes.modified:
        lines.append(f"The pattern follows in {run.shown(plan.root, settings)}.")
    if plan.urls:
        urls = sum(plan.urls.values())
        named, them = ("names", "it") if urls == 1 else ("name", "them")
        addresses = counted(urls, "GitHub address", "GitHub addresses")
        lines.append(f"{addresses} {named} the old path still (`git.file_urls: follow` rewrites {them}).")
    return lines


def as_json(
    blog: Blog, plan: PlannedMove, command: list[str], branch: str | None = None, commit: str | None = None
) -> dict[str, Any]:
    """The plan as `--json` prints it, paths relative to the blog's root."""

    def here(path: str) -> str:
        return Path(os.path.relpath(plan.root / path, blog.root)).as_posix()

    return {
        "posts": [_post(each) for each in plan.posts],
        "moved": [[here(old), here(new)] for old, new in sorted(plan.changes.moved)],
        "created": sorted(map(here, plan.changes.created)),
        "modified": sorted(map(here, plan.changes.modified)),
        "removed": sorted(map(here, plan.changes.removed)),
        "links": sum(plan.links.values()),
        "files": len(plan.links),
        "urls": sum(plan.urls.values()),
        "dangling": [
            {"path": here(each.path), "line": each.line, "column": each.column, "destination": each.destination}
            for each in plan.dangling
        ],
        "branch": branch,
        "commit": commit,
        "command": command,
    }


def _post(moved: MovedPost) -> dict[str, Any]:
    post = moved.post
    before = {code: edition.path for code, edition in post.editions.items()}
    after = {code: moved.paths[path] for code, path in before.items() if path in moved.paths}
    return {
        "from": {"date": post.date, "slug": post.slug, "editions": before},
        "to": {"date": moved.date, "slug": moved.slug, "editions": after} if after else None,
    }
