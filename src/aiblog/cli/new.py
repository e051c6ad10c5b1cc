"""`aiblog new`: a dated post folder from a scaffold, in one language or several."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import comma_parts, iso_date, key_values, known_languages, text_from
from aiblog.cli.output import Run
from aiblog.core.scaffold import Scaffold, parsed
from aiblog.core.slug import slug_from_title
from aiblog.core.title import title_error
from aiblog.errors import AiblogError
from aiblog.workflows.drafting import Committing, committed
from aiblog.workflows.new import NewPost, Planned, needs_author, planned


@dataclass(frozen=True, slots=True)
class Given:
    """What flags, a file of answers and a person have said so far; None where nothing was said."""

    title: str | None = None
    slug: str | None = None
    date: str | None = None
    lang: tuple[str, ...] | None = None
    scaffold: str | None = None
    tag: tuple[str, ...] | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    commit: bool | None = None
    branch: str | None = None
    no_branch: bool = False
    switch: bool | None = None
    edit: bool | None = None


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
    """Write a new post: a dated folder, one file for each language.

    Asks on a terminal for what the flags leave out; elsewhere takes the suggestions.
    """
    if [from_, body].count("-") > 1:
        raise AiblogError("usage", "--from - and --body - both want standard input; only one can have it")
    flags = Given(
        title,
        slug,
        date,
        tuple(comma_parts(lang)) if lang else None,
        scaffold,
        tuple(comma_parts(tag)) if tag is not None else None,
        key_values(set_ or []),
        None if body is None else text_from(run.folder, body, "--body"),
        commit,
        branch,
        no_branch,
        switch,
        edit,
    )
    given = _merged(_answers_in(run, from_), flags) if from_ else flags
    blog = blogs.opened(run.folder)
    if given.branch and given.no_branch:
        raise AiblogError("usage", "--branch and --no-branch exclude each other")
    if run.asks:
        from aiblog.cli.new_questions import asked  # noqa: PLC0415 - start-up: only where a person is asked

        answered = asked(run, blog, given)
        if answered is None:
            return
        _write(run, blog, answered, interactive=answered != given)
    else:
        _write(run, blog, given, interactive=False)


def _write(run: Run, blog: Blog, given: Given, *, interactive: bool) -> None:
    post, scaffold = request(blog, given)
    plan = plan_of(blog, post, scaffold)
    committing = Committing(given.branch, given.no_branch, bool(given.switch))
    if (given.branch or given.no_branch) and not (given.commit or given.switch):
        raise AiblogError("usage", "--branch and --no-branch say where --commit commits; --commit is missing")
    command = equivalent(post, given)
    if run.dry_run:
        run.diff(plan.changes.diff())
        run.report(_as_json(post, plan, None, None, command))
        return
    branch, commit = _done(blog, post, plan, given, committing)
    for path in plan.editions.values():
        run.result(run.shown(blog.root, path))
    run.report(_as_json(post, plan, branch, commit, command))
    if not run.json:
        _say_how_to_go_on(run, blog, post, command if interactive else None, branch, commit)
    if given.edit:
        from aiblog.adapters.editor import open_files  # noqa: PLC0415 - start-up

        open_files([blog.root / plan.editions[post.languages[0]]])


def _done(blog: Blog, post: NewPost, plan: Planned, given: Given, how: Committing) -> tuple[str | None, str | None]:
    """Writes the files, then commits or switches if asked: the branch and the commit."""
    from aiblog.adapters.files import apply  # noqa: PLC0415 - start-up: not for a plan that is only shown

    if not (given.commit or given.switch):
        apply(blog.root, plan.changes)
        return None, None
    return committed(blog, post.date, post.slug, post.title, plan, how, commit=bool(given.commit))


def request(blog: Blog, given: Given) -> tuple[NewPost, Scaffold]:
    """The whole request, suggestions in place of what nobody said; and its scaffold.

    Raises:
        AiblogError: `usage` naming what is missing or will not do, `scaffold-invalid`.
    """
    if given.title is None:
        rest = shlex.join(sys.argv[2:])
        raise AiblogError(
            "usage",
            "a title is needed, and there is no terminal to ask on",
            f"aiblog new 'TITLE' {rest}".rstrip(),
        )
    if problem := title_error(given.title):
        raise AiblogError("usage", problem)
    languages = known_languages(list(given.lang or [blog.settings.languages[0].code]), blog.settings)
    scaffold = scaffold_of(blog, given.scaffold or "post")
    answers = {question.name for question in scaffold.questions}
    post = NewPost(
        title=given.title,
        slug=given.slug if given.slug is not None else slug_from_title(given.title),
        date=date_of(given.date, blog),
        languages=tuple(dict.fromkeys(languages)),
        kind=scaffold.kind,
        metadata={name: value for name, value in given.set.items() if name not in answers},
        tags=given.tag if given.tag is not None else tuple(scaffold.tags),
        answers={name: value for name, value in given.set.items() if name in answers},
        body=given.body,
    )
    return post, scaffold


def plan_of(blog: Blog, post: NewPost, scaffold: Scaffold) -> Planned:
    """What `new` would write for that request."""
    author = None
    if needs_author(blog.settings, post.metadata):
        from aiblog.adapters.git import author_name  # noqa: PLC0415 - start-up

        author = author_name(blog.root)
    switch = None
    if len(post.languages) > 1:
        from aiblog.workflows.translate import switch_style  # noqa: PLC0415 - start-up: only for several editions

        switch = switch_style(blog)
    return planned(blog, post, scaffold, author, switch)


def date_of(text: str | None, blog: Blog) -> str:
    """`YYYY-MM-DD`, `today` or `tomorrow` as an ISO date, in the blog's time zone; nothing said is today."""
    if text in (None, "today"):
        return blogs.today(blog.settings)
    if text == "tomorrow":
        return blogs.today(blog.settings, days_ahead=1)
    return iso_date(text, "--date", "today or tomorrow") or ""


def scaffold_of(blog: Blog, kind: str) -> Scaffold:
    """The scaffold of that kind: the blog's own, else the packaged one; `usage` where there is none."""
    folder = blogs.scaffold_folder(blog.root, kind)
    if folder is None:
        kinds = ", ".join(blogs.scaffold_kinds(blog.root))
        raise AiblogError("usage", f'no scaffold "{kind}"; one of these was wanted: {kinds}')
    where = folder.relative_to(blog.root).as_posix() if folder.is_relative_to(blog.root) else f"scaffolds/{kind}"
    return parsed(kind, blogs.scaffold_files(folder, blog.root), blog.settings.languages, where)


def equivalent(post: NewPost, given: Given) -> list[str]:
    """The command that does the same without a question."""
    words = ["aiblog", "new"]
    words += [post.title] if not post.title.startswith("-") else []
    words += ["--slug", post.slug, "--date", post.date]
    words += [word for code in post.languages for word in ("--lang", code)]
    words += ["--scaffold", post.kind] if post.kind != "post" else []
    words += ["--tag", ",".join(post.tags)] if post.tags else []
    words += [
        word for name, value in {**post.metadata, **post.answers}.items() for word in ("--set", f"{name}={value}")
    ]
    words += ["--body", "-"] if post.body is not None else []
    words += ["--commit"] if given.commit else []
    words += ["--branch", given.branch] if given.branch else []
    words += ["--no-branch"] if given.no_branch else []
    words += ["--switch"] if given.switch else []
    return words + (["--", post.title] if post.title.startswith("-") else [])


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
    run: Run, blog: Blog, post: NewPost, command: list[str] | None, branch: str | None, commit: str | None
) -> None:
    if commit:
        run.say(f"Committed as a draft: {commit[:7]} on {branch}")
    elif branch:
        run.say(f"On the new branch {branch}")
    run.say()
    if command:
        run.say(f"Without questions:    {shlex.join(command)}")
    others = [each for each in blog.settings.languages if each.code not in post.languages]
    if others:
        label = f"{others[0].name} edition:"
        to = f" --to {others[0].code}" if len(others) > 1 else ""
        run.say(f"{label:<21} aiblog translate-stub {post.slug}{to}")
    run.say(f"{'When it is written:':<21} aiblog publish {post.slug}")


def _answers_in(run: Run, source: str) -> Given:
    """The answers of `--from`, keys being the long flag names."""
    from aiblog.core.header import yaml_mapping  # noqa: PLC0415 - only where answers come from a file

    text = text_from(run.folder, source, "--from")
    try:
        values = yaml_mapping(text)
    except AiblogError as error:
        raise AiblogError("usage", f"--from {source}: {error.message}") from error
    known = [each.name.replace("_", "-") for each in fields(Given)]
    for name in values:
        if name not in known:
            raise AiblogError("usage", f'--from {source}: unknown key "{name}"; known are {", ".join(known)}')
    return Given(**{name.replace("-", "_"): _typed(source, name, value, run) for name, value in values.items()})


def _typed(source: str, name: str, value: Any, run: Run) -> Any:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if name in {"lang", "tag"}:
        return tuple(comma_parts(value if isinstance(value, list) else [str(value)]))
    if name == "set":
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            return value
        raise AiblogError("usage", f"--from {source}: set: a mapping of texts was wanted")
    if not isinstance(value, str):
        raise AiblogError("usage", f"--from {source}: {name}: one text was wanted")
    if name in {"commit", "switch", "edit", "no-branch"}:
        if value.lower() not in words:
            raise AiblogError("usage", f'--from {source}: {name}: "{value}" is neither true nor false')
        return words[value.lower()]
    return text_from(run.folder, value, "body") if name == "body" else value


def _merged(answers: Given, flags: Given) -> Given:
    """The answers, a flag winning over each."""
    said = {each.name: getattr(flags, each.name) for each in fields(Given) if getattr(flags, each.name)}
    said |= {name: getattr(flags, name) for name in ("commit", "switch", "edit") if getattr(flags, name) is False}
    return replace(answers, **{**said, "set": {**answers.set, **flags.set}})
