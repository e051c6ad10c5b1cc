"""Markdown's structure: blocks and links with their places. markdown-it-py lives here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

Kind = Literal["heading", "paragraph", "list", "table", "quote", "code", "html", "rule"]

_KINDS: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}


class Block(NamedTuple):
    """A top-level block: its lines, 0-based, the end exclusive, without blank lines after it.

    `level` is a heading's; `info` a fence's; `media` says that a paragraph holds nothing but images.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    info: str = ""
    media: bool = False


class InlineLink(NamedTuple):
    """A link or image as written: what kind, where it leads (decoded), and the inline text it stands in.

    `line` is the 0-based line where that inline text begins, `end_line` the one after its block,
    `content` the text as the parser sees it, `position` the offset in it where the destination begins.
    """

    kind: Literal["link", "image"]
    destination: str
    line: int
    end_line: int
    content: str
    position: int


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - start-up: only where Markdown is read closely

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def blocks(text: str) -> list[Block]:
    """The top-level blocks of a body (no front matter in it), in order."""
    lines = text.split("\n")
    found = []
    tokens = _parser().parse(text)
    for number, token in enumerate(tokens):
        kind = _KINDS.get(token.type)
        if token.level or kind is None or token.map is None:
            continue
        start, end = token.map
        while end > start + 1 and not lines[min(end, len(lines)) - 1].strip():
            end -= 1
        media = kind == "paragraph" and _only_images(tokens[number + 1])
        level = int(token.tag[1]) if kind == "heading" else 0
        found.append(Block(kind, start, end, level, token.info.strip() if kind == "code" else "", media))
    return found


@dataclass(slots=True)
class Node:
    """A block at any depth outside quotations: its lines, 0-based, the end exclusive.

    `depth` counts the list items it stands in; `level` is a heading's, `text` its inline Markdown. `text_end` is the
    line after an item's own first text (0 where it has none). `open` names what a block of code does not close.
    """

    kind: Literal["heading", "paragraph", "item", "rule", "code"]
    start: int
    end: int
    depth: int = 0
    level: int = 0
    text: str = ""
    text_end: int = 0
    open: str = ""


def nodes(lines: Sequence[str]) -> list[Node]:
    """The blocks of those lines (without newlines) in their order; inline Markdown is not parsed."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - start-up

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["block"])
    found: list[Node] = []
    depth, quoted = 0, 0
    tokens = parser.parse("\n".join(lines).replace("\0", "\ufffd"))
    for number, token in enumerate(tokens):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        depth -= token.type == "list_item_close"
        kind = _NODES.get(token.type)
        if kind is None or quoted or token.map is None:
            continue
        node = Node(kind, token.map[0], token.map[1], depth)
        if kind == "item":
            depth += 1
            node.text_end = _text_end(tokens[number + 1])
        elif kind == "heading":
            node.level, node.text = int(token.tag[1]), tokens[number + 1].content
        elif kind == "code":
            node.open = _open(token, lines)
        found.append(node)
    return found


_NODES: dict[str, Literal["heading", "paragraph", "item", "rule", "code"]] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "list_item_open": "item",
    "hr": "rule",
    "fence": "code",
    "code_block": "code",
    "html_block": "code",
}


def _text_end(first: Any) -> int:
    """The line after an item's own first text, by the token it begins with."""
    if first.map is None:
        return 0
    if first.type in {"bullet_list_open", "ordered_list_open"}:
        return int(first.map[0])
    return int(first.map[1]) if first.type in {"paragraph_open", "heading_open"} else 0


def _open(token: Any, lines: Sequence[str]) -> str:
    """What a block that reaches to the end of the file does not close; "" where it is closed."""
    if token.map[1] < len(lines) and any(lines[token.map[1] :]):
        return ""
    last = lines[min(token.map[1], len(lines)) - 1].strip()
    if token.type == "fence":
        closed = token.map[1] - token.map[0] > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
        return "" if closed else "a code fence"
    if token.type == "html_block" and token.content.lstrip().startswith("<!--"):
        return "" if "-->" in token.content else "a comment"
    raw = _RAW.match(token.content.lstrip()) if token.type == "html_block" else None
    return "HTML" if raw and f"</{raw[1].lower()}>" not in token.content.lower() else ""


_RAW = re.compile(r"<(pre|script|style|textarea)(?:[\s>]|$)", re.IGNORECASE)
_IMAGE_TAG = re.compile(r"<img\b", re.IGNORECASE)
_FRAME_TAG = re.compile(r"</?(?:a|br|picture|source)\b", re.IGNORECASE)


def _only_images(inline: Any) -> bool:
    """Whether an inline text is nothing but images, in Markdown or HTML, and links around them."""
    images = 0
    for child in inline.children or []:
        if child.type == "image" or (child.type == "html_inline" and _IMAGE_TAG.match(child.content)):
            images += 1
        elif child.type == "text":
            if child.content.strip():
                return False
        elif child.type == "html_inline":
            if not _FRAME_TAG.match(child.content):
                return False
        elif child.type not in {"link_open", "link_close", "softbreak", "hardbreak"}:
            return False
    return images > 0


def is_one_link(label: str) -> bool:
    """Whether `[label](x)` is exactly one link, with text, and no image, HTML or other link in it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - start-up

    tokens = MarkdownIt("commonmark").parseInline(f"[{label}](x)")
    children = tokens[0].children or [] if tokens else []
    types = [child.type for child in children]
    inside = [kind for kind in types[1:-1] if kind in {"link_open", "image", "html_inline", "softbreak", "hardbreak"}]
    return len(types) > 2 and types[0] == "link_open" and types[-1] == "link_close" and not inside


def inline_links(text: str) -> tuple[list[InlineLink], set[str]]:
    """Every inline link and image of a body, and the labels (normalised) of its reference definitions."""
    parser = _parser()
    noted: list[tuple[str, int, int]] = []

    def wrapped(rule: Any, kind: str) -> Any:
        def noting(state: StateInline, silent: bool) -> bool:
            start = state.pos
            done: bool = rule(state, silent)
            if done and not silent:
                noted.append((kind, start, state.pos))
            return done

        return noting

    for rule in parser.inline.ruler.__rules__:
        if rule.name in {"link", "image"}:
            parser.inline.ruler.at(rule.name, wrapped(rule.fn, rule.name))
    env: dict[str, Any] = {}
    state_tokens = parser.parse(text, env)
    del noted[:]
    found: list[InlineLink] = []
    for token in state_tokens:
        if token.type != "inline" or token.map is None or "](" not in token.content:
            continue
        del noted[:]
        children: list[Any] = []
        parser.inline.parse(token.content, parser, dict(env), children)
        for kind, start, end in sorted(noted, key=lambda each: each[1]):
            place = _destination_place(token.content, start, end)
            if place is not None:
                at, destination = place
                first, last = token.map
                found.append(
                    InlineLink(
                        kind="image" if kind == "image" else "link",
                        destination=_unescaped(destination),
                        line=first,
                        end_line=last,
                        content=token.content,
                        position=at,
                    )
                )
    return found, set(env.get("references", {}))


_DESTINATION = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()<][^\s()]*(?:\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)[^\s()]*)*)")


def _destination_place(content: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the destination of the link at `content[start:end]` begins, and it; None for a reference link."""
    source = content[start:end]
    if not source.endswith(")"):
        return None
    for match in reversed(list(_DESTINATION.finditer(source))):
        rest = source[match.end() : -1].strip()
        if not rest or rest[0] in "\"'(":
            return start + match.start(1), match.group(1)
    return None


def _unescaped(destination: str) -> str:
    from html import unescape  # noqa: PLC0415 - start-up
    from urllib.parse import unquote  # noqa: PLC0415

    plain = destination[1:-1] if destination.startswith("<") else destination
    return unquote(unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)))
