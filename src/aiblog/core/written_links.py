"""Links of one paragraph as they are written, in linear time and without a Markdown parser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.links import resolved
from aiblog.core.markdown_events import label_key

LONGEST = 16 * 1024
"""Characters of one item or paragraph in which links are looked for: no entry is longer."""


class WrittenLink(NamedTuple):
    """A link as written: its label, its destination (encoded as it is), the offsets it covers."""

    label: str
    destination: str
    start: int
    end: int


_TOKEN = re.compile(r"\\[\s\S]|``*|<!--|!\[|\[|\]")  # each begins with a sign of its own: other text is skipped at once
_DESTINATION = re.compile(
    r"\([ \t]*(<[^<>\n]*>|(?:[^\s()<]|\((?:[^\s()]++|\([^\s()]*\))*\))(?:[^\s()]++|\((?:[^\s()]++|\([^\s()]*\))*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_NAME = re.compile(r"\[([^\[\]]*)\]")


def written_links(text: str, references: Mapping[str, str] = MappingProxyType({})) -> list[WrittenLink]:
    """The links of one paragraph in order, images and what stands in code or comments left out.

    `references` has the destinations that stand elsewhere, by their labels as `reference` has them.
    """
    if not ("](" in text or (references and "]" in text)) or len(text) > LONGEST:
        return []
    runs: dict[int, list[int]] = {}
    for run in re.finditer("``*", text):
        runs.setdefault(len(run.group()), []).append(run.start())
    found: list[WrittenLink] = []
    opened: list[tuple[int, bool]] = []
    position, last_comment_end = 0, text.rfind("-->")
    while token := _TOKEN.search(text, position):
        position, kind = token.end(), token.group()
        if kind[0] == "`":
            starts = runs.get(len(kind), [])
            closing = bisect_left(starts, position)
            position = starts[closing] + len(kind) if closing < len(starts) else position
        elif kind == "<!--":
            position = text.find("-->", position) + 3 if position <= last_comment_end else position
        elif kind.endswith("["):
            opened.append((token.start(), kind == "!["))
        elif kind == "]" and opened:
            start, image = opened.pop()
            label = text[start + (2 if image else 1) : token.start()]
            destination, position = _destination(text, position, label, references)
            if destination and not image:
                found.append(WrittenLink(label, destination, start, position))
                opened.clear()  # no link stands in another
    return found


def _destination(text: str, position: int, label: str, references: Mapping[str, str]) -> tuple[str, int]:
    """Where the brackets that end there lead, "" where they are no link, and the offset behind it all."""
    if inline := _DESTINATION.match(text, position):
        return inline[1], inline.end()
    if not references:
        return "", position
    name = _NAME.match(text, position)
    found = references.get(label_key((name and name[1]) or label), "")
    return found, name.end() if name and found else position


def beside(text: str, links: Sequence[WrittenLink]) -> str:
    """The text without those links of it."""
    ends = [0, *(link.end for link in links)]
    starts = [*(link.start for link in links), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def linked_file(from_file: str, destination: str) -> str | None:
    """The file that a destination as written leads to, relative to the root; None for no file below it."""
    plain = destination[1:-1] if destination.startswith("<") else destination
    if "\\" in plain or "&" in plain:
        from html import unescape  # noqa: PLC0415 - start-up

        plain = unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain))
    path = resolved(from_file, plain)
    if path is None or "%" not in path:
        return path
    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    return unquote(path)
