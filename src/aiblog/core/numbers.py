"""The numbers of a text, each with all that it can mean, so that they can be looked for in a text of another language.

A number is its values and, for a version, its letters: `6.5 万` is 65,000, `50%` is 50 and 0.5, `v1.10` is `1.10`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from aiblog.core import chinese_numerals
from aiblog.core.bare_address import ADDRESS
from aiblog.core.number_words import phrases, word_values

Reading = Decimal | str


class Number(NamedTuple):
    """A number: where it begins in the text that `plain` gives, as written, and what it can mean.

    `is_sure`: a translation has to have it. Not so what may be part of a name (`K8s`) or an idiom (`24/7`).
    """

    start: int
    written: str
    readings: frozenset[Reading]
    is_sure: bool


_UNUSUAL = re.compile(
    "[\uff05\uff0b\uff0d-\uff19\u00a0\u2009\u202f\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218f\u2460-\u24ff]"
)
"""Digits and signs in other forms than usual; the full-width comma is a usual one, and parts numbers."""
_NARROW_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")


_PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PART = re.compile(r"([0-9]?)([½¼¾])")


def plain(text: str) -> str:
    """The text with half-width digits and signs, and without addresses; its newlines are where they were."""
    if not text.isascii() and _UNUSUAL.search(text):
        text = _PART.sub(lambda match: (match[1] or "0") + _PARTS[match[2]], text)
        text = unicodedata.normalize("NFKC", _NARROW_SPACE.sub(",", text))
    return ADDRESS.sub(" ", text) if "://" in text or "www." in text or "@" in text else text


_DIGITS = re.compile(
    r"[0-9](?:[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]*(?:\.[0-9]+)*(?:,[0-9]{1,2}(?![0-9,]))?)"
)
"""Digits with groups of three, points and a decimal comma; it begins with one set, which is quick to look for."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_GROUPED_BY_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_LONGEST = 30
"""Digits of a number at most: more are a key, compared as written."""
_RANGE = re.compile(r"\s{0,3}(?:[-–—~～/至到或、]|to\b|and\b|or\b)\s{0,3}(?=\d)")
_TENTH = "成(?![不员为功本果立熟长就])"
_SUFFIX = re.compile(
    r"\+?\s{0,3}(?:"
    r"(?P<percent>%|per\s?cent|pct\b|个?百分点|percentage points?)"
    r"|(?P<scale>thousand|million|billion|trillion|mln|bn|mn|[kmbtg])(?![a-z0-9])"
    r"|[多余几来]?\s{0,3}(?P<han>[十百千]?[万萬亿億]+|[百千])"
    rf"|(?P<tenth>{_TENTH})"
    r"|(?P<evening>(?::[0-9]{2}\s{0,3})?p\.?m\b)"
    r"|(?P<morning>(?::[0-9]{2}\s{0,3})?a\.?m\b)"
    r"|(?P<half>(?:个|点|年|天|周|倍|小时|个月)半)"
    r"|(?P<decade>s\b|年代)"
    r"|(?P<year>年))",
    re.IGNORECASE,
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mln": 6, "million": 6, "b": 9, "bn": 9, "g": 9, "billion": 9}
_SCALES |= {"t": 12, "trillion": 12}
_LETTERS = re.compile(r"[A-Za-z]+\Z")
_COUNTED = {"", "v", "q", "x", "fy", "us", "rmb", "cny", "usd"}
"""Letters that stand directly before a number without making a name of both: `v1.34`, `Q3`, `4x8`."""
_EVENING = re.compile(r"(?:下午|晚上|傍晚|晚)\s*\Z")
_AROUND_THE_CLOCK = re.compile(r"24\s?[/x×*]\s?7|7\s?[/x×*]\s?24")


def numbers(text: str, left_out: Collection[str] = ()) -> Iterator[Number]:
    """The numbers of a `plain` text: those in digits, then those in Chinese characters, then those in English words.

    Of those in digits alone (no percent, no thousands) none that is `left_out`.
    """
    idioms = [match.span() for match in _AROUND_THE_CLOCK.finditer(text)] if "24" in text else []
    for match in _DIGITS.finditer(text):
        if match.group() in left_out and (text[match.end() : match.end() + 1] in _ENDS or not _has_suffix(text, match)):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        letters = _LETTERS.search(before)
        prefix = letters.group().lower() if letters else ""
        is_idiom = any(start <= match.start() < end for start, end in idioms)
        is_name = prefix not in _COUNTED or (prefix == "x" and not before[-2:-1].isdigit())
        is_sure = not is_name and not is_idiom and match.group().strip("0") != ""
        readings = frozenset(_readings(text, match, before, is_version=prefix == "v"))
        yield Number(match.start(), _written(text, match), readings, is_sure)
    if not text.isascii():
        yield from _in_chinese(text)
    for phrase in phrases(text.lower()):
        yield Number(phrase.start, phrase.written, frozenset({phrase.value}), phrase.is_amount)


_ENDS = frozenset("\n\0,.:;，。：；、）)/-–")
"""What may stand behind a number that is no more than its digits."""


def _has_suffix(text: str, match: re.Match[str]) -> bool:
    """Whether what follows makes it another number: a percentage, thousands."""
    suffix = _SUFFIX.match(text, match.end())
    return bool(suffix and (suffix["percent"] or suffix["scale"] or suffix["han"] or suffix["tenth"]))


def _written(text: str, match: re.Match[str]) -> str:
    """The number with what makes it another one, as people would say it."""
    suffix = _SUFFIX.match(text, match.end()) if _has_suffix(text, match) else None
    return " ".join((match.group() + (suffix.group() if suffix else "")).split())


_SHARE = re.compile(r"(?P<part>[0-9]{1,3})\s?[/⁄]\s?(?P<whole>[0-9]{1,3})(?![0-9])")
_SHARE_END = re.compile(r"(?<![0-9])(?P<part>[0-9]{1,3})\s?[/⁄]\s?(?P<whole>)\Z")
_SHORT_YEAR = re.compile(r"(?:fy|[1-4][hq]|['’])\s?\Z", re.IGNORECASE)


def _readings(text: str, match: re.Match[str], before: str, *, is_version: bool) -> Iterator[Reading]:
    """What a number in digits can mean, by what stands around it."""
    digits = match.group()
    value = _value(digits)
    if _GROUPED_BY_POINTS.fullmatch(digits) and len(digits) < _LONGEST and not is_version:
        yield Decimal(digits.replace(".", ""))
    if "," in digits and not _GROUPED.fullmatch(digits):
        yield from (part for each in digits.split(",") if (part := _value(each)) is not None)
    if is_version or value is None:
        yield digits
        return
    suffix = _SUFFIX.match(text, match.end())
    if share := _SHARE.match(text, match.start()) or _SHARE_END.search(before):
        whole = share["whole"] or digits
        yield from _shares(Decimal(share["part"]), Decimal(whole)) if whole.isdigit() else ()
    if suffix is None:
        yield value
        if scale := _scale_behind_range(text, match.end()):
            yield value * scale
    else:
        yield from _with_suffix(value, suffix)
    if _EVENING.search(before):
        yield value + 12
    if value < 100 and _SHORT_YEAR.search(before):
        yield value + 2000


def _value(digits: str) -> Decimal | None:
    """The value of digits as written; None for a version (1.34.2) or a key."""
    if "," in digits:  # a decimal comma where it parts no groups of three
        digits = digits.replace(",", "") if _GROUPED.fullmatch(digits) else digits.replace(".", "").replace(",", ".")
    return None if digits.count(".") > 1 or len(digits) > _LONGEST else Decimal(digits)


def _with_suffix(value: Decimal, suffix: re.Match[str]) -> Iterator[Decimal]:
    scale = _scale(suffix)
    if scale is not None:
        yield value * scale
        if not _is_plain_scale(suffix):
            yield value
        return
    yield value
    if suffix["percent"]:
        yield value / 100
    elif suffix["tenth"]:
        yield from (value * 10, value / 10)
    elif suffix["evening"]:
        yield value + 12
    elif suffix["morning"] and value == 12:
        yield Decimal(0)
    elif suffix["half"]:
        yield from (value + Decimal("0.5"), Decimal(30))
    elif suffix["decade"]:
        yield value % 100
    elif suffix["year"] and value < 100:
        yield from (value + 1900, value + 2000)


def _scale(suffix: re.Match[str]) -> Decimal | None:
    if suffix["scale"]:
        return Decimal(10) ** _SCALES[suffix["scale"].lower()]
    return chinese_numerals.scale(suffix["han"]) if suffix["han"] else None


def _is_plain_scale(suffix: re.Match[str]) -> bool:
    """Whether nothing else can be meant: `65 M` and `65 千` may be a size, `65K`, `65 million`, `6.5 万` are not."""
    return (suffix["scale"] or suffix["han"]).lower() not in {"m", "g", "t", "百", "千"}


def _scale_behind_range(text: str, end: int) -> Decimal | None:
    """What the second number of a range is multiplied by, and so perhaps the first: `3-5 million`."""
    between = _RANGE.match(text, end)
    second = _DIGITS.match(text, between.end()) if between else None
    suffix = _SUFFIX.match(text, second.end()) if second else None
    return _scale(suffix) if suffix else None


def _shares(part: Decimal, whole: Decimal) -> Iterator[Decimal]:
    """What a part of a whole is besides: `1/4` is 0.25 and 25 %, `1/3` 33 %, 33.3 %, 33.33 %."""
    if 0 < part <= whole <= 10**6:
        yield part / whole
        yield from (round(100 * part / whole, places) for places in (0, 1, 2))


_CHINESE = re.compile(
    rf"(?:(?P<parts>[{chinese_numerals.NUMERALS}]+)分之)?"
    rf"(?P<numerals>[{chinese_numerals.NUMERALS}]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"(?:(?P<tenth>{_TENTH})(?P<more>[一二三四五六七八九])?|(?P<half>(?:个|个月|小时|年|天|周|倍)半))?"
)


def _in_chinese(text: str) -> Iterator[Number]:
    for match in _CHINESE.finditer(text):
        if len(match.group()) > _LONGEST:
            continue
        found = chinese_numerals.values(match["numerals"])
        if match["more"]:
            found = {each + chinese_numerals.values(match["more"]).pop() / 10 for each in found}
        is_sure = chinese_numerals.is_amount(match["numerals"]) or bool(match["tenth"])
        readings = set(found)
        if match["tenth"]:
            readings |= {each * 10 for each in found} | {each / 10 for each in found}
        if match["half"]:
            readings |= {each + Decimal("0.5") for each in found}
        if match["parts"] in {"百", "一百"}:
            readings |= {each / 100 for each in found}
            is_sure = True
        elif match["parts"]:
            whole = chinese_numerals.values(match["parts"])
            readings |= whole | {part for each in found for one in whole for part in _shares(each, one)}
        yield Number(match.start(), match.group(), frozenset(readings), is_sure)


_CHINESE_WORDS: dict[str, tuple[str, ...]] = {
    "0": ("无", "没", "未", "免", "不"),
    "1": ("首", "单", "独", "唯一", "上半年", "每"),
    "6": ("半年",),
    "2": ("双", "俩", "翻倍", "翻番", "加倍", "成倍", "下半年", "一半", "减半"),
    "7": ("一周",),
    "10": ("数量级",),
    "12": ("年", "半天"),
    "14": ("两周",),
    "15": ("一刻",),
    "18": ("一年半",),
    "24": ("全天候", "一天"),
    "30": ("半",),
    "45": ("三刻",),
    "50": ("半",),
    "60": ("一小时", "一分钟"),
    "90": ("一个半小时", "一小时半"),
    "100": ("全部", "完全"),
    "0.5": ("半",),
}


def readings_of(text: str) -> set[Reading]:
    """All that any number or number word of a `plain` text can mean; `10,200` may be two numbers of a list."""
    found: set[Reading] = {reading for each in numbers(text) for reading in each.readings}
    found |= word_values(text.lower())
    for digits in set(_DIGITS.findall(text)):
        found |= {digits, *(Decimal(part) for part in digits.split(",")[:9] if part.isdecimal() and len(part) < 9)}
    if not text.isascii():
        found |= {Decimal(value) for value, words in _CHINESE_WORDS.items() if any(word in text for word in words)}
    return found


def missing(text: str, other: str) -> Iterator[Number]:
    """The sure numbers of a `plain` text that another one does not have, each value once."""
    there = set(_DIGITS.findall(other))
    known: set[Reading] | None = None
    seen: set[frozenset[Reading]] = set()
    for number in numbers(text, there):
        if not number.is_sure or number.readings in seen:
            continue
        seen.add(number.readings)
        known = readings_of(other) if known is None else known
        if not number.readings & known:
            yield number
