"""`aiblog.yaml` read and written. ruamel.yaml lives here and nowhere else."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from aiblog.core.header import scalar
from aiblog.core.settings import FILE_NAME, NAMED_ROLES, Check, Git, Index, Key, RuleChoice, Settings
from aiblog.core.settings_reading import Reading
from aiblog.errors import AiblogError

LARGEST = 64 * 1024
"""Bytes of an `aiblog.yaml` at most."""

DEEPEST = 8
"""Levels of nesting at most; the settings have four."""


HEADING = "# The conventions of this blog. aiblog's docs/configuration.md says what each key means."
"""The first line of an `aiblog.yaml` that `init` writes."""

_COMMENTS = 44  # the column of evidence, where the line is shorter


def parsed(text: str, path: str = FILE_NAME) -> Settings:
    """The settings that `text` states, defaults for the rest.

    Raises:
        AiblogError: `settings-invalid`, "path:line: …", with the nearest known name for an unknown key.
    """
    return Reading(path).settings(_loaded(text, path))


def _loaded(text: str, path: str) -> Any:
    """The file as ruamel reads it, lines and comments remembered; an empty mapping for an empty file."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up: only where there is an aiblog.yaml
    from ruamel.yaml.composer import Composer, ComposerError  # noqa: PLC0415
    from ruamel.yaml.constructor import DuplicateKeyError  # noqa: PLC0415
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415
    from ruamel.yaml.events import AliasEvent  # noqa: PLC0415
    from ruamel.yaml.reader import Reader  # noqa: PLC0415

    class Printable(Reader):
        """Looks with `isprintable` first, which allows less: the reader's own expression takes 4 ms to compile."""

        def check_printable(self, data: Any) -> None:
            if not re.sub("[\t\r\n]", "", data).isprintable():
                super().check_printable(data)

    class Plain(Composer):
        """Composes no alias and no tag, and nothing that is nested deep: the parser is never run to its limits."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            event = self.parser.peek_event()
            if isinstance(event, AliasEvent) or event.ctag is not None:
                what = "an alias" if isinstance(event, AliasEvent) else "a tag"
                raise ComposerError(None, None, f"{what}; the value itself was wanted", event.start_mark)
            if self.depth >= DEEPEST:
                raise ComposerError(None, None, "nested too deep", event.start_mark)
            return super().compose_node(parent, index)

    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise AiblogError("settings-invalid", f"{path}:1: the file is longer than {LARGEST // 1024} KiB")
    yaml = YAML(typ="rt")
    yaml.Composer = Plain
    yaml.Reader = Printable
    try:
        return yaml.load(text) or {}
    except DuplicateKeyError as error:
        name = re.match('found duplicate key "(.*?)"', str(error.problem))
        raise _error(path, error, f'"{name.group(1) if name else "a key"}" stands here twice') from error
    except MarkedYAMLError as error:
        reason = ", ".join(each for each in (error.context, error.problem) if each)
        raise _error(path, error, reason.replace("\n", " ")) from error
    except (YAMLError, RecursionError, ValueError, TypeError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise AiblogError(
            "settings-invalid", f"{path}:{line}: {str(error).splitlines()[0]}", f"edit {path}:{line}"
        ) from error


def _error(path: str, error: Any, reason: str) -> AiblogError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    return AiblogError("settings-invalid", f"{path}:{line}: {reason}", f"edit {path}:{line}")


def settings_text(settings: Settings, evidence: Mapping[str, str] | None = None) -> str:
    """A whole `aiblog.yaml` with the evidence of each inference as a comment; LF, a final newline.

    `parsed` reads it back as the same settings. Keys of `evidence` are places as in `FIELDS`, with
    the name in place of the star (`languages.zh`, `front_matter.date`, `indexes.README.md`,
    `indexes.README.md.style`).
    """
    from ruamel.yaml.comments import CommentedMap  # noqa: PLC0415 - start-up

    said = _printable(evidence or {})
    document = CommentedMap()
    for name, value in settings_document(settings).items():
        document[name] = _commented(value, name, said)
        if name in said:
            document.yaml_add_eol_comment(said[name], name, _COMMENTS)
    return f"{HEADING}\n{_dumped(document)}"


def _printable(evidence: Mapping[str, str]) -> dict[str, str]:
    """The comments with what YAML does not take, or nobody sees, written as its number."""
    return {
        place: "".join(each if each.isprintable() else f"\\u{{{ord(each):X}}}" for each in text)
        for place, text in evidence.items()
    }


def _commented(value: Any, place: str, said: Mapping[str, str]) -> Any:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415 - start-up

    if isinstance(value, dict) and place in {"languages", "front_matter"}:
        outer = CommentedMap()
        for name, inner in value.items():
            outer[name] = CommentedMap(inner)
            outer[name].fa.set_flow_style()
            if (comment := said.get(f"{place}.{name}")) is not None:
                outer.yaml_add_eol_comment(comment, name, _COMMENTS)
        return outer
    if place == "indexes":
        items = CommentedSeq()
        for inner in value:
            item = CommentedMap(inner)
            if "languages" in item:
                item["languages"] = CommentedSeq(item["languages"])
                item["languages"].fa.set_flow_style()
            if (comment := said.get(f"indexes.{inner['path']}")) is not None:
                item.yaml_add_eol_comment(comment, "path", _COMMENTS)
            if (comment := said.get(f"indexes.{inner['path']}.style")) is not None:
                item.yaml_add_eol_comment(comment, "style", _COMMENTS)
            items.append(item)
        return items
    if not isinstance(value, dict):
        return value
    found = CommentedMap(value)
    for name in value:
        if (comment := said.get(f"{place}.{name}")) is not None:
            found.yaml_add_eol_comment(comment, name, _COMMENTS)
    return found


def settings_document(settings: Settings) -> dict[str, Any]:
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
    document |= {"switch_line": settings.switch_line} if settings.switch_line else {}
    document |= {"translations": settings.translations} if settings.translations != "front_matter" else {}
    document["indexes"] = [_index_document(index) for index in settings.indexes]
    git = {name: getattr(settings.git, name) for name in Git._fields}
    if settings.git.file_urls == Git().file_urls:
        git["file_urls"] = None
    document["git"] = {name: value for name, value in git.items() if value is not None}
    check = _check_document(settings.check)
    return document | ({"check": check} if check else {})


def _check_document(check: Check) -> dict[str, Any]:
    usual = Check()
    document = {name: getattr(check, name) for name in ("spacing", "future_days")}
    document = {name: value for name, value in document.items() if value != getattr(usual, name)}
    document |= _choice_document(RuleChoice(check.ignore, check.severity))
    paths = {pattern: _choice_document(choice) for pattern, choice in check.paths}
    return document | ({"paths": paths} if paths else {})


def _choice_document(choice: RuleChoice) -> dict[str, Any]:
    document: dict[str, Any] = {"ignore": list(choice.ignore)} if choice.ignore else {}
    return document | ({"severity": dict(choice.severity)} if choice.severity else {})


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


def with_additions(text: str, settings: Settings, evidence: Mapping[str, str] | None = None) -> str:
    """`aiblog.yaml` with what `settings` has and it lacks: languages, front-matter keys, indexes.

    New lines only, each with its evidence as a comment (see `settings_text`): every byte that is
    there stays, and the very text comes back where nothing is new.

    Raises:
        AiblogError: `settings-invalid` where the text cannot be read.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + with_additions(text[1:], settings, evidence)
    now, whole = settings_document(parsed(text)), settings_document(settings)
    for place in ("languages", "front_matter"):
        new = {name: value for name, value in whole[place].items() if name not in now[place]}
        text = _with_items(text, place, new, now[place], evidence or {}) if new else text
    known = [each["path"] for each in now["indexes"]]
    items = [each for each in whole["indexes"] if each["path"] not in known]
    return _with_items(text, "indexes", items, [], evidence or {}) if items else text


def _with_items(text: str, place: str, new: Any, defaults: Any, evidence: Mapping[str, str]) -> str:
    """The text with new items at the end of a mapping or list; with the defaults too where it is not there yet."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up

    newline = "\r\n" if "\r\n" in text else "\n"
    root = YAML().compose(text)
    node = next((value for key, value in root.value if key.value == place), None) if root else None
    if node is not None and isinstance(node.value, list) and node.value:
        if node.flow_style:
            at = _end(node.value[-1])
            return f"{text[:at]}, {_dumped(new, flow=True)[1:-2]}{text[at:]}"
        at, indent = _end(node), node.start_mark.column
    else:
        new, indent = (defaults + new if place == "indexes" else defaults | new), 2
        if node is None:
            text += f"{'' if not text or text.endswith(newline) else newline}{place}:"
            at = len(text)
        else:  # nothing, or empty brackets: the items go below the line
            at = node.start_mark.index
            text = text[:at].rstrip(" ") + text[node.end_mark.index :]
    lines = textwrap.dedent(_dumped(_commented(new, place, _printable(evidence)))).splitlines()
    at = text.find("\n", at - 1) + 1 or len(text)
    before = text[:at] if text[:at].endswith("\n") else f"{text[:at]}{newline}"
    return before + "".join(f"{' ' * indent}{line}{newline}" for line in lines) + text[at:]


def _end(node: Any) -> int:
    """Where the last value in a node ends, comments behind it not counted."""
    while not isinstance(node, tuple) and isinstance(node.value, list) and node.value and not node.flow_style:
        node = node.value[-1]
        node = node[1] if isinstance(node, tuple) else node
    return int((node[1] if isinstance(node, tuple) else node).end_mark.index)


def _dumped(value: Any, *, flow: bool = False) -> str:
    from ruamel.yaml import YAML  # noqa: PLC0415 - start-up
    from ruamel.yaml.representer import RoundTripRepresenter  # noqa: PLC0415

    class Quoting(RoundTripRepresenter):
        """Quotes each text that is not plain for sure: ruamel leaves `yes` and, between braces, `?x` as they are."""

        def represent_str(self, text: str) -> Any:
            plain = text and scalar(text) == text and not text[0].isdigit()  # a front matter's date is plain, not here
            return self.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')

    Quoting.add_representer(str, Quoting.represent_str)
    yaml = YAML()
    yaml.Representer = Quoting
    yaml.width = 4096
    yaml.default_flow_style = flow
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(value, out)
    return re.sub(r"(?m)[ \t]+$", "", out.getvalue())
