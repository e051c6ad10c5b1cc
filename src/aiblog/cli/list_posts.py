"""`aiblog list`: the posts, newest first."""

import sys
from typing import Annotated, Literal

import typer

from aiblog.adapters import blog as blogs
from aiblog.cli.inputs import comma_parts, iso_date, known_languages
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.settings import Settings
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows.listing import Listing, chosen, status_of, tags_of


def list_posts(
    run: Run,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", "-l", metavar="LANG", help="Posts with an edition in LANG.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(metavar="STATUS", help="Posts with that status.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", metavar="TAG", help="Posts with that tag.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Posts of DATE (YYYY-MM-DD) or later.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Posts of DATE or earlier.")] = None,
    missing: Annotated[str | None, typer.Option(metavar="LANG", help="Posts without an edition in LANG.")] = None,
    archived: Annotated[bool, typer.Option("--archived", help="The posts in the archive instead.")] = False,
    sort: Annotated[Literal["date", "slug", "title"], typer.Option(help="Newest first, or by slug or title.")] = "date",
    limit: Annotated[int | None, typer.Option(metavar="N", min=0, help="At most N posts.")] = None,
) -> None:
    """List the posts, newest first.

    On a terminal a table; elsewhere one line each, with tabs between date, slug, languages,
    status and title.
    """
    blog = blogs.opened(run.folder, indexes=False)
    listing = Listing(
        languages=tuple(known_languages(lang or [], blog.settings)),
        statuses=tuple(status or []),
        tags=tuple(comma_parts(tag or [])),
        since=iso_date(since, "--since"),
        until=iso_date(until, "--until"),
        missing=next(iter(known_languages([missing] if missing else [], blog.settings)), None),
        sort=sort,
        limit=limit,
    )
    if archived and blog.settings.archive is None:
        raise AiblogError("usage", "--archived: this blog has no archive (`archive` in aiblog.yaml)", "aiblog list")
    posts = blogs.posts(blog, archived=archived)
    found = chosen(posts, listing, blog.settings)
    run.report({"posts": [_as_json(post, blog.settings) for post in found]})
    if not run.json:
        _print_table(run, found, blog.settings)
        _say_what_was_read(run, blog, len(posts), len(found))


def _as_json(post: Post, settings: Settings) -> dict[str, object]:
    return {
        "date": post.date,
        "slug": post.slug,
        "title": post.title,
        "status": status_of(post.source, settings),
        "tags": tags_of(post.source, settings),
        "editions": {code: edition.path for code, edition in post.editions.items()},
        "archived": post.archived,
    }


def _cells(post: Post, settings: Settings) -> list[str]:
    order = [language.code for language in settings.languages if language.code in post.editions]
    cells = [post.date, post.slug, " ".join(order), status_of(post.source, settings) or "-", post.title or "-"]
    return [visible(cell) for cell in cells]


def _print_table(run: Run, posts: list[Post], settings: Settings) -> None:
    rows = [_cells(post, settings) for post in posts]
    if not sys.stdout.isatty():
        run.result("\n".join("\t".join(row) for row in rows)) if rows else None
        return
    from rich.console import Console  # noqa: PLC0415 - start-up: only for a table on a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("date", "slug", "languages", "status", "title"):
        kept = name in {"date", "languages", "status"}
        table.add_column(name, no_wrap=True, overflow="ellipsis", min_width=None if not kept else 4)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout, no_color=True, highlight=False).print(table)


def _say_what_was_read(run: Run, blog: blogs.Blog, all_posts: int, shown: int) -> None:
    if all_posts == 0:
        where = blog.settings.posts or "this folder"
        run.say(f"No posts in {where}. `aiblog new` writes the first.")
    elif shown == 0:
        run.say(f"None of {all_posts} posts matches.")
    if all_posts and not blog.configured:
        run.say(f"No aiblog.yaml here: the layout was read off the files in {blog.settings.posts or 'this folder'}. "
                "`aiblog init` writes it down.")  # fmt: skip
