"""Front matter led on when files move: a page's own path in it, and the source that a translation names."""

from __future__ import annotations

from collections.abc import Iterable

from aiblog.core import header
from aiblog.core.destination import led_path
from aiblog.core.links import resolved
from aiblog.core.moves import Moves
from aiblog.core.relinked import KindOf
from aiblog.errors import AiblogError


def relinked_header(  # noqa: PLR0913, PLR0917 - those of `relinked`, and which keys
    data: bytes, before: str, after: str, moves: Moves, kind_of: KindOf, keys: Iterable[str], prefix: str = ""
) -> bytes:
    """The file that stood at `before` and will stand at `after`, with those keys and `translation_of` led on.

    One of the keys follows if its value was just the file's own path, relative to the blog's root. `prefix` is the path
    of that below the top, "" for the top itself. Paths and `kind_of` are as in `relinked`. A front matter that cannot
    be read stays.

    Raises:
        AiblogError: `metadata-invalid` with the path before for one laid out so that it cannot be edited.
    """
    try:
        values = header.read(data).values
    except AiblogError:
        return data
    root = f"{prefix}/" if prefix else ""
    changed: dict[str, str | list[str] | None] = {}
    if before != after and before.startswith(root) and after.startswith(root):
        own = before.removeprefix(root)
        changed = {key: after.removeprefix(root) for key in keys if values.get(key) == own}
    source = values.get("translation_of")
    if isinstance(source, str) and source:
        changed["translation_of"] = led_source(source, before, after, moves, kind_of)
    return header.edited(data, changed, path=before)


def led_source(source: str, before: str, after: str, moves: Moves, kind_of: KindOf) -> str:
    """The path of a translation's source, relative to the translation's folder, when that one or the source moves.

    It stays as it is where it led to no file, and where it still leads to the same.
    """
    target = resolved(before, source)
    if target is None or kind_of(target) != "file" or resolved(after, source) == moves.of(target):
        return source
    return led_path(source, after, moves.of(target))
