"""The flags of `aiblog publish` as a request."""

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.settings import Settings
from aiblog.core.title import title_error
from aiblog.errors import AiblogError
from aiblog.workflows.entries import Words
from aiblog.workflows.publish_plan import Publish


class After(NamedTuple):
    """What follows the commit: a push, a pull request."""

    push: bool = False
    pull_request: bool = False
    draft: bool = False


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
    known = [index.path for index in blog.settings.indexes_of(complete=False)]
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
    if len({post.name for post in posts}) > 1 and request.words != Words():
        flags = "--summary, --index-title and --link-label"
        raise AiblogError("usage", f"{flags} describe one post; {len(posts)} were named")


def words_of(names: Sequence[str], request: Publish, after: After) -> list[str]:
    """The command that does the same without a question, `aiblog` itself left out; `names` select the posts."""
    spoken = request.words
    found = ["publish", *names]
    found += [word for code in request.languages for word in ("--lang", code)]
    found += ["--index-title", spoken.title] if spoken.title is not None else []
    found += [word for code, text in spoken.titles.items() for word in ("--index-title", f"{code}={text}")]
    found += [word for code, text in spoken.labels.items() for word in ("--link-label", f"{code}={text}")]
    found += ["--summary", spoken.summary] if spoken.summary is not None else []
    found += [word for path in request.lists for word in ("--list", path)]
    found += [word for rule in sorted(request.allow) for word in ("--allow", rule)]
    for name, value in (
        ("--date", request.date),
        ("--base", request.base),
        ("--branch", request.branch),
        ("--message", request.message),
    ):
        found += [name, value] if value is not None else []
    flags = {
        "--no-branch": request.no_branch,
        "--switch": request.switch,
        "--no-verify": not request.verify,
        "--draft-pr": after.draft,
        "--pr": after.pull_request and not after.draft,
        "--push": after.push and not after.pull_request,
        "--yes": True,
    }
    return found + [flag for flag, given in flags.items() if given]
