"""`aiblog translate-stub`: the missing edition of a post, linked to its source, its text waiting."""

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.behind import blocks_wait
from aiblog.cli.drafting import Going, drafted
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run
from aiblog.cli.post_argument import PostArgument
from aiblog.cli.which_post import asked_post, require_asking
from aiblog.core.language import Language
from aiblog.core.post import Post, require_post, selector
from aiblog.core.stub_styles import Style
from aiblog.core.title import title_error, visible
from aiblog.core.translation_link import SIDECAR
from aiblog.errors import AiblogError
from aiblog.workflows.translate import (
    PlannedStub,
    Translate,
    message,
    missing_languages,
    planned,
    source_edition,
    target_languages,
)

if TYPE_CHECKING:
    from aiblog.workflows.drafting import Draft


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says; None where it says nothing."""

    to: str | None = None
    from_: str | None = None
    title: str | None = None
    style: Style | None = None
    commit: bool = False
    branch: str | None = None
    no_branch: bool = False
    switch: bool = False


def translate_stub(
    run: Run,
    post: PostArgument = None,
    to: Annotated[str | None, typer.Option(metavar="LANG", help="The language of the new edition.")] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="LANG", help="The edition to translate. Default: the source.")
    ] = None,
    style: Annotated[
        Literal["inline", "outline", "comments"] | None,
        typer.Option(
            help="Source text in place (inline, the default), that with a copy in comments, or its outline.",
            show_default=False,
        ),
    ] = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Add to an existing translation the blocks that are new in its source.")
    ] = False,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The title in the new language.")] = None,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit the draft.", show_default=False)] = False,
    branch: Annotated[str | None, typer.Option(metavar="NAME", help="The branch of --commit or --switch.")] = None,
    no_branch: Annotated[bool, typer.Option("--no-branch", help="Commit to the branch checked out.")] = False,
    switch: Annotated[
        bool, typer.Option("--switch/--no-switch", help="Make the post's branch and go to it.", show_default=False)
    ] = False,
    edit: Annotated[
        bool, typer.Option("--edit/--no-edit", help="Open the new edition in $EDITOR.", show_default=False)
    ] = False,
) -> None:
    """Write the missing edition of a post, linked to its source.

    The source's text is in place, a marker above each block that waits; of an outline, all but the
    prose. Both editions get a line that leads to the other.
    """
    flags = Flags(to, from_, title, style, commit, branch, no_branch, switch)
    if sync:
        from aiblog.cli.translate_stub_sync import sync_stub  # noqa: PLC0415 - start-up: another command, nearly

        sync_stub(run, post, flags, edit=edit)
        return
    _require_consistent(flags)
    if edit and run.json:
        raise AiblogError("usage", "--edit and --json exclude each other: an editor writes to the terminal")
    blog = blogs.opened(run.folder)
    posts = blogs.posts(blog)
    known_languages([code for code in (to, from_) if code is not None], blog.settings)
    chosen = _post(run, blog, posts, post, flags)
    if chosen is None:
        run.say("No post lacks an edition.")
        return
    request, asked = _request(run, blog, chosen, flags)
    plan = planned(blog, posts, request)
    asked = asked or (run.asks and post is None)
    _write(run, blog, request, plan, flags, asked=asked, edit=edit, name=selector(posts, chosen))


def _require_consistent(flags: Flags) -> None:
    """Refuses flags that contradict each other (`usage`)."""
    if flags.branch is not None and flags.no_branch:
        raise AiblogError("usage", "--branch and --no-branch exclude each other")
    if flags.switch and flags.no_branch:
        raise AiblogError("usage", "--switch goes to the post's branch; --no-branch wants none")
    if (flags.branch is not None or flags.no_branch) and not (flags.commit or flags.switch):
        raise AiblogError("usage", "--branch and --no-branch say where --commit commits; --commit is missing")


def _post(run: Run, blog: Blog, posts: list[Post], text: str | None, flags: Flags) -> Post | None:
    """The post that was named, or chosen by a person; None where there is none to choose."""
    if text is not None:
        return require_post(posts, text, blog.path_in(run.folder, text))
    lacking = [post for post in posts if _lacks(blog, post, flags)]
    examples = [run.command("translate-stub", selector(posts, post), *_words(flags)) for post in lacking[:1]]
    require_asking(run, *examples, run.command("list"))
    return asked_post(run, lacking, lambda post: f"  {' '.join(post.editions)}") if lacking else None


def _lacks(blog: Blog, post: Post, flags: Flags) -> bool:
    codes = {language.code for language in missing_languages(blog, post)}
    return (flags.to in codes if flags.to else bool(codes)) and flags.from_ in (None, *post.editions)


def _request(run: Run, blog: Blog, post: Post, flags: Flags) -> tuple[Translate, bool]:
    """The whole request, and whether a person was asked: for the language where several are missing, for the title."""
    source = source_edition(post, flags.from_)
    languages = target_languages(blog, post, source, flags.to)
    language = languages[0] if len(languages) == 1 else _language(run, post, languages)
    title = flags.title
    asks_title = title is None and language.code not in post.editions and run.asks
    if asks_title:
        question = f"Title in {language.name} (empty: {source.title or post.slug} waits)"
        terminal = run.terminal()
        title = terminal.text(question, "", lambda text: title_error(text) if text else None) or None
    return Translate(post, source, language, title, flags.style), asks_title or len(languages) > 1


def _language(run: Run, post: Post, languages: list[Language]) -> Language:
    if not run.asks:
        names = " and ".join(language.code for language in languages)
        hints = [run.command("translate-stub", post.name, "--to", language.code) for language in languages]
        raise AiblogError("usage", f'"{post.name}" can be translated to {names}; --to LANG says which', *hints)
    from aiblog.adapters.prompts import Choice  # noqa: PLC0415 - start-up: only where a person is asked

    choices = [Choice(language.code, language.name) for language in languages]
    code = run.terminal().select("Translate to", choices, choices[0].value)
    return next(language for language in languages if language.code == code)


def _write(
    run: Run,
    blog: Blog,
    request: Translate,
    plan: PlannedStub,
    flags: Flags,
    *,
    asked: bool,
    edit: bool,
    name: str,
) -> None:
    whole = replace(flags, to=request.language.code, title=request.title)
    command = run.words("translate-stub", name, "--no-input", *_words(whole))
    branch, sha = _done(run, blog, request, plan, flags)
    if run.dry_run:
        run.plan(plan.changes.diff(), _as_json(request, plan, branch, None, command))
        run.say_branch(branch)
        return
    run.result(run.shown(blog.root, plan.translation))
    run.report(_as_json(request, plan, branch, sha, command))
    if not run.json:
        _say_how_to_go_on(run, blog, plan, name, branch, sha, command if asked else None)
    if edit:
        from aiblog.adapters.editor import open_files  # noqa: PLC0415 - start-up

        open_files([blog.root / plan.translation])


def _done(run: Run, blog: Blog, request: Translate, plan: PlannedStub, flags: Flags) -> tuple[str | None, str | None]:
    modified = (path for path in plan.changes.modified if path != SIDECAR)  # of which a draft has its own lines alone
    paths = tuple(dict.fromkeys((plan.source, plan.translation, *modified)))

    def draft() -> "Draft":
        from aiblog.workflows.drafting import Draft  # noqa: PLC0415 - start-up: git only where asked

        post = request.post
        return Draft(post.date, post.slug, message(blog, request), plan.changes, paths, plan.links)

    going = Going(flags.commit, flags.branch, flags.no_branch, flags.switch)
    return drafted(run, blog, plan.changes, paths, draft, going)


def _words(flags: Flags) -> list[str]:
    """The flags as they are typed, but for `--edit`: opening an editor is no part of the same again."""
    words = ["--to", flags.to] if flags.to is not None else []
    words += ["--from", flags.from_] if flags.from_ is not None else []
    words += ["--title", flags.title] if flags.title is not None else []
    words += ["--style", flags.style] if flags.style is not None else []
    words += ["--commit"] if flags.commit else []
    words += ["--branch", flags.branch] if flags.branch is not None else []
    words += ["--no-branch"] if flags.no_branch else []
    return words + (["--switch"] if flags.switch else [])


def _as_json(
    request: Translate, plan: PlannedStub, branch: str | None, commit: str | None, command: list[str]
) -> dict[str, Any]:
    post = request.post
    return {
        "post": {"date": post.date, "slug": post.slug, "title": post.title, "editions": dict(plan.editions)},
        "source": plan.source,
        "translation": plan.translation,
        "blocks": [each.as_json() for each in plan.blocks],
        "created": plan.changes.created,
        "modified": plan.changes.modified,
        "branch": branch,
        "commit": commit,
        "command": command,
    }


def _say_how_to_go_on(
    run: Run,
    blog: Blog,
    plan: PlannedStub,
    name: str,
    branch: str | None,
    sha: str | None,
    command: list[str] | None,
) -> None:
    if plan.translation in plan.changes.modified:
        run.say("Nobody had edited it, so it was made again from its source.")
    leading = [path for path in plan.editions.values() if path in plan.changes.modified and path != plan.translation]
    for path in leading:
        run.say(f"{run.shown(blog.root, path)} now has a line that leads to it.")
    if not plan.changes.changes:
        run.say("It is there already, and its source has not changed since.")
    if sha:
        run.say(f"Committed as a draft: {sha[:7]} on {branch}")
    elif branch:
        run.say(f"On the new branch {branch}")
    if plan.unwritten:
        place = f"{run.shown(blog.root, plan.source)}:{plan.unwritten[0]}"
        run.say(f"The source itself is not finished: {blocks_wait(len(plan.unwritten))} in {place}")
    lines = [("Without questions:", visible(shlex.join(command)))] if command else []
    if plan.waiting:
        place = f"{run.shown(blog.root, plan.translation)}:{plan.waiting[0]}"
        lines.append(("To translate:", f"{place}    {blocks_wait(len(plan.waiting))}"))
    lines.append(("When it is written:", run.command("publish", name)))
    run.say("\n".join(f"{label:<19} {words}" for label, words in lines))
