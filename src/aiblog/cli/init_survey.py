"""What `aiblog init` found, as lines for people."""

from aiblog.cli.output import Run, counted
from aiblog.core.settings import Index
from aiblog.core.title import visible
from aiblog.workflows.init import Survey

SHOWN = 4
"""Paths that are shown of each kind of stray."""


def survey_lines(run: Run, survey: Survey) -> list[str]:
    """What is there: nothing yet, what `aiblog.yaml` has been compared with, or every convention with its evidence."""
    learned = survey.learned
    if survey.is_new:
        return ["No posts here yet: this will be a new blog."]
    read = f"Read {counted(learned.posts, 'post')} ({counted(learned.files, 'file')})"
    if survey.stated is not None:
        return [f"{read} and compared them with aiblog.yaml."]
    indexes = len(learned.settings.indexes)
    lines = [f"{read} and {counted(indexes, 'index', 'indexes')}."]
    lines += [f"  {name:<11}{text}" for name, text in _conventions(survey)]
    if learned.strays:
        lines.append("Strays, left as they are:")
    for reason, paths in learned.strays.items():
        lines += [
            f"  {counted(len(paths), 'file')} {reason}",
            *(f"    {run.shown(survey.root, path)}" for path in paths[:SHOWN]),
        ]
        lines += [f"    and {len(paths) - SHOWN} more"] if len(paths) > SHOWN else []
    if any(reason.startswith("named ") for reason in learned.strays):
        lines.append(f"`{run.command('migrate', '--repair')}` gives files the names that the blog writes.")
    return [visible(line) for line in lines]


def _conventions(survey: Survey) -> list[tuple[str, str]]:
    settings, evidence = survey.learned.settings, survey.learned.evidence
    where = f"{settings.posts}/{settings.path}" if settings.posts else settings.path
    rows = [("posts", f"{where}  ({evidence['path']})")]
    rows += [("archive", f"{settings.archive}  ({evidence['archive']})")] if settings.archive else []
    languages = [f'{each.code} "{each.suffix}" ({evidence[f"languages.{each.code}"]})' for each in settings.languages]
    rows.append(("languages", " · ".join(languages)))
    title = "the first heading" if settings.title == "heading" else f"`{settings.title}`"
    rows.append(("title", f"{title}  ({evidence['title']})"))
    rows.append(("metadata", ", ".join(key.name for key in settings.front_matter) or "none"))
    names = ["indexes", *[""] * len(settings.indexes)]
    rows += [(name, _index(index, evidence)) for name, index in zip(names, settings.indexes, strict=False)]
    git = survey.git
    words = [f"base {git.base}"] if git.base else []
    words += [f"remote {git.remote}"] if git.remote else []
    words += [f'messages like "{git.message}"'] if "git.message" in survey.git_evidence else []
    return rows + ([("git", " · ".join(words))] if words else [])


def _index(index: Index, evidence: dict[str, str]) -> str:
    under = f' under "{index.under}"' if index.under else ""
    kind = "complete" if index.complete else "a selection"
    kind += f" of the newest {index.limit}" if index.limit else ""
    return f"{index.path}{under}: {index.style}, {kind}, {evidence[f'indexes.{index.path}']}"
