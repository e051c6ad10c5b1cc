"""Words of the command line as values: dates, languages, lists with commas, files and standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.output import Run
from aiblog.core import dates
from aiblog.core.settings import Settings
from aiblog.errors import AGAIN, AiblogError

LARGEST = 16 * 1024 * 1024
"""Bytes of a text read from a file or standard input: more is a mistake, not a post."""


NO_TERMINAL = "there is no terminal to ask on"


def require_confirmable(run: Run, *, asks: bool, yes: bool) -> None:
    """Refuses (`usage`) what a person would have to confirm where nobody is asked and `--yes` does not say so."""
    if not (asks or yes or run.dry_run):
        why = "--no-input forbids to ask" if run.no_input else NO_TERMINAL
        raise AiblogError("usage", f"this has to be confirmed, and {why}; --yes was wanted", f"{AGAIN} --yes")


def comma_parts(values: Sequence[str]) -> list[str]:
    """The values of a repeatable flag that also takes commas, in order, without empty ones."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def known_languages(codes: list[str], settings: Settings) -> list[str]:
    """The codes, each a language of the blog; `usage` for one that is not."""
    for code in codes:
        if settings.language(code) is None:
            names = ", ".join(language.code for language in settings.languages)
            raise AiblogError("usage", f'"{code}" is no language of this blog; one of these was wanted: {names}')
    return codes


def iso_date(text: str | None, flag: str, others: str = "") -> str | None:
    """A date as YYYY-MM-DD; `usage` for anything else. `others` names what the flag takes besides."""
    if text is None or dates.iso_date(text) == text:
        return text
    wanted = f"YYYY-MM-DD, {others}" if others else "YYYY-MM-DD"
    raise AiblogError("usage", f'{flag}: "{text}" is not a date; {wanted} was wanted')


def date_of(text: str | None, blog: Blog, flag: str = "--date") -> str:
    """`YYYY-MM-DD`, `today` or `tomorrow` as an ISO date, in the blog's time zone; nothing said is today."""
    if text in (None, "today"):
        return blogs.today(blog.settings)
    if text == "tomorrow":
        return blogs.today(blog.settings, days_ahead=1)
    return iso_date(text, flag, "today or tomorrow") or ""


def require_limit(limit: int | None) -> None:
    """Refuses (`usage`) a `--limit` that leaves nothing."""
    if limit is not None and limit < 1:
        raise AiblogError("usage", f"--limit {limit}: 1 or more was wanted")


def key_values(words: Sequence[str]) -> dict[str, str]:
    """The values of `--set KEY=VALUE`, as texts; the last one of a key wins."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise AiblogError("usage", f'--set "{word}": KEY=VALUE was wanted')
        values[name.strip()] = value
    return values


def text_from(folder: Path, source: str, flag: str) -> str:
    """The text of a file (relative to `folder`), or of standard input for `-`; `usage` where it cannot be read."""
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with (folder / source).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except OSError as error:
        raise AiblogError("usage", f"{flag} {source}: {error.strerror}") from error
    if len(data) > LARGEST:
        raise AiblogError("usage", f"{flag} {source}: more than {LARGEST // 1024 // 1024} MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AiblogError("usage", f"{flag} {source}:{line}: the text is not UTF-8") from error
