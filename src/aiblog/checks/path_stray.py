"""The rule `path-stray`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.layout import Found, Layout

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_POST = re.compile(
    r"(?i)(?:.*/)?_?(?:(?:readme|contributing|changelog|license|template|summary)\b[^/]*|[\d-]+/index\b[^/]*)"
)
"""What people put into a dated folder that is no post; `index.md` in a folder with a name is one."""


def path_stray(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A file with a date in its path that is no post by the blog's pattern, or whose suffix the blog does not write.

    Bad: `posts/2026-02-25/roi_en.md`
    Good: `posts/2026-02-25/roi.md`
    Why: no command sees the first; the second is read, but links and new editions go by what the blog writes.
    """
    settings = whole.settings
    layout = Layout(settings.path, settings.languages)
    known = {*whole.paths}
    indexes = {index.path for index in settings.indexes}
    for folder, paths in _by_folder(whole):
        prefix = f"{folder}/" if folder else ""
        editions, others = layout.posts([path.removeprefix(prefix) for path in paths])
        for each in editions:
            if each.stray:
                yield prefix + each.path, Place(1, 1, _suffix_message(layout, prefix, each, known))
        for path in others if folder else ():  # at the root everything of the repository is below
            is_stray = _DATE.search(path) and not _NO_POST.fullmatch(path)
            if is_stray and prefix + path not in indexes and prefix + path not in (whole.linked or ()):
                yield prefix + path, Place(1, 1, f"this file is no post; this blog's are {prefix}{settings.path}")


def _by_folder(whole: Whole) -> Iterator[tuple[str, list[str]]]:
    """The Markdown files of the posts folder and of the archive."""
    posts, archive = whole.settings.posts, whole.settings.archive
    texts = [path for path in whole.paths if path.endswith(".md")]
    kept = [path for path in texts if archive is not None and path.startswith(f"{archive}/")]
    away = {*kept}
    yield posts, [path for path in texts if path not in away]
    if archive is not None:
        yield archive, kept


def _suffix_message(layout: Layout, prefix: str, each: Found, known: set[str]) -> str:
    """What such a file is called in this blog; where it should have a suffix and has none, nobody knows which."""
    codes = [each.language] if each.suffix else [language.code for language in layout.languages]
    own = [layout.path(each.date, each.slug, code) for code in codes]
    ending = f'the name ends in "{each.suffix}"' if each.suffix else "the name has no suffix"
    way = "; `aiblog migrate --repair` renames it" if each.suffix else ""
    if each.suffix and prefix + own[0] in known:
        way = "; that file is there too, and only one of the two counts"
    names = " or ".join(posixpath.relpath(path, posixpath.dirname(each.path)) for path in own)
    return f"{ending}; this blog writes {names}{way}"
