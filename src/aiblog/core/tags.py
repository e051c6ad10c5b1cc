"""Tags: which one of the blog's vocabulary a new one nearly is."""

from __future__ import annotations

from collections.abc import Iterable


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
