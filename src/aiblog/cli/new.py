"""`aiblog new`: a dated post folder from a scaffold, in one language or several."""

import shlex
from dataclasses import replace
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.drafting import Going, drafted
from aiblog.cli.inputs import comma_parts, date_of, key_values, known_languages, text_from
from aiblog.cli.new_given import Given, answers_in, merged, require_consistent, words
from aiblog.cli.output import Run
from aiblog.core.new_post import NewPost, needs_author
from aiblog.core.scaffold import Scaffold, parsed
from aiblog.core.slug import slug_from_title
from aiblog.core.title import title_error, visible
from aiblog.errors import AiblogError
from aiblog.workflows.new import Planned, draft_of, planned


def new(
    run: Run,
    title: Annotated[str | None, typer.Argument(metavar="[TITLE]", show_default=False)] = None,
    slug: Annotated[str | None, typer.Option(metavar="SLUG", help="The file's name; suggested from the title.")] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="YYYY-MM-DD, today or tomorrow. Default: today.")
    ] = None,
    lang: Annotated[
        list[str] | None,
        typer.Option("--lang", "-l", metavar="LANG", help="A language, again for each; the first is the source."),
    ] = None,
    scaffold: Annotated[
        str | None, typer.Option("--scaffold", "-s", metavar="KIND", help="Kind of post. Default: post.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", metavar="TAG", help="Tags, also with commas.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Metadata, or the answer to a question of the scaffold."),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Answers as YAML or JSON, - for standard input.")
    ] = None,
    body: Annotated[
        str | None, typer.Option(metavar="FILE", help="The source's text below its H1, - for standard input.")
    ] = None,
    commit: Annotated[
        bool | None, typer.Option("--commit/--no-commit", help="Commit the draft.", show_default=False)
    ] = None,
    branch: Annotated[str | None, typer.Option(metavar="NAME", help="The branch of --commit or --switch.")] = None,
    no_branch: Annotated[bool, typer.Option("--no-branch", help="Commit to the branch checked out.")] = False,
    switch: Annotated[
        bool | None,
        typer.Option("--switch/--no-switch", help="Make the post's branch and go to it.", show_default=False),
    ] = None,
    edit: Annotated[
        bool | None, typer.Option("--edit/--no-edit", help="Open the source in $EDITOR.", show_default=False)
    ] = None,
) -> None:
    """Write a new post: a dated folder, a file per language.

    Asks on a terminal for what the flags leave out; elsewhere takes the suggestions.
    """
    given = Given(
        title=title,
        slug=slug,
        date=date,
        lang=tuple(comma_parts(lang)) if lang else None,
        scaffold=scaffold,
        tag=tuple(comma_parts(tag)) if tag is not None else None,
        set=key_values(set_ or []),
        body=body,
        commit=commit,
        branch=branch,
        no_branch=no_branch or None,
        switch=switch,
        edit=edit,
    )
    if from_ == body == "-":
        raise AiblogError("usage", "--from - and --body - both want standard input; only one can have it")
    if from_ is not None:
        given = merged(answers_in(run.folder, from_), given)
    require_consistent(given)
    if given.edit and run.json:
        raise AiblogError("usage", "--edit and --json exclude each other: an editor writes to the terminal")
    blog = blogs.opened(run.folder, indexes=run.asks or len(given.lang or ()) > 1)
    text = None if given.body is None else text_from(run.folder, given.body, "--body")
    answered: Given | None = given
    if run.asks:
        from aiblog.cli.new_questions import asked  # noqa: PLC0415 - start-up: only where a person is asked

        answered = asked(run, blog, given, text)
    if answered is not None:
        _write(run, blog, answered, text, interactive=answered != given)


def _write(run: Run, blog: Blog, given: Given, body: str | None, *, interactive: bool) -> None:
    post, plan = plan_of(run, blog, given, body)
    command = _equivalent(run, given, post)
    going = Going(bool(given.commit), given.branch, bool(given.no_branch), bool(given.switch))
    branch, commit = drafted(run, blog, plan.changes, plan.paths, lambda: draft_of(blog, post, plan), going)
    if run.dry_run:
        run.plan(plan.changes.diff(), _as_json(post, plan, branch, None, command))
        run.say_branch(branch)
        return
    if interactive:
        from aiblog.adapters import answers  # noqa: PLC0415 - start-up: only after questions

        answers.forget(blog.root)
    for path in plan.editions.values():
        run.result(run.shown(blog.root, path))
    run.report(_as_json(post, plan, branch, commit, command))
    if not run.json:
        _say_how_to_go_on(run, blog, post, plan, branch, commit, command if interactive else None)
    if given.edit:
        from aiblog.adapters.editor import open_files  # noqa: PLC0415 - start-up

        open_files([blog.root / plan.editions[post.languages[0]]])


def request(run: Run, blog: Blog, given: Given, body: str | None) -> tuple[NewPost, Scaffold]:
    """The whole request, suggestions in place of what nobody said; and its scaffold.

    Raises:
        AiblogError: `usage` naming what is missing or will not do, `scaffold-invalid`.
    """
    if given.title is None:
        why = "and --no-input forbids to ask" if run.no_input else "and there is no terminal to ask on"
        raise AiblogError("usage", f"a title is needed, {why}", run.command("new", "TITLE", *words(given)))
    if problem := title_error(given.title):
        raise AiblogError("usage", problem)
    languages = known_languages(list(given.lang or [blog.settings.languages[0].code]), blog.settings)
    scaffold = scaffold_of(blog, given.scaffold or "post")
    answers = {question.name for question in scaffold.questions}
    post = NewPost(
        title=given.title.strip(),
        slug=given.slug if given.slug is not None else slug_from_title(given.title),
        date=date_of(given.date, blog),
        languages=tuple(dict.fromkeys(languages)),
        kind=scaffold.kind,
        metadata={name: value for name, value in given.set.items() if name not in answers},
        tags=tuple(dict.fromkeys(given.tag if given.tag is not None else scaffold.tags)),
        answers={name: value for name, value in given.set.items() if name in answers},
        body=body,
    )
    return post, scaffold


def plan_of(run: Run, blog: Blog, given: Given, body: str | None) -> tuple[NewPost, Planned]:
    """The whole request and what `new` would write for it.

    Raises:
        AiblogError: as `request`, and `post-exists`; its hints repeat what was given.
    """
    try:
        post, scaffold = request(run, blog, given, body)
        return post, _plan(blog, post, scaffold)
    except AiblogError as error:
        error.hints = tuple(_whole_hint(run, given, hint) for hint in error.hints)
        raise


def _whole_hint(run: Run, given: Given, hint: str) -> str:
    """A hint that says `aiblog new …` and another flag as the whole command, to be pasted."""
    other = hint.removeprefix("aiblog new … ")
    if other == hint:
        return hint
    kept = replace(given, slug=None) if other.startswith("--slug") else given
    return " ".join([run.command("new"), other, visible(shlex.join(words(kept)))])


def _plan(blog: Blog, post: NewPost, scaffold: Scaffold) -> Planned:
    author = None
    if needs_author(blog.settings, post, scaffold):
        from aiblog.adapters.git import author_name  # noqa: PLC0415 - start-up

        author = author_name(blog.root)
    style = None
    if len(post.languages) > 1:
        from aiblog.workflows.translate import switch_style  # noqa: PLC0415 - start-up: only for several editions

        style = switch_style(blog)
    return planned(blog, post, scaffold, author, style)


def scaffold_of(blog: Blog, kind: str) -> Scaffold:
    """The scaffold of that kind: the blog's own, else the packaged one; `usage` where there is none."""
    folder = blogs.scaffold_folder(blog.root, kind)
    if folder is None:
        kinds = ", ".join(blogs.scaffold_kinds(blog.root))
        raise AiblogError("usage", f'no scaffold "{kind}"; one of these was wanted: {kinds}')
    where = folder.relative_to(blog.root).as_posix() if folder.is_relative_to(blog.root) else f"scaffolds/{kind}"
    return parsed(kind, blogs.scaffold_files(folder, blog.root), blog.settings.languages, where)


def _equivalent(run: Run, given: Given, post: NewPost) -> list[str]:
    """The command that does the same without a question, whatever a later day's suggestions would be."""
    whole = replace(
        given,
        title=post.title,
        slug=post.slug,
        date=post.date,
        lang=post.languages,
        scaffold=None if post.kind == "post" else post.kind,
        tag=post.tags or None,
    )
    return run.words("new", "--no-input", *words(whole))


def _as_json(
    post: NewPost, plan: Planned, branch: str | None, commit: str | None, command: list[str]
) -> dict[str, Any]:
    return {
        "post": {"date": post.date, "slug": post.slug, "title": post.title, "editions": dict(plan.editions)},
        "created": plan.changes.created,
        "modified": plan.changes.modified,
        "branch": branch,
        "commit": commit,
        "command": command,
    }


def _say_how_to_go_on(
    run: Run,
    blog: Blog,
    post: NewPost,
    plan: Planned,
    branch: str | None,
    commit: str | None,
    command: list[str] | None,
) -> None:
    if not (plan.changes.changes or commit or branch):
        run.say("It is there already, as this would write it.")
    if commit:
        run.say(f"Committed as a draft: {commit[:7]} on {branch}")
    elif branch:
        run.say(f"On the new branch {branch}")
    if empty := _empty_keys(blog, plan.editions[post.languages[0]]):
        run.say(f"Still empty, and required in this blog: {visible(', '.join(empty))}")
    lines = [("Without questions:", visible(shlex.join(command)))] if command else []
    dates = {found.date for found in blog.found() if found.slug == post.slug}
    name = post.slug if len(dates) == 1 else f"{post.date}/{post.slug}"
    others = [each for each in blog.settings.languages if each.code not in post.languages]
    if others:
        to = ("--to", others[0].code) if len(others) > 1 else ()
        lines.append((f"{others[0].name} edition:", run.command("translate-stub", name, *to)))
    lines.append(("When it is written:", run.command("publish", name)))
    width = max(len(label) for label, _ in lines)
    run.say("\n".join(f"{label:<{width}} {words}" for label, words in lines))


def _empty_keys(blog: Blog, path: str) -> list[str]:
    """The metadata that the blog requires and the new post has not yet: what would stop its publishing."""
    from aiblog.adapters import files  # noqa: PLC0415 - start-up
    from aiblog.core import header  # noqa: PLC0415

    values = header.read(files.require(blog.root, path), path).values
    return [key.name for key in blog.settings.front_matter if key.required and not values.get(key.name)]
