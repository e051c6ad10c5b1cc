"""`aiblog status`: what waits, and the command that comes next."""

import time
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.behind import amount, change_as_json, changes_as_json, moved_step, of_blocks_wait, state_of
from aiblog.cli.inputs import comma_parts, known_languages
from aiblog.cli.output import Run
from aiblog.cli.reading import say_no_posts, say_problems, say_what_is_inferred
from aiblog.cli.table import print_table
from aiblog.core.nearest import nearest
from aiblog.core.post import Post, is_draft, selectors
from aiblog.core.title import visible
from aiblog.core.translation_state import Translation
from aiblog.errors import AiblogError
from aiblog.workflows.status import STATES, Status, status_of_blog

if TYPE_CHECKING:
    from aiblog.workflows.covered import Behind


def status(
    run: Run,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", "-l", metavar="LANG", help="Translations into LANG, posts in LANG.")
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", "-a", help="Current translations too.")] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help=f"Exit 1 where one is there: {', '.join(STATES)} (commas too)."),
    ] = None,
) -> None:
    """Show what waits: translations, drafts, unlisted posts.

    One row for each post, a column for each language, then what comes next. On a terminal a
    table; elsewhere one line each, with tabs between the columns.
    """
    failing = _known_states(fail_on or [])
    blog = blogs.opened(run.folder)
    languages = known_languages(comma_parts(lang or []), blog.settings)
    posts = blogs.posts(blog)
    found = status_of_blog(blog, posts, languages, _progress(run, len(posts)))
    there = {state: count for state in failing if (count := found.count(state))}
    if run.json:
        run.report(_as_json(found) | ({"ok": False} if there else {}))
    else:
        names = selectors(posts)
        header = ["post", *(language.code for language in blog.settings.languages), "next"]
        print_table(run, _rows(run, blog, found, names, show_all=show_all), header, cut=False)
        _say_the_rest(run, blog, posts, found, show_all=show_all)
    if there:
        run.warn(f"--fail-on: {_counted(there)}")
        raise typer.Exit(1)


def _known_states(values: Sequence[str]) -> list[str]:
    words = comma_parts(values)
    if values and not words:
        raise AiblogError("usage", f"--fail-on: one of these was wanted: {', '.join(STATES)}", "aiblog status")
    for word in words:
        if word not in STATES:
            wanted = f"one of these was wanted: {', '.join(STATES)}{nearest(word, STATES)}"
            raise AiblogError("usage", f'--fail-on "{word}": {wanted}', "aiblog status")
    return list(dict.fromkeys(words))


def _progress(run: Run, count: int) -> Callable[[], None]:
    """Says once, after a second, that it takes its time."""
    begun, said = time.monotonic(), False

    def passed() -> None:
        nonlocal said
        if not said and time.monotonic() - begun > 1:
            said = True
            run.progress(f"Comparing the translations of {count} posts …")

    return passed


def _rows(run: Run, blog: Blog, found: Status, names: dict[str, str], *, show_all: bool) -> list[list[str]]:
    """A row for each post whose translations wait, then for each draft, then for each post that no index lists."""
    codes = [language.code for language in blog.settings.languages]
    rows = []
    for name, group in groupby(found.translations, key=lambda each: each.post.name):
        several = list(group)
        if not (show_all or any(each.state != "current" for each in several)):
            continue
        states = {several[0].post.source.language: "source"}
        states |= {
            each.language: state_of(_behind(found, each)) if each.state == "outdated" else each.state
            for each in several
        }
        shown = [states.get(code, "") for code in codes]
        rows.append([names[name], *shown, _next(run, blog, found, several, names[name])])
    for post in found.drafts:
        drafts = [code for code, edition in post.editions.items() if is_draft(edition, blog.settings)]
        rows.append(_post_row(run, post, codes, dict.fromkeys(drafts, "draft"), names))
    for post in found.unlisted:
        rows.append(_post_row(run, post, codes, dict.fromkeys(post.editions, "unlisted"), names, _lists(blog)))
    return rows


def _post_row(
    run: Run, post: Post, codes: list[str], states: dict[str, str], names: dict[str, str], flags: Sequence[str] = ()
) -> list[str]:
    name = names[post.name]
    return [name, *(states.get(code, "") for code in codes), run.command("publish", name, *flags)]


def _lists(blog: Blog) -> list[str]:
    """The flags that enter a post into an index: none where one takes every post."""
    selections = blog.settings.indexes_of(complete=False)
    return ["--list", selections[0].path] if selections and not blog.settings.indexes_of(complete=True) else []


def _behind(found: Status, each: Translation) -> "Behind | None":
    return found.behind.get(each.target.path) if each.target else None


def _next(run: Run, blog: Blog, found: Status, several: Sequence[Translation], name: str) -> str:
    """What is to be done about the first of a post's translations that waits; empty where nothing is."""
    for each in several:
        place = run.shown(blog.root, each.target.path) if each.target else ""
        if each.state == "ambiguous":
            step = f"edit {place}    several editions could be its source"
        elif each.state == "moved":
            step = moved_step(run, blog, each, name)
        elif each.state == "stub":
            step = f"edit {place}:{each.waiting[0]}    {of_blocks_wait(each)}"
        else:
            step = _command(run, found, each, several, name)
        if step:
            return step
    return ""


def _command(run: Run, found: Status, each: Translation, several: Sequence[Translation], name: str) -> str:
    """The command that comes next for one translation, with its language where several wait; "" for a current one."""
    if each.state == "current":
        return ""
    if each.state == "outdated":
        its = _behind(found, each)
        command = run.command("translate-diff", name)
        return f"{command}    {amount(its, found.today)}".rstrip() if its else command
    waiting = [other for other in several if bool(other.target) is bool(each.target) and other.state != "current"]
    word = "translate-sync" if each.target else "translate-stub"
    return run.command(word, name, *(["--to", each.language] if len(waiting) > 1 else []))


def _say_the_rest(run: Run, blog: Blog, posts: Sequence[Post], found: Status, *, show_all: bool) -> None:
    say_problems(run, posts)
    if found.problem:
        run.say(f"{visible(found.problem)}; what no index lists is not known.")
    if not posts:
        say_no_posts(run, blog)
        return
    waiting = {state: count for state in STATES if (count := found.count(state))}
    current = found.count("current")
    parts = [_counted(waiting) if waiting else "Nothing waits"]
    if current:
        verb = "is" if current == 1 else "are"
        parts.append(f"{current} current" if show_all else f"{current} current {verb} not shown (--all)")
    run.say(f"{'; '.join(parts)}.")
    if (untracked := found.count("untracked")) > 1:
        command = run.command("translate-sync", "--all", "--assume-current")
        run.say(f"`{command}` takes the {untracked} untracked ones as current.")
    say_what_is_inferred(run, blog, posts)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items())


def _as_json(found: Status) -> dict[str, Any]:
    return {
        "translations": [
            {
                "post": each.post.name,
                "source": each.source.path,
                "target": each.target.path if each.target else None,
                "lang": each.language,
                "state": each.state,
                **changes_as_json(its := _behind(found, each), map(change_as_json, its.changes if its else ())),
            }
            for each in found.translations
        ],
        "drafts": [_post_as_json(post) for post in found.drafts],
        "unlisted": [_post_as_json(post) for post in found.unlisted],
    }


def _post_as_json(post: Post) -> dict[str, Any]:
    editions = {code: edition.path for code, edition in post.editions.items()}
    return {"date": post.date, "slug": post.slug, "title": post.title, "editions": editions}
