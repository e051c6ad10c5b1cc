"""What links a translation to its source: its language, the source's path, the hash of the text it covers."""

from __future__ import annotations

from typing import NamedTuple

from aiblog.core import header
from aiblog.core.post import LINK_KEYS
from aiblog.core.settings import Settings

SIDECAR = ".aiblog/translations.yaml"
"""Where a blog that wants no such keys in its posts keeps them: a file relative to its root."""


class Link(NamedTuple):
    """A translation's link, with the values of `LINK_KEYS`.

    `translation_of` is the source's path relative to the translation's folder, as it is written. `source_hash` is
    None where nothing is known to be covered: a stub that was written together with its source.
    """

    lang: str
    translation_of: str
    source_hash: str | None = None


def with_link(data: bytes, link: Link, settings: Settings, path: str = "") -> bytes:
    """The translation's file with that link as the blog keeps it: in its front matter, or without any of it there.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read or edited.
    """
    if settings.translations == "sidecar":
        own = {key.name for key in settings.front_matter}
        return header.edited(data, {key: None for key in LINK_KEYS if key not in own}, path=path)
    return with_link_keys(data, link, settings, path)


def with_link_keys(data: bytes, link: Link, settings: Settings, path: str = "") -> bytes:
    """The translation's file with just that link in its front matter, behind the blog's own keys.

    A file without front matter gets one. A `lang` with a region (`zh-CN` for `zh`) stays as it is.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read or edited.
    """
    values: dict[str, str | list[str] | None] = dict(link._asdict())
    said = header.read(data, path).values.get("lang")
    if isinstance(said, str) and _base_of(said) == _base_of(link.lang):
        values["lang"] = said
    order = [*(key.name for key in settings.front_matter), *LINK_KEYS]
    return header.edited(data, values, order, path)


def _base_of(code: str) -> str:
    return code.casefold().replace("_", "-").split("-")[0]
