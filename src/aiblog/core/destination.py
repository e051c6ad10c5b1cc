"""A link's destination as it is written: the path it names, and the same destination leading to another path."""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple

Form = Literal["markdown", "html", "unquoted", "plain"]
"""Where it stands: a Markdown link or definition, an HTML attribute with quotes or without, bare or in `<…>`."""

TEMPLATE = re.compile(r"\{\{|\{%|\$\{")
"""What a site's generator fills in: such a destination is not yet one."""

_PIECE = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);)|([^\\&]+|.)", re.DOTALL
)
_PATH_END = re.compile("[#?]")
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_READABLE = re.compile(r"[^\x00-\x7f\s\ud800-\udfff]")  # Chinese, say: percent-encoded because somebody wants it so
_ALWAYS = r"\x00-\x1f\x7f%#?<>{\\|`\ud800-\udfff"
_ENDS: dict[Form, str] = {"markdown": r"\s()\"", "html": r"\"'&", "unquoted": r"\s\"'&=", "plain": ""}


class Destination(NamedTuple):
    """A destination taken apart.

    `path` is decoded: entities, escapes and percent-encoding are resolved; "" for an anchor of the page itself.
    `written` is that path as it stands there, `rest` is the query and the anchor as they do.
    """

    form: Form
    path: str
    written: str
    rest: str
    bracketed: bool

    @property
    def is_external(self) -> bool:
        """Whether it is an address, not a path."""
        return (":" in self.path or self.path.startswith("//")) and bool(
            _EXTERNAL.match(_unescaped(self.written, self.form))
        )

    @property
    def segments(self) -> list[str]:
        """The path as written, parted at its slashes, however these are written."""
        if "\\" not in self.written and "&" not in self.written:
            return self.written.split("/")
        found = [""]
        for piece in _PIECE.finditer(self.written):
            if not piece[3] and _unescaped(piece[0], self.form) == "/":
                found.append("")
            else:
                first, *more = piece[0].split("/") if piece[3] else [piece[0]]
                found[-1] += first
                found += more
        return found

    def leading_to(self, path: str) -> str:
        """The destination as written with that path (decoded) for its own: segments that it had stay as they were.

        New ones are percent-encoded where they must be, and as far as the old ones were.
        """
        own = {decoded(each, self.form): each for each in self.segments}
        if self.form == "markdown" and not self.bracketed and ("(" in self.written or "<" in self.written):
            own = {name: each for name, each in own.items() if "<" not in each and _is_balanced(each)}
        names = path.split("/")
        own |= self._encoded({*names} - own.keys())
        new = "/".join([own[each] for each in names])
        return f"<{new}{self.rest}>" if self.bracketed else new + self.rest

    def _encoded(self, names: set[str]) -> dict[str, str]:
        """Each of those names as it would be written here."""
        is_encoded = self.written.isascii() and not self.path.isascii() and _READABLE.search(self.path)
        if is_encoded or self.form == "plain":
            from urllib.parse import quote  # noqa: PLC0415 - start-up

            return {name: quote(name, safe="!$*+,;:@~", errors="surrogateescape") for name in names}
        ends = (_ENDS[self.form] if not self.bracketed else "") + (" " if "%20" in self.written else "")
        pairs = self.form == "markdown" and "(" in self.written
        found = {}
        for name in names:
            signs = ends.replace("()", "") if pairs and _is_balanced(name) else ends
            found[name] = _ENTITY.sub("%26", re.sub(f"[{_ALWAYS}{signs}]", _percent, name))
        return found


def destination_of(written: str, form: Form = "markdown") -> Destination:
    """A destination as it stands in a file, with its angle brackets, taken apart."""
    bracketed = form in {"markdown", "plain"} and written.startswith("<") and written.endswith(">")
    plain = written[1:-1] if bracketed else written
    if "\\" not in plain and "&" not in plain:
        match = _PATH_END.search(plain)
        end = match.start() if match else len(plain)
    else:
        end = _path_end(plain, form)
    return Destination(form, decoded(plain[:end], form), plain[:end], plain[end:], bracketed)


def _path_end(plain: str, form: Form) -> int:
    """Where the query or the anchor begins: at the first sign that means it, escaped or an entity of it as well."""
    for piece in _PIECE.finditer(plain):
        if (found := _PATH_END.search(piece[3] or _unescaped(piece[0], form))) is not None:
            return piece.start() + (found.start() if piece[3] else 0)
    return len(plain)


def _unescaped(text: str, form: Form) -> str:
    """The text without escapes (in Markdown) and entities."""
    if form == "plain" or ("\\" not in text and "&" not in text):
        return text
    from html import unescape  # noqa: PLC0415 - start-up

    def of(piece: re.Match[str]) -> str:
        if piece[2]:
            return unescape(piece[2])
        return piece[1] if piece[1] and form == "markdown" else piece[0]

    return _PIECE.sub(of, text)


def decoded(text: str, form: Form) -> str:
    """A text without escapes, entities and percent-encoding, the same one where it has none of them."""
    text = _unescaped(text, form)
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    return unquote(text, errors="surrogateescape")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogateescape"))


def _is_balanced(segment: str) -> bool:
    """Whether its parentheses are pairs, so that none ends a destination."""
    depth = 0
    for sign in re.sub(r"\\.", "", segment):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def resolved_path(from_file: str, path: str) -> str | None:
    """What a destination's path (decoded) names, relative to the repository's top, which is "" itself.

    A leading `/` means the top, as on GitHub. None for no path, and one out of the top.
    """
    if not path:
        return None
    whole = path.lstrip("/") if path.startswith("/") else f"{from_file.rpartition('/')[0]}/{path}".lstrip("/")
    found = posixpath.normpath(whole)
    return None if found == ".." or found.startswith("../") else "" if found == "." else found


def led_to(old: Destination, from_file: str, to: str, *, least: int | None = None, dotted: bool = True) -> str:
    """The destination as it was written, in a file at `from_file`, leading to `to`: both relative to the top.

    `least` and `dotted` as in `led_path`.
    """
    return old.leading_to(led_path(old.path, from_file, to, least=least, dotted=dotted))


def led_path(old: str, from_file: str, to: str, *, least: int | None = None, dotted: bool = True) -> str:
    """The path to `to` from a file at `from_file`, both relative to the top, in the manner of an old one.

    It begins at the top where that did, and ends with a `/` if that did. `dotted` says whether a `./` goes before a
    name where there was `../` or no name before. One that went further up than it had to (`least`) does so again.
    """
    slash = "/" if old.endswith("/") else ""
    if old.startswith("/"):
        return f"/{to}{slash}"
    folder = posixpath.dirname(from_file)
    path = relative_path(to, folder)
    went, above = ups(old), folder.split("/") if folder else []
    if least is not None and least < went <= len(above) and ups(path) < went:
        path = "../" * went + relative_path(to, "/".join(above[:-went]))
    if path.split("/", 1)[0] not in {".", ".."}:
        is_dotted = dotted if old == "." or old.split("/", 1)[0] == ".." else old.startswith("./")
        path = f"./{path}" if is_dotted or ":" in path else path
    return path + slash


def relative_path(to: str, folder: str) -> str:
    """The path to `to` from a folder, both relative to the top and normal, "" being that; `posixpath.relpath` asks the
    disk where it is."""
    names, above = to.split("/") if to else [], folder.split("/") if folder else []
    same = 0
    for name, other in zip(names, above, strict=False):
        if name != other:
            break
        same += 1
    return "/".join([".."] * (len(above) - same) + names[same:]) or "."


def ups(path: str) -> int:
    """How far up a relative path goes before it names something."""
    number = 0
    for name in path.split("/"):
        if name == "..":
            number += 1
        elif name != ".":
            break
    return number
