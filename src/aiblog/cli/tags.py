"""`aiblog tags`: the blog's tags with their counts; `aiblog tags rename`: one of them under another name."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import require_confirmable
from aiblog.cli.output import Run, counted
from aiblog.cli.reading import say_no_posts, say_problems, say_what_is_inferred
from aiblog.cli.table import print_table
from aiblog.core.changes import ChangeSet
from aiblog.core.post import Post
from aiblog.core.tags import near_duplicates
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows.listing import tagged, vocabulary

MANY = 200
"""Files that take more than a second to write: each one is on the disk before the next."""


def tags(
    run: Run,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[rename OLD NEW]", show_default=False, autocompletion=lambda: ["rename"]),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Rename without asking.")] = False,
) -> None:
    """Show the tags, and how many posts have each.

    One that is a more used tag in another spelling (case, hyphens, blanks) is marked with the
    command that makes the two one. `aiblog tags rename OLD NEW` renames a tag in every edition
    and changes nothing else; where NEW is there already, OLD goes.
    """
    blog = blogs.opened(run.folder, indexes=False)
    posts = blogs.posts(blog)
    if words:
        old, new = _names(run, words)
        _rename(run, blog, posts, old, new, yes=yes)
        return
    found = tagged(posts, blog.settings)
    counts = {tag: len(names) for tag, names in found.items()}
    groups = near_duplicates(counts)
    rows = [{"tag": tag, "count": len(names), "posts": names} for tag, names in found.items()]
    run.report({"tags": rows, "near_duplicates": groups})
    if not run.json:
        meant = {tag: group[0] for group in groups for tag in group[1:]}
        steps = {tag: _command(run, tag, kept) for tag, kept in meant.items()}
        print_table(run, [[tag, str(count), steps.get(tag, "")] for tag, count in counts.items()], cut=False)
        say_problems(run, posts)
        _say_how_many(run, blog, posts, counts, len(steps))


def _names(run: Run, words: Sequence[str]) -> tuple[str, str]:
    """The tag to rename and its new name; `usage` for other words than `rename OLD NEW`."""
    if words[0] != "rename":
        meant = get_close_matches(words[0], ["rename"], 1)
        hints = [run.command("tags", *meant, *words[1:])] if meant else []
        raise AiblogError(
            "usage", f'"{words[0]}": rename OLD NEW, or nothing, was wanted', *hints, "aiblog tags --help"
        )
    if len(words) != 3:
        what = f"{len(words) - 1} names" if len(words) > 3 else "a name is missing"
        raise AiblogError("usage", f"tags rename: OLD and NEW were wanted, each quoted where it has blanks ({what})")
    return words[1].strip(), words[2].strip()


def _command(run: Run, old: str, new: str, *flags: str) -> str:
    ends = ["--"] if old.startswith("-") or new.startswith("-") else []
    return run.command("tags", "rename", *flags, *ends, old, new)


def _say_how_many(run: Run, blog: Blog, posts: Sequence[Post], counts: dict[str, int], near: int) -> None:
    if not posts:
        say_no_posts(run, blog)
        return
    spelled = f"; {near} {'is' if near == 1 else 'are'} another one, spelled differently" if near else ""
    run.say(f"{counted(len(counts), 'tag')} in {counted(len(posts), 'post')}{spelled}.")
    say_what_is_inferred(run, blog, posts)


def _rename(run: Run, blog: Blog, posts: Sequence[Post], old: str, new: str, *, yes: bool) -> None:
    from aiblog.workflows.tags import renamed  # noqa: PLC0415 - start-up: not for a list

    changes = renamed(blog, posts, old, new)
    result = {"from": old, "to": new, "files": changes.modified}
    say_problems(run, posts)
    if run.dry_run:
        run.plan(changes.diff(), result)
        return
    if not changes.changes:
        run.say(f'Nothing to rename: no post has "{visible(old)}".' if old != new else "Nothing to rename.")
        run.report(result)
        return
    asks = run.asks and not yes
    require_confirmable(run, asks=asks, yes=yes)
    if asks and not _agreed(run, changes, old, new, vocabulary(posts, blog.settings).get(new, 0)):
        run.say("Nothing was written.")
        return
    from aiblog.adapters.files import apply  # noqa: PLC0415 - start-up: not for a plan that is only shown

    if len(changes.changes) > MANY:
        run.progress(f"Writing {len(changes.changes)} files …")
    apply(blog.root, changes)
    for path in changes.modified:
        run.result(run.shown(blog.root, path))
    run.report(result)
    if asks:
        run.say(f"Without questions:  {_command(run, old, new, '--yes')}")


def _agreed(run: Run, changes: ChangeSet, old: str, new: str, there: int) -> bool:
    """Whether a person who has seen the diff says yes."""
    run.diff(changes.diff())
    files = counted(len(changes.changes), "file")
    also = f", which {counted(there, 'post')} {'has' if there == 1 else 'have'} already," if there else ""
    return run.terminal().confirm(f'Rename "{old}" to "{new}"{also} in {files}?', fresh=True)
