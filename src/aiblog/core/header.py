"""Front matter: its values read as text, single keys edited, every other byte kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from aiblog.core.lines import split_lines
from aiblog.core.post import MetadataValue
from aiblog.errors import AiblogError

LARGEST = 16 * 1024
"""Bytes of a front matter at most: more is refused before a parser sees it."""

Values = Mapping[str, str | list[str] | None]

BOM = b"\xef\xbb\xbf"
_FENCE = re.compile(rb"---[ \t]*(?:\r?\n|\r?\Z)")


class Header(NamedTuple):
    """A front matter as read: values as text, the offset in bytes where the body begins, whether there is one.

    A scalar is the text it is (`2026-02-25`, `1.10`, `yes`), without its quotes; a list has such
    texts; no value is ""; a nested mapping is None.
    """

    values: dict[str, MetadataValue]
    end: int
    present: bool


def read(data: bytes, path: str = "") -> Header:
    """The front matter of a file, or of a head of it that is long enough to hold it.

    Raises:
        AiblogError: `metadata-invalid` with `path:line`: not terminated, over 16 KiB, not UTF-8, not
            one mapping of texts, duplicate keys, aliases, TOML.
    """
    span = _span(data, path)
    if span is None:
        return Header({}, len(BOM) if data.startswith(BOM) else 0, present=False)
    start, stop, end = span
    try:
        text = data[start:stop].decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: start + error.start].count(b"\n") + 1
        raise AiblogError("metadata-invalid", f"{path}:{line}: the front matter is not UTF-8") from error
    values = _read_plainly(text)
    if values is None:
        values = _parsed(text, path)
    return Header(values, end, present=True)


def body_offset(data: bytes) -> int:
    """Where the body begins, in bytes. No value is read; a front matter that is not closed counts as text."""
    try:
        span = _span(data, "")
    except AiblogError:
        span = None
    return span[2] if span else len(BOM) if data.startswith(BOM) else 0


def _parsed(text: str, path: str) -> dict[str, MetadataValue]:
    """The values by a YAML parser, imported only for a front matter that needs it."""
    from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up

    found = mapping(text.replace("\r\n", "\n"), path, "metadata-invalid", 2)
    return {key: _as_text(value) for key, value in found.items()}


def _as_text(value: Any) -> MetadataValue:
    if isinstance(value, list):
        return [item if isinstance(item, str) else "" for item in value]
    return value if isinstance(value, str) else None


def _span(data: bytes, path: str) -> tuple[int, int, int] | None:
    """Offsets: after the opening fence, at the closing one, after it. None where the file has no front matter."""
    if data.startswith(b"---\n") and 0 <= (end := data.find(b"\n---", 3, LARGEST)) == data.find(
        b"\n---\n", end, end + 5
    ):
        return 4, end + 1, end + 5  # as nearly all have it
    opening = len(BOM) if data.startswith(BOM) else 0
    if data.startswith(b"+++", opening) and data[opening:].split(b"\n", 1)[0].rstrip() == b"+++":
        raise AiblogError("metadata-invalid", f"{path}:1: TOML front matter; YAML between --- lines was wanted")
    fence = _FENCE.match(data, opening)
    if not fence:
        return None
    start = fence.end()
    newline, furthest = start - 1, start + LARGEST
    while (newline := data.find(b"\n---", newline, furthest + 3)) >= 0:
        if closing := _FENCE.match(data, newline + 1):
            return start, newline + 1, closing.end()
        newline += 1
    longer = 0 <= data.find(b"\n", furthest) < len(data) - 1
    reason = f"is longer than {LARGEST // 1024} KiB" if longer else "is not closed by a --- line"
    raise AiblogError("metadata-invalid", f"{path}:1: the front matter {reason}")


_FIRST = r"\s\-?:,\[\]{}#&*!|>'\"%@`=~<"
_ODD_CHARACTERS = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_KEY = re.compile(r"([A-Za-z_][\w.-]*) *:(?: +(.*))?")
_PLAIN = re.compile(rf"[^{_FIRST}].*|-[^\s-].*")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^']*)'")
_UNSURE = re.compile(r":\s|:$|\s#")
_ODD = f"[{_ODD_CHARACTERS}]"  # a set so large takes its time to compile: `list` needs it once only, in `_LINE`
_REST = rf"[^:#\n{_ODD_CHARACTERS}]*+"
_LINE = re.compile(
    rf"^([A-Za-z_][A-Za-z0-9_.-]*+):(?: ((?![{_FIRST}]){_REST}(?::(?!\s){_REST})*+))?(?<! )\n", re.MULTILINE
)


def _read_plainly(text: str) -> dict[str, MetadataValue] | None:
    """The values of a header of plain `key: value` lines, as nearly all are; None where a parser has to look."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    values: dict[str, MetadataValue] = dict(_LINE.findall(text))
    if len(values) == text.count("\n") and text.endswith("\n"):  # a plain value on each line: the usual, and quick
        return values
    return None if re.search(_ODD, text) else _read_by_line(text)


def _read_by_line(text: str) -> dict[str, MetadataValue] | None:
    """As `_read_plainly`: quotes, lists, wrapped texts and comments too; `text` with LF, and no odd character."""
    values: dict[str, MetadataValue] = {}
    key = ""
    indent: str | None = None
    for raw in text.split("\n"):
        line = raw.rstrip(" ")
        if not line or line.startswith("#"):
            key = ""  # what is indented after this is not sure to continue the value before
        elif line[0] not in " -":
            match = _KEY.fullmatch(line)
            value = _plain_value(match.group(2) or "") if match and match.group(1) not in values else None
            if match is None or value is None:
                return None
            key, indent = match.group(1), None
            values[key] = value
            if _QUOTED.fullmatch((match.group(2) or "").strip(" ")):
                key = ""
        else:
            own = line[: len(line) - len(line.lstrip(" "))]
            more = _continued(values.get(key, "") if key else None, line)
            if more is None or not (own if isinstance(more, str) else indent in (None, own)):
                return None
            values[key], indent = more, own
    return values


def _plain_value(text: str) -> str | None:
    text = text.strip(" ")
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        inner = quoted.group(1) if quoted.group(1) is not None else quoted.group(2)
        return None if re.search(_CONTROL, inner) else inner
    if not text:
        return ""
    return text if _PLAIN.fullmatch(text) and not _UNSURE.search(text) else None


def _continued(before: MetadataValue, line: str) -> MetadataValue:
    """A list with its next item, or the next line of a plain text wrapped over several; None where it is not sure."""
    item = re.fullmatch(r" *- +([^ ].*)", line)
    if item and (before == "" or isinstance(before, list)):
        value = item.group(1)
        if not _PLAIN.fullmatch(value) or _UNSURE.search(value) or value[0] in "-":
            return None
        return [*(before or []), value]
    if isinstance(before, str) and before and line.startswith(" "):
        value = line.strip(" ")
        return f"{before} {value}" if _PLAIN.fullmatch(value) and not _UNSURE.search(value) else None
    return None


def line_of(data: bytes, key: str) -> int | None:
    """The line a top-level key stands on, counted from 1; None where it is not there."""
    try:
        span = _span(data, "")
    except AiblogError:
        span = None
    if span is None:
        return None
    lines = data[span[0] : span[1]].split(b"\n")
    return next((number for number, line in enumerate(lines, 2) if _key_of(line) == key), None)


def value_span(data: bytes, key: str) -> tuple[int, int] | None:
    """The offsets in bytes between which a top-level key's value stands: from behind its colon to the end of the last
    line that is its own. None where the key, or a front matter, is not there."""
    try:
        span = _span(data, "")
    except AiblogError:
        return None
    position = span[0] if span else 0
    lines = split_lines(data[span[0] : span[1]].decode("utf-8", "surrogateescape")) if span else []
    for number, line in enumerate(lines):
        raw = line.encode("utf-8", "surrogateescape")
        if _key_of(raw) == key and (match := _TOP_KEY.match(raw)):
            own = "".join(lines[number : _end(lines, number)])
            return position + match.end(), position + len(own.encode("utf-8", "surrogateescape"))
        position += len(raw)
    return None


def edited(data: bytes, values: Values, order: Sequence[str] = (), path: str = "") -> bytes:
    """The file with those keys set (None: removed), every other byte as it was.

    A key that has its value already is not touched. The quotes of a value that is replaced, its
    trailing comment, the file's newlines and BOM stay. A new key goes where `order` (the blog's
    own) puts it among those that are there, else last. A file without front matter gets one.

    Raises:
        AiblogError: `metadata-invalid` with `path:line` where the front matter cannot be read, or the
            edit would change another value (one laid out so oddly that lines cannot be told apart).
    """
    before = read(data, path)
    changed = {key: value for key, value in values.items() if _differs(before.values, key, value)}
    if not changed:
        return data
    if not before.present:
        new = {key: value for key, value in changed.items() if value is not None}
        bom = BOM if data.startswith(BOM) else b""
        newline = "\r\n" if b"\r\n" in data else "\n"
        return bom + f"{rendered(new)}\n".replace("\n", newline).encode() + data[len(bom) :] if new else data
    span = _span(data, "")
    assert span is not None  # noqa: S101 - it was read just now
    start, stop, _ = span
    newline = "\r\n" if data[:start].endswith(b"\r\n") else "\n"
    lines = split_lines(data[start:stop].decode())
    for key, value in changed.items():
        lines = _with_key(lines, key, value, order, newline)
    result = data[:start] + "".join(lines).encode() + data[stop:]
    kept = {key: value for key, value in before.values.items() if key not in changed}
    if not _holds(result, kept | {key: value for key, value in changed.items() if value is not None}):
        line = next((number for key in changed if (number := line_of(data, key))), 1)
        message = f"{path}:{line}: the front matter is laid out so that it cannot be edited safely"
        raise AiblogError("metadata-invalid", message)
    return result


def _holds(data: bytes, wanted: Mapping[str, MetadataValue]) -> bool:
    """Whether a file that was edited can be read, and has just those values."""
    try:
        after = read(data).values
    except AiblogError:
        return False
    return {key: _comparable(value) for key, value in after.items()} == {
        key: _comparable(value) for key, value in wanted.items()
    }


def _differs(values: Mapping[str, MetadataValue], key: str, value: str | list[str] | None) -> bool:
    if value is None:
        return key in values
    return key not in values or _comparable(values[key]) != _comparable(value)


def _comparable(value: MetadataValue) -> MetadataValue:
    return ", ".join(value) if isinstance(value, list) else value


_TOP_KEY = re.compile(rb"(?:\"([^\"\\]+)\"|'([^']+)'|([^\s#\"'\[\]{}&*!|>%@`,-][^#]*?|-[^\s].*?))[ \t]*:(?=\s|$)")


def _key_of(line: bytes) -> str | None:
    match = _TOP_KEY.match(line)
    return (match.group(1) or match.group(2) or match.group(3)).decode("utf-8", "replace") if match else None


def _with_key(
    lines: list[str], key: str, value: str | list[str] | None, order: Sequence[str], newline: str
) -> list[str]:
    places = {found: number for number, line in enumerate(lines) if (found := _key_of(line.encode()))}
    if key not in places:
        if value is None:
            return lines
        at = _place(places, key, order, len(lines), lines)
        return [*lines[:at], *_written(key, value, newline), *lines[at:]]
    at = places[key]
    end = _end(lines, at)
    if value is None:
        return lines[:at] + lines[end:]
    return [*lines[:at], *_rewritten(lines[at:end], key, value, newline), *lines[end:]]


def _place(places: Mapping[str, int], key: str, order: Sequence[str], last: int, lines: list[str]) -> int:
    ranks = {name: number for number, name in enumerate(order)}
    own = ranks.get(key)
    if own is not None:
        earlier = [name for name in places if ranks.get(name, own) < own]
        if earlier:
            return _end(lines, places[max(earlier, key=lambda name: ranks[name])])
        later = [name for name in places if ranks.get(name, own) > own]
        if later:
            return places[min(later, key=lambda name: ranks[name])]
    return last


def _end(lines: list[str], at: int) -> int:
    """The line after a key's value: up to the next key, without the blank and comment lines before that."""
    end = at + 1
    while end < len(lines) and _key_of(lines[end].encode()) is None:
        end += 1
    while end > at + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


_VALUE = re.compile(
    r"(?P<head>[^\n]*?:)(?P<gap>[ \t]*)(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\n]*?)"
    r"(?P<tail>[ \t]+#[^\n]*|[ \t]*)(?P<newline>\r?\n?)"
)


def _rewritten(lines: list[str], key: str, value: str | list[str], newline: str) -> list[str]:
    """A key's lines with another value, in the style the old one had."""
    match = _VALUE.fullmatch(lines[0])
    if match is None:
        return _written(key, value, newline)
    old = match["value"]
    if isinstance(value, list) and (len(lines) > 1 or not old):
        dash = next((line[: line.index("-")] for line in lines[1:] if line.lstrip().startswith("- ")), "  ")
        return [
            lines[0] if not old else f"{match['head']}{newline}",
            *(f"{dash}- {scalar(item)}{newline}" for item in value),
        ]
    if isinstance(value, list):
        text = (
            f"[{', '.join(flow_scalar(item) for item in value)}]" if old.startswith("[") else scalar(", ".join(value))
        )
    elif old.startswith('"'):
        text = double_quoted(value)
    elif old.startswith("'") and not re.search(_CONTROL, value):
        text = "'" + value.replace("'", "''") + "'"
    else:
        text = scalar(value)
    whole = old[:1] not in ("'", '"') or (len(old) > 1 and old[-1] == old[0])  # else quotes close on a later line
    tail = match["tail"] if whole and match["tail"].strip() else ""
    gap = (match["gap"] or " ") if text else ""
    return [f"{match['head']}{gap}{text}{tail}{match['newline'] or newline}"]


def _written(key: str, value: str | list[str], newline: str) -> list[str]:
    if isinstance(value, list):
        return (
            [f"{key}:{newline}", *(f"  - {scalar(item)}{newline}" for item in value)]
            if value
            else [f"{key}: []{newline}"]
        )
    return [f"{key}: {text}{newline}" if (text := scalar(value)) else f"{key}:{newline}"]


def rendered(values: Values) -> str:
    """A whole new front matter, with both fences, LF and a final newline; a list as one item a line."""
    lines = [line for key, value in values.items() if value is not None for line in _written(key, value, "\n")]
    return "".join(["---\n", *lines, "---\n"])


_WORDS = {"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<"}
_NUMBER = re.compile(r"[-+.0-9][0-9a-fA-FxXoO_.,:+eE-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = "[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"


def _has_control(text: str) -> bool:
    """Whether one of those is in a text; `isprintable` allows less, and needs no expression that takes its time."""
    return not text.isprintable() and re.search(_CONTROL, text) is not None


class Switch(str):
    """`true` or `false` as a front matter's switch has it (`draft: false`): in quotes it were a text, and every text
    is true to the programs that read it."""


def word(text: str) -> str:
    """A value of the blog's own habit, as it is to be written: `true` and `false` are switches."""
    return Switch(text) if text in {"true", "false"} else text


def scalar(text: str) -> str:
    """YAML for a text, which YAML 1.1 and 1.2 readers both read back as that same string; plain where it can be.

    A date stays plain, as blogs write it; an empty text is nothing.

    Raises:
        AiblogError: `metadata-invalid` for half of a surrogate pair, which no file can hold.
    """
    if not text or isinstance(text, Switch) or _DATE.fullmatch(text):
        return text
    if _has_control(text) and re.search("[\ud800-\udfff]", text):
        raise AiblogError("metadata-invalid", "half of a surrogate pair cannot be written to a file")
    plain = (
        _PLAIN.fullmatch(text)
        and not _UNSURE.search(text)
        and not _has_control(text)
        and text == text.strip()
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
        and not re.match(r"\d{4}-\d[^/]*$", text)  # a time, or nearly one; no path is
    )
    if plain:
        return text
    if "'" not in text and ('"' in text or "\\" in text) and not _has_control(text):
        return f"'{text}'"
    return double_quoted(text)


def flow_scalar(text: str) -> str:
    """As `scalar`, for an item between the brackets of a list."""
    plain = scalar(text)
    return double_quoted(text) if re.search(r"[,\[\]{}?]", plain) and plain[0] not in "\"'" else plain


def double_quoted(text: str) -> str:
    """YAML for a text in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(_CONTROL, lambda match: f"\\u{ord(match.group()):04x}", escaped) + '"'
