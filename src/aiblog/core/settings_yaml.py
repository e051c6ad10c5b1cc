"""`aiblog.yaml` read, checked and written. ruamel.yaml lives here and nowhere else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from aiblog.core.language import Language, default_language
from aiblog.core.layout import pattern_error
from aiblog.core.settings import FIELDS, FILE_NAME, NAMED_ROLES, Git, Index, Key, Settings
from aiblog.errors import AiblogError

LARGEST = 64 * 1024
"""Bytes of an `aiblog.yaml` at most."""


def parsed(text: str, path: str = FILE_NAME) -> Settings:
    """The settings that `text` states, defaults for the rest.

    Raises:
        AiblogError: `settings-invalid`, "path:line: …", with the nearest known name for an unknown key.
    """
    return _Reading(path).settings(_loaded(text, path))


def _loaded(text: str, path: str) -> Any:
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up: only where there is an aiblog.yaml
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise AiblogError("settings-invalid", f"{path}:1: the file is longer than {LARGEST // 1024} KiB")
    alias = re.search(r"(?m)^(?:[^#\n\"']*[\s:\[,-])?\*[\w-]+", text)
    if alias:
        line = text.count("\n", 0, alias.end()) + 1
        raise AiblogError("settings-invalid", f"{path}:{line}: an alias; the value itself was wanted")
    try:
        return YAML(typ="rt").load(text) or {}
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = str(error.problem or error.context).split("\n")[0]
        raise AiblogError("settings-invalid", f"{path}:{mark.line + 1 if mark else 1}: {reason}") from error
    except (YAMLError, RecursionError, ValueError, TypeError) as error:
        raise AiblogError("settings-invalid", f"{path}:1: {str(error).splitlines()[0]}") from error


class _Reading:
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
        return AiblogError("settings-invalid", f"{self.path}:{line}: {sentence}")

    def known(self, values: Any, place: str) -> None:
        """Every key of the mapping is one of those `FIELDS` has at that place."""
        prefix = f"{place}." if place else ""
        names = [each.removeprefix(prefix) for each in FIELDS if each.startswith(prefix)]
        names = [each for each in names if "." not in each]
        for key in values:
            if key not in names:
                from difflib import get_close_matches  # noqa: PLC0415 - only for this message

                near = get_close_matches(str(key), names, 1)
                rest = f'; did you mean "{near[0]}"?' if near else f"; known here are {', '.join(names)}"
                raise self.fail(values, key, f'unknown key "{key}"{rest}')

    def text(self, values: Any, key: str, default: Any, check: Callable[[str], str | None] | None = None) -> Any:
        """A text, or the default where there is none."""
        if key not in values or values[key] is None:
            return default
        value = values[key]
        if not isinstance(value, str):
            raise self.fail(values, key, f'"{key}" is {_shown(value)}; a text was wanted: "{value}"')
        if check and (problem := check(str(value))):
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
            raise AiblogError("settings-invalid", f"{self.path}:1: a mapping of keys to values was wanted")
        self.known(values, "")
        default = Settings()
        languages = self.languages(values) or default.languages
        if len(languages) == 1 and "{lang}" not in str(values.get("path", "{lang}")):
            raise self.fail(values, "path", '"path" has no {lang}')
        return Settings(
            posts=_folder(self.text(values, "posts", default.posts, _folder_error)),
            archive=_folder(self.text(values, "archive", "", _folder_error)) or None,
            path=self.text(values, "path", default.path, pattern_error),
            timezone=self.text(values, "timezone", None),
            languages=languages,
            front_matter=self.front_matter(values) if "front_matter" in values else default.front_matter,
            title=self.text(values, "title", default.title),
            indexes=self.indexes(values, languages),
            git=self.git(values),
        )

    def languages(self, values: Any) -> tuple[Language, ...]:
        """The languages, first one first."""
        found: list[Language] = []
        own = self.mapping(values, "languages")
        for code, given in own.items():
            if not isinstance(code, str) or not re.fullmatch("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
                raise self.fail(own, code, f'"{code}" is no language code, such as en or pt-br')
            if given is not None and not isinstance(given, dict):
                raise self.fail(own, code, f'"{code}" is {_shown(given)}; a mapping was wanted')
            given = given or {}
            self.known(given, "languages.*")
            usual = default_language(code, "" if not found else f"_{code}")
            name = self.text(given, "name", usual.name, _line_error)
            own_name = self.text(given, "own_name", usual.own_name, _line_error)
            language = Language(code, name, self.text(given, "suffix", usual.suffix, _suffix_error), own_name)
            twin = next((each for each in found if each.suffix == language.suffix), None)
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
        if not isinstance(name, str):
            raise self.fail(own, name, f'"{name}" is no text; quote it')
        given = own[name] if own[name] is not None else {}
        if not isinstance(given, dict):
            raise self.fail(own, name, f'"{name}" is {_shown(given)}; a mapping was wanted')
        self.known(given, "front_matter.*")
        role = self.text(given, "role", NAMED_ROLES.get(name), _one_of("date", "updated", "status", "tags"))
        usual = Key(name)
        return Key(
            name=name,
            role=role,
            required=self.flag(given, "required", default=False),
            default=self.text(given, "default", None, _line_error),
            style=self.text(given, "style", "comma" if role == "tags" else None, _one_of("comma", "list")),
            derived=self.text(given, "from", None, _one_of("path")),
            draft=self.text(given, "draft", usual.draft, _line_error),
            published=self.text(given, "published", usual.published, _line_error),
        )

    def indexes(self, values: Any, languages: tuple[Language, ...]) -> tuple[Index, ...]:
        """The indexes in their order."""
        own = values.get("indexes")
        if own is None:
            return ()
        if not isinstance(own, list):
            raise self.fail(values, "indexes", f'"indexes" is {_shown(own)}; a list was wanted')
        return tuple(self.index(own, number, languages) for number in range(len(own)))

    def index(self, own: Any, number: int, languages: tuple[Language, ...]) -> Index:
        """One index."""
        given = own[number]
        if not isinstance(given, dict):
            raise self.fail(own, number, f"an index is {_shown(given)}; a mapping with a path was wanted")
        self.known(given, "indexes.*")
        if given.get("path") is None:
            raise self.fail(own, number, 'an index has no "path"')
        codes = given.get("languages") or []
        known = {each.code for each in languages}
        if not isinstance(codes, list) or not all(code in known for code in codes):
            raise self.fail(
                given, "languages", f'"languages" of an index: a list of {", ".join(sorted(known))} was wanted'
            )
        limit = given.get("limit")
        if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
            raise self.fail(given, "limit", f'"limit" is {_shown(limit)}; a number from 1 was wanted')
        style = self.text(given, "style", "sections", _one_of("sections", "list"))
        return Index(
            path=self.text(given, "path", "", _file_error),
            style=style,
            complete=self.flag(given, "complete", default=True),
            under=self.text(given, "under", None, _line_error),
            languages=tuple(str(code) for code in codes),
            limit=limit,
        )

    def git(self, values: Any) -> Git:
        """How commits are made."""
        own = self.mapping(values, "git")
        self.known(own, "git")
        usual = Git()
        checks = {
            "branch": _template_error("date", "slug"),
            "message": _template_error("title", "date", "slug"),
            "draft_message": _template_error("title", "date", "slug"),
            "translation_message": _template_error("title", "date", "slug", "language"),
        }
        names = [each.name for each in fields(Git)]
        return Git(
            **{name: self.text(own, name, getattr(usual, name), checks.get(name, _line_error)) for name in names}
        )


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f'"{value}"'


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: None if text in words else f"one of {', '.join(words)} was wanted"


def _line_error(text: str) -> str | None:
    from aiblog.core.title import title_error  # noqa: PLC0415 - siblings in core

    return title_error(text, "value")


def _template_error(*names: str) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        unknown = next((name for name in re.findall(r"\{([^{}]*)\}", text) if name not in names), None)
        wanted = ", ".join(f"{{{name}}}" for name in names)
        return f'"{{{unknown}}}" is unknown; {wanted} are known' if unknown is not None else None

    return problem


def _folder_error(text: str) -> str | None:
    if text.startswith("/") or ".." in text.split("/") or "\\" in text or re.match("[A-Za-z]:", text):
        return "a folder below this file was wanted"
    return None


def _folder(text: str) -> str:
    return "/".join(part for part in text.split("/") if part not in ("", "."))


def _file_error(text: str) -> str | None:
    return _folder_error(text) or (None if text.endswith(".md") else "a Markdown file was wanted")


def _suffix_error(text: str) -> str | None:
    return None if re.fullmatch(r"(?:[._-][A-Za-z0-9-]+)?", text) else 'nothing, or a text such as "_zh" was wanted'


def settings_text(settings: Settings, evidence: Mapping[str, str] | None = None) -> str:
    """A whole `aiblog.yaml` with the evidence of each inference as a comment; LF, a final newline.

    `parsed` reads it back as the same settings. Keys of `evidence` are places as in `FIELDS`, with
    the name in place of the star (`languages.zh`, `front_matter.date`, `indexes.README.md`).
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415

    said = evidence or {}
    document = CommentedMap()
    for name, value in _document(settings).items():
        document[name] = _commented(value, name, said)
        if name in said:
            document.yaml_add_eol_comment(said[name], name)
    yaml = YAML()
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    out.write(
        "# The conventions of this blog, for aiblog. Everything is documented in docs/configuration.md of aiblog.\n"
    )
    yaml.dump(document, out)
    return re.sub(r"(?m)[ \t]+$", "", out.getvalue())


def _commented(value: Any, place: str, said: Mapping[str, str]) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415 - start-up

    if isinstance(value, dict) and place in {"languages", "front_matter"}:
        outer = CommentedMap()
        for name, inner in value.items():
            outer[name] = CommentedMap(inner)
            outer[name].fa.set_flow_style()
            if (comment := said.get(f"{place}.{name}")) is not None:
                outer.yaml_add_eol_comment(comment, name)
        return outer
    if place == "indexes":
        items = CommentedSeq()
        for inner in value:
            item = CommentedMap(inner)
            if "languages" in item:
                item["languages"] = CommentedSeq(item["languages"])
                item["languages"].fa.set_flow_style()
            if (comment := said.get(f"indexes.{inner['path']}")) is not None:
                item.yaml_add_eol_comment(comment, "path")
            items.append(item)
        return items
    return CommentedMap(value) if isinstance(value, dict) else value


def _document(settings: Settings) -> dict[str, Any]:
    """The settings as the mapping `aiblog.yaml` is; what is the default and says nothing is left out."""
    document: dict[str, Any] = {"posts": settings.posts or "."}
    document |= {"archive": settings.archive} if settings.archive else {}
    document["path"] = settings.path
    document |= {"timezone": settings.timezone} if settings.timezone else {}
    document["languages"] = {
        each.code: {"name": each.name, "suffix": each.suffix, "own_name": each.own_name} for each in settings.languages
    }
    document["front_matter"] = {key.name: _key_document(key) for key in settings.front_matter}
    document["title"] = settings.title
    document["indexes"] = [_index_document(index) for index in settings.indexes]
    git = {each.name: getattr(settings.git, each.name) for each in fields(Git)}
    document["git"] = {name: value for name, value in git.items() if value is not None}
    return document


def _key_document(key: Key) -> dict[str, Any]:
    usual = Key(key.name, role=key.role)
    document: dict[str, Any] = {}
    if key.role is not None and NAMED_ROLES.get(key.name) != key.role:
        document["role"] = key.role
    if key.role == "status":
        document |= {"draft": key.draft, "published": key.published}
    for name in ("default", "style", "required"):
        if getattr(key, name) != getattr(usual, name):
            document[name] = getattr(key, name)
    return document | ({"from": key.derived} if key.derived else {})


def _index_document(index: Index) -> dict[str, Any]:
    document: dict[str, Any] = {"path": index.path, "style": index.style}
    document |= {"under": index.under} if index.under else {}
    document |= {"languages": list(index.languages)} if index.languages else {}
    document["complete"] = index.complete
    return document | ({"limit": index.limit} if index.limit else {})


def with_additions(text: str, settings: Settings) -> str:
    """`aiblog.yaml` with what `settings` has and it lacks: languages, front-matter keys, indexes.

    Comments and everything that is said already stay; the very text where nothing is new.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415

    now = parsed(text)
    yaml = YAML()
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(text)
    whole = _document(settings)
    changed = False
    known = {
        "languages": {each.code for each in now.languages},
        "front_matter": {each.name for each in now.front_matter},
    }
    for place, names in known.items():
        for name, value in whole[place].items():
            if name not in names and isinstance(document.get(place), dict):
                document[place][name] = CommentedMap(value)
                document[place][name].fa.set_flow_style()
                changed = True
    for inner in whole["indexes"]:
        if inner["path"] not in {index.path for index in now.indexes}:
            document.setdefault("indexes", []).append(CommentedMap(inner))
            changed = True
    if not changed:
        return text
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()
