"""Markdown as a row of events with their places. pyromark (pulldown-cmark) lives here and nowhere else."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple


class Event(NamedTuple):
    """One step through a text, at those characters of it.

    `name` is pulldown-cmark's: a block or span begins as `Paragraph`, `Heading`, `Link` and ends as `/Paragraph`,
    leaves are `Text`, `Code`, `Html`, `InlineHtml`, `SoftBreak`, `Rule` … `value` is what comes with it: a text
    without escapes and entities, the data of a heading, link or fence.
    """

    name: str
    value: Any
    start: int
    end: int


class Definition(NamedTuple):
    """A reference definition: where it leads (decoded) and which characters it is."""

    destination: str
    start: int
    end: int


class LinkPlaces(NamedTuple):
    """Where a text's destinations are to be looked for, in bytes.

    `inline` are links and images: where what stands in their brackets ends, and where they do. The rest are spans.
    """

    inline: list[tuple[int, int]]
    autolinks: list[tuple[int, int]]
    definitions: list[tuple[int, int]]
    html: list[tuple[int, int]]


class Parsed(NamedTuple):
    """A text's events, its reference definitions by their `label_key`, and the references that have none.

    `undefined` are the label as written and the characters of `[text][label]` and `[label][]`.
    """

    events: list[Event]
    definitions: dict[str, Definition]
    undefined: list[tuple[str, int, int]]


def parsed(text: str, *, start: int = 0, plain: bool = False) -> Parsed:
    """A body (no front matter in it) as GitHub reads it: tables, strikethrough, task lists, footnotes, alerts.

    `start` is where it begins in its file: places are those in the file. `plain` is CommonMark without any of them.
    """
    from pyromark import events_with_range, reference_definitions  # noqa: PLC0415 - start-up

    options = _options(plain=plain)
    text = _readable(text)
    at = _characters(text, start)
    undefined: dict[int, tuple[str, int, int]] = {}

    def note(link: Any) -> None:
        if link["link_type"] != "Shortcut":
            first = at[link["span"]["start"]]
            undefined[first] = (link["reference"], first, at[link["span"]["end"]])

    found: list[Event] = []
    words: list[str] = []  # those of texts that stand next to each other: the parser ends one at each bracket
    began = ended = 0
    event: Any
    for event, span in events_with_range(text, options=options, broken_link_callback=note):
        is_text = event.__class__ is dict and "Text" in event
        if words and not (is_text and span["start"] == ended):
            found.append(Event("Text", "".join(words), at[began], at[ended]))
            words = []
        if is_text:
            began = began if words else span["start"]
            words.append(event["Text"])
            ended = span["end"]
            continue
        if event.__class__ is str:
            name, value = event, None
        else:
            ((name, value),) = event.items()
            if name == "Start":
                name, value = _named(value)
            elif name == "End":
                name, value = f"/{_named(value)[0]}", None
        found.append(Event(name, value, at[span["start"]], at[span["end"]]))
    definitions = {}
    if "]:" in text:
        for label, each in reference_definitions(text, options=options).items():
            span = each["span"]
            definitions[label_key(label)] = Definition(each["dest"], at[span["start"]], at[span["end"]])
    return Parsed(found, definitions, [undefined[first] for first in sorted(undefined)])


def link_places(body: bytes) -> LinkPlaces:
    """Those of a body (no front matter in it) as GitHub reads it: `parsed` without all else, and in half its time.

    What is not UTF-8 is fine.
    """
    from pyromark import events_with_range, reference_definitions  # noqa: PLC0415 - start-up

    options = _options()
    text = _readable(body.decode("utf-8", "surrogateescape"), ",")
    found = LinkPlaces([], [], [], [])
    opened: list[Any] = []
    last = 0
    event: Any
    for event, span in events_with_range(text, options=options):
        if event.__class__ is dict:
            ((name, value),) = event.items()
            if name == "Start":
                if value.__class__ is dict and ("Link" in value or "Image" in value):
                    opened.append(next(iter(value.values())))
                    last = span["start"]
                    continue
                if value == "HtmlBlock":
                    found.html.append((span["start"], span["end"]))
            elif name == "End" and (value in ("Link", "Image")):
                kind = opened.pop()["link_type"]
                if kind == "Inline":
                    found.inline.append((last, span["end"]))
                elif kind == "Autolink":
                    found.autolinks.append((span["start"], span["end"]))
            elif name == "InlineHtml":
                found.html.append((span["start"], span["end"]))
        if opened:
            last = span["end"]
    if "]:" in text:
        spans = (each["span"] for each in reference_definitions(text, options=options).values())
        found.definitions.extend((span["start"], span["end"]) for span in spans)
    return found


def _characters(text: str, start: int) -> Sequence[int]:
    """The offset in characters, the first being `start`, by that in bytes, as the parser counts."""
    if text.isascii():
        return range(start, start + len(text) + 1)
    return array("L", accumulate(text.encode().translate(_BEGINS), initial=start))


def _options(*, plain: bool = False) -> Any:
    from pyromark import Options  # noqa: PLC0415 - start-up

    if plain:
        return Options(0)
    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_GFM
    )


def as_read(data: bytes) -> str:
    """What readers get of a file, to be compared: its HTML, in which white space only parts Latin words.

    Code blocks count as they are, and an address is the same with angle brackets around it or without.
    """
    from pyromark import html  # noqa: PLC0415 - start-up

    page = html(_readable(data.decode("utf-8-sig", "replace")), options=_options())
    parts = re.split("(<pre[ >].*?</pre>)", page, flags=re.DOTALL)
    return "".join(part if number % 2 else _spaced(part) for number, part in enumerate(parts))


def _spaced(page: str) -> str:
    page = re.sub(r'<a href="([^"]*)">\1</a>', r"\1", page)
    return re.sub(r"(?a)(?<!\w) | (?!\w)", "", re.sub(r"\s+", " ", page))


def _readable(text: str, instead: str = "\ufffd") -> str:
    """The text as the parser has to get it, of the same length, with another character for one that is none."""
    text = text if text.isascii() else _SURROGATE.sub(instead, text)
    if "```" not in text and "~~~" not in text:
        return text
    return _BEHIND_FENCE.sub(lambda match: " " * len(match.group()), text)


def _named(event: Any) -> tuple[str, Any]:
    """The one key of an event and its value; some are only a word."""
    if isinstance(event, str):
        return event, None
    ((name, value),) = event.items()
    return name, value


_SURROGATE = re.compile("[\ud800-\udfff]")
_BEHIND_FENCE = re.compile(r"(?m)(?<=```|~~~)[ \t]+(?=\r?$)")
"""Tabs there keep a fence open for pulldown-cmark, for no one else."""
_BEGINS = bytes(not 0x80 <= byte < 0xC0 for byte in range(256))
"""1 for a byte that begins a character in UTF-8, 0 for one that continues it."""


def label_key(label: str) -> str:
    """A reference's label as it is compared: the case does not count, nor how many spaces and newlines."""
    return " ".join(label.split()).casefold()
