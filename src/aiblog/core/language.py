"""Languages: their codes, their names, and the suffix that marks an edition's file."""

from __future__ import annotations

import re
from typing import NamedTuple

NAMES: dict[str, tuple[str, str]] = {
    "ar": ("Arabic", "العربية"),
    "bn": ("Bengali", "বাংলা"),
    "cs": ("Czech", "Čeština"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "en": ("English", "English"),
    "es": ("Spanish", "Español"),
    "fa": ("Persian", "فارسی"),
    "fr": ("French", "Français"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "it": ("Italian", "Italiano"),
    "ja": ("Japanese", "日本語"),
    "ko": ("Korean", "한국어"),
    "nl": ("Dutch", "Nederlands"),
    "pl": ("Polish", "Polski"),
    "pt": ("Portuguese", "Português"),
    "ru": ("Russian", "Русский"),
    "sv": ("Swedish", "Svenska"),
    "th": ("Thai", "ไทย"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "Українська"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "zh": ("Chinese", "中文"),
}
"""English name and own name by ISO 639-1 code, for languages whose names a blog does not set."""

_IN_CHINESE = {
    "de": ("德文", "德语"),
    "en": ("英文", "英语", "英語"),
    "es": ("西班牙",),
    "fr": ("法文", "法语"),
    "ja": ("日文", "日语", "日語"),
    "ko": ("韩文", "韩语"),
    "ru": ("俄文", "俄语"),
    "zh": ("中文", "汉语", "漢語"),
}
"""What Chinese readers call a language, by ISO 639-1 code."""


class Language(NamedTuple):
    """One language of a blog.

    `code` as in `aiblog.yaml` (`en`, `zh`, `pt-br`), `name` in English, `suffix` what its
    files carry before `.md` (`""`, `"_zh"`), `own_name` as its readers write it.
    """

    code: str
    name: str
    suffix: str
    own_name: str


CODE = rf"(?:{'|'.join(NAMES)})(?:-(?!(?:{'|'.join(NAMES)})(?![A-Za-z]))[A-Za-z]{{2,4}})?"
"""What a language's code looks like in a name: `zh`, `zh-cn`, `pt-BR`; no two languages (`en-zh`)."""


def default_language(code: str, suffix: str) -> Language:
    """The language of that code with the names everybody knows it by; the code itself where none is known."""
    name, own_name = NAMES.get(code.split("-", maxsplit=1)[0].lower(), (code, code))
    return Language(code=code, name=name, suffix=suffix, own_name=own_name)


def is_named(language: Language, text: str) -> bool:
    """Whether a text has the language's name in it: the English one, its own, the Chinese one, or the code."""
    code = language.code.split("-", maxsplit=1)[0].lower()
    names = {language.name, language.own_name, language.code, *NAMES.get(code, ())}
    words = "|".join(re.escape(name) for name in names)
    found = re.search(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", text, re.IGNORECASE)
    return bool(found) or any(name in text for name in (language.own_name, *_IN_CHINESE.get(code, ())))


def is_chinese(code: str) -> bool:
    """Whether a language's code is that of Chinese, of whatever region."""
    return code.partition("-")[0].lower() == "zh"


def names_a_language(text: str) -> bool:
    """Whether a text has the name of any language in it: in English, as its own readers write it, or in Chinese."""
    lowered = text.lower()
    return any(name.lower() in lowered for names in (*NAMES.values(), *_IN_CHINESE.values()) for name in names)
