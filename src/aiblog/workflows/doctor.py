"""What the tool sees where it runs: programs, the blog and its settings. Nothing of the blog is run or changed."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from aiblog import __version__
from aiblog.adapters import blog as blogs
from aiblog.adapters import editor, markdown_lint, markdownlint_cli2
from aiblog.adapters.blog import Blog
from aiblog.adapters.process import version_line
from aiblog.core.settings import FILE_NAME, Settings
from aiblog.errors import AiblogError
from aiblog.workflows.check import require_known_settings
from aiblog.workflows.index import is_to_be_made

OLDEST_GIT = (2, 36)
"""The git that can run hooks by name, which a publish in a repository with hooks needs."""


PROGRAMS = tuple(f".markdownlint{name}.{ending}" for name in ("", "-cli2") for ending in ("cjs", "mjs"))
"""Files of Markdown rules that would have to be run."""


class Seen(NamedTuple):
    """One thing that was looked at. `hint` is what to do about it: a command, its paths relative to the root."""

    name: str
    state: Literal["ok", "warning", "error"]
    value: str
    hint: str | None = None


def ok(name: str, value: str, hint: str | None = None) -> Seen:
    """A thing that is as it should be."""
    return Seen(name, "ok", value, hint)


def failed(name: str, error: AiblogError, state: Literal["warning", "error"] = "error") -> Seen:
    """A thing that will not work, as the error says that would come of it."""
    return Seen(name, state, error.message, " && ".join(error.hints[:2]) or None)


def looked_at(name: str, look: Callable[[], Seen]) -> Seen:
    """What `look` sees; an error it raises is what is seen."""
    try:
        return look()
    except AiblogError as error:
        return failed(name, error)


def programs(folder: Path) -> Iterator[Seen]:
    """aiblog itself, Python, git, the Markdown linter, the editor."""
    yield ok("aiblog", __version__)
    yield ok("python", platform.python_version())
    yield _git(folder)
    yield looked_at("linter", lambda: ok("linter", markdown_lint.version()))
    name = editor.name_of_editor()
    if name is None:
        yield Seen("editor", "warning", "none is set, so --edit opens nothing", "export EDITOR=vi")
    elif editor.is_installed():
        yield ok("editor", name)
    else:
        yield Seen("editor", "error", f'"{name}" is set, and cannot be found', "export EDITOR=vi")


def _git(folder: Path) -> Seen:
    line = version_line("git", folder)
    if line is None:
        return Seen("git", "error", "not found; only what needs no repository works (new, list, check, …)")
    version = line.removeprefix("git version ")
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < OLDEST_GIT:
        wanted = ".".join(map(str, OLDEST_GIT))
        return Seen("git", "warning", f"{version}; {wanted} or newer is wanted where a repository has hooks")
    return ok("git", version)


def blog_at(folder: Path) -> tuple[Blog | None, list[Seen]]:
    """The blog that `folder` is in, None where its settings will not do; and what was seen of it."""
    root, configured = blogs.find_root(folder)
    seen = [ok("root", f"{root}  ({_why(root, configured=configured)})")]
    try:
        blog = blogs.opened(folder)
    except AiblogError as error:
        return None, [*seen, failed("settings", error)]
    return blog, [*seen, looked_at("settings", lambda: _settings(blog)), *_contents(blog)]


def _why(root: Path, *, configured: bool) -> str:
    if configured:
        return f"{FILE_NAME} is there"
    return "the top of the git repository" if (root / ".git").exists() else "where you are: no aiblog.yaml, no git"


def _settings(blog: Blog) -> Seen:
    require_known_settings(blog)
    where = blog.in_posts(blog.settings.path)
    languages = ", ".join(language.code for language in blog.settings.languages)
    said = f"posts {where}; languages {languages}"
    if blog.configured:
        return ok("settings", f"{FILE_NAME}: {said}")
    return ok("settings", f"inferred from the files: {said}", "aiblog init")


def _contents(blog: Blog) -> Iterator[Seen]:
    yield looked_at("posts", lambda: _posts(blog))
    indexes = [looked_at("index", partial(_index, blog, number)) for number in range(len(blog.settings.indexes))]
    yield from indexes or [ok("index", "none")]
    yield looked_at("markdown", lambda: _rules(blog.root))
    yield looked_at("today", lambda: _today(blog.settings))


def _posts(blog: Blog) -> Seen:
    posts = blogs.posts(blog)
    editions = [edition for post in posts for edition in post.editions.values()]
    counted = f"{_count(len(posts), 'post')} in {_count(len(editions), 'file')}"
    if archived := blogs.posts(blog, archived=True):
        counted += f", {len(archived)} in the archive"
    broken = [edition for edition in editions if edition.problem]
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        return Seen("posts", "error", f"{counted}; {broken[0].problem}{more}", f"edit {broken[0].path}")
    return ok("posts", counted, None if posts else "aiblog new")


def _index(blog: Blog, number: int) -> Seen:
    index = blog.settings.indexes[number]
    kind = "lists every post" if index.complete else "a selection"
    if not (blog.root / index.path).is_file():
        if is_to_be_made(blog, index, blogs.posts(blog, archived=True)):
            return ok("index", f"{index.path}  (made with the first post that is archived)")
        return Seen("index", "error", f"{index.path} is not there", f"edit {FILE_NAME}")
    return ok("index", f"{index.path}  ({index.style}, {kind})")


def _rules(root: Path) -> Seen:
    if markdownlint_cli2.find_program():
        return ok(
            "markdown", f"all that the blog configures for markdownlint-cli2, which {markdownlint_cli2.VARIABLE} names"
        )
    rules = markdown_lint.find_rules(root)
    program = next((name for name in PROGRAMS if rules is None and (root / name).is_file()), None)
    if program:
        return Seen("markdown", "warning", f"{program} is a program, which is never run: no rules are asked for")
    markdown_lint.lint(root, {"aiblog-doctor.md": b"# Doctor\n"})  # rules that cannot be read are an error
    return ok("markdown", f"rules of {rules}" if rules else "no rules of its own, so none are asked for")


def _today(settings: Settings) -> Seen:
    return ok("today", f"{blogs.today(settings)} in {settings.timezone or 'the time zone of this machine'}")


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def worst(seen: Sequence[Seen]) -> dict[str, int]:
    """How many things are in each state but `ok`, the worst state first."""
    counts = {state: sum(each.state == state for each in seen) for state in ("error", "warning")}
    return {state: count for state, count in counts.items() if count}
