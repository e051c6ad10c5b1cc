"""`aiblog translate-sync`: the statement that a translation covers its source as it is now."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.behind import blocks_wait
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run, counted
from aiblog.cli.post_argument import PostArgument
from aiblog.cli.told import repeated_as
from aiblog.cli.which_post import require_asking
from aiblog.cli.written import written
from aiblog.core.post import Post, require_post, selectors
from aiblog.core.title import visible
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.look import Look
from aiblog.workflows.sync_pairs import Pair, chosen, pairs_of, waits
from aiblog.workflows.translate_sync import PlannedSync, planned


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says; None where it says nothing."""

    to: str | None = None
    from_: str | None = None
    force: bool = False


def translate_sync(
    run: Run,
    post: PostArgument = None,
    to: Annotated[str | None, typer.Option(metavar="LANG", help="This translation alone.")] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="LANG", help="The edition that is the source.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="In spite of what is found.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every translation, with --assume-current.")] = False,
    assume_current: Annotated[
        bool, typer.Option("--assume-current", help="Take those that nothing tracks as they are.")
    ] = False,
) -> None:
    """State that a translation covers its source as it is now.

    Refused while blocks wait, are still the source's, or differ from it in structure. The editions
    of POST are led to each other, and links in a translation to its own headings. With --all
    --assume-current the whole blog comes under tracking: what nothing tracks so far counts as current.
    """
    _require_consistent(post, force=force, everything=everything, assume_current=assume_current)
    blog = blogs.opened(run.folder)
    posts = blogs.posts(blog)
    known_languages([code for code in (to, from_) if code is not None], blog.settings)
    flags = Flags(to, from_, force)
    if everything:
        _sync_all(run, blog, posts, flags)
    else:
        _sync(run, blog, posts, post, flags)


def _require_consistent(post: str | None, *, force: bool, everything: bool, assume_current: bool) -> None:
    """Refuses flags that contradict each other (`usage`)."""
    if everything and post is not None:
        raise AiblogError("usage", "POST and --all exclude each other")
    if everything and not assume_current:
        message = "--all takes translations as current that nobody has compared; --assume-current says so"
        raise AiblogError("usage", message, f"{AGAIN} --assume-current", "aiblog status")
    if assume_current and not everything:
        raise AiblogError("usage", "--assume-current goes with --all", "aiblog translate-sync --all --assume-current")
    if force and everything:
        raise AiblogError("usage", "--force is for one POST; --all --assume-current asks for nothing")


def _sync(run: Run, blog: Blog, posts: Sequence[Post], text: str | None, flags: Flags) -> None:
    names = selectors(posts)
    look = Look(blog, posts)
    if text is None:
        picked = _picked(run, [pair for each in posts for pair in pairs_of(look, each) if waits(pair)], names, flags)
        if picked is None:
            run.say(f"No translation waits for a sync; `{run.command('status')}` shows what waits.")
            return
        found, flags = [picked], Flags(picked.target.language, flags.from_, flags.force)
    else:
        post = require_post(posts, text, blog.path_in(run.folder, text))
        found = chosen(pairs_of(look, post), post, names[post.name], flags.to, flags.from_)
    name = names[found[0].post.name]
    command = run.words("translate-sync", name, *_words(flags))
    plan = _planned(run, blog, found, name, flags)
    if not _written(run, blog, plan, command):
        return
    if plan.findings:
        run.findings(blog.root, plan.findings)
        run.say(f"{counted(len(plan.findings), 'finding')}, let pass by --force.")
    _say_what_changed(run, blog, plan)
    lines = [("Without questions:", visible(shlex.join(command)))] if text is None else []
    lines.append(_next(run, blog, plan, name))
    width = max(len(label) for label, _ in lines)
    run.say("\n".join(f"{label:<{width}}  {words}" for label, words in lines))


def _planned(run: Run, blog: Blog, pairs: Sequence[Pair], name: str, flags: Flags) -> PlannedSync:
    """The plan; what stands in its way is said before the error that it is."""
    with repeated_as(run.command("translate-sync", name, *_words(flags))):
        try:
            return planned(blog, pairs, name, force=flags.force)
        except AiblogError as error:
            if not run.json:
                run.findings(blog.root, error.findings)
            raise


def _picked(run: Run, waiting: Sequence[Pair], names: dict[str, str], flags: Flags) -> Pair | None:
    """The translation that a person chooses; None where none waits."""
    waiting = [each for each in waiting if flags.to in (None, each.target.language)]
    waiting = [each for each in waiting if flags.from_ in (None, each.source.language)]
    examples = [run.command("translate-sync", names[each.post.name], *_words(flags)) for each in waiting[:1]]
    require_asking(run, *examples, run.command("status"))
    if not waiting:
        return None
    from aiblog.adapters.prompts import Choice  # noqa: PLC0415 - start-up: only where a person is asked

    width = max(len(each.post.slug) for each in waiting)
    choices = [
        Choice(each.target.path, f"{each.post.date}  {each.post.slug:<{width}}  {_way(each)}", each.post.title or "")
        for each in waiting
    ]
    terminal = run.terminal()
    path = terminal.select("Which translation covers its source now", choices, choices[0].value)
    return next(each for each in waiting if each.target.path == path)


def _way(pair: Pair) -> str:
    return f"{pair.source.language} → {pair.target.language}  {pair.state}"


def _words(flags: Flags) -> list[str]:
    words = ["--to", flags.to] if flags.to is not None else []
    words += ["--from", flags.from_] if flags.from_ is not None else []
    return words + (["--force"] if flags.force else [])


def _written(run: Run, blog: Blog, plan: PlannedSync, command: list[str]) -> bool:
    """Writes the plan, or shows it; whether a person is to be told more."""
    return written(run, blog.root, plan.changes, [each.target for each in plan.synced], _as_json(plan, command))


def _say_what_changed(run: Run, blog: Blog, plan: PlannedSync) -> None:
    """What was written besides the keys, and where text waits all the same."""
    if not plan.changes.changes:
        covers = "It covers its source" if len(plan.synced) == 1 else "They cover their source"
        run.say(f"{covers} already, and nothing else had to change.")
    targets = {each.target for each in plan.synced}
    for path in plan.changes.modified:
        if path not in targets and path in plan.synced[0].post.paths:
            run.say(f"{run.shown(blog.root, path)} now leads to each other edition.")
    for path, count in plan.followed.items():
        lead = "link to its own page follows" if count == 1 else "links to its own page follow"
        run.say(f"{run.shown(blog.root, path)}: {count} {lead} its headings now.")
    for path in plan.first_keys:
        run.say(f"{run.shown(blog.root, path)} has a front matter now, with the keys that link it.")
    for each in plan.synced:
        if each.waiting:
            place = f"{run.shown(blog.root, each.target)}:{each.waiting[0]}"
            run.say(f"It stays a stub: {blocks_wait(len(each.waiting))} from {place} on.")


def _next(run: Run, blog: Blog, plan: PlannedSync, name: str) -> tuple[str, str]:
    """The command that comes next."""
    stub = next((each for each in plan.synced if each.waiting), None)
    if stub:
        return "To translate:", f"edit {run.shown(blog.root, stub.target)}:{stub.waiting[0]}"
    return "To publish it:", run.command("publish", name)


def _sync_all(run: Run, blog: Blog, posts: Sequence[Post], flags: Flags) -> None:
    from aiblog.workflows.assume_current import planned as planned_for_all  # noqa: PLC0415 - start-up

    plan = planned_for_all(blog, posts, to=flags.to, from_=flags.from_)
    command = run.words("translate-sync", "--all", "--assume-current", *_words(flags))
    if not _written(run, blog, plan, command):
        return
    for left in plan.left:
        run.say(f"Left, {left.state}: {run.shown(blog.root, left.target)} ({visible(left.reason)})")
    if plan.first_keys:
        run.say(f"{counted(len(plan.first_keys), 'file')} had no front matter, and got one with the keys that link it.")
    if len(plan.synced) == 1:
        run.say("1 translation is tracked now, taken to cover its source as it is.")
    elif plan.synced:
        run.say(f"{len(plan.synced)} translations are tracked now, taken to cover their sources as they are.")
    elif not plan.moved:
        other = "other " if any(left.state == "untracked" for left in plan.left) else ""
        run.say(f"No {other}translation is untracked.")
    if plan.moved:
        place = SIDECAR if blog.settings.translations == "sidecar" else "the front matter"
        run.say(f"{counted(plan.moved, 'translation')} had keys elsewhere, which stand in {place} now, as they were.")
    run.say(f"To see them:  {run.command('status', '--all')}")


def _as_json(plan: PlannedSync, command: list[str]) -> dict[str, Any]:
    return {
        "synced": [
            {
                "post": each.post.name,
                "source": each.source,
                "target": each.target,
                "lang": each.language,
                "source_hash": each.source_hash,
            }
            for each in plan.synced
        ],
        "left": [
            {"post": each.post.name, "target": each.target, "state": each.state, "reason": each.reason}
            for each in plan.left
        ],
        "created": plan.changes.created,
        "modified": plan.changes.modified,
        "findings": [finding.as_json() for finding in plan.findings],
        "command": command,
    }
