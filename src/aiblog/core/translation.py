"""The stub of a translation: the source's text in place, a marker above each block that waits."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from aiblog.core import header
from aiblog.core.code_fence import fence_after
from aiblog.core.links import links, relative, resolved, retargeted
from aiblog.core.markdown import Block, blocks
from aiblog.core.post import Edition
from aiblog.core.switch_line import switch_at
from aiblog.core.title import Heading, escaped_title, first_heading

MARKER = "<!-- aiblog:todo"
"""What a marker of text that waits begins with; a scaffold's guidance may stand behind it."""

TODO = f"{MARKER} -->"
"""Stands directly above each block that waits. Linters take it there, so deleting the line leaves clean Markdown."""

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def todo_lines(data: bytes) -> list[int]:
    """Lines (from 1) where a marker or a scaffold's guidance comment waits, none of those in code."""
    if b"aiblog:todo" not in data:
        return []
    found, fence = [], ""
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        fence = fence_after(fence, line)
        if not fence and MARKER in _CODE_SPAN.sub("", line):
            found.append(number)
    return found


def is_stub(edition: Edition, data: bytes) -> bool:
    """Whether the edition, whose file has those bytes, is a translation whose text still waits."""
    return bool(edition.translation_of) and bool(todo_lines(data))


def stub_body(body: str, title: str | None = None) -> str:
    """A source's body (without its switch line) as a translation begins: a marker above each block that waits.

    What waits are headings, paragraphs, lists, tables, quotations, and HTML with text in it. Code,
    images on their own, rules and definitions need no translation. With `title` the H1 (a new one
    where there is none) is that title and does not wait. Deleting the markers gives the source's body back.
    """
    carriage = "\r" if "\r\n" in body else ""
    lines = body.split("\n")
    plain = body.replace("\r\n", "\n")
    heading = first_heading(plain) if title is not None else None
    marked: list[str] = []
    position, comment = 0, (-1, -1)
    if title is not None and heading is None:
        position = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
        marked = [*lines[:position], f"# {escaped_title(title)}{carriage}", carriage]
    for block in blocks(plain):
        own = lines[block.start : block.end]
        # A comment directly above a block belongs to it: `markdownlint-disable-next-line` has to stay there.
        start = comment[0] if comment[1] == block.start else block.start
        if block.kind == "html" and not _has_text(own):
            comment = (start, block.end)
            continue
        marked += lines[position:start]
        position = start
        if heading and title is not None and block.start == heading.line:
            marked += [*lines[start : block.start], *_titled(title, heading, lines)]
            position = block.end
        elif _waits(block, own):
            marked.append(f"{TODO}{carriage}")
    return "\n".join(marked + lines[position:])


def blocks_to_translate(source: bytes) -> int:
    """How many blocks of a source's file need translating: as many as `stub_body` puts markers."""
    body = source[header.body_offset(source) :].decode("utf-8", "replace").replace("\r\n", "\n")
    lines = body.split("\n")
    switch = switch_at(lines)
    return sum(_waits(each, lines[each.start : each.end]) for each in blocks(body) if each.start != switch)


def _titled(title: str, heading: Heading, lines: Sequence[str]) -> list[str]:
    """The H1's lines with another title, underlined where the old one was."""
    carriage = "\r" if lines[heading.line].endswith("\r") else ""
    underline = lines[heading.line + 1 : heading.end]
    text = escaped_title(title)
    if underline and re.match(r"\w", text):
        return [f"{text}{carriage}", *underline]
    return [f"# {text}{carriage}"]


def _waits(block: Block, lines: Sequence[str]) -> bool:
    if block.kind in {"code", "rule"} or block.media:
        return False
    return block.kind != "html" or _has_text(lines)


def _has_text(lines: Sequence[str]) -> bool:
    """Whether a block of HTML has text in it that a reader sees."""
    text = re.sub(r"(?s)<!--.*?-->|<[^>]*>", "", "\n".join(lines))
    return any(letter.isalpha() for letter in text)


def without_markers(body: str) -> str:
    """A stub's body without its markers."""
    return re.sub(rf"(?m)^{re.escape(TODO)}\r?\n", "", body)


def translated_links(text: str, path: str, new_path: str, twins: Mapping[str, str]) -> str:
    """A source's text at its translation's path: relative links lead to the editions in that language, where there are.

    Args:
        text: the source's whole text.
        path: the source's path, relative to the blog's root.
        new_path: the translation's.
        twins: the path of the edition in the translation's language, by the path of another edition.
    """
    targets = {}
    moved = posixpath.dirname(path) != posixpath.dirname(new_path)
    for link in links(text):
        target = resolved(path, link.destination)
        if target is None or not (moved or target in twins):
            continue
        rest = re.search(r"[#?].*|$", link.destination, re.DOTALL)
        written = relative(new_path, twins.get(target, target))
        if not link.destination.startswith("./"):
            written = written.removeprefix("./")
        targets[link.start] = written + (rest.group() if rest else "")
    return retargeted(text, targets) if targets else text
