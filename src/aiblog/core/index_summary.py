"""An entry's summary in a `sections` index: the prose below its links, or above them, and another in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from aiblog.core.index_entry import Shape
from aiblog.core.index_page import DEFINITION, Page, content_end, inserted


def summary_lines(summary: str) -> list[str]:
    """A summary as given, without its final newlines."""
    return summary.replace("\r\n", "\n").rstrip("\r\n").split("\n")


def with_summary(lines: list[str], page: Page, span: tuple[int, int], summary: str, shape: Shape) -> list[str]:
    """The lines with that summary for the prose in a span of the page; they are the page's to the span's end."""
    new = summary_lines(summary)
    first, last = span
    start = _content_start(lines, first, last)
    if _stands_at(page, start, content_end(lines, start, last), new):
        return lines
    end = prose_end(page, start, last)
    if not any(line.strip() for line in new):
        return lines[:first] + lines[end:] if end > start else lines
    if end <= start:
        start = end = first
    above = [""] * shape.summary_gap if lines[start - 1].strip() else []
    below = [""] if end < len(lines) and lines[end].strip() else []
    return inserted(lines[:start] + lines[end:], start, [*above, *new, *below])


def prose_span(page: Page, above: tuple[int, int], below: tuple[int, int]) -> tuple[int, int]:
    """Which of two spans has an entry's prose: the one below its links, but where all of it stands above them."""
    return above if _has_prose(page, *above) and not _has_prose(page, *below) else below


def prose_end(page: Page, start: int, end: int) -> int:
    """The line after an entry's prose: rules, and comments and definitions at the end, belong to the page."""
    rule = bisect_left(page.rules, start)
    if rule < len(page.rules) and page.rules[rule] < end:
        end = page.rules[rule]
    while (end := content_end(page.lines, start, end)) > start:
        comment = page.comments.get(end, -1)
        if comment >= start:
            end = comment
        elif end - 1 not in page.code and DEFINITION.match(page.lines[end - 1]):
            end -= 1
        else:
            break
    return max(end, start)


def _has_prose(page: Page, start: int, end: int) -> bool:
    start = _content_start(page.lines, start, end)
    return prose_end(page, start, end) > start


def _content_start(lines: Sequence[str], start: int, end: int) -> int:
    while start < end and not lines[start].strip():
        start += 1
    return start


def _stands_at(page: Page, start: int, end: int, summary: Sequence[str]) -> bool:
    """Whether a summary is all the prose of those lines; a rule in it ends none."""
    wanted = summary[_content_start(summary, 0, len(summary)) : content_end(summary, 0, len(summary))]
    after = start + len(wanted)
    if [line.rstrip("\r\n") for line in page.lines[start : min(after, end)]] != wanted:
        return False
    after = _content_start(page.lines, after, end)
    line = page.lines[after] if after < end else ""
    comment = after in page.code and line.lstrip().startswith("<!--")
    return not line or comment or after in page.rules or DEFINITION.match(line) is not None
