"""An index as lines with the places of its headings and list items, none in code, comments or front matter.

No Markdown parser: publishing edits three copies of each index, and the places are wanted to the character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aiblog.core import header
from aiblog.core.title import Heading
from aiblog.errors import AiblogError


@dataclass(slots=True)
class Item:
    """A list item: its lines, 0-based, the end exclusive, without blank lines after it.

    `indent` is the column of its marker, `content` that of its text; `marker` has the spaces behind it
    (`- `); `text_end` is the line after its own first text, before nested items; `depth` 0 is no item's child.
    """

    start: int
    end: int
    indent: int
    content: int
    marker: str
    depth: int
    text_end: int = 0


@dataclass(slots=True)
class Page:
    """A body (no front matter in it) as lines with their newlines, and what stands where; line numbers are 0-based.

    `headings` are those of no list item or quotation. `paragraphs` are spans of lines, also outside items.
    `code` are the lines of fences, indented code, comments and HTML; `open` names what is not closed at the end.
    """

    lines: list[str]
    headings: list[Heading] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    rules: list[int] = field(default_factory=list)
    code: set[int] = field(default_factory=set)
    open: str = ""


def body_start(data: bytes) -> int:
    """The offset in bytes where an index's body begins; a front matter that cannot be read is taken for text."""
    try:
        return header.read(data).end
    except AiblogError:
        return len(header.BOM) if data.startswith(header.BOM) else 0


def split_lines(text: str) -> list[str]:
    """Lines with their newlines, split at LF only."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def page(lines: list[str]) -> Page:
    """The page of those lines."""
    scanner = _Scanner(Page(lines))
    for number, line in enumerate(lines):
        scanner.take(number, line)
    return scanner.finished()


_STARTS = re.compile(
    r"#{1,6}(?:[ \t]|$)|`{3,}[^`]*$|~{3,}|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|>|(?:_[ \t]*){3,}$|(?:\*[ \t]*){3,}$"
    r"|<!--|</?(?:address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|param|section"
    r"|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul|pre|script|style|textarea)(?:[\s>]|/>|$)",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])([ \t]+|$)")
_RAW = re.compile(r"<(pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_TAG_ALONE = re.compile(r"</?[A-Za-z][^<>]*>[ \t]*$")


class _Scanner:
    """One pass over the lines of a page: which block each belongs to."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stack: list[Item] = []
        self.paragraph: int | None = None
        self.fence = ""
        self.container = 0
        self.raw = ""
        self.html = False
        self.last = -1

    def take(self, number: int, line: str) -> None:
        text = line.rstrip("\r\n")
        content = text.lstrip(" \t")
        if not content:
            self._blank(number)
            return
        lead = text[: len(text) - len(content)]
        indent = len(lead.expandtabs(4)) if "\t" in lead else len(lead)
        if self._in_code(number, content, indent) or self._underline(number, content, indent):
            self.last = number
            return
        if self.paragraph is not None and not self._interrupts(content, indent):
            self.last = number
            return
        self._end_paragraph()
        while self.stack and indent < self.stack[-1].content:
            self._close(self.stack.pop())
        self._begin(number, content, indent, len(lead))
        self.last = number

    def _blank(self, number: int) -> None:
        self.html = False
        if self.fence or self.raw:
            self.page.code.add(number)
            return
        self._end_paragraph()

    def _in_code(self, number: int, content: str, indent: int) -> bool:
        if self.fence and indent < self.container:
            self.fence = ""  # the list item it stands in ends, and the fence with it
        if self.fence:
            bare = content.rstrip(" \t")
            if indent - self.container < 4 and len(bare) >= len(self.fence) and not bare.strip(self.fence[0]):
                self.fence = ""
        elif self.raw:
            if self.raw in content.lower():
                self.raw = ""
        elif not self.html:
            return False
        self.page.code.add(number)
        return True

    def _underline(self, number: int, content: str, indent: int) -> bool:
        """A heading that is underlined."""
        bare = content.rstrip(" \t")
        if self.paragraph is None or self.stack or indent > 3 or (bare.strip("=") and bare.strip("-")):
            return False
        text = " ".join(line.strip() for line in self.page.lines[self.paragraph : number])
        self.page.headings.append(Heading(text, self.paragraph, number + 1, 1 if bare[0] == "=" else 2))
        self.paragraph = None
        return True

    def _interrupts(self, content: str, indent: int) -> bool:
        inside = self.stack[-1].content if self.stack else 0
        if indent - inside > 3 or not _STARTS.match(content):
            return False
        return bool(self.stack) or not content[0].isdigit() or content.startswith(("1.", "1)"))

    def _begin(self, number: int, content: str, indent: int, column: int) -> None:
        base = self.stack[-1].content if self.stack else 0
        if indent - base > 3:
            self.page.code.add(number)
        elif _RULE.match(content):
            if not self.stack:
                self.page.rules.append(number)
        elif content[0] == "#" and (heading := _heading(content, number)):
            if not self.stack:
                self.page.headings.append(heading)
        elif marker := _MARKER.match(content):
            self._begin_item(number, content, indent, column, marker)
        elif not self._begin_code(number, content, base) and content[0] != ">":
            self.paragraph = number

    def _begin_item(self, number: int, content: str, indent: int, column: int, marker: re.Match[str]) -> None:
        spaces = marker[2] if 0 < len(marker[2].expandtabs(4)) < 5 else " "
        self._end_text(number)
        item = Item(number, number, column, indent + len(marker[1]) + len(spaces), marker[1] + spaces, len(self.stack))
        self.stack.append(item)
        self.page.items.append(item)
        rest = content[marker.end() :]
        if rest and not self._begin_code(number, rest, item.content):
            self.paragraph = number

    def _begin_code(self, number: int, content: str, base: int) -> bool:
        """A fence, a comment or HTML begins, also behind a list marker."""
        if fence := _FENCE.match(content):
            self.fence, self.container = fence[1] or fence[2], base
        elif content.startswith("<!--"):
            self.raw = "" if "-->" in content[4:] else "-->"
        elif raw := _RAW.match(content):
            closing = f"</{raw[1].lower()}>"
            self.raw = "" if closing in content.lower() else closing
        elif content[0] == "<" and (_STARTS.match(content) or _TAG_ALONE.match(content)):
            self.html = True
        else:
            return False
        self.page.code.add(number)
        return True

    def _end_paragraph(self) -> None:
        if self.paragraph is None:
            return
        if self.stack:
            self._end_text(self.last + 1)
        else:
            self.page.paragraphs.append((self.paragraph, self.last + 1))
        self.paragraph = None

    def _end_text(self, number: int) -> None:
        if self.stack and not self.stack[-1].text_end:
            self.stack[-1].text_end = number

    def _close(self, item: Item) -> None:
        item.end = self.last + 1
        item.text_end = item.text_end or item.end

    def finished(self) -> Page:
        self._end_paragraph()
        while self.stack:
            self._close(self.stack.pop())
        self.page.open = "a code fence" if self.fence else self.raw and ("a comment" if self.raw == "-->" else "HTML")
        return self.page


def _heading(content: str, number: int) -> Heading | None:
    level = len(content) - len(content.lstrip("#"))
    if level > 6 or content[level : level + 1] not in {"", " ", "\t"}:
        return None
    text = content[level:].strip(" \t")
    closing = text.rstrip("#")
    if closing != text and (not closing or closing[-1] in " \t"):
        text = closing.rstrip(" \t")
    return Heading(text, number, number + 1, level)


def inserted(lines: list[str], at: int, new: list[str]) -> list[str]:
    """The lines with new ones (without newlines) before line `at`, in the newlines used there.

    What stands last gets a newline too; whether the file ends with one is for the whole file to say.
    """
    newline = newline_at(lines, at)
    before = lines[:at]
    if new and before and not before[-1].endswith("\n"):
        before[-1] += newline
    return before + [f"{line}{newline}" for line in new] + lines[at:]


def with_text(lines: list[str], line: int, column: int, text: str) -> list[str]:
    """The lines with a text (its own newlines are LF) at that place of one of them."""
    written = text.replace("\n", newline_at(lines, line + 1))
    changed = lines[line][:column] + written + lines[line][column:]
    return [*lines[:line], *split_lines(changed), *lines[line + 1 :]]


def newline_at(lines: list[str], at: int) -> str:
    """The newline of the line above that place, else of the one there, else of the file's last lines."""
    for line in [*lines[max(at - 1, 0) : at + 1], *lines[-2:]]:
        if line.endswith("\n"):
            return "\r\n" if line.endswith("\r\n") else "\n"
    return "\n"


def content_end(lines: list[str], start: int, end: int) -> int:
    """The line after the last one with text before `end`; `start` where there is none."""
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end
