"""Languages: their codes, their names, and the suffix that marks an edition's file."""

from __future__ import annotations

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
