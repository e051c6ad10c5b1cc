"""`aiblog translate-stub --sync`: the blocks that are new in a source, added to its translation."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from aiblog.adapters import blog as blogs
from aiblog.cli.behind import blocks_wait
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run, counted
from aiblog.cli.written import written
from aiblog.core.post import Post, require_post, selector
from aiblog.errors import AiblogError
from aiblog.workflows.stub_sync import PlannedBlocks, planned_blocks

if TYPE_CHECKING:
    from aiblog.adapters.blog import Blog
    from aiblog.cli.translate_stub import Flags


def sync_stub(run: Run, name: str | None, flags: Flags, *, edit: bool) -> None:
    """Adds the new blocks, or shows what it would add."""
    _require_alone(flags, edit=edit)
    blog = blogs.opened(run.folder)
    if name is None:
        hint = run.command("status")
        raise AiblogError("usage", "a post is needed (POST): the one whose translation gains what is new", hint)
    posts = blogs.posts(blog)
    known_languages([flags.to] if flags.to is not None else [], blog.settings)
    post = require_post(posts, name, blog.path_in(run.folder, name))
    plan = planned_blocks(blog, posts, post, flags.to)
    name = selector(posts, post)
    command = run.words("translate-stub", name, "--sync", "--to", plan.language)
    if written(run, blog.root, plan.changes, [plan.translation], _as_json(post, plan, command)):
        _say_how_to_go_on(run, blog, plan, name)


def _require_alone(flags: Flags, *, edit: bool) -> None:
    """Refuses flags that say how a new stub is made, or committed (`usage`)."""
    others = {"from_": "--from"}
    given = [each.name for each in fields(flags) if each.name != "to" and getattr(flags, each.name)]
    names = [others.get(each, f"--{each.replace('_', '-')}") for each in given] + (["--edit"] if edit else [])
    if names:
        message = f"--sync adds blocks to a translation that is there; it does not go with {', '.join(names)}"
        raise AiblogError("usage", message)


def _as_json(post: Post, plan: PlannedBlocks, command: list[str]) -> dict[str, Any]:
    return {
        "post": {"date": post.date, "slug": post.slug, "title": post.title},
        "source": plan.source,
        "translation": plan.translation,
        "added": list(plan.added),
        "by_structure": not plan.knows,
        "blocks": [each.as_json() for each in plan.blocks],
        "modified": plan.changes.modified,
        "command": command,
    }


def _say_how_to_go_on(run: Run, blog: Blog, plan: PlannedBlocks, name: str) -> None:
    if not plan.knows:
        run.say("The text that it covers is out of reach: what is new was told by structure alone.")
    if plan.added:
        lines = f"line{'s' if len(plan.added) > 1 else ''} {', '.join(map(str, plan.added))}"
        run.say(f"Added:              {counted(len(plan.added), 'block')}, {lines}")
    elif plan.follows:
        run.say("Its source has not changed since.")
    else:
        run.say("It lacks no block that is new in its source.")
    if plan.waiting:
        place = f"{run.shown(blog.root, plan.translation)}:{plan.waiting[0]}"
        run.say(f"To translate:       {place}    {blocks_wait(len(plan.waiting))}")
    if not plan.follows:
        run.say(f"What else changed:  {run.command('translate-diff', name)}")
