"""The last screen of `aiblog new`: what will be written, and whether it may be."""

from dataclasses import replace

from aiblog.adapters.blog import Blog
from aiblog.adapters.prompts import Choice, Terminal
from aiblog.cli.new import plan_of
from aiblog.cli.new_given import Given
from aiblog.cli.output import Run
from aiblog.core.new_post import NewPost
from aiblog.workflows.new import Planned


def decided(run: Run, blog: Blog, terminal: Terminal, given: Given, body: str | None) -> Given | None:
    """`given` with the last decision, after a look at what will be written; None for "no".

    Raises:
        AiblogError: what a plan is refused for; nothing is written.
    """
    post, plan = plan_of(run, blog, given, body)
    if run.dry_run:
        return given
    terminal.note()
    terminal.note(shown(run, blog, plan))
    answer = terminal.select("Write it", _choices(blog, post, given), "yes", fresh=True)
    if answer == "no":
        return None
    if answer == "edit":
        return replace(given, edit=True)
    return replace(given, switch=True) if answer == "switch" else given


def shown(run: Run, blog: Blog, plan: Planned) -> str:
    """The files that will be written, the beginning of the source below its path; no final newline."""
    texts = {change.path: change.after for change in plan.changes.changes}
    lines = []
    for number, (code, path) in enumerate(plan.editions.items()):
        language = blog.settings.language(code)
        role = "the source" if number == 0 else "a linked stub"
        lines.append(f"{run.shown(blog.root, path)}    {language.name if language else code}, {role}")
        if number == 0:
            lines += [f"  {line}" for line in _beginning((texts.get(path) or b"").decode("utf-8", "replace"))]
    others = [path for path in plan.paths if path not in plan.editions.values()]
    lines += [f"{run.shown(blog.root, path)}    from the scaffold" for path in others]
    return "\n".join(lines)


def _choices(blog: Blog, post: NewPost, given: Given) -> list[Choice]:
    """Ways to go on; what flags have decided already is not offered again."""
    from aiblog.workflows.drafting import new_branch_possible  # noqa: PLC0415 - only here

    choices = [Choice("yes", "Yes")]
    if given.edit is None:
        from aiblog.adapters.editor import name_of_editor  # noqa: PLC0415 - only here

        if editor := name_of_editor():
            choices.append(Choice("edit", f"Yes, and open it in {editor}"))
    decided_by_flags = given.commit is not None or given.switch is not None or given.no_branch
    if not decided_by_flags and new_branch_possible(blog):
        branch = given.branch or blog.settings.git.branch_of(post.date, post.slug)
        choices.append(Choice("switch", f"Yes, on a new branch {branch}"))
    return [*choices, Choice("no", "No")]


def _beginning(text: str) -> list[str]:
    """The lines of the front matter, without its fences, and the H1."""
    lines = [line for line in text.split("\n") if line and line != "---"]
    heading = next((number for number, line in enumerate(lines, 1) if line.startswith("# ")), None)
    if heading is not None:
        return lines[:heading]
    fences = [number for number, line in enumerate(text.split("\n")) if line == "---"]
    return text.split("\n")[1 : fences[1]] if len(fences) > 1 else lines[:1]
