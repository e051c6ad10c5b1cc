"""The canonical hash of a source: what a translation was made from, whatever squash or rename did to commits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.code_fence import fence_after
from aiblog.core.switch_line import switch_at


class Line(NamedTuple):
    """A line that the hash covers: the number (from 0) in the body of the line that it begins with, and its text."""

    number: int
    text: str


TRANSLATABLE = ("title", "description", "summary", "subtitle")
"""Front-matter keys whose values a reader sees: what the hash of a source covers besides its body."""


_KNOWN = re.compile("v1-[0-9a-f]{12}")


def is_known(recorded: str) -> bool:
    """Whether a hash that a translation names is of a version that can be compared."""
    return _KNOWN.fullmatch(recorded) is not None


def source_hash(data: bytes) -> str:
    """The canonical hash of a source: `v1-` and 12 hexadecimal digits of SHA-256.

    Unchanged by what a translation need not follow: Unicode form, newlines, BOM, other metadata,
    the tool's comments, the switch line, how paragraphs are wrapped, which bullets a list has,
    trailing space. Code counts byte for byte. No Markdown parser: the hash must not change with one.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read.
    """
    head = header.read(data)
    lines = [line.text for line in canonical_lines(body_of(data, head.end))]
    values = [f"{key}: {head.values[key]}" for key in TRANSLATABLE if head.values.get(key)]
    canonical = unicodedata.normalize("NFC", "\n".join([*values, "", *lines]))
    from hashlib import sha256  # noqa: PLC0415 - start-up: loads OpenSSL

    return f"v1-{sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def body_of(data: bytes, start: int) -> str:
    """The body that begins at that byte, as the hash and its readers take it: NFC, LF, no BOM."""
    text = data[start:].decode("utf-8", "replace").removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def canonical_lines(body: str) -> list[Line]:
    """The lines of such a body that its hash covers, in order; no two lines of one paragraph among them."""
    lines = [Line(number, text) for number, text in enumerate(body.split("\n"))]
    at = switch_at([line.text for line in lines])
    if at is not None:
        del lines[at]
    return _canonical(_without_comments(lines) if "<!--" in body else lines)


_OWN_COMMENT = re.compile(r"<!--\s*aiblog:.*?-->", re.DOTALL)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_STARTS_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}(?:\s|$)|>|\||<|\[[^\]]+\]:|(?:[-*_]\s*){3,}$|=+\s*$)")
_ENDS_LINE = re.compile(r"#{1,6}(?:\s|$)|\||[-*_=\s]+$")
_INDENTED_CODE = re.compile(r" {4}| {0,3}\t")
_WIDE = (("\u2e80", "\u9fff"), ("\uac00", "\ud7ff"), ("\uf900", "\ufaff"), ("\uff00", "\uff60"))


def _canonical(lines: Iterable[Line]) -> list[Line]:
    """The lines with paragraphs on one line each, bullets unified, blank lines and the tool's comments dropped."""
    kept: list[Line] = []
    fence, joinable, in_list = "", False, False
    for number, line in lines:
        inside, fence = fence, fence_after(fence, line)
        if inside or fence:
            kept.append(Line(number, line))
            joinable = False
            continue
        if not line.strip():
            joinable = False
            continue
        in_list = bool(_ITEM.match(line)) or (in_list and line[0] in " \t")
        if not joinable and not in_list and _INDENTED_CODE.match(line):
            kept.append(Line(number, line))
        elif joinable and not _STARTS_BLOCK.match(line):
            kept[-1] = Line(kept[-1].number, _joined(kept[-1].text, " ".join(line.split())))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            text = re.sub(r"^[*+](?=\s)", "-", " ".join(line.split()))
            kept.append(Line(number, indent + text))
            joinable = not _ENDS_LINE.match(text)
    return kept


def _without_comments(lines: Iterable[Line]) -> list[Line]:
    """The lines without the tool's comments outside code; a line that held nothing else goes with its comment."""
    kept: list[Line] = []
    fence, comment = "", False
    for number, line in lines:
        if comment:
            comment = "-->" not in line
            rest = line.partition("-->")[2]
            if rest.strip():
                kept.append(Line(number, rest))
            continue
        inside, fence = fence, fence_after(fence, line)
        if inside or fence or "<!--" not in line:
            kept.append(Line(number, line))
            continue
        without = _OWN_COMMENT.sub("", line)
        opened = re.search(r"<!--\s*aiblog:", without)
        if opened:
            comment, without = True, without[: opened.start()]
        if without.strip():
            kept.append(Line(number, without))
    return kept


def _joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one: with a space, but between two Chinese characters without."""
    return before + after if _is_wide(before[-1:]) and _is_wide(after[:1]) else f"{before} {after}"


def _is_wide(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _WIDE)
