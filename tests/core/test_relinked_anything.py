"""Links led on in generated trees: what each one leads to stays, as another Markdown parser and a browser read it."""

from __future__ import annotations

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aiblog.core.moves import Moves
from aiblog.core.relinked import Relinked, relinked

NAMES = st.sampled_from([
    "a", "b", "中文", "a b", "p(1)", "x)(", "h#1", "100%", "x%20y", "w?", "a&amp;b", "a&b", "it's", '"q"', "[x]", "a|b",
    "`c`", "e\u0301", "<x>", "x:y", "a=b", "a\\.b", "{{y}}", "-", "...", "\u3000", "𝔘", "~", "é\x7f", "\udcff",
])  # fmt: skip
PATHS = st.builds(lambda folders, name: "/".join([*folders, f"{name}.md"]), st.lists(NAMES, max_size=3), NAMES)
ANGLE = re.compile(r"[\x00-\x1f\x7f<>%\\#?`|{\ud800-\udfff]|&(?=#?\w+;)")
BARE = re.compile(rf"{ANGLE.pattern}|[\s()\"]")


def percent(pattern: re.Pattern[str], path: str) -> str:
    return pattern.sub(lambda sign: quote(sign.group().encode("utf-8", "surrogateescape"), safe=""), path)


def escaped(path: str) -> str:
    """With backslashes where another writing has percent signs."""
    path = re.sub(r"[%#?\x00-\x20\x7f\\|`{\ud800-\udfff]", lambda sign: percent(BARE, sign.group()), path)
    return re.sub(r"([()<>&\"'_\[\]])", r"\\\1", path)


WRITINGS = {
    "bare": lambda path: percent(BARE, path),
    "angle": lambda path: f"<{percent(ANGLE, path)}>",
    "all": lambda path: quote(path, errors="surrogateescape"),
    "escaped": escaped,
    "entities": lambda path: percent(BARE, path).replace("/", "&#x2F;").replace(".", "&period;"),
}
ATTRIBUTES = {
    '<a href="{}">x</a>': lambda path: escape(percent(ANGLE, path.replace('"', "%22"))),
    "<img alt='' src='{}' />": lambda path: percent(ANGLE, path).replace("'", "&#39;"),
    '<a class="x" HREF={} >x</a>': lambda path: quote(path, errors="surrogateescape"),
    "<p>\n<a href = '{}'>[no](x.md)</a>\n</p>": lambda path: quote(path, errors="surrogateescape"),
}
PLACES = [
    "[x]({})", "![x]({})", '[*x* `]` y]( {} "T)")', "[x](\n{}\n'T'\n)", "# [x]({})", "- - [x]({})\n  - y",
    "> > [a\n> > b](\n> > {})", "| a | b |\n| - | - |\n| x | [y]({}) |", "[![x]({})]({} (T))",
    "[x] [x][x]\n\n[x]: {} 'T'", "> [x]\n>\n> [X]:\n> {}", "1. [x][]\n\n   [x]: {}",
]  # fmt: skip


class Piece(NamedTuple):
    """A paragraph with a link, and what stands in it as its destination."""

    place: str
    to: str
    written: str

    @property
    def text(self) -> str:
        return self.place.replace("{}", self.written)


def path_to(file: str, to: str, start: str) -> str:
    """A path in the manner of `start`."""
    path = posixpath.relpath(to or ".", posixpath.dirname(file) or ".")
    if start == "/":
        return f"/{to}"
    if start == "far" and posixpath.dirname(file):
        return "../" + posixpath.relpath(to or ".", posixpath.dirname(posixpath.dirname(file)) or ".")
    return f"./{path}" if path.split("/")[0] not in {".", ".."} and (start == "./" or ":" in path) else path


@st.composite
def pieces(draw: st.DrawFn, file: str, targets: list[str], plain: bool = False) -> Piece:
    to = draw(st.sampled_from(targets))
    path = path_to(file, to, "./" if plain else draw(st.sampled_from(["./", "", "/", "far"])))
    rest = draw(st.sampled_from(["", "", "#x", "?raw=1", "?a=/../b#c", "#./d.md"]))
    if plain or draw(st.booleans()):
        writing = WRITINGS[draw(st.sampled_from(["bare", "angle"] if plain else sorted(WRITINGS)))]
        written = writing(path)
        written = f"{written[:-1]}{rest}>" if written.endswith(">") else written + rest
        return Piece(draw(st.sampled_from(PLACES)), to, written)
    place = draw(st.sampled_from(sorted(ATTRIBUTES)))
    return Piece(place, to, ATTRIBUTES[place](path) + rest)


class World(NamedTuple):
    """A tree before it changes, what moves, a page of it, and that page's paragraphs."""

    files: frozenset[str]
    moves: Moves
    page: str
    parts: tuple[Piece, ...]

    def kind_of(self, path: str) -> Literal["file", "folder"] | None:
        return "file" if path in self.files else "folder" if path in folders_of(self.files) else None

    def kind_after(self, path: str) -> Literal["file", "folder"] | None:
        after = {self.moves.of(each) for each in self.files}
        return "file" if path in after else "folder" if path in folders_of(after) else None

    def lasts(self, path: str) -> bool:
        """Whether it is a file, or a folder that moves whole or of which something stays where it was."""
        stay = [each for each in self.files if self.moves.of(each) == each]
        return path in self.files | set(self.moves.folders) or path in folders_of(set(stay))

    @property
    def text(self) -> str:
        texts = (part.text.replace("[x]", f"[x{n}]").replace("[X]", f"[X{n}]") for n, part in enumerate(self.parts))
        return "\n\n---\n\n".join(texts)


def folders_of(files: frozenset[str] | set[str]) -> set[str]:
    return {path[:at] for path in files for at, sign in enumerate(path) if sign == "/"} | {""}


@st.composite
def worlds(draw: st.DrawFn, plain: bool = False) -> World:
    files = frozenset(draw(st.lists(PATHS, min_size=2, max_size=8, unique=True)))
    assume(not files & folders_of(files))
    moved: dict[str, str] = {}
    for path in draw(st.lists(st.sampled_from(sorted(files)), unique=True)):
        moved[path] = draw(PATHS)
    for folder in draw(st.lists(st.sampled_from(sorted(folders_of(files) - {""}) or ["-none"]), max_size=2)):
        to = posixpath.dirname(draw(PATHS)) or "new"
        moved |= {path: f"{to}/{path[len(folder) + 1 :]}" for path in files if path.startswith(f"{folder}/")}
    moved = {old: new for old, new in moved.items() if old != new}
    after = {moved.get(path, path) for path in files}
    assume(len(after) == len(files) and not after & folders_of(after))
    page = draw(st.sampled_from(sorted(files)))
    world = World(files, Moves(moved, whole_folders(files, moved)), page, ())
    there = sorted(files | folders_of(files))
    targets = [each for each in there if world.lasts(each)] if plain else [*there, "gone.md", "../out.md"]
    return world._replace(parts=tuple(draw(st.lists(pieces(page, targets, plain), min_size=1, max_size=6))))


def whole_folders(files: frozenset[str], moved: dict[str, str]) -> dict[str, str]:
    """The folders of which nothing stays and that have all gone to one place, where nothing else is."""
    found = {}
    after = {moved.get(path, path) for path in files}
    for folder in folders_of(files) - {""}:
        below = [path for path in files if path.startswith(f"{folder}/")]
        ends = {moved.get(path, path).removesuffix(path[len(folder) :]) for path in below}
        end = ends.pop() if len(ends) == 1 else folder
        if end != folder and {moved.get(path, path) for path in below} == {p for p in after if p.startswith(f"{end}/")}:
            found[folder] = end
    return found


class Reader(HTMLParser):
    """The addresses of a page, as a browser has them, and all else."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.rest: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.urls += [(value or "").strip(" \t\r\n\f") for name, value in attrs if name in {"href", "src"}]
        self.rest.append((tag, [name if name in {"href", "src"} else (name, value) for name, value in attrs]))

    def handle_data(self, data: str) -> None:
        self.rest.append(data)


def read(data: bytes) -> Reader:
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.validateLink = lambda _: True  # type: ignore[method-assign]
    reader = Reader()
    reader.feed(markdown.render(data.decode("utf-8", "surrogateescape")))
    return reader


def leads_to(page: str, url: str) -> str | None:
    """The path below the top that an address means, as a browser has it; None for one out of it."""
    path = unquote(urlsplit(url).path, errors="surrogateescape")
    whole = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(page), path)
    found = posixpath.normpath(whole)
    return None if found.split("/")[0] == ".." else "" if found == "." else found


def led(world: World, data: bytes) -> Relinked:
    return relinked(data, world.page, world.moves.of(world.page), world.moves, world.kind_of)


def led_back(world: World, data: bytes) -> Relinked:
    return relinked(data, world.moves.of(world.page), world.page, world.moves.reversed(), world.kind_after)


ANYTHING = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@given(worlds())
@ANYTHING
def test_what_each_link_leads_to_stays_and_all_else_does(world: World) -> None:
    data = world.text.encode("utf-8", "surrogateescape")
    there, after = read(data), world.moves.of(world.page)
    now = led(world, data)
    here = read(now.data)
    assert here.rest == there.rest
    for old, new in zip(there.urls, here.urls, strict=True):
        target = leads_to(world.page, old)
        is_led = target is not None and world.kind_of(target)
        is_right = is_led and leads_to(after, old) == world.moves.of(target or "")
        if not is_led or (is_right and new.count("..") == old.count("..")):  # else a roundabout way is straight now
            assert new == old
        else:
            assert leads_to(after, new) == world.moves.of(target or ""), (old, new)
            assert (urlsplit(new).query, urlsplit(new).fragment) == (urlsplit(old).query, urlsplit(old).fragment)
    assert led(world._replace(moves=Moves({})), data) == Relinked(data)


@given(worlds())
@ANYTHING
def test_the_way_back_leads_to_the_same_again(world: World) -> None:
    data = world.text.encode("utf-8", "surrogateescape")
    back = read(led_back(world, led(world, data).data).data)
    there = read(data)
    for old, new in zip(there.urls, back.urls, strict=True):
        target = leads_to(world.page, old)
        if target is not None and world.kind_of(target) and world.lasts(target):
            assert leads_to(world.page, new) == target


@given(worlds(plain=True))
@ANYTHING
def test_there_and_back_gives_the_first_bytes(world: World) -> None:
    data = world.text.encode("utf-8", "surrogateescape")
    assert led_back(world, led(world, data).data).data == data
