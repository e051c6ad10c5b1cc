"""`aiblog list`: the posts, newest first."""

import sys
from typing import Annotated, Literal

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import comma_parts, iso_date, known_languages, require_limit
from aiblog.cli.output import Run
from aiblog.cli.reading import say_no_posts, say_problems, say_what_is_inferred
from aiblog.cli.table import print_table
from aiblog.core.post import Post
from aiblog.core.settings import Settings
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
    limit: Annotated[int | None, typer.Option(metavar="N", help="At most N posts.")] = None,
) -> None:
    """List the posts, newest first.

    On a terminal a table; elsewhere one line each, with tabs between date, slug, languages,
    status and title.
    """
    require_limit(limit)
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
        hint = run.command("list")
        raise AiblogError("usage", "--archived: this blog has no archive (`archive` in aiblog.yaml)", hint)
    posts = blogs.posts(blog, archived=archived)
    found = chosen(posts, listing, blog.settings)
    if run.json:
        run.report({"posts": [_as_json(post, blog.settings) for post in found]})
        return
    print_table(run, _rows(found, blog.settings, aligned=sys.stdout.isatty()))
    _say_what_was_read(run, blog, posts, found, archived=archived)


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


def _rows(posts: list[Post], settings: Settings, *, aligned: bool) -> list[list[str]]:
    """Date, slug, languages, status and title; with `aligned` each language has a place of its own."""
    codes = [language.code for language in settings.languages]
    rows = []
    for post in posts:
        editions = post.editions
        shown = [code if code in editions else " " * len(code) for code in codes if aligned or code in editions]
        status = status_of(post.source, settings) or "-"
        rows.append([post.date or "-", post.slug, " ".join(shown), status, post.title or "-"])
    return rows


def _say_what_was_read(run: Run, blog: Blog, posts: list[Post], shown: list[Post], *, archived: bool) -> None:
    say_problems(run, shown)
    if not posts and archived:
        run.say(f"No posts in {run.shown(blog.root, blog.settings.archive or '')}.")
    elif not posts:
        say_no_posts(run, blog)
    elif not shown:
        run.say(f"None of {len(posts)} posts matches.")
    say_what_is_inferred(run, blog, posts)
