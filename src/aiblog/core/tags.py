"""Tags: those of a front matter's value, those that are one word spelled in two ways, one that is nearly known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from aiblog.core.post import MetadataValue


def tags_in(value: MetadataValue) -> list[str]:
    """The tags that a front-matter value holds, in its order: a list's items, or a line's parts between commas."""
    words = value.split(",") if isinstance(value, str) else value or []
    return [word.strip() for word in words if word.strip()]


def near_duplicates(counts: Mapping[str, int]) -> list[list[str]]:
    """Groups of tags that are surely the same word: alike but for case, width, Unicode form, and what parts the words.

    `gpu-scheduling`, `GPU scheduling` and `gpu_scheduling`; `AI 基础设施` and `AI基础设施`. Not a plural, not a
    typing error. In each group the most used tag stands first, as it does among the groups.
    """
    groups: dict[str, list[str]] = {}
    for tag in sorted(counts, key=lambda each: -counts[each]):
        groups.setdefault(_word(tag), []).append(tag)
    return [group for group in groups.values() if len(group) > 1]


_BESIDE_HAN = r"(?<=[\u3040-\u30ff\u3400-\u9fff])-|-(?=[\u3040-\u30ff\u3400-\u9fff])"  # compiled where it is used


def _word(tag: str) -> str:
    """What is the same for every spelling of a tag. Beside a Chinese character a space says nothing."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tag).casefold())
    return re.sub(_BESIDE_HAN, "", re.sub(r"[\s_-]+", "-", plain).strip("-")) or tag


def near_tag(tag: str, vocabulary: Iterable[str]) -> str | None:
    """The known tag that `tag` is probably meant to be, None where there is none or `tag` itself is known.

    The same letters in another case or with other separators (`GPU scheduling`, `gpu-scheduling`),
    a plural, or one typing error in a long word.
    """
    known = list(vocabulary)
    if tag in known:
        return None
    plain = _plain(tag)
    same = next((each for each in known if _plain(each) == plain), None)
    if same or len(plain) < 6 or not plain.isascii():
        return same
    from difflib import get_close_matches  # noqa: PLC0415 - start-up: only where a new tag is typed

    by_plain = {_plain(each): each for each in known}
    close = get_close_matches(plain, by_plain, 1, cutoff=0.9)
    return by_plain[close[0]] if close else None


def _plain(tag: str) -> str:
    return "".join(letter for letter in tag.casefold() if letter not in " -_.").removesuffix("s")
