"""The flags of `aiblog publish` as a request."""

from collections.abc import Sequence

from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.settings import Settings
from aiblog.core.title import title_error
from aiblog.errors import AiblogError
from aiblog.workflows.entries import Words
from aiblog.workflows.publish_plan import Publish


def entry_words(settings: Settings, summary: str | None, titles: Sequence[str], labels: Sequence[str]) -> Words:
    """The words for the entries; `usage` for a text that is not one visible line, or a language nobody knows."""
    title = None
    by_language: dict[str, str] = {}
    for text in titles:
        code, equals, rest = text.partition("=")
        if equals and settings.language(code):
            by_language[code] = _line(rest, "--index-title")
        else:
            title = _line(text, "--index-title")
    named: dict[str, str] = {}
    for text in labels:
        code, equals, rest = text.partition("=")
        if not equals:
            raise AiblogError("usage", f'--link-label "{text}": LANG=TEXT was wanted')
        known_languages([code], settings)
        named[code] = _line(rest, "--link-label")
    prose = summary.replace("\r\n", "\n").rstrip("\n") if summary is not None else None
    return Words(prose or None, title, by_language, named)


def _line(text: str, flag: str) -> str:
    if problem := title_error(text, "text"):
        raise AiblogError("usage", f"{flag}: {problem}")
    return text.strip()


def commit_message(text: str | None) -> str | None:
    """The message of the commit as given; `usage` for an empty one."""
    if text is not None and not text.strip():
        raise AiblogError("usage", "--message is empty")
    return text


def selections(run: Run, blog: Blog, given: Sequence[str]) -> tuple[str, ...]:
    """The selections that were named, relative to the root; `usage` for a file that is none."""
    known = [index.path for index in blog.settings.indexes if not index.complete]
    if "all" in given:
        return tuple(known)
    found = []
    for text in given:
        path = text if text in known else blog.path_in(run.folder, text)
        if path not in known:
            there = ", ".join(known) or "none"
            raise AiblogError("usage", f'--list "{text}" is no selection of this blog; there are: {there}')
        found.append(path)
    return tuple(found)


def require_one_post(posts: Sequence[Post], request: Publish) -> None:
    """Refuses (`usage`) flags that describe one post where several are named."""
    if len({post.name for post in posts}) > 1 and (request.words != Words() or request.languages):
        flags = "--summary, --index-title, --link-label and --lang"
        raise AiblogError("usage", f"{flags} describe one post; {len(posts)} were named")
