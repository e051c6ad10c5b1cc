"""A post in memory as the rules see it: files by path, no disk."""

from __future__ import annotations

from collections.abc import Mapping

from aiblog.checks.rules import findings
from aiblog.checks.rules import found as all_found
from aiblog.checks.subject import Subject
from aiblog.core import header
from aiblog.core.edit import applied
from aiblog.core.index_targets import Whereabouts
from aiblog.core.layout import Layout
from aiblog.core.moved import Moved
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Key, Settings
from aiblog.errors import AiblogError

PATH = "posts/2026-02-25/roi.md"

TODAY = "2026-03-01"

SETTINGS = Settings(
    front_matter=(
        Key("status", role="status", required=True),
        Key("maintainer", required=True),
        Key("date", role="date", required=True),
        Key("last_updated", role="updated"),
        Key("tags", role="tags", style="comma"),
        Key("canonical_path", derived="path"),
    )
)

HEADER = f"---\nstatus: Draft\nmaintainer: pacoxu\ndate: 2026-02-25\ncanonical_path: {PATH}\n---\n\n"


def subject(
    data: str | bytes, path: str = PATH, beside: Mapping[str, str] | None = None, settings: Settings = SETTINGS
) -> Subject:
    """The edition at `path` with those bytes, in a blog that has the files `beside` too, with these texts."""
    data = data.encode() if isinstance(data, str) else data
    paths = {path, *(beside or {})}
    folders = {path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)}

    def kind_of(path: str) -> str | None:
        return "file" if path in paths else "folder" if path in folders else None

    def names_in(folder: str) -> set[str]:
        prefix = f"{folder}/" if folder else ""
        below = {each.removeprefix(prefix) for each in paths | folders if each.startswith(prefix)}
        return {each.split("/")[0] for each in below if each}

    (post,) = posts_of({path: data}, settings)
    edition = post.source
    texts = {each: text.encode() for each, text in (beside or {}).items()}
    posts = posts_of({path: data, **texts}, settings)
    by_path = {each: post for post in posts for each in post.paths}
    moved = Whereabouts.of(posts, settings.languages).moved

    def now(path: str) -> Moved | None:
        return Moved(to, "found by its slug") if (to := moved(path)) else None

    return Subject(post, edition, data, settings, kind_of, names_in, texts.get, by_path, TODAY, moved=now)  # type: ignore[arg-type]


def posts_of(files: Mapping[str, bytes], settings: Settings = SETTINGS) -> list[Post]:
    """The posts among those files, in no order."""
    below = {path.removeprefix(f"{settings.posts}/"): path for path in files if path.startswith(f"{settings.posts}/")}
    posts: dict[tuple[str, str], dict[str, Edition]] = {}
    for each in Layout(settings.path, settings.languages).posts(below)[0]:
        path = below[each.path]
        try:
            read = header.read(files[path], path)
            edition = Edition(path, each.language, None, read.values, read.present)
        except AiblogError as error:
            edition = Edition(path, each.language, problem=error.message)
        posts.setdefault((each.date, each.slug), {})[each.language] = edition
    return [Post(date, slug, editions) for (date, slug), editions in posts.items()]


def found(data: str | bytes, path: str = PATH, **more: object) -> list[str]:
    """What the rules find there, each as `line:column rule message`."""
    all_findings = findings(subject(data, path, **more))  # type: ignore[arg-type]
    assert all(each.path == path for each in all_findings)
    return [f"{each.line}:{each.column} {each.rule} {each.message}" for each in all_findings]


def mended(data: str | bytes, path: str = PATH, **more: object) -> bytes:
    """The bytes after the edits of every finding, made once; nothing that has an edit is found in them again."""
    before = subject(data, path, **more)  # type: ignore[arg-type]
    after = applied(before.data, (edit for _, place in all_found(before) for edit in place.edits))
    assert not [place for _, place in all_found(subject(after, path, **more)) if place.edits]  # type: ignore[arg-type]
    return after
