"""One tag of a front matter renamed: its own text alone, every other byte kept."""

from __future__ import annotations

import json
import re
from typing import Literal, NamedTuple

from aiblog.core import header
from aiblog.core.tags import tags_in
from aiblog.errors import AiblogError


def renamed_tag(data: bytes, key: str, old: str, new: str, path: str = "") -> bytes:
    """The file whose tag `old` (of the list or line under `key`) is called `new`; where `new` is there, `old` goes.

    Quotes, comments, the list's style and newlines stay; a file without that tag stays as it is.
    Where one tag's own text cannot be told or cannot hold the new one, the value is written anew in its style.

    Raises:
        AiblogError: `metadata-invalid` with `path:line` where the front matter cannot be read or edited.
    """
    value = header.read(data, path).values.get(key)
    tags = tags_in(value)
    if old == new or old not in tags:
        return data
    kept = [tag for tag in tags if tag != old]
    at = tags.index(old)
    wanted = kept if new in kept else [*kept[:at], new, *kept[at:]]
    span = header.value_span(data, key)
    if span is not None:
        text = _renamed(data[span[0] : span[1]].decode(), old, new)
        result = data[: span[0]] + text.encode() + data[span[1] :]
        if _holds(result, data, key, wanted):
            return result
    return header.edited(data, {key: wanted if isinstance(value, list) else ", ".join(wanted)}, path=path)


def _holds(after: bytes, before: bytes, key: str, wanted: list[str]) -> bool:
    """Whether the edited file has just those tags, and every other value it had."""
    try:
        now = header.read(after).values
    except AiblogError:
        return False
    return tags_in(now.get(key)) == wanted and {**header.read(before).values, key: now.get(key)} == now


class _Item(NamedTuple):
    """A tag as it is written: its offsets in the value's text, quotes of its own included, and what it says."""

    start: int
    end: int
    tag: str


class _Written(NamedTuple):
    """How a value holds its tags: in one text with commas (within `quote`), in brackets, or one a line."""

    style: Literal["comma", "flow", "block"]
    items: list[_Item]
    quote: str = ""


def _renamed(text: str, old: str, new: str) -> str:
    """The value's text: the first `old` called `new`, or gone where `new` is there; every further `old` gone."""
    while True:
        written = _written(text)
        places = [number for number, item in enumerate(written.items) if item.tag == old]
        if not places:
            return text
        if any(item.tag == new for item in written.items):
            start, end = _cut(text, written, places[-1])
            text = text[:start] + text[end:]
        else:
            item = written.items[places[0]]
            text = text[: item.start] + _token(text[item.start : item.end], written, new) + text[item.end :]


_FLOW = re.compile(r"[ \t]*\[")
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s,\[\]{}\"'#][^,\[\]{}\n]*?(?=\s*(?:[,\]\n]|\s#))|#[^\n]*")
_BLOCK = re.compile(
    r"(?m)^[ \t]*-[ \t]+(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s#\"'][^\n]*?)(?:[ \t]+#[^\n]*|\s*)$"
)
_QUOTED = re.compile(r"[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)')")


def _written(text: str) -> _Written:
    if flow := _FLOW.match(text):
        return _Written("flow", [_item(each) for each in _TOKEN.finditer(text, flow.end()) if each[0][0] != "#"])
    if block := list(_BLOCK.finditer(text)):
        return _Written("block", [_Item(*each.span(1), _unquoted(each[1])) for each in block])
    quoted = _QUOTED.match(text)
    if quoted:
        group = 1 if quoted[1] is not None else 2
        return _Written("comma", _parts(text, *quoted.span(group)), "\"'"[group - 1])
    comment = re.search(r"[ \t]#|[\r\n]*\Z", text)
    return _Written("comma", _parts(text, 0, comment.start() if comment else len(text)))


def _item(match: re.Match[str]) -> _Item:
    return _Item(match.start(), match.end(), _unquoted(match[0]))


def _parts(text: str, start: int, end: int) -> list[_Item]:
    """The parts between commas, without the blanks around them."""
    return [
        _Item(start + part.start(1), start + part.end(1), part[1])
        for part in re.finditer(r"\s*([^\s,](?:[^,]*[^\s,])?)\s*", text[start:end])
    ]


def _unquoted(token: str) -> str:
    if token[0] == "'":
        return token[1:-1].replace("''", "'")
    if token[0] != '"':
        return token
    try:
        return str(json.loads(token))
    except ValueError:  # an escape of YAML's own
        return token


def _token(old: str, written: _Written, new: str) -> str:
    """The new tag, quoted as the old one was."""
    own = old[0] if old[0] in "\"'" and written.style != "comma" else ""
    quote = written.quote or own
    if quote == "'":
        new = new.replace("'", "''")
    elif quote == '"':
        new = header.double_quoted(new)[1:-1]
    elif written.style == "flow":
        new = header.flow_scalar(new)
    elif written.style == "block":
        new = header.scalar(new)
    return f"{own}{new}{own}"


def _cut(text: str, written: _Written, number: int) -> tuple[int, int]:
    """What goes with a tag: its line in a list of lines, else the comma and the blanks that part it from the next."""
    item = written.items[number]
    if written.style == "block":
        return text.rindex("\n", 0, item.start) + 1, text.index("\n", item.end) + 1
    if number + 1 < len(written.items):
        return item.start, written.items[number + 1].start
    between = text[written.items[number - 1].end : item.start]
    if "\n" not in between:
        return written.items[number - 1].end, item.end
    behind = re.compile(r"\s*,").match(text, item.end)  # brackets over several lines: the last line goes
    start = len(text[: item.start].rstrip(" \t").removesuffix("\n").removesuffix("\r"))
    return start, behind.end() if behind else item.end
