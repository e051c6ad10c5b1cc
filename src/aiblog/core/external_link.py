"""Links that lead out of the blog, and what the network says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from aiblog.core.bare_address import bare_addresses
from aiblog.core.document import document


class ExternalLink(NamedTuple):
    """An address as a browser would ask for it, without its `#…`, and the offset (characters) where it stands."""

    url: str
    start: int


class Answer(NamedTuple):
    """What came back for an address: `gone` is sure; `unsure` may be there for readers. `said` is the reason."""

    state: Literal["there", "gone", "unsure"]
    said: str = ""


def external_links(text: str) -> Iterator[ExternalLink]:
    """The http and https links of a file's text: no template's, none with a password or to a machine of one's own."""
    read = document(text)
    used = {link.start for link in read.links if link.kind == "reference"}
    for link in read.links:
        if link.kind != "reference" and (link.kind != "definition" or link.start in used):
            yield from _asked_for(text[link.start : link.end].removeprefix("<").removesuffix(">"), link.start)
    for each in bare_addresses(text):
        if each.sure:
            yield from _asked_for(text[each.start : each.end], each.start)


def _asked_for(written: str, start: int) -> Iterator[ExternalLink]:
    if not re.match(r"https?://[^/]", written, re.IGNORECASE) or re.search(r"[{}]", written):
        return
    from html import unescape  # noqa: PLC0415 - start-up: only for `check --external`

    url = unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written)).partition("#")[0]
    if is_public(url):
        yield ExternalLink(url, start)


def is_public(url: str) -> bool:
    """Whether an address is one that everybody can ask, and has no password in it."""
    from ipaddress import ip_address  # noqa: PLC0415 - start-up: only for `check --external`
    from urllib.parse import urlsplit  # noqa: PLC0415

    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if "@" in parts.netloc or not re.search("[.:]", host):
        return False
    if host.endswith((".local", ".localhost", ".internal", ".test", ".example", ".invalid")):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return True
