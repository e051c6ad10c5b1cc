"""Slugs: the part of a post's file name that says its topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from aiblog.core.changes import folded
from aiblog.core.layout import NOT_POSTS

LONGEST = 80
"""Bytes of a slug at most: with a date, a suffix and a folder it stays a name every file system takes."""

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows keeps for devices, with any ending."""

_COMFORTABLE = 60
_STOP_WORDS = {"a", "an", "and", "at", "by", "for", "in", "is", "of", "on", "or", "the", "to", "with"}
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+#'’_-]*")


def slug_from_title(title: str) -> str:
    """A slug for that title: valid, never empty, at most 80 bytes.

    From the Latin words of the title; only where it has none from short pinyin (a whole title in
    pinyin is what users call random characters), else "post".
    """
    if title.isascii():
        return _shortened(_slugified(title)) or "post"
    latin = " ".join(_LATIN.findall(unicodedata.normalize("NFKC", title)))
    accented = "" if re.search("[\u2e80-\uffff]", title) else title
    words = _slugified(accented or latin)
    if sum(letter.isalpha() for letter in words) < 2 and re.search("[\u3400-\u9fff]", title):
        words = _pinyin(title)
    return _shortened(words or _slugified(title)) or "post"


def _slugified(text: str) -> str:
    from slugify import slugify  # noqa: PLC0415 - start-up: not for a post that was given its slug

    return slugify(text.replace("'", "").replace("’", ""))


def _pinyin(title: str) -> str:
    """The first Han characters in pinyin, a syllable each, with the digits and letters between them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - start-up: costs more than all else together

    first = re.split("[：:，,。；;！!？?—|]", title.strip("：:，,。；;！!？?—| "))[0] or title
    words = _slugified(" ".join(lazy_pinyin(first[:16]))).split("-")
    return "-".join(words[:6])


def _shortened(slug: str) -> str:
    """The slug with its stop words dropped if it is long, cut at a word; and "-post" behind a name that is none."""
    words = [word for word in slug.split("-") if word]
    if len(slug) > _COMFORTABLE:
        words = [word for word in words if word not in _STOP_WORDS] or words
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > _COMFORTABLE and kept:
            break
        kept = longer
    kept = kept[:LONGEST].strip("-")
    return f"{kept}-post" if kept in RESERVED | NOT_POSTS else kept


def slug_error(slug: str, taken: Iterable[str] = ()) -> str | None:  # noqa: PLR0911 - one for each reason
    """What is wrong with the slug, None where nothing is.

    Args:
        slug: the slug.
        taken: slugs of the same date; a twin by case or Unicode form is refused, for file systems
            that take the two for one.
    """
    if not slug:
        return "it is empty"
    if len(slug.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"it is longer than {LONGEST} bytes"
    if not re.fullmatch("[A-Za-z0-9-]+", slug):
        return "letters a-z, digits and hyphens were wanted"
    if slug.startswith("-") or slug.endswith("-") or "--" in slug:
        return "single hyphens between words were wanted"
    if slug.lower() in RESERVED:
        return "Windows reserves this name"
    twin = next((each for each in taken if each != slug and folded(each) == folded(slug)), None)
    if twin is not None:
        return f'"{twin}" is there already, which some file systems take for the same'
    if slug != slug.lower():
        return "lower-case letters were wanted"
    return "it is there already" if slug in set(taken) else None


def slug_proposal(text: str) -> str:
    """A valid slug near what was typed."""
    return slug_from_title(text)
