"""A translation's file as it begins: its source's front matter and text carried over, waiting, and linked to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aiblog.core import header
from aiblog.core.canonical import TRANSLATABLE, source_hash
from aiblog.core.dropped import dropped
from aiblog.core.links import links, relative, resolved
from aiblog.core.settings import Settings
from aiblog.core.stub_seal import is_sealed, sealed
from aiblog.core.stub_styles import GAP, Original, Style, style_of, styled_body, waits_above, without_markers
from aiblog.core.switch_line import SwitchStyle, without_switch_line
from aiblog.core.switch_writing import with_switch_line
from aiblog.core.title import first_heading, plain_title
from aiblog.core.translation import translated_links
from aiblog.core.translation_link import Link, with_link


class Pair(NamedTuple):
    """A source and the translation that is made of it. Paths are relative to the blog's root.

    `editions` are the paths of all the post's editions by language, both of these too; `twins` the
    path of each post's edition in the translation's language by the path of another edition, those
    in the source's language first. `date` is the post's, for a source without front matter.
    """

    source: str
    translation: str
    language: str
    date: str
    editions: Mapping[str, str]
    twins: Mapping[str, str]
    settings: Settings
    switch: SwitchStyle | None = None


def stub_file(source: bytes, pair: Pair, title: str | None = None, style: Style = "inline") -> bytes:
    """The translation's whole file in that style, made from the source as it is with its own switch line.

    With `title` the H1, or the front-matter key that holds the blog's titles, is that title;
    without it the source's title waits like the rest.

    Raises:
        AiblogError: `metadata-invalid` where the front matter cannot be read or edited.
    """
    data, head, body = _begun(source, pair)
    heading = first_heading(body)
    key = pair.settings.title
    in_header = key != "heading" and (key in head.values or heading is None)
    in_body = not in_header or (heading is not None and plain_title(heading.text) == head.values[key])
    values: dict[str, str | list[str] | None] = {} if head.present else _new_header(pair)
    if title is not None and in_header:
        values[key] = title
    values |= _own(pair, head.values)
    body = styled_body(body, style, _original(source, body, pair), title if in_body else None)
    body = sealed(body) if style == "outline" else body
    order = [each.name for each in pair.settings.front_matter]
    data = header.edited(data[: head.end] + body.encode(), values, order)
    data = with_link(data, link_of(source, pair), pair.settings, pair.translation)
    return with_switch_line(data, pair.translation, pair.editions, pair.settings.languages, pair.switch)


def _begun(source: bytes, pair: Pair) -> tuple[bytes, header.Header, str]:
    """The source with its links changed, its front matter, and its body without switch line."""
    data = translated_links(source.decode(), pair.source, pair.translation, pair.twins).encode()
    head = header.read(data, pair.source)
    body = without_switch_line(data[head.end :].decode(), pair.source)
    return data, head, body if head.present else body.lstrip("\r\n")


def _original(source: bytes, body: str, pair: Pair) -> Original:
    """The source's own text for a body that was made of it."""
    end = header.read(source, pair.source).end
    whole = source[end:].decode()
    own = without_switch_line(whole, pair.source)
    lines, kept = whole.split("\n"), own.split("\n")
    at = next((number for number, line in enumerate(kept) if lines[number] != line), len(kept))
    first = source.count(b"\n", 0, end) + 1
    numbers = [number + first for number in range(len(lines)) if not at <= number < at + len(lines) - len(kept)]
    more = len(kept) - len(body.split("\n"))  # blank lines at the top of a source without front matter
    return Original("\n".join(kept[more:]), numbers[more:], relative(pair.translation, pair.source))


def prose(source: bytes, pair: Pair) -> dict[str, str]:
    """What an outline of the source leaves out, as a translation of it begins, by id."""
    _, _, body = _begun(source, pair)
    return {run.id: run.text for run in dropped(body, _original(source, body, pair).body)}


def left_standing(stub: bytes, source: bytes, pair: Pair) -> set[int]:
    """The lines of the source, from 1, for which a marker of an outline stands; none for another stub."""
    ids = {match["id"] for match in GAP.finditer(stub.decode("utf-8", "replace"))}
    if not ids:
        return set()
    _, _, body = _begun(source, pair)
    own = _original(source, body, pair)
    runs = [run for run in dropped(body, own.body) if run.id in ids]
    return {own.numbers[line] for run in runs for line in range(run.start, run.end)}


def link_of(source: bytes, pair: Pair) -> Link:
    """What links the translation to the source as it is."""
    return Link(pair.language, relative(pair.translation, pair.source), source_hash(source))


def _own(pair: Pair, values: Mapping[str, object]) -> dict[str, str | list[str] | None]:
    """What differs from the source's front matter: a draft, its own path."""
    status = pair.settings.key("status")
    derived = {key.name: pair.translation for key in pair.settings.derived_keys() if key.name in values}
    return {**({status.name: header.word(status.draft)} if status else {}), **derived}


def _new_header(pair: Pair) -> dict[str, str | list[str] | None]:
    """A front matter as the blog has it, for a source without one; keys without a value only where required."""
    settings = pair.settings
    date = settings.key("date") or settings.key("updated")
    values: dict[str, str | list[str] | None] = {}
    for key in settings.front_matter:
        usual = header.word(key.draft if key.role == "status" else key.default or "")
        value = pair.date if key == date else usual
        value = pair.translation if key.derived else value
        if value or key.required:
            values[key.name] = value
    return values


class Untouched(NamedTuple):
    """What a stub that nobody has edited was made from: the title it was given ("" where its source's waits), a source.

    That is the source as it was, but for metadata that no reader sees; that of an outline has today's body.
    """

    title: str
    source: bytes


def title_if_untouched(stub: bytes, source: bytes, pair: Pair, recorded: str | None) -> str | None:
    """The title an untouched stub was given, "" where its source's waits; None where a person has edited the stub."""
    found = untouched(stub, source, pair, recorded)
    return found.title if found else None


def untouched(stub: bytes, source: bytes, pair: Pair, recorded: str | None) -> Untouched | None:
    """What a stub was made from; None where a person has edited it.

    The stub itself holds what it was made from: without its markers it is the source as it was, and
    the hash that was `recorded` proves it. Made again from that, it has to come out byte for byte.
    Where that cannot be shown, it counts as edited.
    """
    linked = {resolved(pair.translation, link.destination) for link in links(stub.decode("utf-8", "replace"))}
    pair = pair._replace(twins={path: twin for path, twin in pair.twins.items() if twin in linked})
    style = style_of(stub.decode("utf-8", "replace"))
    if style == "outline":
        return _untouched_outline(stub, source, pair)
    for title in (None, _title(stub, pair)):
        earlier = _earlier_source(stub, source, pair, titled=title is not None)
        if source_hash(earlier) == recorded and stub_file(earlier, pair, title, style) == stub:
            return Untouched(title or "", earlier)
    return None


def _untouched_outline(stub: bytes, source: bytes, pair: Pair) -> Untouched | None:
    """As `untouched`, for an outline: it lacks the prose it was made from, so it holds a seal of its body."""
    body = without_switch_line(stub[header.read(stub).end :].decode("utf-8", "surrogateescape"), pair.translation)
    if not is_sealed(body):
        return None
    waits = waits_above(body, first_heading(body))
    for title in (None, _title(stub, pair)):
        earlier = _earlier_source(stub, source, pair, titled=title is not None)
        earlier = earlier[: header.read(earlier).end] + source[header.read(source).end :]
        made = stub_file(earlier, pair, title)
        if (waits or title is not None) and _unlinked_header(made) == _unlinked_header(stub):
            return Untouched(title or "", earlier)
    return None


def _unlinked_header(data: bytes) -> bytes:
    """A file's front matter without the hash of the source that it covers."""
    return header.edited(data[: header.read(data).end], {"source_hash": None})


def _title(data: bytes, pair: Pair) -> str:
    head = header.read(data)
    own = head.values.get(pair.settings.title) if pair.settings.title != "heading" else None
    heading = first_heading(data[head.end :].decode("utf-8", "replace"))
    return own if isinstance(own, str) else plain_title(heading.text) if heading else ""


def _earlier_source(stub: bytes, source: bytes, pair: Pair, *, titled: bool) -> bytes:
    """The source that an untouched stub was made from, but for metadata that no reader sees.

    With `titled` its title is the one the source has today: the stub has another.
    """
    back: dict[str, str] = {}
    for path, twin in pair.twins.items():
        back.setdefault(twin, path)
    text = translated_links(stub.decode("utf-8", "surrogateescape"), pair.translation, pair.source, back)
    data = text.encode("utf-8", "surrogateescape")
    was, now = header.read(data), header.read(source)
    body = without_markers(without_switch_line(data[was.end :].decode("utf-8", "surrogateescape"), pair.translation))
    updated = pair.settings.key("updated")
    kept = [*TRANSLATABLE, *([updated.name] if updated else [])]
    if titled:
        kept = [key for key in kept if key != pair.settings.title]
        body = _with_heading_of(body, source[now.end :].decode())
    values = {key: was.values.get(key) for key in kept if key in now.values}
    earlier = header.edited(source[: now.end], values) if now.present else source[: now.end]
    return earlier + body.encode("utf-8", "surrogateescape")


def _with_heading_of(body: str, other: str) -> str:
    """The body with the H1 that another one has."""
    lines, others = body.split("\n"), other.split("\n")
    heading, its = first_heading(body), first_heading(other)
    if heading is None or its is None:
        return body
    return "\n".join([*lines[: heading.line], *others[its.line : its.end], *lines[heading.end :]])
