"""A translation without sense: each word of one script becomes a text of the other, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from aiblog.core.bare_address import bare_addresses
from aiblog.core.document import document
from aiblog.core.markdown_events import parsed

_LATIN = re.compile(r"(?<![A-Za-z0-9_./@#&$%\\{-])[A-Za-z][a-z]+(?:['’][a-z]+)?(?![A-Za-z0-9_/@{-]|\.[A-Za-z0-9])")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_TIMES = re.compile(r"(?i)(?:hundred|thousand|million|billion|trillion)s?")
_SIGNS_OF_NUMBERS = re.compile(r"[万亿千百]+")
_SIGNS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
_WORDS = ["alpha", "brook", "cedar", "delta", "ember", "field", "grove", "heath", "inlet", "jetty", "knoll", "marsh"]


def mock_translation(text: str, language: str) -> str:
    """A block's text with its words in the other script: Latin ones as Han for `zh`, Han ones as Latin words else.

    Code, destinations, tags, addresses stay, and numbers with what multiplies them (million, 万).
    """
    addresses = [(each.start - 1, each.linked_end - 1) for each in bare_addresses(f"\n{text}")]
    parts, position = [], 0
    for start, end in sorted([*((start - 1, end - 1) for start, end in document(f"\n{text}").texts), *_in_html(text)]):
        words, translated = (_LATIN, _han) if language == "zh" else (_HAN, _latin)
        for match in words.finditer(text, start, end):
            is_address = any(first <= match.start() < last for first, last in addresses)
            if not is_address and not _TIMES.fullmatch(match[0]):
                parts += [text[position : match.start()], translated(match)]
                position = match.end()
    return "".join([*parts, text[position:]])


def _in_html(text: str) -> Iterator[tuple[int, int]]:
    """Where text stands in blocks of HTML."""
    for event in parsed(text).events:
        if event.name == "Html":
            yield from (
                match.span() for match in re.compile(r"(?m)(?<=>)[^<>]+|^[^<>]+").finditer(text, event.start, event.end)
            )


def _han(match: re.Match[str]) -> str:
    digest = sha256(match[0].lower().encode()).digest()
    return "".join(_SIGNS[byte % len(_SIGNS)] for byte in digest[: max(1, len(match[0]) * 2 // 5)])


def _latin(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() : match.end() + 1]
    times = _SIGNS_OF_NUMBERS.match(match[0]) if re.search(r"[0-9] ?$", before) else None
    kept = times[0] if times else ""
    digest = sha256(match[0].encode()).digest()
    count = max(1, round(len(match[0]) * 0.7))
    words = " ".join(_WORDS[byte % len(_WORDS)] for byte in (digest * (count // 32 + 1))[:count])
    space = " " if kept or re.search("[A-Za-z0-9]$", before) else ""
    return f"{kept}{space}{words}{' ' if re.match('[A-Za-z0-9]', after) else ''}"
