"""Where a blog's posts lie: its posts folder and path pattern, by the paths, or by the dates in the files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.language import CODE
from aiblog.core.layout import is_page, pattern_error
from aiblog.core.settings_reading import folder_error

DATE = r"\d{4}-\d{2}-\d{2}"

DATED = ("{date}/{date}-{slug}", "{date}/{slug}/index", "{date}/{slug}", "{date}-{slug}/index", "{date}-{slug}")
"""The layouts that are recognised, the first that fits; each with a suffix or a folder for the language."""

UNDATED = ("{slug}/index", "{slug}")
"""Those of blogs that keep the date in the front matter; most of the files there must have one."""

CLOSE = 3
"""Which of two habits is the blog's is unclear where the second has two files, and a third of the first's."""

_IS_CODE = re.compile(CODE)


class Place(NamedTuple):
    """A posts folder, `""` for the root, and the path pattern below it."""

    folder: str
    pattern: str

    @property
    def is_archive(self) -> bool:
        """Whether the folder's name says that these posts are put away."""
        return "archive" in self.folder.lower() or "归档" in self.folder


def expression(pattern: str) -> re.Pattern[str]:
    """What a path below the posts folder looks like; the group `lang` is a language's folder; a slug has its suffix."""
    lang = rf"(?P<lang>{CODE})" if "{lang}" in pattern.split("/") else ""
    suffix = lang if lang or "{slug}{lang}" in pattern else r"(?:[._-][A-Za-z-]+)?"
    fields = {"{date}": rf"(?P<date>{DATE})", "{slug}": "(?P<slug>[^/]+)", "{lang}": suffix}
    parts: list[str] = []
    for part in re.split(r"(\{\w+\})", pattern):
        parts.append("(?P=date)" if part == "{date}" and fields[part] in parts else fields.get(part, re.escape(part)))
    return re.compile("".join(parts))


def places(paths: Sequence[str], has_date: Callable[[str], bool], pattern: str | None = None) -> dict[Place, int]:
    """How many files lie where.

    Args:
        paths: every `.md` file of the blog.
        has_date: whether a file's metadata has a date: asked where the names show no dates, or too few.
        pattern: the only one that is looked for.
    """
    if pattern is not None:
        return _counted(paths, [pattern], folders=False)[0]
    counts, _ = _counted((path for path in paths if _DATE.search(path)), [f"{tail}{{lang}}.md" for tail in DATED])
    most = max(counts.values(), default=0)
    named, by_place = _counted((path for path in paths if not _DATE.search(path)), [f"{t}{{lang}}.md" for t in UNDATED])
    for place, count in named.items():
        if count > max(1, most):  # the files are opened only where they could be the posts
            dated = sum(map(has_date, by_place[place]))
            if dated > max(1, most) and dated * 2 >= count:
                counts[place] = dated
    return counts


_DATE = re.compile(DATE)


def _counted(
    paths: Iterable[str], patterns: Sequence[str], *, folders: bool = True
) -> tuple[dict[Place, int], dict[Place, list[str]]]:
    """The files of each place that settings can name, by name; with `folders` those of a language are joined."""
    forms = [(pattern, pattern.count("/") + 1, expression(pattern)) for pattern in patterns]
    own: defaultdict[Place, list[str]] = defaultdict(list)
    for path in paths:
        parts = path.split("/")
        for pattern, depth, form in forms:
            match = form.fullmatch("/".join(parts[-depth:]))
            if match and not is_page(path, match["slug"]):
                own[Place("/".join(parts[:-depth]), pattern)].append(path)
                break
    for place in [place for place in own if folder_error(place.folder)]:
        del own[place]
    return _joined(own) if folders else ({place: len(found) for place, found in own.items()}, own)


def _joined(own: Mapping[Place, list[str]]) -> tuple[dict[Place, int], dict[Place, list[str]]]:
    """Places that differ in a folder named like a language alone are one, where there are two languages or more."""
    by_language: defaultdict[Place, list[tuple[str, Place]]] = defaultdict(list)
    for place in own:
        parts = place.folder.split("/")
        at = next((number for number in reversed(range(len(parts))) if _IS_CODE.fullmatch(parts[number])), None)
        if at is not None:
            tail = place.pattern.replace("{lang}.md", ".md")
            joined = Place("/".join(parts[:at]), "/".join(["{lang}", *parts[at + 1 :], tail]))
            if pattern_error(joined.pattern) is None:
                by_language[joined].append((parts[at], place))
    found = dict(own)
    for joined, members in by_language.items():
        if len({code for code, _ in members}) > 1:
            found[joined] = [path for _, place in members for path in found.pop(place)]
    return {place: len(paths) for place, paths in found.items()}, found


def is_named_like_a_post(path: str) -> bool:
    """Whether a path below a posts folder is one that a post of some other layout has."""
    matches = (expression(f"{tail}{{lang}}.md").fullmatch(path) for tail in (*DATED, *UNDATED))
    return any(match and not is_page(path, match["slug"]) for match in matches)


def likeliest(counts: Mapping[Place, int]) -> Place:
    """The place with most files; an archive only where there is nothing else."""
    return max(counts, key=lambda place: (not place.is_archive, counts[place], -len(place.folder)))


def archive_of(counts: Mapping[Place, int], posts: Place) -> Place | None:
    """The archive with most files, laid out as the posts are."""
    found = [
        place
        for place in counts
        if place.is_archive and place.pattern == posts.pattern and not f"{posts.folder}/".startswith(f"{place.folder}/")
    ]
    return max(found, key=lambda place: counts[place], default=None)


def close(counts: Mapping[str, int], taken: str) -> tuple[tuple[str, int], ...]:
    """What the blog has nearly as often as what was taken, that first; nothing where it is clear."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] != taken))
    found = [(name, count) for name, count in ranked if count > 1 and count * CLOSE >= ranked[0][1]]
    return tuple(found) if len(found) > 1 else ()


def unclear_places(counts: Mapping[Place, int], chosen: Place) -> dict[str, tuple[tuple[str, int], ...]]:
    """The folders, and the patterns in the chosen one, that might be meant, where several might: "posts", "path"."""
    folders: dict[str, int] = {}
    for place, count in counts.items():
        if not place.is_archive:
            folders[place.folder] = max(count, folders.get(place.folder, 0))
    patterns = {place.pattern: count for place, count in counts.items() if place.folder == chosen.folder}
    found = {
        "posts": close(folders, chosen.folder) if not chosen.is_archive else (),
        "path": close(patterns, chosen.pattern),
    }
    return {name: options for name, options in found.items() if options}
