"""`aiblog translate-fill`: translated blocks, by id, into a stub."""

from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.behind import blocks_wait
from aiblog.cli.fill_given import fills_in
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run, counted
from aiblog.cli.post_argument import PostArgument
from aiblog.cli.written import written
from aiblog.core.post import Post, require_post, selector
from aiblog.errors import AiblogError
from aiblog.workflows.fill import PlannedFill, planned_fill


def translate_fill(
    run: Run,
    post: PostArgument = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help="Texts by id, as JSON or YAML; - is standard input."),
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="LANG", help="The translation's language.")] = None,
) -> None:
    """Put translated blocks into a stub, by id.

    `aiblog translate-stub POST --json` gives the blocks that wait, each with its id and text. FILE holds
    {"blocks": [{"id": …, "text": …}]}, or texts by id. What would break the stub's structure is refused.
    """
    blog = blogs.opened(run.folder)
    if post is None or from_ is None:
        what = "a post is needed (POST)" if post is None else "the texts are needed (--from FILE, or - for stdin)"
        hint = run.command("translate-fill", post, "--from", "/dev/null", "--json") if post else run.command("status")
        raise AiblogError("usage", what, hint)
    posts = blogs.posts(blog)
    known_languages([to] if to is not None else [], blog.settings)
    chosen = require_post(posts, post, blog.path_in(run.folder, post))
    plan = planned_fill(blog, posts, chosen, fills_in(run.folder, from_), to)
    name = selector(posts, chosen)
    command = run.words("translate-fill", name, "--from", from_, "--to", plan.language)
    if written(run, blog.root, plan.changes, [plan.translation], _as_json(chosen, plan, command)):
        _say_how_to_go_on(run, blog, plan, name)


def _as_json(post: Post, plan: PlannedFill, command: list[str]) -> dict[str, Any]:
    return {
        "post": {"date": post.date, "slug": post.slug, "title": post.title},
        "source": plan.source,
        "translation": plan.translation,
        "filled": list(plan.filled),
        "unchanged": list(plan.there),
        "waiting": [each.as_json() for each in plan.blocks],
        "modified": plan.changes.modified,
        "command": command,
    }


def _say_how_to_go_on(run: Run, blog: Blog, plan: PlannedFill, name: str) -> None:
    if plan.filled:
        run.say(f"Filled: {counted(len(plan.filled), 'block')}")
    elif plan.there:
        run.say("These texts are in place already.")
    if plan.waiting:
        place = f"{run.shown(blog.root, plan.translation)}:{plan.waiting[0]}"
        run.say(f"To translate:       {place}    {blocks_wait(len(plan.waiting))}")
    else:
        run.say(f"Nothing waits in it: {run.command('translate-sync', name)}")
