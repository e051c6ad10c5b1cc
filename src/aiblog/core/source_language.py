"""Paragraphs of a translation that are still in the language of its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.language import is_chinese
from aiblog.core.shape_parts import Passage

RULE = "source-language-left"
_FEWEST_WORDS, _FEWEST_HAN = 8, 6
_MOST_OF_A_NAME = 16
"""Words and Chinese characters that stand beside a link as its name, at most."""
_FUNCTION_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "the a an of and or to in is are was were be that this these for with on as by it its we you they from at not"
        " can will has have when which",
    )
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7ff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|「[^「」]*」|『[^『』]*』|《[^《》]*》|（[^（）]*）|\([^()]*\)")


def untranslated(pair: Comparison, source: str, language: str) -> Iterator[Difference]:
    """Each paragraph or list item that nobody has translated, as it seems; quotations, code, links and names excepted.

    Args:
        pair: the texts.
        source: the source's language.
        language: the translation's.
    """

    def texts() -> Iterator[Passage]:
        return (each for each in pair.source.passages if each.kind in {"paragraph", "item"})

    into_chinese = is_chinese(language) and not is_chinese(source)
    from_chinese = is_chinese(source) and language.partition("-")[0] not in {"ja", "ko", "zh"}
    originals: dict[str, int] = {} if into_chinese or from_chinese else {_folded(each): each.line for each in texts()}
    linked = {each.line for each in pair.translation.links}
    for each in pair.translation.passages:
        if each.kind not in {"paragraph", "item"} or each.quoted:
            continue
        if into_chinese:
            is_left = not _HAN.search(each.own) and _is_english(_unquoted(each))
        elif from_chinese:
            is_left = not each.own.isascii() and _is_chinese_text(_unquoted(each))
        else:
            is_left = _folded(each) in originals and _is_long(_unquoted(each))
        if is_left and not _is_reference(each, linked):
            originals = originals or {_folded(each): each.line for each in texts()}
            line = originals.get(_folded(each))
            rest = f", as in line {line} of the source" if line else ""
            yield Difference(RULE, each.line, each.column, f"this text is still in the source's language{rest}")


def _unquoted(passage: Passage) -> str:
    return _QUOTED.sub(" ", passage.own)


def _is_reference(passage: Passage, linked: Collection[int]) -> bool:
    """Whether it is a link with the name of what it leads to, which stays as it is."""
    lines = range(passage.line, passage.line + passage.text.count("\n") + 1)
    return len(_WORD.findall(passage.own)) + len(_HAN.findall(passage.own)) < _MOST_OF_A_NAME and any(
        line in linked for line in lines
    )


def _folded(passage: Passage) -> str:
    return " ".join(passage.text.split())


def _is_english(text: str) -> bool:
    """Whether a text is a sentence of English, or another language with Latin letters."""
    words = _WORD.findall(text)
    long = [word for word in words if len(word) > 3]
    is_title = sum(word[0].isupper() for word in long) > 0.8 * len(long)
    return len(words) >= _FEWEST_WORDS and len({word.lower() for word in words} & _FUNCTION_WORDS) >= 2 and not is_title


def _is_chinese_text(text: str) -> bool:
    """Whether a text is more than a Chinese name among other words."""
    han = len(_HAN.findall(text))
    return han >= _FEWEST_HAN and han > len(_WORD.findall(text)) and not _KANA_OR_HANGUL.search(text)


def _is_long(text: str) -> bool:
    return len(_WORD.findall(text)) >= _FEWEST_WORDS or len(_HAN.findall(text)) >= 2 * _FEWEST_HAN
