"""Scaffolds: templates for one kind of post. Text with placeholders; nothing in one is ever executed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from aiblog.core import header
from aiblog.core.language import Language
from aiblog.core.nearest import nearest
from aiblog.core.title import escaped_title, title_error
from aiblog.errors import AiblogError

PLACEHOLDERS: dict[str, str] = {
    "title": "the title",
    "date": "the post's date, YYYY-MM-DD",
    "year": "the year of that date",
    "slug": "the slug",
    "author": "the author's name, as git has it",
    "language": "the edition's language, in its own name",
}
"""What a template may ask for, besides the scaffold's own questions."""

MANIFEST = "scaffold.yaml"
_PLACEHOLDER = re.compile(r"\{\{[ \t]*+(.{0,200}?)[ \t]*\}\}")  # looking further for its end takes long
_URL = re.compile(r"https?://[^\s<>\"'()\\]+(?:\([^\s<>\"'()\\]*\)[^\s<>\"'()\\]*)*")


class Question(NamedTuple):
    """A question of a scaffold. The answer fills `{{ name }}`, and the metadata key `front_matter` if there is one."""

    name: str
    ask: str
    required: bool = False
    default: str = ""
    front_matter: str | None = None
    kind: Literal["text", "url"] = "text"


class Scaffold(NamedTuple):
    """A kind of post: templates by language code, and files that are copied beside the post, by path."""

    kind: str
    description: str
    templates: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    tags: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = MappingProxyType({})

    def rendered(self, language: str, values: Mapping[str, str], *, heading: bool = True) -> str:
        """The text below the front matter in that language (the first there is where it has none).

        LF, a final newline. Without `heading` the H1 is left out: the blog keeps titles in the metadata.
        Values go in once, as text: a title that looks like a placeholder stays as it is.
        """
        base = language.split("-", maxsplit=1)[0]
        template = self.templates.get(language) or self.templates.get(base) or next(iter(self.templates.values()))
        if not heading:
            template = re.sub(r"\A\s*# \{\{\s*title\s*\}\}\n+", "", template)
        kinds = {question.name: question.kind for question in self.questions}

        def value(match: re.Match[str]) -> str:
            text = values.get(match.group(1), "")
            return text if kinds.get(match.group(1)) == "url" else escaped_title(text)

        return _PLACEHOLDER.sub(value, template).strip("\n") + "\n"

    def uses(self, name: str) -> bool:
        """Whether a template has that placeholder."""
        return any(match[1] == name for text in self.templates.values() for match in _PLACEHOLDER.finditer(text))


def answer_error(question: Question, text: str) -> str | None:
    """Why an answer will not do; None where it will."""
    if not text:
        return "an answer is needed" if question.required else None
    problem = title_error(text, "answer")
    if problem is None and question.kind == "url" and not _URL.fullmatch(text):
        return f'"{text}" is no address; https://… was wanted'
    return problem


def parsed(kind: str, files: Mapping[str, bytes], languages: Sequence[Language], where: str) -> Scaffold:
    """The scaffold that those files are.

    Args:
        kind: its name.
        files: everything in its folder by path: `scaffold.yaml`, `post.md`, `post_zh.md`, …, assets.
        languages: the blog's; `post.md` is English, `post_<code>.md` the language of that code.
        where: the folder as errors name it.

    Raises:
        AiblogError: `scaffold-invalid` with file and line.
    """
    manifest = _manifest(files, where)
    questions = tuple(_question(each, number, where) for number, each in enumerate(manifest.get("questions") or []))
    codes = [language.code for language in languages]
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for path, data in files.items():
        match = re.fullmatch(r"post(?:_([A-Za-z-]+))?\.md", path)
        if match:
            templates[match.group(1) or "en"] = _template(data, f"{where}/{path}", questions)
        elif path != MANIFEST:
            assets[path] = data
    if not templates:
        raise AiblogError("scaffold-invalid", f"{where}: no template; post.md or post_{codes[0]}.md was wanted")
    ordered = dict(sorted(templates.items(), key=lambda item: codes.index(item[0]) if item[0] in codes else 99))
    tags = tuple(str(tag) for tag in manifest.get("tags") or [])
    return Scaffold(kind, manifest["description"], ordered, questions, tags, assets)


def _manifest(files: Mapping[str, bytes], where: str) -> dict[str, Any]:
    place = f"{where}/{MANIFEST}"
    data = files.get(MANIFEST)
    if data is None:
        raise AiblogError("scaffold-invalid", f"{where}: {MANIFEST} is missing")
    values = _plain_values(data)
    if values is None:
        from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up: not for a plain description

        values = mapping(_text(data, place), place, "scaffold-invalid")
    for key, kind in (("description", str), ("questions", list), ("tags", list)):
        if key in values and values[key] != "" and not isinstance(values[key], kind):
            raise AiblogError("scaffold-invalid", f"{place}: {key}: a {'text' if kind is str else 'list'} was wanted")
    _known(values, ("description", "questions", "tags"), place, data)
    if not values.get("description"):
        raise AiblogError("scaffold-invalid", f"{place}:1: description is missing")
    return values


def _plain_values(data: bytes) -> dict[str, Any] | None:
    """The values by the reader of plain headers; None where a parser has to look, and to name the line."""
    if b"\nquestions:" in b"\n" + data:
        return None
    try:
        return dict(header.read(b"---\n" + data + b"\n---\n").values)
    except AiblogError:
        return None


def _question(given: Any, number: int, where: str) -> Question:
    place = f"{where}/{MANIFEST}"
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise AiblogError("scaffold-invalid", f"{place}: question {number + 1}: a mapping of texts was wanted")
    _known(
        given, ("name", "ask", "required", "default", "front_matter", "kind"), f"{place}: question {number + 1}", b""
    )
    name = given.get("name", "")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in PLACEHOLDERS:
        raise AiblogError("scaffold-invalid", f'{place}: question {number + 1}: "{name}" is no name for a question')
    kind = given.get("kind", "text")
    if not given.get("ask") or kind not in ("text", "url") or given.get("required", "false") not in ("true", "false"):
        reason = "ask, kind (text or url) and required (true or false) were wanted"
        raise AiblogError("scaffold-invalid", f'{place}: question "{name}": {reason}')
    key = given.get("front_matter")
    if key is not None and not re.fullmatch(r"[A-Za-z_][\w.-]*", key):
        raise AiblogError("scaffold-invalid", f'{place}: question "{name}": front_matter "{key}" is no key')
    return Question(name, given["ask"], given.get("required") == "true", given.get("default", ""), key, kind)


def _known(values: Mapping[str, Any], names: Sequence[str], place: str, data: bytes) -> None:
    unknown = next((key for key in values if key not in names), None)
    if unknown is not None:
        lines = data.split(b"\n")
        line = next((number for number, each in enumerate(lines, 1) if each.startswith(unknown.encode())), None)
        shown = f"{place}:{line}" if line else place
        raise AiblogError("scaffold-invalid", f'{shown}: unknown key "{unknown}"; known are {", ".join(names)}')


def _template(data: bytes, place: str, questions: Sequence[Question]) -> str:
    text = _text(data, place).replace("\r\n", "\n")
    known = {*PLACEHOLDERS, *(question.name for question in questions)}
    for match in _PLACEHOLDER.finditer(text):
        if match.group(1) not in known:
            line = text.count("\n", 0, match.start()) + 1
            rest = nearest(match.group(1), sorted(known), f"known are {', '.join(sorted(known))}")
            raise AiblogError("scaffold-invalid", f'{place}:{line}: unknown placeholder "{match.group()}"{rest}')
    return text


def _text(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AiblogError("scaffold-invalid", f"{place}:{line}: the file is not UTF-8") from error
