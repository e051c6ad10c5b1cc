"""What `aiblog.yaml` says, checked: every value of the right kind, every key known, every error with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from aiblog.core.header import scalar
from aiblog.core.language import Language, default_language
from aiblog.core.layout import GITS_OWN, pattern_error
from aiblog.core.nearest import nearest
from aiblog.core.settings import (
    FIELDS,
    NAMED_ROLES,
    Check,
    FileUrls,
    Git,
    Index,
    Key,
    RuleChoice,
    Settings,
    Severity,
    SwitchLine,
    Translations,
)
from aiblog.core.title import title_error
from aiblog.errors import AiblogError


class Reading:
    """One reading of one file: every check knows the line it speaks of."""

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, place: Any, key: Any, sentence: str) -> AiblogError:
        """The error for a key of a mapping (or an item of a list)."""
        line = 1
        position = getattr(place, "lc", None)
        if position is not None and position.data and key in position.data:
            line = position.data[key][0] + 1
        elif position is not None:
            line = position.line + 1
        return AiblogError("settings-invalid", f"{self.path}:{line}: {sentence}", f"edit {self.path}:{line}")

    def known(self, values: Any, place: str) -> None:
        """Every key of the mapping is one of those `FIELDS` has at that place."""
        prefix = f"{place}." if place else ""
        names = [each.removeprefix(prefix) for each in FIELDS if each.startswith(prefix)]
        names = [each for each in names if "." not in each]
        for key in values:
            if key not in names:
                rest = nearest(str(key), names, f"known here are {', '.join(names)}")
                raise self.fail(values, key, f'unknown key "{key}"{rest}')

    def text(self, values: Any, key: str, default: Any, check: Callable[[str], str | None] | None = None) -> Any:
        """A text, or the default where there is none."""
        if key not in values or values[key] is None:
            return default
        value = values[key]
        if not isinstance(value, str):
            quoted = "" if isinstance(value, dict | list) else f': "{_plain(value)}"'
            raise self.fail(values, key, f'"{key}" is {_shown(value)}; a text was wanted{quoted}')
        if problem := (check or _line_error)(str(value)):
            raise self.fail(values, key, f'"{key}" is "{value}": {problem}')
        return str(value)

    def flag(self, values: Any, key: str, default: bool) -> bool:
        """True or false."""
        value = values.get(key, default)
        if not isinstance(value, bool):
            raise self.fail(values, key, f'"{key}" is {_shown(value)}; true or false was wanted')
        return value

    def mapping(self, values: Any, key: str) -> Any:
        """A mapping; an empty one where there is none."""
        value = values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fail(values, key, f'"{key}" is {_shown(value)}; a mapping was wanted')
        return value

    def settings(self, values: Any) -> Settings:
        """The whole file."""
        if not isinstance(values, dict):
            message = f"{self.path}:1: a mapping of keys to values was wanted"
            raise AiblogError("settings-invalid", message, f"edit {self.path}:1")
        self.known(values, "")
        default = Settings()
        languages = self.languages(values) or default.languages
        posts = _folder(self.text(values, "posts", default.posts, folder_error))
        keys = self.front_matter(values) if "front_matter" in values else default.front_matter
        return Settings(
            posts=posts,
            archive=self.archive(values, posts),
            path=self.path_pattern(values, default.path, keys),
            timezone=self.text(values, "timezone", None),
            languages=languages,
            front_matter=keys,
            title=self.text(values, "title", default.title, _name_error),
            switch_line=self.text(values, "switch_line", None, _one_of(*get_args(SwitchLine))),
            translations=self.text(values, "translations", default.translations, _one_of(*get_args(Translations))),
            indexes=self.indexes(values, languages),
            git=self.git(values),
            check=self.check(values),
        )

    def archive(self, values: Any, posts: str) -> str | None:
        """The archive, which holds other files than the posts folder."""
        text = self.text(values, "archive", None, folder_error)
        if text is None:
            return None
        archive = _folder(text)
        if not archive or f"{posts}/".startswith(f"{archive}/"):
            raise self.fail(
                values, "archive", f'"archive" is "{text}": a folder that does not hold the posts was wanted'
            )
        return archive

    def path_pattern(self, values: Any, default: str, keys: tuple[Key, ...]) -> str:
        """The path pattern; a post's date stands in it, or in a front-matter key."""
        pattern: str = self.text(values, "path", default, pattern_error)
        if "{date}" not in pattern and not any(key.role in {"date", "updated"} for key in keys):
            raise self.fail(
                values, "path", f'"path" is "{pattern}": without {{date}} a front-matter key of that role was wanted'
            )
        return pattern

    def languages(self, values: Any) -> tuple[Language, ...]:
        """The languages, first one first."""
        found: list[Language] = []
        own = self.mapping(values, "languages")
        for code, stated in own.items():
            if not isinstance(code, str) or not re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
                raise self.fail(own, code, f'"{code}" is no language code, such as en or pt-br')
            given = {} if stated is None else stated
            if not isinstance(given, dict):
                raise self.fail(own, code, f'"{code}" is {_shown(given)}; a mapping was wanted')
            self.known(given, "languages.*")
            usual = default_language(code, "" if not found else f"_{code}")
            name = self.text(given, "name", usual.name)
            own_name = self.text(given, "own_name", usual.own_name)
            language = Language(code, name, self.text(given, "suffix", usual.suffix, _suffix_error), own_name)
            twin = next((each for each in found if each.suffix.lower() == language.suffix.lower()), None)
            if twin:
                raise self.fail(own, code, f'"{twin.code}" and "{code}" have the same suffix "{language.suffix}"')
            found.append(language)
        return tuple(found)

    def front_matter(self, values: Any) -> tuple[Key, ...]:
        """The front-matter keys in their order."""
        own = self.mapping(values, "front_matter")
        return tuple(self.key(own, name) for name in own)

    def key(self, own: Any, name: Any) -> Key:
        """One front-matter key."""
        if not isinstance(name, str) or _name_error(name):
            raise self.fail(own, name, f'"{name}" is no front-matter key; a plain name was wanted')
        given = own[name] if own[name] is not None else {}
        if not isinstance(given, dict):
            raise self.fail(own, name, f'"{name}" is {_shown(given)}; a mapping was wanted')
        self.known(given, "front_matter.*")
        self.known_for_role(given, name)
        role = self.text(given, "role", NAMED_ROLES.get(name), _one_of("date", "updated", "status", "tags"))
        usual = Key(name)
        return Key(
            name=name,
            role=role,
            required=self.flag(given, "required", default=False),
            default=self.text(given, "default", None),
            style=self.text(given, "style", "comma" if role == "tags" else None, _one_of("comma", "list")),
            derived=self.text(given, "from", None, _one_of("path")),
            draft=self.text(given, "draft", usual.draft),
            published=self.text(given, "published", usual.published),
        )

    def known_for_role(self, given: Any, name: str) -> None:
        """What only a status or only tags have stands with no other key; a draft and a published post differ."""
        role, usual = given.get("role", NAMED_ROLES.get(name)), Key(name)
        for word, owner in (("draft", "status"), ("published", "status"), ("style", "tags")):
            if word in given and role != owner:
                raise self.fail(given, word, f'"{word}" is for a key whose role is {owner}; "{name}" is none')
        if role == "status" and given.get("draft", usual.draft) == given.get("published", usual.published):
            raise self.fail(given, "draft", f'"{name}" has one word for draft and published; two were wanted')

    def indexes(self, values: Any, languages: tuple[Language, ...]) -> tuple[Index, ...]:
        """The indexes in their order."""
        own = values.get("indexes")
        if own is None:
            return ()
        if not isinstance(own, list):
            raise self.fail(values, "indexes", f'"indexes" is {_shown(own)}; a list was wanted')
        found: dict[str, Index] = {}
        for number in range(len(own)):
            index = self.index(own, number, languages)
            if index.path in found:
                raise self.fail(own[number], "path", f'"{index.path}" stands here twice')
            found[index.path] = index
        return tuple(found.values())

    def index(self, own: Any, number: int, languages: tuple[Language, ...]) -> Index:
        """One index."""
        given = own[number]
        if not isinstance(given, dict):
            raise self.fail(own, number, f"an index is {_shown(given)}; a mapping with a path was wanted")
        self.known(given, "indexes.*")
        if given.get("path") is None:
            raise self.fail(own, number, 'an index has no "path"')
        codes = given.get("languages") or []
        known = [each.code for each in languages]
        if not isinstance(codes, list) or not all(code in known and codes.count(code) == 1 for code in codes):
            raise self.fail(given, "languages", f'"languages" of an index: a list of {", ".join(known)} was wanted')
        style = self.text(given, "style", "sections", _one_of("sections", "list"))
        return Index(
            path=_folder(self.text(given, "path", "", file_error)),
            style=style,
            complete=self.flag(given, "complete", default=True),
            under=self.text(given, "under", None),
            languages=tuple(str(code) for code in codes),
            limit=self.number(given, "limit", None, 1),
        )

    def git(self, values: Any) -> Git:
        """How commits are made."""
        own = self.mapping(values, "git")
        self.known(own, "git")
        usual = Git()
        checks = {
            "base": _ref_error,
            "remote": _ref_error,
            "branch": lambda text: _template_error("date", "slug")(text) or _ref_error(re.sub(r"\{\w+\}", "x", text)),
            "message": _template_error("title", "date", "slug"),
            "update_message": _template_error("title", "date", "slug"),
            "draft_message": _template_error("title", "date", "slug"),
            "translation_message": _template_error("title", "date", "slug", "language"),
            "file_urls": _one_of(*get_args(FileUrls)),
        }
        names = Git._fields
        return Git(**{name: self.text(own, name, getattr(usual, name), checks[name]) for name in names})

    def check(self, values: Any) -> Check:
        """What `check` looks at."""
        own = self.mapping(values, "check")
        self.known(own, "check")
        usual = Check()
        paths = self.mapping(own, "paths")
        for pattern in paths:
            self.known(self.mapping(paths, pattern), "check.paths.*")
        return Check(
            spacing=self.flag(own, "spacing", default=usual.spacing),
            future_days=self.number(own, "future_days", usual.future_days, 0),
            ignore=self.choice(own).ignore,
            severity=self.choice(own).severity,
            paths=tuple((str(pattern), self.choice(self.mapping(paths, pattern))) for pattern in paths),
        )

    def choice(self, values: Any) -> RuleChoice:
        """Which rules are off, and how much the findings of others matter."""
        ignore = values.get("ignore") or []
        if not isinstance(ignore, list) or not all(isinstance(name, str) for name in ignore):
            raise self.fail(values, "ignore", f'"ignore" is {_shown(ignore)}; a list of rules was wanted')
        stated = self.mapping(values, "severity")
        check = _one_of(*get_args(Severity))
        severity = tuple((str(name), self.text(stated, name, "error", check)) for name in stated)
        return RuleChoice(tuple(str(name) for name in ignore), severity)

    def number(self, values: Any, key: str, default: int | None, least: int) -> Any:
        """A whole number from `least`, or the default where there is none."""
        value = values.get(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.fail(values, key, f'"{key}" is {_shown(value)}; a number from {least} was wanted')
        return value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f'"{_plain(value)}"'


def _plain(value: Any) -> str:
    """A scalar as it stands in the file."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: None if text in words else f"one of {', '.join(words)} was wanted"


def _line_error(text: str) -> str | None:
    """Why a text will not do as a value of one line; None where it will."""
    return title_error(text, "value")


def _name_error(text: str) -> str | None:
    """Why a front matter cannot have a key of that name as it stands; None where it can."""
    return _line_error(text) or (None if scalar(text) == text else "a plain name was wanted")


def _template_error(*names: str) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        unknown = next((name for name in re.findall(r"\{([^{}]*)\}", text) if name not in names), None)
        wanted = ", ".join(f"{{{name}}}" for name in names)
        if unknown is not None:
            return f'"{{{unknown}}}" is unknown; {wanted} are known'
        return None if text.strip() else "the value is empty"

    return problem


def _ref_error(text: str) -> str | None:
    """Why git would not take a name of a branch or a remote (git-check-ref-format); None where it would."""
    wrong = re.search(r"^[-/]|[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|^\.|\.lock(?:/|$)|[./]$|^@?$", text)
    return (f'git does not take "{wrong.group()}" there' if text else "the value is empty") if wrong else None


def _place_error(text: str) -> str | None:
    outside = text.startswith("/") or ".." in text.split("/") or GITS_OWN.search(text)
    if outside or "\\" in text or re.match("[A-Za-z]:", text):
        return "a place in this blog was wanted, relative to this file"
    return _line_error(text) if text else None


def folder_error(text: str) -> str | None:
    """Why a text is no folder of a blog that the settings can name; None where it is one."""
    hidden = any(part.startswith(".") and part != "." for part in text.split("/"))
    return _place_error(text) or ("hidden folders are never looked into" if hidden else None)


def _folder(text: str) -> str:
    return "/".join(part for part in text.split("/") if part not in ("", "."))


def file_error(text: str) -> str | None:
    """Why a text is no Markdown file of a blog that the settings can name; None where it is one."""
    return _place_error(text) or (None if text.endswith(".md") else "a Markdown file was wanted")


def _suffix_error(text: str) -> str | None:
    return None if re.fullmatch(r"(?:[._-][A-Za-z0-9-]+)?", text) else 'nothing, or a text such as "_zh" was wanted'
