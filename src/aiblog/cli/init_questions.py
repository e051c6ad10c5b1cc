"""What `aiblog init` asks: what the blog's own files leave open, each with the flag that answers it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from aiblog.cli.output import Run
from aiblog.core.learn import Chosen
from aiblog.errors import AiblogError
from aiblog.workflows.init import Init

QUESTIONS = {
    "posts": ("--posts", "The posts lie in"),
    "path": ("--path", "A new post's path is"),
    "suffix": ("--suffix", "The name of a new {} file ends in"),
    "title": ("--title", "A new post has its title in"),
    "date_key": ("--date-key", "A new post has its date in"),
}
"""The flag and the question of each, by its name in `Learned.unclear` (a suffix's without its language)."""

PLACES = ("posts", "path")
"""Those that decide which files are the posts, and so what the others are about."""


def chosen(posts: str | None, path: str | None, title: str | None, suffixes: Sequence[str]) -> Chosen:
    """The choices that were made by flags.

    Raises:
        AiblogError: `usage` for a suffix or a folder that will not do.
    """
    by_code = {}
    for text in suffixes:
        code, equals, suffix = text.partition("=")
        if not equals or not code or not re.fullmatch(r"(?:[._-][A-Za-z0-9-]+)?", suffix):
            raise AiblogError("usage", f'--suffix "{text}": a language and its suffix were wanted, such as zh=_zh')
        by_code[code] = suffix
    return Chosen(None if posts is None else _folder(posts), path, title, by_code)


def _folder(posts: str) -> str:
    """A folder below the root, "" for the root itself."""
    folder = posixpath.normpath(posts)
    if not posts or folder == ".." or folder.startswith(("/", "../")):
        raise AiblogError("usage", f'--posts "{posts}": a folder of the blog was wanted, as its root sees it')
    return "" if folder == "." else folder


def flags(said: Init) -> list[str]:
    """The words that say the same on a command line."""
    own = said.chosen
    values = (("--posts", own.posts or "." if own.posts is not None else None), ("--path", own.path))
    words = [word for flag, value in values if value is not None for word in (flag, value)]
    words += [word for code, suffix in own.suffixes.items() for word in ("--suffix", f"{code}={suffix}")]
    words += ["--title", own.title] if own.title is not None else []
    words += [word for code in said.languages for word in ("--lang", code)]
    return words + (["--date-key", said.date_key] if said.date_key else [])


def is_answered(said: Init, name: str) -> bool:
    """Whether a flag or an earlier answer has settled it."""
    kind, _, code = name.partition(".")
    if kind == "suffix":
        return code in said.chosen.suffixes
    return (said.date_key if kind == "date_key" else getattr(said.chosen, kind)) is not None


def answered(run: Run, said: Init, name: str, options: Sequence[tuple[str, int]]) -> Init:
    """`said` with an answer: a person's, or off a terminal the first of the options, which is said."""
    kind, _, code = name.partition(".")
    flag, text = QUESTIONS[kind]
    question, usual = text.format(code), options[0][0]
    if not run.asks:
        run.say(f"{question} {_named(kind, usual)}; {flag} chooses another.")
        return _with_answer(said, kind, code, usual)
    from aiblog.adapters.prompts import Choice  # noqa: PLC0415 - start-up: only where a person is asked

    choices = [Choice(str(at), _shown(kind, each), f"{count} files") for at, (each, count) in enumerate(options)]
    return _with_answer(said, kind, code, options[int(run.terminal().select(question, choices, "0"))][0])


def _shown(kind: str, value: str) -> str:
    if kind == "suffix":
        return f"{value}.md"
    return value or "."


def _named(kind: str, value: str) -> str:
    return "the first heading" if (kind, value) == ("title", "heading") else f"`{_shown(kind, value)}`"


def _with_answer(said: Init, kind: str, code: str, value: str) -> Init:
    if kind == "date_key":
        return said._replace(date_key=value)
    if kind == "suffix":
        return said._replace(chosen=said.chosen._replace(suffixes={**said.chosen.suffixes, code: value}))
    own = said.chosen
    kinds = {"posts": own._replace(posts=value), "path": own._replace(path=value), "title": own._replace(title=value)}
    return said._replace(chosen=kinds[kind])
