"""The canonical hash of a source: what a translation was made from, whatever squash or rename did to commits."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.code_fence import fence_after
from aiblog.core.switch_line import switch_at


class Line(NamedTuple):
    """A line that the hash covers: the number (from 0) in the body of the line that it begins with, and its text.

    `verbatim`: it is code, or HTML that is kept as it stands.
    """

    number: int
    text: str
    verbatim: bool = False


TRANSLATABLE = ("title", "description", "summary", "subtitle")
"""Front-matter keys whose values a reader sees: what the hash of a source covers besides its body."""


_KNOWN = re.compile("v1-[0-9a-f]{12}")


def is_known(recorded: str) -> bool:
    """Whether a hash that a translation names is of a version that can be compared."""
    return _KNOWN.fullmatch(recorded) is not None


def source_hash(data: bytes) -> str:
    """The canonical hash of a source: `v1-` and 12 hexadecimal digits of SHA-256.

    Unchanged by what a translation need not follow: Unicode form, newlines, BOM, other metadata,
    the tool's comments, the switch line, how paragraphs are wrapped, which bullets a list has and how far it is
    indented, trailing space, spaces beside Chinese text. Code counts as it stands (its Unicode form and newlines
    do not). No Markdown parser: the hash must not change with one.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read.
    """
    head = header.read(data)
    lines = [unspaced(line) for line in canonical_lines(body_of(data, head.end))]
    values = [f"{key}: {head.values[key]}" for key in TRANSLATABLE if head.values.get(key)]
    canonical = unicodedata.normalize("NFC", "\n".join([*values, "", *lines]))
    from hashlib import sha256  # noqa: PLC0415 - start-up: loads OpenSSL

    return f"v1-{sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def body_of(data: bytes, start: int) -> str:
    """The body that begins at that byte, as the hash and its readers take it: NFC, LF, no BOM."""
    text = data[start:].decode("utf-8", "replace").removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def canonical_lines(body: str) -> list[Line]:
    """The lines of such a body that its hash covers, in order; no two lines of one paragraph among them."""
    lines = body.split("\n")
    at = switch_at(lines)
    if at is not None:
        lines[at] = ""
    reading = _Unwrapping()
    for number, line in _without_comments(lines) if "aiblog:" in body else enumerate(lines):
        reading.add(number, line)
    return reading.done()


_CODE_OR_COMMENT = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|<!--\s*aiblog:.*?(?P<end>-->|$)")


def _without_comments(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines, numbered, without the tool's comments outside code; one that held nothing else goes with them."""
    fence, comment = "", False
    last = max((number for number, line in enumerate(lines) if "-->" in line), default=-1)
    for number, whole in enumerate(lines):
        line, within = whole, comment
        if comment:
            comment = "-->" not in line
            line = line.partition("-->")[2]
        inside, fence = fence, "" if comment else fence_after(fence, line)
        if not (inside or fence) and "<!--" in line:
            line, comment = _uncommented(line, closed=number < last)
        if line.strip() or (line == whole and not within):
            yield number, line


def _uncommented(line: str, *, closed: bool) -> tuple[str, bool]:
    """A line without its comments, and whether one goes on in the next; one that is never `closed` is text."""
    parts, position, goes_on = [], 0, False
    for found in _CODE_OR_COMMENT.finditer(line):
        opened = found["end"] == ""
        if found["end"] or (opened and closed):
            parts.append(line[position : found.start()])
            position, goes_on = found.end(), opened
    return "".join([*parts, line[position:]]), goes_on


_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+|$)|\[\^[^\]\s]+\]:\s*")
_QUOTE = re.compile(r"([ \t]*)>[ \t]?")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_TAGS = (
    "address|article|aside|base|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup"
    "|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul"
)
_STARTS_BLOCK = re.compile(
    rf"#{{1,6}}(?:\s|$)|\||<(?:[!?]|/?(?:{_TAGS})(?:[\s>]|/>|$))|\[[^\]]+\]:|=+$|-+$", re.IGNORECASE
)
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_ENDS_LINE = re.compile(r"#{1,6}(?:\s|$)|\||[-*_=\s]+$")
_RAW = re.compile(r"<(pre|script|style|textarea)(?:[\s>]|$)|<(!)--", re.IGNORECASE)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
"""Letters and signs of Chinese and Japanese, which need no space between them; Korean parts words by spaces."""


@cache  # compiled where a text needs them: a start-up of `status` in English does not
def _wide_spaces() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The spaces between two of those signs, and those between one and a letter or bracket."""
    between = rf" (?<=[{_WIDE}] )(?=[{_WIDE}])"
    beside = rf" (?:(?<=[{_WIDE}] )(?=[\w`\[*<(“‘])|(?<=[\w`\])*>”’] )(?=[{_WIDE}]))"
    return re.compile(between), re.compile(beside)


def _evenly_spaced(text: str) -> str:
    """The words of a text with one space between them, none around: mostly the text itself."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())


def _joined(first: str, others: Sequence[str]) -> str:
    """A paragraph's text: its first line, and how it goes on."""
    text = " ".join([first, *(_evenly_spaced(line) for line in others)])
    return text if text.isascii() else _wide_spaces()[0].sub("", text)


class _Unwrapping:
    """A body's lines, read one after the other: what is open, and what has been kept so far.

    It knows of Markdown what line breaks, bullets and code need: quotations, how deep lists are, where paragraphs end.
    """

    def __init__(self) -> None:
        self.kept: list[Line] = []
        self.fence = self.raw = ""
        self.prefix = ""  # what stands before code, for the quotations and lists that it is in
        self.quote = 0  # how many quotations the last line stood in
        self.lists: list[list[int]] = [[]]  # for each of them, and none, where the text of open items begins
        self.joinable = False  # the last line that was kept is a paragraph that may go on
        self.more: list[str] = []  # how it goes on, so far

    def add(self, number: int, line: str) -> None:
        """Takes the next line."""
        if not (line or self.fence or self.raw or self.quote):
            self.joinable = False
            return
        if (self.fence or self.raw) and self._goes_on(number, line):
            return
        if not self.quote and line and (line[0].isalpha() or _HEADING.match(line)):  # as most lines are
            self._add_plain(number, line)
            return
        depth, around, text = self._quoted(line) if ">" in line else (0, "", line)
        if text[:1] in " \t":
            bare = text.lstrip(" \t")
            text = text[: len(text) - len(bare)].expandtabs(4) + bare
        plain = text.strip()
        if not plain:
            self.joinable = False
            self._enter(depth)
            return
        indent = len(text) - len(text.lstrip(" "))
        if self.joinable and not self._starts(plain, indent, depth):
            self.more.append(plain)
            return
        self._enter(depth)
        self._begin(number, text, indent, around)

    def _add_plain(self, number: int, line: str) -> None:
        """Takes a line outside code and quotations: a heading, or one that begins with a letter."""
        if self.joinable and line[0] != "#":
            self.more.append(line)
        else:
            if self.more:
                self.done()
            self.lists[-1].clear()
            self.kept.append(Line(number, _evenly_spaced(line)))
            self.joinable = line[0] != "#"

    def done(self) -> list[Line]:
        """What has been kept, once there is no next line."""
        if self.more:
            before = self.kept[-1]
            self.kept[-1] = before._replace(text=_joined(before.text, self.more))
            self.more = []
        return self.kept

    def _quoted(self, line: str) -> tuple[int, str, str]:
        """How many quotations a line stands in, what stands for them and the lists around each, and the rest of it."""
        around: list[str] = []
        at = 0
        while sign := _QUOTE.match(line, at):
            outside = len(sign[1])
            begins = self.lists[len(around)] if len(around) < len(self.lists) else []
            within = bisect_right(begins, outside)
            if not self.joinable and outside - (begins[within - 1] if within else 0) >= 4:
                break  # code
            around.append(f"{'  ' * within}> ")
            at = sign.end()
        return len(around), "".join(around), line[at:]

    def _goes_on(self, number: int, line: str) -> bool:
        """Takes a line of code, or of HTML that is kept as it is; False where a quotation ended, and it with that."""
        for _ in range(self.quote):
            before, sign, line = line.partition(">")
            if before.strip() or not sign:
                self.fence = self.raw = ""
                return False
            line = line.removeprefix(" ")
        begin = self.lists[-1][-1] if self.lists[-1] else 0
        text = line[min(begin, len(line) - len(line.lstrip(" "))) :]  # without the indent of the item it stands in
        if self.fence:
            self.kept.append(Line(number, self.prefix + text if text else "", verbatim=True))
            self.fence = fence_after(self.fence, line)
        else:
            self.kept.append(Line(number, (self.prefix + text).rstrip(), verbatim=True))
            self.raw = "" if self.raw in line.lower() else self.raw
        return True

    def _enter(self, depth: int) -> None:
        """Into quotations so deep, or out of those that are deeper."""
        if depth != self.quote:
            del self.lists[depth + 1 :]
            self.lists += [[] for _ in range(depth + 1 - len(self.lists))]
            self.quote = depth

    def _starts(self, plain: str, indent: int, depth: int) -> bool:
        """Whether a line below a paragraph is none of it."""
        if depth <= self.quote and plain[0].isalpha():
            return False
        if depth > self.quote or _STARTS_BLOCK.match(plain) or _RULE.match(plain) or _opens_fence(plain):
            return True
        item = _ITEM.match(plain)
        if item is None:
            return False
        begins = self.lists[-1]
        first = item[1] is None or item[1] == "1" or bool(begins and indent < begins[-1])
        return first and item.end() < len(plain)

    def _begin(self, number: int, text: str, indent: int, around: str) -> None:
        """Keeps a line that begins something, in the quotations and lists that the text `around` stands for."""
        self.done()
        plain = text.strip()
        begins = self.lists[-1]
        while begins and indent < begins[-1]:
            begins.pop()
        prefix = f"{around}{'  ' * len(begins)}"
        begin = begins[-1] if begins else 0
        if indent - begin >= 4:  # code, since no paragraph is open
            self.kept.append(Line(number, prefix + text[begin:], verbatim=True))
            return
        if plain[0].isalpha():
            self.kept.append(Line(number, prefix + _evenly_spaced(plain)))
            self.joinable = True
            return
        self.fence = fence_after("", plain) if _opens_fence(plain) else ""
        raw = _RAW.match(plain)
        if raw and (end := "-->" if raw[2] else f"</{raw[1].lower()}>") not in plain.lower():
            self.raw = end
        if not _RULE.match(plain):
            bullets, at = [prefix], 0
            while item := _ITEM.match(plain, at):
                sign, bullet = plain[at], item.group().rstrip()
                bullets.append("- " if sign in "-*+" else f"{bullet} ")
                wide = len(item.group()) if len(item.group()) - len(bullet) <= 4 else len(bullet) + 1
                indent += 4 if sign == "[" else wide
                begins.append(indent)
                at = item.end()
            prefix, plain = "".join(bullets), plain[at:]
        self.prefix = f"{around}{'  ' * len(begins)}"
        self.kept.append(Line(number, (prefix + _evenly_spaced(plain)).rstrip()))
        self.joinable = not (self.fence or self.raw or _ENDS_LINE.match(plain))


def _opens_fence(plain: str) -> bool:
    return ("`" in plain or "~" in plain) and bool(fence_after("", plain))


def unspaced(line: Line) -> str:
    """A line as the hash takes it: without spaces beside Chinese text, a matter of taste and of line breaks."""
    if line.verbatim or line.text.isascii():
        return line.text
    return _wide_spaces()[1].sub("", line.text)
