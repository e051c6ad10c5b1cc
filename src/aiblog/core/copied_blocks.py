"""Blocks of a translation that are still, word for word, its source's."""

from __future__ import annotations

import re

from aiblog.core import header
from aiblog.core.markdown import blocks

_LATIN = re.compile(r"(?<![^\W_])[a-z\u00df-\u024f]{2,}(?![^\W_])")
_SCRIPTS = {
    "ar": "\u0600-\u06ff",
    "bn": "\u0980-\u09ff",
    "el": "\u0370-\u03ff",
    "fa": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7af",
    "ru": "\u0400-\u04ff",
    "th": "\u0e00-\u0e7f",
    "uk": "\u0400-\u04ff",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
}
"""The letters of languages that are not written in Latin ones, as far as they are a language's own."""
_FEWEST_WORDS, _FEWEST_LETTERS = 5, 6
_NO_PROSE = re.compile(r"`[^`\n]*`|!?\[[^\[\]]*\](?:\([^()\n]*\)|\[[^\[\]]*\])|<[^<>\n]*>|https?://\S+")
_KINDS = {"heading", "paragraph", "list", "table", "quote", "html"}


def copied_blocks(source: str, translation: str, source_language: str, language: str) -> list[int]:
    """The lines (from 1) of the translation where a block begins that is the source's, letter for letter.

    Only where the two languages are written in different scripts, so that no translation can be the same text, and only
    blocks with a few words of prose: names, code, links and numbers stay as they are.

    Args:
        source: the source's whole text.
        translation: the translation's.
        source_language: the code of the source's language.
        language: that of the translation's.
    """
    script = _script(source_language)
    if script == _script(language):
        return []
    originals = {text for _, text in _blocks(source)}
    return [line for line, text in _blocks(translation) if text in originals and _is_prose(text, script)]


def _script(language: str) -> str:
    """The letters of a language, for a set of a pattern; "" for Latin ones."""
    return _SCRIPTS.get(language.partition("-")[0].lower(), "")


def _blocks(text: str) -> list[tuple[int, str]]:
    """The blocks that may need translating: the line (from 1) where each begins, its text on one line."""
    data = text.encode("utf-8", "surrogatepass")
    start = header.body_offset(data)
    body = data[start:].decode("utf-8", "surrogatepass").replace("\r\n", "\n")
    first, lines = data[:start].count(b"\n") + 1, body.split("\n")
    found = (each for each in blocks(body) if each.kind in _KINDS and not each.media)
    return [(first + each.start, " ".join(" ".join(lines[each.start : each.end]).split())) for each in found]


def _is_prose(text: str, script: str) -> bool:
    plain = _NO_PROSE.sub(" ", text)
    if script:
        return len(re.findall(f"[{script}]", plain)) >= _FEWEST_LETTERS
    return len(_LATIN.findall(plain)) >= _FEWEST_WORDS
