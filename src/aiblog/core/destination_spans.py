"""Where a file's destinations stand in its bytes: all that is needed to rewrite them, in little more than one parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.bare_address import bare_addresses
from aiblog.core.destination import Form
from aiblog.core.document import LABEL, LABEL_END, written
from aiblog.core.links import may_have_links
from aiblog.core.markdown_events import link_places
from aiblog.core.markdown_html import html_of


class Span(NamedTuple):
    """A destination as written, its angle brackets with it: offsets in bytes, the end exclusive."""

    start: int
    end: int
    form: Form


def destination_spans(data: bytes) -> list[Span]:
    """Every destination of a file in order: links, images, definitions (used or not), `href` and `src`, autolinks.

    None in code, comments and front matter. CRLF, a BOM and bytes that are no UTF-8 are fine.
    """
    text = data.decode("latin-1")  # an offset in it is one in the bytes, and all that is looked for is ASCII
    return sorted(set(_spans(data, text))) if may_have_links(text) else []


def _spans(data: bytes, text: str) -> Iterator[Span]:
    start = header.body_offset(data)
    places = link_places(data[start:])
    for label_end, end in places.inline:
        yield Span(*written(text, start + label_end, start + end - 1, LABEL_END), "markdown")
    for first, end in places.definitions:
        yield Span(*written(text, start + first, start + end, LABEL), "markdown")
    for first, end in places.autolinks:
        yield Span(start + first, start + end, "plain")
    html = html_of(text, ((start + first, start + end) for first, end in places.html))
    for _, (first, end) in html.destinations:
        yield Span(*_stripped(text, first, end), "html")
    for first, end in html.unquoted:
        yield Span(first, end, "unquoted")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the white space around it, which a browser leaves out."""
    value = re.compile(r"(?a)\s*(.*?)\s*", re.DOTALL).fullmatch(text, start, end)
    return value.span(1) if value else (start, end)


def bare_address_spans(data: bytes) -> Iterator[Span]:
    """Addresses that stand in a file's prose as they are, without brackets, in order."""
    text = data.decode("utf-8", "surrogateescape")
    last = end = 0
    for each in bare_addresses(text):
        start = end + len(text[last : each.start].encode("utf-8", "surrogateescape"))
        end = start + len(text[each.start : each.end].encode("utf-8", "surrogateescape"))
        last = each.end
        if each.sure:
            yield Span(start, end, "plain")
