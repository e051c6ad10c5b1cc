"""`.aiblog/translations.yaml`: what links translations to their sources, a line each, for a blog without such keys."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from aiblog.core.conflict import marker_lines
from aiblog.core.header import BOM, double_quoted, flow_scalar
from aiblog.core.post import LINK_KEYS
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.errors import AiblogError

HEADING = (
    "# Each translation's source, and the hash of the text of it that is covered: a line each, which aiblog writes.\n"
)
"""The first line of a new file."""

_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
_VALUE = rf"(?:{_QUOTED}|[^\s,\[\]{{}}\"'#&*!|>%@`][^,\[\]{{}}#]*?)"
_PAIR = re.compile(rf"\s*([A-Za-z_]\w*)\s*:\s+({_VALUE})\s*(?:,|$)")
_ENTRY = re.compile(
    rf"(?P<path>{_QUOTED}|[^\s\"'#\[\]{{}}&*!|>%@`,-][^\n]*?)\s*:\s+"
    rf"\{{(?P<values>(?:{_QUOTED}|[^{{}}\"'\n])*)\}}(?P<tail>[ \t]*(?:[ \t]#[^\r\n]*)?)(?P<newline>\r?\n?)"
)


class _Entry(NamedTuple):
    """A line of the file: the path and the link it has, what stands behind it, its newline."""

    path: str
    values: Mapping[str, str] | None
    tail: str
    newline: str


class _Row(NamedTuple):
    """A line as it stands, and what it says; None for a comment, or what is no entry."""

    entry: _Entry | None
    line: str


def links_in(data: bytes) -> dict[str, Link]:
    """The link of each translation by its path, both as the file has them; none for an empty file.

    Raises:
        AiblogError: `settings-invalid` with the line for what is no such line, `conflict` for git's markers.
    """
    _refuse_markers(data)
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        raise _invalid(data[: error.start].count(b"\n") + 1, "the file is not UTF-8") from error
    found: dict[str, Link] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = _entry(line)
        if entry is None or entry.values is None:
            example = "posts/2026-02-25/roi_zh.md: {lang: zh, translation_of: ./roi.md}"
            raise _invalid(number, f'a line for one translation was wanted, such as "{example}"')
        if entry.path in found:
            raise _invalid(number, f'"{entry.path}" stands here twice')
        found[entry.path] = _link(entry, number)
    return found


def line_of(data: bytes, path: str) -> int | None:
    """The line (from 1) that has that translation; None where none has."""
    lines = data.removeprefix(BOM).decode("utf-8", "replace").split("\n")
    return next((number for number, line in enumerate(lines, 1) if (own := _entry(line)) and own.path == path), None)


def with_links_in(data: bytes, links: Mapping[str, Link | None]) -> bytes:
    """The file with those links (None: without that translation's line), every other line as it was.

    A line that says the same already stays as it is. A new one goes where the order of paths has it; a comment above a
    line stays above it. An empty file gets its heading.

    Raises:
        AiblogError: `conflict` for git's markers.
    """
    _refuse_markers(data)
    bom = BOM if data.startswith(BOM) else b""
    text = data[len(bom) :].decode("utf-8", "surrogateescape")
    newline = "\r\n" if "\r\n" in text else "\n"
    rows = [_Row(_entry(line), line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
    rows = [row for row in rows if not (row.entry and row.entry.path in links and links[row.entry.path] is None)]
    new = {path: _values(link) for path, link in links.items() if link is not None}
    for number, row in enumerate(rows):
        own = new.pop(row.entry.path, None) if row.entry else None
        if row.entry and own not in (None, row.entry.values):
            rows[number] = _row(row.entry.path, own or {}, row.entry.tail, row.entry.newline)
    rows = _with_new(rows, {path: _row(path, new[path], "", newline) for path in sorted(new)}, newline)
    if not text and rows:
        rows.insert(0, _Row(None, HEADING))
    return bom + "".join(row.line for row in rows).encode("utf-8", "surrogateescape")


def _values(link: Link) -> dict[str, str]:
    return {key: value for key, value in link._asdict().items() if value is not None}


def _with_new(rows: list[_Row], new: Mapping[str, _Row], newline: str) -> list[_Row]:
    """The rows with new ones, which are given in order, where the order of paths has them.

    That is below those before it, since a comment stands above what it is about.
    """
    entries = sorted((row.entry.path, number) for number, row in enumerate(rows) if row.entry)
    paths, last = [path for path, _ in entries], [*accumulate((number for _, number in entries), max)]
    top = min((number for _, number in entries), default=len(rows))
    while entries and top > 1 and rows[top - 1].line.startswith("#"):
        top -= 1
    places: dict[int, list[_Row]] = {}
    for path, row in new.items():
        before = bisect_left(paths, path)
        places.setdefault(last[before - 1] + 1 if before else top, []).append(row)
    if rows and len(rows) in places and not rows[-1].line.endswith("\n"):
        rows[-1] = rows[-1]._replace(line=rows[-1].line + newline)
    written: list[_Row] = []
    for number, old in enumerate(rows):
        written += [*places.get(number, ()), old]
    return [*written, *places.get(len(rows), ())]


def _row(path: str, values: Mapping[str, str], tail: str, newline: str) -> _Row:
    pairs = ", ".join(f"{key}: {_scalar(value)}" for key, value in values.items())
    line = f"{_scalar(path)}: {{{pairs}}}{tail}{newline}"
    return _Row(_Entry(path, values, tail, newline), line)


def _scalar(text: str) -> str:
    """YAML for a text, in double quotes where it could be read as anything else."""
    plain = flow_scalar(text) == text and re.fullmatch(r"[\w./](?:[\w./ ()+=~-]*[\w./)+=~-])?", text)
    return text if plain else double_quoted(text)


def _entry(line: str) -> _Entry | None:
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None
    values: dict[str, str] | None = {}
    position, text = 0, match["values"].strip()
    while values is not None and position < len(text):
        pair = _PAIR.match(text, position)
        if pair is None or pair[1] in values:
            values = None
        else:
            values[pair[1]] = _read(pair[2])
            position = pair.end()
    return _Entry(_read(match["path"]), values, match["tail"], match["newline"])


def _read(written: str) -> str:
    """The text of a YAML scalar."""
    if written.startswith('"'):
        return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", lambda found: _escaped(found[1]), written[1:-1])
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


def _escaped(code: str) -> str:
    return chr(int(code[1:], 16)) if len(code) > 1 else {"n": "\n", "t": "\t"}.get(code, code)


def _link(entry: _Entry, number: int) -> Link:
    values = entry.values or {}
    for key in values:
        if key not in LINK_KEYS:
            raise _invalid(number, f'unknown key "{key}"; known here are {", ".join(LINK_KEYS)}')
    for key in ("lang", "translation_of"):
        if key not in values:
            raise _invalid(number, f'"{entry.path}" has no "{key}"')
    return Link(values["lang"], values["translation_of"], values.get("source_hash"))


def _refuse_markers(data: bytes) -> None:
    if b"<<<<<<<" in data and (found := marker_lines(data.decode("utf-8", "replace"))):
        message = f"{SIDECAR}:{found[0]}: git conflict markers; each line of one side or the other was wanted"
        raise AiblogError("conflict", message, "aiblog index --resolve", f"edit {SIDECAR}:{found[0]}")


def _invalid(line: int, sentence: str) -> AiblogError:
    return AiblogError("settings-invalid", f"{SIDECAR}:{line}: {sentence}", f"edit {SIDECAR}:{line}")
