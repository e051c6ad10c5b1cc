"""Where an edition lies: the path pattern, read and written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aiblog.core.language import Language

FIELDS = ("date", "slug", "lang")
_NOT_POSTS = {"readme", "index", "contributing", "changelog", "license", "template", "summary"}


class Found(NamedTuple):
    """An edition recognised by its path. `suffix` is what its name carries, `stray` where the blog writes another."""

    path: str
    date: str
    slug: str
    language: str
    suffix: str
    stray: bool = False


def pattern_error(pattern: str) -> str | None:
    """Why a path pattern will not do; None where it will."""
    names = re.findall(r"\{([^{}]*)\}", pattern)
    unknown = next((name for name in names if name not in FIELDS), None)
    if unknown is not None:
        return f'"{{{unknown}}}" is unknown; {{date}}, {{slug}} and {{lang}} are known'
    if re.search(r"[{}]", re.sub(r"\{\w+\}", "", pattern)):
        return "a brace is not closed"
    if "\\" in pattern or any(part.startswith(".") or not part for part in pattern.split("/")):
        return "a path below the posts folder was wanted, no part of it empty or hidden"
    if not pattern.endswith(".md"):
        return "it does not end in .md"
    missing = next((name for name in ("slug", "lang") if name not in names), None)
    if missing is not None:
        return f"{{{missing}}} is missing"
    placed = pattern.endswith("{lang}.md") or "{lang}" in pattern.split("/")
    return None if placed and names.count("lang") == 1 else "{lang} stands once, before .md or as a folder of its own"


@dataclass(frozen=True, slots=True)
class Layout:
    """The path of one edition below the posts folder: a pattern and the blog's languages."""

    pattern: str
    languages: Sequence[Language]
    _compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", _compiled(self.pattern))

    def path(self, date: str, slug: str, language: str) -> str:
        """Where that edition belongs, relative to the posts folder, with `/`."""
        known = next((each for each in self.languages if each.code == language), None)
        suffix = known.suffix if known else f"_{language}"
        if "{lang}/" in self.pattern:  # a folder for each language: it needs a name
            suffix = suffix.lstrip("_-.") or language
        return self.pattern.replace("{date}", date).replace("{slug}", slug).replace("{lang}", suffix)

    def posts(self, paths: Iterable[str]) -> tuple[list[Found], list[str]]:
        """The editions among `paths` (relative to the posts folder), in their order, and the `.md` files that are none.

        A suffix the blog writes names its language; `_<code>` always does too, `-<code>` only where
        another edition has the same stem: `to-be` may be a topic.
        """
        matched, rest = [], []
        for path in paths:
            match = self._compiled.fullmatch(path)
            if match and _is_date(match.groupdict().get("date")) and not _is_index(path, match["slug"]):
                matched.append((path, match.groupdict().get("date") or "", match["slug"], match["lang"] or ""))
            elif path.endswith(".md"):
                rest.append(path)
        stems = {(date, self._by_suffix(slug, lang)[0]) for _, date, slug, lang in matched}
        return [self._found(*each, stems) for each in matched], rest

    def _found(self, path: str, date: str, slug: str, lang: str, stems: set[tuple[str, str]]) -> Found:
        stem, language, suffix = self._by_suffix(slug, lang)
        if not suffix:
            head, hyphen, code = stem.rpartition("-")
            if hyphen and (date, head) in stems and any(each.code == code for each in self.languages):
                stem, language, suffix = head, code, f"-{code}"
        known = next((each for each in self.languages if each.code == language), None)
        written = (known.suffix if known else "") if "{lang}/" not in self.pattern else suffix
        return Found(path, date, stem, language, suffix, stray=suffix != written)

    def _by_suffix(self, slug: str, lang: str) -> tuple[str, str, str]:
        """Stem, language and suffix of a name."""
        if "{lang}/" in self.pattern:
            code = next((each.code for each in self.languages if lang in (each.code, each.suffix.lstrip("_-."))), lang)
            return slug, code, lang
        by_length = sorted(self.languages, key=lambda each: -len(each.suffix))
        for each in by_length:
            if each.suffix and (slug + lang).endswith(each.suffix) and slug + lang != each.suffix:
                return (slug + lang).removesuffix(each.suffix), each.code, each.suffix
        for each in by_length:
            if (slug + lang).endswith(f"_{each.code}"):
                return (slug + lang).removesuffix(f"_{each.code}"), each.code, f"_{each.code}"
        plain = next((each for each in by_length if not each.suffix), by_length[-1])
        return slug + lang, plain.code, ""


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
                "slug": r"[^/]+?",
                "lang": r"[\w-]+" if folder else r"(?:[._-][A-Za-z-]{2,7})??",
            }
            if name == "lang" and not folder and "{slug}{lang}" in pattern:
                parts.append(r"(?P<lang>)")  # the suffix is found in the slug
            else:
                parts.append(f"(?P<{name}>{shape[name]})")
    return re.compile("".join(parts))


def _is_date(text: str | None) -> bool:
    if text is None:
        return True
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_index(path: str, slug: str) -> bool:
    name = path.rpartition("/")[2].removesuffix(".md").split("_")[0].split(".")[0].lower()
    return name in _NOT_POSTS and slug.split("_", maxsplit=1)[0].split(".", maxsplit=1)[0].lower() == name
