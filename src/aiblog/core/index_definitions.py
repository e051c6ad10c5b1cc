"""Reference definitions (`[label]: destination`) that an index's entry uses and that stand elsewhere on its page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from aiblog.core.index_page import DEFINITION, Page, content_end, inserted
from aiblog.core.markdown_events import label_key


def labels_in(lines: Iterable[str]) -> set[str]:
    """What stands in brackets, as labels of references are compared."""
    return {label_key(each) for each in re.findall(r"\[([^\[\]]+)\]", "".join(lines))}


def definitions(page: Page) -> dict[str, int]:
    """The line of each definition by its label; not of footnotes, nor of one that goes on in the next line."""
    found: dict[str, int] = {}
    for number, line in enumerate(page.lines):
        match = DEFINITION.match(line) if "]:" in line and number not in page.code else None
        below = page.lines[number + 1] if match and number + 1 < len(page.lines) else ""
        if match and not match["label"].startswith("^") and (not below.strip() or DEFINITION.match(below)):
            found.setdefault(label_key(match["label"]), number)
    return found


class Labels:
    """Where a page's labels stand, looked for once for all of its entries."""

    def __init__(self, page: Page) -> None:
        self._page, self._known = page, definitions(page)
        self._lines: dict[str, list[int]] = {}
        text, line, done = "".join(page.lines) if page.references else "", 0, 0
        for match in re.finditer(r"\[([^\[\]]+)\]", text):
            line, done = line + text.count("\n", done, match.start()), match.start()
            self._lines.setdefault(label_key(match[1]), []).append(line)

    def needed(self, start: int, end: int) -> dict[str, int] | None:
        """The definitions that the lines of an entry use and that stand elsewhere, by label, with their lines.

        None where the entry and the rest cannot do without each other: a definition in it is used elsewhere, or one
        elsewhere is none of `definitions`.
        """
        here = labels_in(self._page.lines[start:end]) & self._lines.keys() & self._page.references.keys()
        shared = {name for name in here if any(not start <= at < end for at in self._lines[name])}
        lines = {name: self._known.get(name, -1) for name in sorted(shared, key=lambda name: self._known.get(name, -1))}
        return None if any(at < 0 or start <= at < end for at in lines.values()) else lines


def has_block(page: Page, entries: Sequence[tuple[int, int]]) -> bool:
    """Whether definitions stand at the page's end for all of it, and not below each entry; these by start and end."""
    end = content_end(page.lines, 0, len(page.lines))
    last = entries[-1][1] if entries else 0
    below = any(apart(page.lines[slice(*span)])[1] for span in entries)
    return last < end and _label(page.lines[end - 1]) != "" and not below


def apart(lines: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """An entry's lines without the definitions at its end, which a blank line parts from the rest; these by label."""
    start = len(lines)
    while start and _label(lines[start - 1]):
        start -= 1
    if start == len(lines) or start < 2 or lines[start - 1].strip() or not lines[start - 2].strip():
        return tuple(lines), {}
    return tuple(lines[: start - 1]), {_label(line): line.rstrip("\r\n") for line in lines[start:]}


def with_below(lines: Sequence[str], new: Iterable[str]) -> tuple[str, ...]:
    """An entry's lines with definitions (without newlines) at its end."""
    texts = list(new)
    blank = [] if not texts or _label(lines[-1]) else [""]
    return tuple(inserted(list(lines), len(lines), [*blank, *texts]))


def with_definitions(page: Page, new: Mapping[str, str]) -> list[str]:
    """The page's lines with definitions by their labels (lines without newlines), where those at its end are.

    They stand in the order in which they are used.
    """
    lines = list(page.lines)
    for label, text in new.items():
        end = content_end(lines, 0, len(lines))
        start = end
        while start and DEFINITION.match(lines[start - 1]):
            start -= 1
        if start == end:
            lines = inserted(lines, end, ["", text] if end else [text])
            continue
        used = [*map(label_key, re.findall(r"\[([^\[\]]+)\]", "".join(lines[:start]))), label]
        later = used[used.index(label) + 1 :]
        before = {*used[: used.index(label)]}
        at = next((at for at in range(start, end) if (name := _label(lines[at])) in later and name not in before), end)
        lines = inserted(lines, at, [text])
    return lines


def _label(line: str) -> str:
    match = DEFINITION.match(line)
    return label_key(match["label"]) if match else ""


def without_unused(page: Page, names: Collection[str]) -> list[str]:
    """The page's lines without those definitions that no line uses, and the blank ones above where none is left."""
    known = definitions(page)
    gone = {known[name] for name in names if name in known}
    used = labels_in(line for number, line in enumerate(page.lines) if number not in gone)
    gone = {at for at in gone if _label(page.lines[at]) not in used}
    for at in sorted(gone):
        if _is_alone(page.lines, at, gone):
            above = content_end(page.lines, 0, at)
            gone |= set(range(above, at))
    return [line for number, line in enumerate(page.lines) if number not in gone]


def _is_alone(lines: Sequence[str], at: int, gone: Collection[int]) -> bool:
    """Whether the block of definitions that begins at a line goes whole."""
    if at and lines[at - 1].strip():
        return False
    end = at
    while end in gone:
        end += 1
    return end >= len(lines) or not lines[end].strip()
