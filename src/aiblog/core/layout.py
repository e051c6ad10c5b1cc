"""Where an edition lies: the path pattern, read and written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aiblog.core.language import Language

FIELDS = ("date", "slug", "lang")
NOT_POSTS = {"readme", "index", "contributing", "changelog", "license", "template", "summary"}
"""Names of pages that lie beside posts and are none."""
_INDEX_NAMES = tuple(NOT_POSTS)


class Found(NamedTuple):
    """An edition recognised by its path. `suffix` is what its name carries, `stray` where the blog writes another."""

    path: str
    date: str
    slug: str
    language: str
    suffix: str
    stray: bool = False


GITS_OWN = re.compile(r"(?:^|/)(?:\.git|git~\d+)[. ]*(?:[/:]|$)", re.IGNORECASE)
"""What a path holds that some disk takes for git's own folder: those of Windows know it by names of their own."""


def pattern_error(pattern: str) -> str | None:
    """Why a path pattern will not do; None where it will."""
    names = re.findall(r"\{([^{}]*)\}", pattern)
    unknown = next((name for name in names if name not in FIELDS), None)
    if unknown is not None:
        return f'"{{{unknown}}}" is unknown; {{date}}, {{slug}} and {{lang}} are known'
    if re.search(r"[{}]", re.sub(r"\{\w+\}", "", pattern)):
        return "a brace is not closed"
    hidden = any(part[:1] in (".", "") for part in pattern.split("/")) or GITS_OWN.search(pattern)
    if hidden or re.search(r"[\\\x00-\x1f\x7f-\x9f]", pattern):
        return "a path below the posts folder was wanted, no part of it empty or hidden, no control character"
    if not pattern.endswith(".md"):
        return "it does not end in .md"
    missing = next((name for name in ("slug", "lang") if name not in names), None)
    if missing is not None:
        return f"{{{missing}}} is missing"
    placed = pattern.endswith("{lang}.md") or "{lang}" in pattern.split("/")
    return None if placed and names.count("lang") == 1 else "{lang} stands once, before .md or as a folder of its own"


class Layout:
    """The path of one edition below the posts folder: a pattern and the blog's languages."""

    def __init__(self, pattern: str, languages: Sequence[Language]) -> None:
        self.pattern = pattern
        self.languages = languages
        self._compiled = _compiled(pattern)
        self._written = {each.code: each.suffix for each in languages}
        self._read = _read(languages)
        self._folders = {name for each in languages for name in (each.code, each.suffix.lstrip("_-."))}

    def path(self, date: str, slug: str, language: str) -> str:
        """Where that edition belongs, relative to the posts folder, with `/`."""
        suffix = self._written.get(language, f"_{language}")
        if "{lang}/" in self.pattern:  # a folder for each language: it needs a name
            suffix = suffix.lstrip("_-.") or language
        return self.pattern.replace("{date}", date).replace("{slug}", slug).replace("{lang}", suffix)

    def page_error(self, slug: str) -> str | None:
        """Why a file of that slug would be taken for a page beside the posts; None where it would be a post."""
        taken = is_page(self.path("", slug, self.languages[0].code), slug)
        return "a file of that name is a page beside the posts" if taken else None

    def posts(self, paths: Iterable[str], start: int = 0) -> tuple[list[Found], list[str]]:
        """The editions among `paths`, in their order, and the `.md` files that are none.

        Paths are relative to the posts folder from their character `start` on. A suffix the blog
        writes names its language; `_<code>` always does too, `-<code>` and `.<code>` only where another
        edition has the same stem: `to-be` may be a topic. A language's folder is one of the blog's.
        """
        found: list[Found] = []
        rest = []
        foldered, last = "{lang}/" in self.pattern, ""
        for path in paths:
            match = self._compiled.fullmatch(path, start)
            date, slug, lang = match.group("date", "slug", "lang") if match else ("", "", "")
            known = match and (not foldered or lang in self._folders)
            if known and (date == last or _is_date(date)) and not is_page(path, slug):
                last = date  # that of the next one too, as a rule
                stem, language, suffix = self._by_suffix(slug, lang)
                stray = not foldered and suffix != self._written.get(language, "")
                found.append(Found(path, date, stem, language, suffix, stray))
            elif path.endswith(".md"):
                rest.append(path)
        return self._marks_read(found), rest

    def _marks_read(self, found: list[Found]) -> list[Found]:
        """The same, those that end in `-<code>` or `.<code>` read as editions of the stem before it where it has
        another; a region may follow (`.zh-cn`)."""
        ends = tuple(f"{sign}{code}" for code in self._written for sign in "-._")
        marked = [
            number
            for number, each in enumerate(found)
            if not each.suffix and (each.slug.endswith(ends) or each.slug.rpartition("-")[0].endswith(ends))
        ]
        if not marked:
            return found
        codes = "|".join(map(re.escape, self._written))
        mark = re.compile(rf"(?P<stem>.+?)(?P<suffix>[._-](?P<code>{codes})(?:-[A-Za-z]{{2,4}})?)")
        stems, result = {(each.date, each.slug) for each in found}, list(found)
        for number in marked:
            each = found[number]
            match = mark.fullmatch(each.slug)
            if match and (each.date, match["stem"]) in stems:
                stray = self._written[match["code"]] != match["suffix"]
                result[number] = Found(each.path, each.date, match["stem"], match["code"], match["suffix"], stray)
        return result

    def _by_suffix(self, slug: str, lang: str) -> tuple[str, str, str]:
        """Stem, language and suffix of a name."""
        if "{lang}/" in self.pattern:
            code = next((each.code for each in self.languages if lang in (each.code, each.suffix.lstrip("_-."))), lang)
            return slug, code, lang
        name = slug + lang
        for suffix, code in self._read.items():
            if suffix and name.endswith(suffix) and (name != suffix or suffix == f"_{code}"):
                return name.removesuffix(suffix), code, suffix
        return name, self._read[""], ""


def _read(languages: Sequence[Language]) -> dict[str, str]:
    """The suffixes that are read and their languages, as they are tried: the longest, the usual ones, none."""
    found: dict[str, str] = {}
    by_length = sorted(languages, key=lambda each: -len(each.suffix))
    for each in by_length:
        if each.suffix:
            found.setdefault(each.suffix, each.code)
    for each in by_length:
        found.setdefault(f"_{each.code}", each.code)
    found[""] = next((each for each in by_length if not each.suffix), languages[0]).code
    return found


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as an expression; `{lang}` matches nothing by itself at a name's end: the slug's end is looked at."""
    parts, seen = [], set()
    for part in re.split(r"(\{\w+\})", pattern):
        name = part[1:-1] if part.startswith("{") else ""
        if not name:
            parts.append(re.escape(part))
        elif name in seen:
            parts.append(f"(?P={name})")
        else:
            seen.add(name)
            folder = f"{{{name}}}/" in pattern
            shape = {
                "date": r"\d{4}-\d{2}-\d{2}",
                "slug": "[^/]+" if "{slug}{lang}" in pattern else "[^/]+?",
                "lang": r"[\w-]+" if folder else r"(?:[._-][A-Za-z-]{2,7})??",
            }
            if name == "lang" and not folder and "{slug}{lang}" in pattern:
                parts.append(r"(?P<lang>)")  # the suffix is found in the slug
            else:
                parts.append(f"(?P<{name}>{shape[name]})")
    if "date" not in seen:
        parts.append("(?P<date>)")
    return re.compile("".join(parts))


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_page(path: str, slug: str) -> bool:
    """Whether a file's name says that it is a page beside the posts: a README, an index, a licence."""
    if not slug.lstrip("_").lower().startswith(_INDEX_NAMES):
        return False  # nearly all
    name = _before_suffix(slug)
    return name in NOT_POSTS and _before_suffix(path.rpartition("/")[2].removesuffix(".md")) == name


def _before_suffix(name: str) -> str:
    return name.lstrip("_").split("_", maxsplit=1)[0].split(".", maxsplit=1)[0].lower()
