"""Titles and other one-line texts: what is refused, how they are shown on a terminal, how they stand in Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
_UNSAFE = re.compile(
    f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}{_INVISIBLE}\ud800-\udfff\ufff9-\ufffb]|[\U000e0000-\U000e007f]"
)
_JOINER = "\u200d"  # shows nothing by itself, but families and flags of emoji are made with it

_NAMES = (
    ("[\n\r\x0b\x0c\x85\u2028\u2029]", "a line break"),
    ("[\x00-\x1f\x7f-\x9f]", "a control character"),
    (f"[{_BIDI}]", "a bidirectional control character"),
    ("[\ud800-\udfff]", "half of a surrogate pair, which no text file can hold"),
)


def title_error(text: str, what: str = "title") -> str | None:
    """Why `text` cannot stand as a title (or whatever `what` names); None where it can.

    One line of visible text is wanted: line breaks, control characters, bidirectional and
    invisible characters would show something else than what is stored.
    """
    if not text.strip():
        return f"the {what} is empty"
    found = _UNSAFE.search(text)
    if found is None and _JOINER in text:
        found = re.search(f"{_JOINER}(?![\u00a9-\U0001ffff])|^{_JOINER}", text)
    if not found:
        return None
    name = next((name for pattern, name in _NAMES if re.match(pattern, found.group())), "an invisible character")
    return (
        f'the {what} "{visible(text)}" holds {name} (U+{ord(found.group()[0]):04X}); one line of plain text was wanted'
    )


def visible(text: str) -> str:
    r"""Foreign text made safe for a terminal: what would control or deceive it is shown as `\u{202E}`."""
    if text.isascii() and text.isprintable():
        return text  # a list shows tens of thousands of texts
    return _UNSAFE.sub(lambda match: f"\\u{{{ord(match.group()):X}}}", text)


# In inline Markdown. One underscore inside a word is text for every renderer; `!` matters before `[` alone.
_ESCAPED = re.compile(r"[\\`*\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|!(?=\[)")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
"""Code between backticks, in one line."""


def escaped_title(text: str) -> str:
    """Plain text as inline Markdown that stays one heading and one link, and reads back by `plain_title`.

    Only what Markdown would take for itself is escaped: `C++ & Go: 10%` and `foo_bar` stay as they
    are. Whoever types code between backticks means code: a closed span stays, and reads back without them.
    """
    parts, position = [], 0
    for code in CODE_SPAN.finditer(text):
        before = text[position : code.start()]
        if not before.endswith("\\"):
            parts += [_escaped(before), code.group()]
            position = code.end()
    escaped = "".join([*parts, _escaped(text[position:])]).strip()
    closing = re.search(r"(?:^|[ \t])(#+)$", escaped)  # a closing sequence of #s would vanish from a heading
    return f"{escaped[: closing.start(1)]}\\{closing.group(1)}" if closing else escaped


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\{match.group()}", text)


_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPE = re.compile(f"\\\\([{_PUNCTUATION}])")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)|(\*{1,3})(?=\S)(.+?)(?<=\S)\3")
_MARKED = re.compile(r"[\\`*_\[<&~]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain_title(markdown: str) -> str:
    """The text of a heading's inline Markdown: escapes and entities resolved, code, emphasis, links reduced to text."""
    if not _MARKED.search(markdown):
        return markdown.strip()
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\x00{len(kept) - 1}\x01"

    def backslash_or_code(match: re.Match[str]) -> str:
        return keep(match[1] or match[3].strip() or match[3])

    text = markdown.replace("\x00", "").replace("\x01", "")
    text = re.sub(rf"{_ESCAPE.pattern}|(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`)", backslash_or_code, text)
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(lambda match: match.group(2) or match.group(4) or "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: keep(_character(match.group())), text)
    while "\x00" in text:
        text = re.sub("\x00([0-9]+)\x01", lambda match: kept[int(match.group(1))], text)
    return text.strip()


def _character(entity: str) -> str:
    import html  # noqa: PLC0415 - start-up: only for a title with an entity

    return html.unescape(entity)


class Heading(NamedTuple):
    """A heading: its inline Markdown, its 0-based line, the line after it (an underline counts), its level."""

    text: str
    line: int
    end: int
    level: int = 1


_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(r" {0,3}+#(?:[ \t]++(.*+))?+")

_AT_TOP = re.compile(r"\n*+#[ \t]++([^#\n]*+)\n")  # where nearly every post has it, found without a look at each line


_AT_TOP_OF_BYTES = re.compile(_AT_TOP.pattern.encode())


def first_title(data: bytes, start: int) -> str | None:
    """The first H1 of a file whose body begins at that byte, as plain text; None where it has none."""
    if top := _AT_TOP_OF_BYTES.match(data, start):  # the body is not even decoded
        return plain_title(top[1].decode("utf-8", "replace").strip())
    heading = first_heading(data[start:].decode("utf-8", "replace"))
    return plain_title(heading.text) if heading else None


def first_heading(text: str) -> Heading | None:
    """The first H1 of a body (no front matter in it), outside code and comments; None where there is none.

    No Markdown parser: `list` reads thousands of titles. `text` may be cut short.
    """
    if top := _AT_TOP.match(text):
        number = text.count("\n", 0, top.start(1))
        return Heading(top[1].strip(), number, number + 1)
    fence, comment = "", False
    lines = text.split("\n")
    for number, raw in enumerate(lines):
        line = raw.rstrip("\r")
        if not line:
            continue
        if comment:
            comment = "-->" not in line
        elif fence:
            if re.fullmatch(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*", line):
                fence = ""
        elif heading := _ATX.fullmatch(line):
            return Heading(without_closing(heading[1] or ""), number, number + 1)
        elif opened := _FENCE.match(line):
            fence = opened.group(1)
        elif line.lstrip(" ").startswith("<!--"):
            comment = "-->" not in line
        elif number and re.fullmatch(r" {0,3}=+[ \t]*", line) and _can_be_underlined(lines[number - 1]):
            return Heading(lines[number - 1].strip(), number - 1, number + 1)
    return None


def without_closing(text: str) -> str:
    """A heading's text without the #s that may close it."""
    text = text.rstrip(" \t")
    words = text.rstrip("#")
    return (words if words[-1:] in ("", " ", "\t") else text).strip()


def _can_be_underlined(line: str) -> bool:
    return bool(line.strip()) and not re.match(r" {0,3}(?:[-*+>]|\d+[.)])(?:\s|$)|    |\t", line)
