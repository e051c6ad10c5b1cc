"""The conventions of a blog, read off its files: what `init` writes down, and what holds where nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.language import Language
from aiblog.core.layout import Found, Layout
from aiblog.core.learn_indexes import Posts, indexes_of, labels_in, with_own_names
from aiblog.core.learn_languages import Languages, languages
from aiblog.core.learn_languages import files as counted
from aiblog.core.learn_metadata import Head, front_matter, title_place
from aiblog.core.learn_places import (
    DATE,
    Place,
    archive_of,
    close,
    expression,
    is_named_like_a_post,
    likeliest,
    places,
    unclear_places,
)
from aiblog.core.near_twins import near_twins
from aiblog.core.post import says_draft
from aiblog.core.settings import Key, Settings

Options = tuple[tuple[str, int], ...]


class Chosen(NamedTuple):
    """What a person has chosen where the files leave it open; None and nothing: what most files have."""

    posts: str | None = None
    path: str | None = None
    title: str | None = None
    suffixes: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Learned:
    """What was found; paths as given. `evidence` by place, as `settings_text` takes it.

    `strays` has paths by what is odd about them, `dates` the keys that hold a date with the number
    of files of each, most used first, `written` the languages that have a file, `editions` every
    edition. `unclear` has what several habits are nearly as usual for ("posts", "path", "title",
    "date_key", "suffix.zh"), with the number of files of each, the one that was taken first. `titles` are
    those of all editions, `archived` the archive's editions with the dates in their paths.
    """

    settings: Settings
    evidence: dict[str, str] = field(default_factory=dict)
    strays: dict[str, list[str]] = field(default_factory=dict)
    posts: int = 0
    files: int = 0
    dates: Options = ()
    written: frozenset[str] = frozenset()
    editions: tuple[Found, ...] = ()
    unclear: dict[str, Options] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    archived: dict[str, str] = field(default_factory=dict)


def learned(
    paths: Sequence[str],
    head: Callable[[str], bytes],
    read: Callable[[str], bytes] | None = None,
    chosen: Chosen | None = None,
) -> Learned:
    """The blog's conventions; the defaults where there is no post.

    Args:
        paths: every `.md` file of the blog, relative to its root, with `/`.
        head: the first kilobytes of a file, or all of it.
        read: a whole file; without it no index is looked for, and no stray: `list` needs neither.
        chosen: what a person has chosen.
    """
    said, heads = chosen or Chosen(), _Heads(head)
    counts = places(paths, lambda path: heads[path].has_date, said.path)
    here = {place: count for place, count in counts.items() if said.posts in (None, place.folder)}
    tree = _tree(paths, heads, counts, likeliest(here), said.suffixes) if here else None
    if tree is None or not tree.found:
        return _nothing(said)
    own = list(tree.heads)
    keys, evidence, dates = front_matter(own)
    title, title_note, titles = title_place(own)
    place, archive = tree.place, tree.archive
    if "{date}" not in place.pattern and not any(key.role in {"date", "updated"} for key in keys):
        return _nothing(said)
    evidence |= tree.languages.evidence | {
        "posts": counted(here[place]),
        "path": f"{len(tree.found)} of {len(tree.found) + len(tree.dated)} files",
        "title": title_note if said.title in (None, title) else _having(own, said.title),
    }
    evidence |= {"archive": counted(counts[archive])} if archive else {}
    folder = archive.folder if archive else None
    settings = Settings(place.folder, folder, place.pattern, None, tree.languages.found, keys, said.title or title)
    editions: list[Found] = []
    archived: dict[str, str] = {}
    strays: dict[str, list[str]] = {}
    if read is not None:
        settings, index_notes = _with_indexes(settings, tree, read)
        evidence |= index_notes
        editions = _dated(tree, keys)
        archived = {path: date for path, (date, _, _) in tree.archived.posts.by_path.items()}
        strays = _strays(tree, editions, keys) | _elsewhere(counts, tree)
    unclear = unclear_places(here, place)
    unclear |= {f"suffix.{code}": options for code, options in tree.languages.unclear.items()}
    unclear |= _unclear(keys, dates, titles, title)
    return Learned(
        settings,
        evidence,
        strays,
        len({(each.date, each.slug) for each in tree.found}),
        len(tree.found),
        dates,
        frozenset(each.language for each in tree.found),
        tuple(editions),
        unclear,
        frozenset(head.title for head in own),
        archived,
    )


def _having(own: Sequence[Head], title: str) -> str:
    """How many posts have that key, or a heading."""
    count = sum(head.heading is not None if title == "heading" else title in (head.values or {}) for head in own)
    return f"{count} of {len(own)} files"


def _nothing(said: Chosen) -> Learned:
    settings = Settings()
    return Learned(settings._replace(posts=said.posts or settings.posts, path=said.path or settings.path))


class _Tree(NamedTuple):
    """The posts of one place: the editions (paths below it) with their heads, what has a date and is no post.

    `outside` are all the blog's files that are not in its archive.
    """

    place: Place
    archive: Place | None
    languages: Languages
    found: Sequence[Found]
    heads: Sequence[Head]
    dated: Sequence[str]
    outside: Sequence[str]
    archived: _Archived


class _Archived(NamedTuple):
    """The archive's posts, as far as their paths tell, and its other files."""

    posts: Posts
    rest: Sequence[str]


def _archived(paths: Sequence[str], archive: Place | None, spoken: Sequence[Language]) -> _Archived:
    prefix = f"{archive.folder}/" if archive else ""
    below = [path.removeprefix(prefix) for path in paths if archive and path.startswith(prefix)]
    found, rest = Layout(archive.pattern, spoken).posts(below) if archive else ([], [])
    by_path = {prefix + each.path: (each.date, each.slug, each.language) for each in found}
    days = {(each.date, each.slug): each.date for each in found}
    return _Archived(Posts(by_path, days), [prefix + path for path in rest])


def _tree(
    paths: Sequence[str], heads: Mapping[str, Head], counts: Mapping[Place, int], place: Place, said: Mapping[str, str]
) -> _Tree:
    archive = archive_of(counts, place)
    outside = [path for path in paths if not (archive and _is_below(path, archive.folder))]
    prefix = f"{place.folder}/" if place.folder else ""
    below = [path.removeprefix(prefix) for path in outside if _is_below(path, place.folder)]

    def head(path: str) -> Head:
        return heads[prefix + path]

    spoken = languages(place.pattern, below, head, said)
    found, rest = Layout(place.pattern, spoken.found).posts(below)
    if "{date}" in place.pattern:
        dated = [prefix + path for path in rest if re.search(DATE, path)]
    else:
        dated = [prefix + path for path in rest if is_named_like_a_post(path) and head(path).has_date]
    archived = _archived(paths, archive, spoken.found)
    return _Tree(place, archive, spoken, found, [head(each.path) for each in found], dated, outside, archived)


class _Heads(dict[str, Head]):
    """Heads by path, each read once."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, path: str) -> Head:
        self[path] = found = Head(path, self.read(path))
        return found


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _with_indexes(settings: Settings, tree: _Tree, read: Callable[[str], bytes]) -> tuple[Settings, dict[str, str]]:
    """The settings with the indexes of the blog, and with what it calls its languages; the evidence."""
    pairs = list(zip(tree.found, tree.heads, strict=True))
    keys = settings.front_matter
    by_path = {head.path: (each.date, each.slug, each.language) for each, head in pairs}
    days = {(each.date, each.slug): each.date or head.date(keys) for each, head in pairs}
    drafts = {(each.date, each.slug) for each, head in pairs if _is_draft(head, keys)}
    facts = Posts(by_path, {post: day for post, day in days.items() if post not in drafts})
    others = [path for path in tree.outside if path not in by_path]
    indexes, notes = indexes_of(others, read, facts, settings.languages)
    texts = {index.path: read(index.path).decode("utf-8", "replace") for index in indexes}
    texts |= {head.path: head.body for head in tree.heads}
    labels = [label for path, text in texts.items() for label in labels_in(text, path, facts)]
    archived, archive_notes = indexes_of(
        tree.archived.rest, read, tree.archived.posts, settings.languages, kind="archived"
    )
    named = with_own_names(settings.languages, labels)
    return settings._replace(languages=named, indexes=(*indexes, *archived)), notes | archive_notes


def _is_draft(head: Head, keys: Sequence[Key]) -> bool:
    status = next((key for key in keys if key.role == "status"), None)
    return bool(head.values and says_draft(head.values, status))


def _unclear(keys: Sequence[Key], dates: Options, titles: Mapping[str, int], title: str) -> dict[str, Options]:
    """Where dates and titles stand, where that is unclear: several keys hold dates and none of them stands in
    nearly every post; about as many posts have a title in the front matter as have only a heading."""
    names = {name for name, _ in dates}
    options = {"title": close(titles, title)}
    if len(names) > 1 and not any(key.required for key in keys if key.name in names):
        options["date_key"] = tuple(sorted(dates, key=lambda each: each[0] != "date"))
    return {name: found for name, found in options.items() if found}


def _dated(tree: _Tree, keys: Sequence[Key]) -> list[Found]:
    """The editions with their paths in the blog, and their day, which may stand in the metadata alone."""
    return [
        each._replace(path=head.path, date=each.date or head.date(keys))
        for each, head in zip(tree.found, tree.heads, strict=True)
    ]


def _strays(tree: _Tree, editions: Sequence[Found], keys: Sequence[Key]) -> dict[str, list[str]]:
    """What does not follow the conventions: paths by what is odd about them, said as "files …"."""
    strays: dict[str, list[str]] = {}
    has_headers = sum(head.values is not None for head in tree.heads) * 2 >= len(tree.heads)
    for each, head in zip(tree.found, tree.heads, strict=True):
        day = head.date(keys)
        if each.stray:
            strays.setdefault(f"named {each.suffix}" if each.suffix else "without a suffix", []).append(head.path)
        if head.values is None and has_headers:
            strays.setdefault("without metadata", []).append(head.path)
        elif not each.date and not day:
            strays.setdefault("without a date", []).append(head.path)
        if each.date and day and day != each.date:
            strays.setdefault("whose date differs from the path", []).append(head.path)
    twins = [path for pair in near_twins(editions) for path in pair]
    strays |= {"named nearly alike on one day: editions of one post, or two posts": twins} if twins else {}
    where = "a date in the path" if "{date}" in tree.place.pattern else "a date"
    return strays | ({f"with {where}, and no post by its name": list(tree.dated)} if tree.dated else {})


def _elsewhere(counts: Mapping[Place, int], tree: _Tree) -> dict[str, list[str]]:
    """Files outside the posts folder that are laid out as posts are."""
    forms = [
        (f"{place.folder}/" if place.folder else "", expression(place.pattern))
        for place in counts
        if not place.is_archive and ("{date}" in place.pattern or place.pattern == tree.place.pattern)
    ]
    found = [
        path
        for path in tree.outside
        if not _is_below(path, tree.place.folder)
        and any(path.startswith(prefix) and form.fullmatch(path.removeprefix(prefix)) for prefix, form in forms)
    ]
    return {"outside the posts folder that are laid out like posts": found} if found else {}
