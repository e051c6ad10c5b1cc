"""Links of a document with the exact place of each destination; rewriting changes the destination's text alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from aiblog.core.destination import Destination, destination_of, led_to, relative_path
from aiblog.core.document import Link, document

_WRITTEN = {"link", "image", "definition", "html"}


def links(text: str) -> list[Link]:
    """Every link with a destination of its own of a file's text in order, none in code, comments or front matter.

    CRLF and a BOM are fine. References lead where their definition does; autolinks are addresses, never files.
    """
    return [link for link in document(text).links if link.kind in _WRITTEN] if may_have_links(text) else []


def may_have_links(text: str) -> bool:
    """Whether there is anything in a text that could be one: a look that spares a text of prose alone the parser."""
    return "](" in text or "]:" in text or "<" in text


def written(text: str, link: Link) -> Destination:
    """A link's destination as it stands in its text, taken apart."""
    return destination_of(text[link.start : link.end], "html" if link.kind == "html" else "markdown")


def retargeted(text: str, from_file: str, targets: Mapping[int, str]) -> str:
    """The text of that file with links leading to other files, by the start offset of each; all else as it was.

    Paths are relative to the root. A destination is written as it was: see `led_to`.
    """
    parts, position = [], 0
    for link in links(text):
        if link.start in targets:
            parts += [text[position : link.start], led_to(written(text, link), from_file, targets[link.start])]
            position = link.end
    return "".join([*parts, text[position:]])


def encoded(destination: str) -> str:
    """A path as a plain destination: what would end it or be decoded is percent-encoded, Chinese stays readable."""
    return re.sub(
        r"[\s()<>%\\\"]", lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), destination
    )


def relative(from_file: str, to_file: str) -> str:
    """The path from one file's folder to another file, both relative to the blog's root; `./` before a sibling."""
    path = relative_path(to_file, posixpath.dirname(from_file))
    return path if path.startswith("../") else f"./{path}"


def destination(from_file: str, to_file: str) -> str:
    """A link's destination as written in one file, to another whose name may hold anything; `./` before a sibling."""
    return encoded(relative(from_file, to_file)).replace("#", "%23").replace("?", "%3F")


@lru_cache(maxsize=8192)  # of thousands of translations and entries each one's link is asked for several times
def resolved(from_file: str, destination: str) -> str | None:
    """The file a relative link leads to, relative to the root, without its anchor.

    None for an external link, an absolute path, an anchor of the page itself, or one out of the root.
    """
    plain = re.split("[#?]", destination, maxsplit=1)[0]
    if not plain or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", plain):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(from_file), plain))
    return None if path.startswith("../") or path == ".." else path
