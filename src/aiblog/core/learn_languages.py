"""The languages of a blog, by its files' names: which there are, how each is marked, which one has no mark."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.language import CODE, Language, default_language
from aiblog.core.layout import is_page
from aiblog.core.learn_metadata import Head
from aiblog.core.learn_places import close, expression

SCRIPTS = {
    "ja": "[\u3040-\u30ff]", "ko": "[\uac00-\ud7af]", "zh": "[\u4e00-\u9fff]", "ru": "[\u0400-\u04ff]",
    "el": "[\u0370-\u03ff]", "he": "[\u0590-\u05ff]", "ar": "[\u0600-\u06ff]", "hi": "[\u0900-\u097f]",
    "bn": "[\u0980-\u09ff]", "th": "[\u0e00-\u0e7f]",
}  # fmt: skip
"""The language a title is taken for by its letters, the first that has one; English without any of them."""

_MARK = re.compile(rf"(?P<stem>.+?)(?P<suffix>[._-](?P<code>{CODE}))")


class Languages(NamedTuple):
    """What was found. `unclear` has, by code, the suffixes of a language that are nearly as frequent, with counts."""

    found: tuple[Language, ...]
    evidence: dict[str, str]
    unclear: dict[str, tuple[tuple[str, int], ...]]


def languages(pattern: str, paths: Iterable[str], head: Callable[[str], Head], chosen: Mapping[str, str]) -> Languages:
    """The languages of a blog laid out so, its usual one first, the others by how many files they have.

    Args:
        pattern: the path pattern.
        paths: each `.md` file below the posts folder, relative to it.
        head: the beginning of one of them.
        chosen: suffixes by code that a person has chosen.
    """
    form = expression(pattern)
    matches = {path: match for path in paths if (match := form.fullmatch(path))}
    matched = {path: match for path, match in matches.items() if not is_page(path, match["slug"])}
    if "{lang}" in pattern.split("/"):
        counts = Counter(match["lang"] for match in matched.values())
        codes = [code for code, _ in counts.most_common()]
        found = tuple(default_language(code, f"_{code}" if number else "") for number, code in enumerate(codes))
        return Languages(found, {f"languages.{code}": files(count) for code, count in counts.items()}, {})
    marks = _marks({path.removesuffix(".md"): path for path in matched})
    styles = _styles(marks)
    main = _main([head(path) for path in marks.pop("", ())], styles)
    others = [code for code, _ in sorted(styles.items(), key=lambda item: -sum(item[1].values())) if code != main]
    codes = [main, *(others or (["en"] if main != "en" else ["zh"]))]
    return _marked(codes, styles, chosen)


def _marks(stems: Mapping[str, str]) -> dict[str, list[str]]:
    """Paths by what marks their language: `_zh`, `.zh`; `-zh` beside a file of the same name; "" for none."""
    parsed = {stem: match for stem in stems if (match := _MARK.fullmatch(stem))}
    bases = Counter(match["stem"] for match in parsed.values())
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for stem, path in stems.items():
        match = parsed.get(stem)
        sure = match and (match["suffix"][0] in "_." or match["stem"] in stems or bases[match["stem"]] > 1)
        marks[match["suffix"] if match and sure else ""].append(path)
    return marks


def _styles(marks: Mapping[str, list[str]]) -> dict[str, Counter[str]]:
    """The suffixes of each language with their counts. One region (`zh-cn`) is the language where both are met."""
    codes = {suffix[1:] for suffix in marks if suffix}
    styles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for suffix, found in marks.items():
        code = suffix[1:]
        variants = {each.casefold() for each in codes if each[:2] == code[:2]}
        one = code[:2] in codes and len(variants) == 2
        if suffix:
            styles[code[:2] if one else code][suffix] += len(found)
    return styles


def _main(plain: Sequence[Head], styles: dict[str, Counter[str]]) -> str:
    """The blog's usual language, that of the files without a mark, which are counted in."""
    if not plain:
        return max(styles, key=lambda code: sum(styles[code].values()), default="en")
    stated = Counter(code for head in plain if isinstance(code := (head.values or {}).get("lang"), str))
    usual, count = stated.most_common(1)[0] if stated else ("", 0)
    if count * 2 <= len(plain) or not re.fullmatch(CODE, usual):
        usual = "en"
        titles = [head.title for head in plain if not head.title.isascii()]
        for code, letters in SCRIPTS.items():
            if sum(bool(re.search(letters, title)) for title in titles) * 2 > len(plain):
                usual = code
                break
    styles.setdefault(usual, Counter())[""] += len(plain)
    return usual


def _marked(codes: Sequence[str], styles: Mapping[str, Counter[str]], chosen: Mapping[str, str]) -> Languages:
    """The languages with the suffix that most of their files have."""
    found: list[Language] = []
    notes, unclear = {}, {}
    for number, code in enumerate(codes):
        counts = styles.get(code, Counter())
        usual = "" if not number else f"_{code}"
        suffix = chosen.get(code, max(counts, key=lambda each: (counts[each], each == usual, each), default=usual))
        if any(each.suffix == suffix for each in found):
            suffix = usual
        found.append(default_language(code, suffix))
        others = [f"{count} {_as(other)}" for other, count in counts.most_common() if other != suffix]
        own = files(counts[suffix]) if counts[suffix] else "no file yet"
        notes[f"languages.{code}"] = ", and ".join([own, *others])
        if options := close(counts, suffix):
            unclear[code] = options
    return Languages(tuple(found), notes, unclear)


def _as(suffix: str) -> str:
    return f'as "{suffix}"' if suffix else "without a suffix"


def files(count: int) -> str:
    """That many files, in words."""
    return f"{count} {'file' if count == 1 else 'files'}"
