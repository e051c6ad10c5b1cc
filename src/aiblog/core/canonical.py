"""The canonical hash of a source: what a translation was made from, whatever squash or rename did to commits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from aiblog.core import header
from aiblog.core.code_fence import fence_after
from aiblog.core.switch_line import switch_at

TRANSLATABLE = ("title", "description", "summary", "subtitle")
"""Front-matter keys whose values a reader sees: what the hash of a source covers besides its body."""


def source_hash(data: bytes) -> str:
    """The canonical hash of a source: `v1-` and 12 hexadecimal digits of SHA-256.

    Unchanged by what a translation need not follow: Unicode form, newlines, BOM, other metadata,
    the tool's comments, the switch line, how paragraphs are wrapped, which bullets a list has,
    trailing space. Code counts byte for byte. No Markdown parser: the hash must not change with one.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read.
    """
    head = header.read(data)
    text = data[head.end :].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = switch_at(lines)
    if at is not None:
        del lines[at]
    values = [f"{key}: {head.values[key]}" for key in TRANSLATABLE if head.values.get(key)]
    canonical = unicodedata.normalize("NFC", "\n".join([*values, "", *_canonical(lines)]))
    from hashlib import sha256  # noqa: PLC0415 - start-up: loads OpenSSL

    return f"v1-{sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


_OWN_COMMENT = re.compile(r"<!--\s*aiblog:.*?-->", re.DOTALL)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_STARTS_BLOCK = re.compile(r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}(?:\s|$)|>|\||<|\[[^\]]+\]:|(?:[-*_]\s*){3,}$|=+\s*$)")
_ENDS_LINE = re.compile(r"#{1,6}(?:\s|$)|\||[-*_=\s]+$")
_INDENTED_CODE = re.compile(r" {4}| {0,3}\t")
_WIDE = (("\u2e80", "\u9fff"), ("\uac00", "\ud7ff"), ("\uf900", "\ufaff"), ("\uff00", "\uff60"))


def _canonical(lines: Sequence[str]) -> list[str]:
    """The lines with paragraphs on one line each, bullets unified, blank lines and the tool's comments dropped."""
    kept: list[str] = []
    fence, joinable, in_list = "", False, False
    for line in _without_comments(lines):
        inside, fence = fence, fence_after(fence, line)
        if inside or fence:
            kept.append(line)
            joinable = False
            continue
        if not line.strip():
            joinable = False
            continue
        in_list = bool(_ITEM.match(line)) or (in_list and line[0] in " \t")
        if not joinable and not in_list and _INDENTED_CODE.match(line):
            kept.append(line)
        elif joinable and not _STARTS_BLOCK.match(line):
            kept[-1] = _joined(kept[-1], " ".join(line.split()))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            text = re.sub(r"^[*+](?=\s)", "-", " ".join(line.split()))
            kept.append(indent + text)
            joinable = not _ENDS_LINE.match(text)
    return kept


def _without_comments(lines: Sequence[str]) -> list[str]:
    """The lines without the tool's comments outside code; a line that held nothing else goes with its comment."""
    kept: list[str] = []
    fence, comment = "", False
    for line in lines:
        if comment:
            comment = "-->" not in line
            rest = line.partition("-->")[2]
            if rest.strip():
                kept.append(rest)
            continue
        inside, fence = fence, fence_after(fence, line)
        if inside or fence or "<!--" not in line:
            kept.append(line)
            continue
        without = _OWN_COMMENT.sub("", line)
        opened = re.search(r"<!--\s*aiblog:", without)
        if opened:
            comment, without = True, without[: opened.start()]
        if without.strip():
            kept.append(without)
    return kept


def _joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one: with a space, but between two Chinese characters without."""
    return before + after if _is_wide(before[-1:]) and _is_wide(after[:1]) else f"{before} {after}"


def _is_wide(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _WIDE)
