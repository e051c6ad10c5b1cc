"""Numbers in English words: twenty-five, two hundred thousand, third, twice, half, November."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

_WORD = re.compile("[a-z]+")
_SMALL = _WORD.findall(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = _WORD.findall("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _WORD.findall(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MONTHS = _WORD.findall("january february march april may june july august september october november december")
_PLAIN = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_OTHERS: dict[str, tuple[str, ...]] = {
    "0": ("no", "none", "without", "nothing", "never"),
    "1": ("a", "an", "another", "once", "single", "sole", "only", "unit", "each", "per"),
    "2": ("twice", "both", "double", "doubles", "doubled", "doubling", "dual", "pair", "pairs", "couple", "twofold"),
    "3": ("thrice", "triple", "triples", "tripled", "tripling", "trio", "threefold", "quarter", "quarters"),
    "4": ("quadruple", "quadrupled", "fourfold", "quarter", "quarters"),
    "5": ("fivefold",),
    "10": ("tenfold", "tens", "decade", "decades", "magnitude"),
    "12": ("dozen", "dozens"),
    "14": ("fortnight",),
    "24": ("clock", "daily"),
    "25": ("quarter", "quarters"),
    "30": ("half",),
    "33": ("third", "thirds"),
    "50": ("half", "halve", "halves", "halved", "halving"),
    "100": ("hundreds", "century", "fully", "completely"),
    "1000": ("thousands", "millennium"),
    "1000000": ("millions",),
    "1000000000": ("billions",),
    "0.5": ("half", "halve", "halves", "halved", "halving"),
    "0.25": ("quarter",),
}
_VALUES: dict[str, set[Decimal]] = {}
for _words in (_SMALL, _ORDINALS):
    for _number, _word in enumerate(_words):
        _VALUES.setdefault(_word, set()).add(Decimal(_number))
for _number, _word in enumerate(_TENS, 2):
    for _form in (_word, f"{_word[:-1]}ieth", f"{_word[:-1]}ies"):
        _VALUES.setdefault(_form, set()).add(Decimal(10 * _number))
for _word, _size in _SCALES.items():
    _VALUES.setdefault(_word, set()).add(Decimal(_size))
for _number, _word in enumerate(_MONTHS, 1):
    for _form in {_word, _word[:3], _word[:4] if _word == "september" else _word}:
        _VALUES.setdefault(_form, set()).add(Decimal(_number))
for _written, _forms in _OTHERS.items():
    for _form in _forms:
        _VALUES.setdefault(_form, set()).add(Decimal(_written))
for _number, _word in enumerate(_ORDINALS[3:], 3):
    _VALUES.setdefault(f"{_word}s", set()).add(Decimal(_number))

_COUNTED = "|".join(sorted({*_PLAIN, *_SCALES}, key=len, reverse=True))
_PHRASE = re.compile(rf"(?<![a-z])(?:{_COUNTED})(?:(?:-|\s{{1,3}}(?:and\s{{1,3}})?)(?:{_COUNTED}))*(?![a-z])")
_OF_AMOUNTS = (*_TENS, *_SCALES, "and a half")
_LARGE = "hundred|thousand|million|billion|trillion"
_AND_A_HALF = re.compile(rf"\s{{1,3}}and\s{{1,3}}(?:a|one)\s{{1,3}}half(?:\s{{1,3}}(?P<scale>{_LARGE}))?(?![a-z])")
_PART_OF = re.compile(rf"(?<![a-z])(half|quarter)\s{{1,3}}(?:of\s{{1,3}})?an?\s{{1,3}}({_LARGE})(?![a-z])")


class Phrase(NamedTuple):
    """Words that are a number: where they begin in the text, as written, what they mean, whether they are an amount.

    An amount has several words (`twenty-five`, `two hundred`); a single word is often no count (`one of the`).
    """

    start: int
    written: str
    value: Decimal
    is_amount: bool


def phrases(lowered: str) -> Iterator[Phrase]:
    """The numbers in words of a text in lower case, in order; none of a text in which no word is one of an amount."""
    if not any(word in lowered for word in _OF_AMOUNTS):
        return
    for match in _PART_OF.finditer(lowered):
        share = Decimal("0.5") if match[1] == "half" else Decimal("0.25")
        yield Phrase(match.start(), match.group(), share * _SCALES[match[2]], is_amount=True)
    for match in _PHRASE.finditer(lowered):
        words = [word for word in _WORD.findall(match.group()) if word != "and"]
        value = _value(words)
        if half := _AND_A_HALF.match(lowered, match.end()):
            more = (value + Decimal("0.5")) * _SCALES.get(half["scale"] or "", 1)
            more = more if half["scale"] else value + Decimal(_SCALES.get(words[-1], 1)) / 2
            yield Phrase(match.start(), lowered[match.start() : half.end()], more, is_amount=True)
        yield Phrase(match.start(), match.group(), value, _is_amount(words))


def _value(words: Sequence[str]) -> Decimal:
    total = part = 0
    for word in words:
        if word in _PLAIN:
            part += _PLAIN[word]
        elif word == "hundred":
            part = (part or 1) * 100
        else:
            total += (part or 1) * _SCALES[word]
            part = 0
    return Decimal(total + part)


def _is_amount(words: Sequence[str]) -> bool:
    if len(words) < 2 or words[:2] == ["one", "hundred"]:
        return False
    return any(word in _SCALES for word in words[1:]) or (words[0] in _TENS and words[1] in _SMALL)


def word_values(lowered: str) -> set[Decimal]:
    """What all words of a text in lower case can mean as numbers, whether they are meant so or not."""
    found = {each.value for each in phrases(lowered)}
    for word in set(_WORD.findall(lowered)):
        found |= _VALUES.get(word, set())
    return found
