"""Numbers in Chinese characters: 三十五, 两千, 二〇二五, 一万二."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "两": 2, "兩": 2, "俩": 2, "双": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
NUMERALS = "".join([*_DIGITS, *_UNITS])
"""Every character that such a number is made of."""
LARGE = 10_000
"""From here on a unit counts in tens of thousands, and all before it."""


def values(numerals: str) -> set[Decimal]:
    """What a row of numerals can mean: the number, and each digit where several stand for a choice (三五个)."""
    if numerals.startswith("双十"):  # 双十一 is the eleventh of November
        return values(numerals[1:])
    whole, _, rest = numerals.partition("点")
    if rest:
        fraction = "".join(str(_DIGITS[each]) for each in rest if each in _DIGITS)
        return {_whole(whole) + Decimal(f"0.{fraction or 0}")}
    if not any(each in _UNITS for each in whole):
        digits = [_DIGITS[each] for each in whole]
        return {Decimal("".join(map(str, digits))), *map(Decimal, digits)}
    found = {_whole(whole)}
    if len(whole) > 2 and whole[-1] in _DIGITS and whole[-2] in _UNITS and whole[-2] != "十":
        found.add(_whole(whole[:-1]) + _DIGITS[whole[-1]] * _UNITS[whole[-2]] / Decimal(10))  # 一百二 is 120
    return found


def is_amount(numerals: str) -> bool:
    """Whether they can only be a number: a digit with a unit (万一 is a word, and so is 千万)."""
    return (
        any(each in _DIGITS for each in numerals)
        and any(each in _UNITS for each in numerals)
        and numerals not in {"万一", "一百", "一十"}
    )


def _whole(numerals: str) -> Decimal:
    total = section = Decimal(0)
    digit: Decimal | None = None
    for each in numerals:
        if each in _DIGITS:
            digit = Decimal(_DIGITS[each]) + (digit * 10 if digit is not None else 0)
        elif _UNITS[each] < LARGE:
            section += (Decimal(1) if digit is None else digit) * _UNITS[each]
            digit = None
        else:
            section += digit or 0
            total = (total + section or Decimal(1)) * _UNITS[each]
            section, digit = Decimal(0), None
    return total + section + (digit or 0)


def scale(units: str) -> Decimal:
    """What a number in digits is multiplied by before such units: 10,000 for 万, a million million for 万亿."""
    product = Decimal(1)
    for each in units:
        product *= _UNITS[each]
    return product
