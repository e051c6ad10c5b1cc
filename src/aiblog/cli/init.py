"""`aiblog init`: writes a blog's conventions down, or lays out a new blog."""

import re
import shlex
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer

from aiblog.adapters.installed import source
from aiblog.cli.init_questions import PLACES, answered, chosen, flags, is_answered
from aiblog.cli.init_survey import survey_lines
from aiblog.cli.inputs import comma_parts
from aiblog.cli.output import Run
from aiblog.core.changes import ChangeSet
from aiblog.core.ci import WORKFLOW_PATH
from aiblog.core.settings import FILE_NAME, Settings
from aiblog.core.settings_yaml import settings_document
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows.init import Init, Survey, planned, settings_of, surveyed
from aiblog.workflows.merge_driver import install, with_attributes


def init(
    run: Run,
    lang: Annotated[
        list[str] | None,
        typer.Option("--lang", "-l", metavar="LANG", help="A language, again for each; the first is the default."),
    ] = None,
    posts: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="The folder of the posts, where several might be it.")
    ] = None,
    path: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="A post's path in it, such as {date}/{slug}{lang}.md.")
    ] = None,
    suffix: Annotated[
        list[str] | None,
        typer.Option(metavar="LANG=SUFFIX", help="What a language's files end in, such as zh=_zh; again for each."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="heading|KEY", help="Where a title stands: the H1, or a metadata key.")
    ] = None,
    date_key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The metadata key that holds a new post's date, where several do."),
    ] = None,
    ci: Annotated[
        Literal["github"] | None, typer.Option("--ci", help="Also write a workflow that checks the blog there.")
    ] = None,
    merge_driver: Annotated[
        bool, typer.Option("--merge-driver", help="Have git merge the indexes' entries by aiblog, in this clone.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Write down how this blog works, or lay out a new one.

    What it finds goes into aiblog.yaml. It reads the posts that are there and changes none of
    them. A second run adds what is new since.
    """
    run = run._replace(quiet=run.quiet or run.json)
    given = Init(_codes(lang or []), date_key, chosen(posts, path, title, suffix or []))
    survey, said = _settled(run, given)
    settings = settings_of(survey, said)
    changes = planned(survey, settings, ci=ci is not None)
    if merge_driver:
        changes = with_attributes(survey.root, settings, changes)
    more = [*(["--ci", ci] if ci else []), *(["--merge-driver"] if merge_driver else [])]
    command = run.words("init", *flags(said), *more, *(["--yes"] if run.asks else []))
    result = _as_json(survey, settings, changes, command)
    if not changes.changes:
        run.say(f"Nothing to add to {FILE_NAME}.")
    if run.dry_run:
        run.plan(changes.diff(), result)
        return
    if changes.changes and _agreed(run, survey, changes, yes=yes or not run.asks):
        _write(run, survey, changes)
        if run.asks and (said != given or not yes):
            run.say(f"Without questions:  {visible(shlex.join(command))}")
        if WORKFLOW_PATH in changes.created and not source().startswith("git+"):
            run.say(
                f"The workflow installs {source()}; AIBLOG in it says so, and may be an address such as git+https://…"
            )
        if survey.is_new:
            run.say(f"Into git:           {_first_commit(run, survey, changes)}")
        run.say(f"Next:               {run.command('list' if survey.learned.posts else 'new')}")
    elif changes.changes:
        run.say("Nothing was written.")
        merge_driver = False
    if merge_driver:
        new = install(survey.root)
        which = "the indexes" if settings.indexes else "no file yet, since no index is known,"
        run.say(f"git merges {which} by aiblog {'from now on' if new else 'already'}, in this clone.")
    run.report(result)


def _codes(words: Sequence[str]) -> tuple[str, ...]:
    codes = comma_parts(words)
    for code in codes:
        if not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            raise AiblogError("usage", f'--lang "{code}": a language code such as en, zh or pt-br was wanted')
    return tuple(dict.fromkeys(codes))


def _settled(run: Run, given: Init) -> tuple[Survey, Init]:
    """What is there, said, and `given` with an answer for each question that is open."""
    survey, said = _with_answers(run, surveyed(run.folder, given.chosen), given, PLACES)
    run.say("\n".join(survey_lines(run, survey)))
    if survey.is_new and run.asks and not said.languages:
        return survey, said._replace(languages=_new_languages(run))
    return _with_answers(run, survey, said, tuple(survey.learned.unclear))


def _with_answers(run: Run, survey: Survey, said: Init, names: Sequence[str]) -> tuple[Survey, Init]:
    """The open ones of those questions answered; what `aiblog.yaml` has stated is open no more."""
    for name in names if survey.stated is None else ():
        options = survey.learned.unclear.get(name)
        if options and not is_answered(said, name):
            was, said = said, answered(run, said, name, options)
            survey = surveyed(run.folder, said.chosen) if said.chosen != was.chosen else survey
    return survey, said


def _new_languages(run: Run) -> tuple[str, ...]:
    """The languages of a new blog, as a person chooses them."""
    from aiblog.adapters.prompts import Choice  # noqa: PLC0415 - start-up: only where a person is asked

    choices = [
        Choice("en,zh", "English and Chinese"),
        Choice("zh,en", "Chinese and English"),
        Choice("en", "English alone"),
        Choice("zh", "Chinese alone", "others: aiblog init --lang fr --lang de"),
    ]
    return tuple(run.terminal().select("This blog is written in", choices, "en,zh").split(","))


def _first_commit(run: Run, survey: Survey, changes: ChangeSet) -> str:
    """The commands that put a new blog into git, which `publish` needs."""
    git = ["git", *run.where]
    paths = [run.shown(survey.root, path) for path in changes.created]
    commands = [] if (survey.root / ".git").exists() else [[*git, "init"]]
    commands += [[*git, "add", *paths], [*git, "commit", "-m", "Lay out the blog"]]
    return " && ".join(shlex.join(command) for command in commands)


def _agreed(run: Run, survey: Survey, changes: ChangeSet, *, yes: bool) -> bool:
    """Whether to write it. What a settings file that is there would gain is shown, asked or not."""
    if changes.modified and not run.quiet:
        run.diff(changes.diff())
    if yes:
        return True
    paths = [run.shown(survey.root, change.path) for change in changes.changes]
    names = paths[0] if len(paths) == 1 else f"{', '.join(paths[:-1])} and {paths[-1]}"
    return run.terminal().confirm(f"Write {names}?")


def _write(run: Run, survey: Survey, changes: ChangeSet) -> None:
    from aiblog.adapters.files import apply  # noqa: PLC0415 - start-up: not for a plan that is only shown

    apply(survey.root, changes)
    for change in changes.changes:
        run.result(run.shown(survey.root, change.path))


def _as_json(survey: Survey, settings: Settings, changes: ChangeSet, command: list[str]) -> dict[str, Any]:
    return {
        "path": FILE_NAME,
        "created": changes.created,
        "modified": changes.modified,
        "posts": survey.learned.posts,
        "files": survey.learned.files,
        "settings": settings_document(settings),
        "strays": [{"reason": reason, "paths": paths} for reason, paths in survey.learned.strays.items()],
        "command": command,
    }
