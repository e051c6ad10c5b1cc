"""The three styles of a stub's body: the source's text in place, that with the source in comments, or an outline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from aiblog.core.dropped import Dropped, dropped
from aiblog.core.markdown import blocks
from aiblog.core.stub_pieces import Piece, pieces
from aiblog.core.title import Heading, escaped_title, first_heading
from aiblog.core.translation import SOURCE_COMMENT, TODO

Style = Literal["inline", "outline", "comments"]

GAP = re.compile(
    r"(?m)^<!-- aiblog:todo (?P<id>[0-9a-f]{8}): (?P<words>[^\n]*?); lines? (?P<lines>\d+(?:-\d+)?) of "
    r"(?P<path>[^\n]*?)(?:; as made: (?P<seal>[0-9a-f]{12}))?(?: -->)?\r?$"
)
"""The first line of an outline's marker, which stands for a run of prose."""

Change = tuple[Sequence[str], int]
"""The lines (without newlines) that come above a block, and the line at which the body goes on."""


class Original(NamedTuple):
    """A source's body as it stands in its file: an outline leaves some of it out, and says where it is.

    `body` has the lines that the stub is made of, but with the source's own links. `numbers` are those lines' in the
    file, from 1; `path` is the file's as the stub names it.
    """

    body: str
    numbers: Sequence[int]
    path: str


def styled_body(body: str, style: Style, original: Original, title: str | None = None) -> str:
    """A source's body (without its switch line) as a translation in that style begins.

    With `title` the H1 (a new one where there is none) is that title and does not wait.
    """
    if style == "outline":
        return outline_body(body, original, title)
    return inline_body(body, title) if style == "inline" else comments_body(body, title)


def inline_body(body: str, title: str | None = None) -> str:
    """The body with a marker above each block that waits. Deleting the markers gives the source's body back."""
    return _written(body, title, lambda piece: ([TODO], piece.start))


def comments_body(body: str, title: str | None = None) -> str:
    """As `inline_body`, each waiting block's source text in a comment above its marker, which stays when it is filled.

    What would end the comment, or be run by a site's templates, is made `harmless` in there.
    """
    lines = body.replace("\r\n", "\n").split("\n")

    def kept(piece: Piece) -> Change:
        text = lines[piece.block.start : piece.block.end]
        return [SOURCE_COMMENT, *(harmless(line).rstrip() for line in text), "-->", TODO], piece.start

    return _written(body, title, kept)


def outline_body(body: str, original: Original, title: str | None = None) -> str:
    """As `inline_body`, but without its prose: a marker in the place of each run of it says what stood there.

    The marker lists the run's links, byte for byte but for what is made `harmless`. Headings, tables, HTML, and prose
    with an image or code in it wait in place; code and images are there.
    """
    runs = {run.start: run for run in dropped(body, original.body)}

    def kept(piece: Piece) -> Change:
        run = runs.get(piece.start)
        return (_gap(run, original), run.end) if run else ([TODO], piece.start)

    return _written(body, title, kept)


def _gap(run: Dropped, original: Original) -> list[str]:
    """The lines of the marker that stands for a run of prose."""
    first, last = original.numbers[run.start], original.numbers[run.end - 1]
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    head = f"{TODO.removesuffix(' -->')} {run.id}: {run.words}; {lines} of {harmless(original.path)}"
    links = [harmless(line) for link in run.links for line in link.split("\n")]
    return [head, *links, "-->"] if links else [f"{head} -->"]


_HARMFUL = (("-->", "--&gt;"), ("--!>", "--!&gt;"), ("<!--", "&lt;!--"), ("{{", "{ {"), ("{%", "{ %"), ("{#", "{ #"))


def harmless(line: str) -> str:
    """A line as it may stand in a comment: what ends or begins one as an entity, the signs of a template's tag parted.

    Hugo, Jekyll and Hexo run their tags in comments too.
    """
    for sign, instead in _HARMFUL:
        line = line.replace(sign, instead)
    return line


def _written(body: str, title: str | None, changed: Callable[[Piece], Change]) -> str:
    """The body with its blocks that wait as `changed` says; what stands between blocks stays."""
    carriage = "\r" if "\r\n" in body else ""
    lines = body.split("\n")
    plain = body.replace("\r\n", "\n")
    heading = first_heading(plain) if title is not None else None
    written: list[str] = []
    position = 0
    if title is not None and heading is None:
        position = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
        written = [*lines[:position], f"# {escaped_title(title)}{carriage}", carriage]
    for piece in pieces(plain):
        if piece.start < position:
            continue
        written += lines[position : piece.start]
        position = piece.start
        if heading and title is not None and piece.block.start == heading.line:
            written += [*lines[position : heading.line], *_titled(title, heading, lines)]
            position = piece.block.end
        elif piece.waits:
            above, position = changed(piece)
            written += [f"{line}{carriage}" for line in above]
    stub = "\n".join(written + lines[position:])
    return stub if body.endswith("\r") else stub.removesuffix("\r")  # a last line without a newline behind it


def _titled(title: str, heading: Heading, lines: Sequence[str]) -> list[str]:
    """The H1's lines with another title, underlined where the old one was."""
    carriage = "\r" if lines[heading.line].endswith("\r") else ""
    underline = lines[heading.line + 1 : heading.end]
    text = escaped_title(title)
    if underline and re.match(r"\w", text):
        return [f"{text}{carriage}", *underline]
    return [f"# {text}{carriage}"]


def without_markers(body: str) -> str:
    """A stub's body without its markers and source comments, none of those in code."""
    lines = body.split("\n")
    plain = body.replace("\r\n", "\n")
    own = plain.split("\n")
    gone: set[int] = set()
    for block in blocks(plain) if "<!-- aiblog:" in plain else []:
        if own[block.start] in {TODO, SOURCE_COMMENT} and block.kind == "html":
            gone.update(range(block.start, block.end))
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)


def style_of(text: str) -> Style:
    """The style of a stub's file or body, as its markers tell it: `inline` where they tell nothing."""
    if find_gap(text):
        return "outline"
    return "comments" if _first_outside_code(_SOURCE_LINE, text) else "inline"


def find_gap(text: str) -> re.Match[str] | None:
    """The first line of an outline's first marker, as `GAP` reads it; None for a text without one."""
    return _first_outside_code(GAP, text)


_SOURCE_LINE = re.compile(rf"(?m)^{SOURCE_COMMENT}\r?$")


def _first_outside_code(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match at which a block of HTML begins."""
    if not pattern.search(text):
        return None
    starts = {block.start for block in blocks(text.replace("\r\n", "\n")) if block.kind == "html"}
    return next((each for each in pattern.finditer(text) if text.count("\n", 0, each.start()) in starts), None)


def waits_above(body: str, heading: Heading | None) -> bool:
    """Whether a heading has its marker, or there is none."""
    return heading is None or body.split("\n")[heading.line - 1].removesuffix("\r") == TODO
