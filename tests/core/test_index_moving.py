"""Entries of posts that move: another date, another place, another index; what people wrote goes with them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping

import pytest

from aiblog.core.index_moving import carried, redated
from aiblog.core.settings import Index
from aiblog.errors import AiblogError

MAIN = Index("blog/README.md", complete=True)

PAGE = """\
---
last_updated: 2026-01-09
---

# Blog

Words of people, with a link to [two](./2026-01-05/two.md).

## 2026-01-09: One

- [One](./2026-01-09/one.md)
- [一](./2026-01-09/one_zh.md)

## 2026-01-05: 第二篇：回报

- [Two](./2026-01-05/two.md)

Prose of people, 中文 too.

- a list

<!-- and a comment -->

## 2025-12-01: Three

- [Three](./2025-12-01/three.md)

The last words.

---

Footer.
"""
EDITIONS = frozenset(
    f"blog/{each}.md" for each in ("2026-01-09/one", "2026-01-09/one_zh", "2026-01-05/two", "2025-12-01/three")
)


def moved(text: str, was: str, date: str, index: Index = MAIN) -> str:
    """The index after the post of one date has gone to another: its links first, then its entry."""
    editions = {path.replace(was, date) for path in EDITIONS}
    post = editions - EDITIONS
    led = text.replace(
        f"]({'./' if index is MAIN else './blog/'}{was}/", f"](./{'' if index is MAIN else 'blog/'}{date}/"
    )
    once = redated(led.encode(), index, post, was=was, date=date, editions=editions)
    assert redated(once, index, post, was=was, date=date, editions=editions) == once
    return once.decode()


def test_an_index_with_a_conflict_is_refused() -> None:
    with pytest.raises(AiblogError, match="conflict marker"):
        moved(PAGE + "<<<<<<< HEAD\n", "2026-01-05", "2026-02-01")


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("## ")]


def test_a_redated_entry_goes_to_its_place_with_all_that_stands_in_it() -> None:
    after = moved(PAGE, "2026-01-05", "2026-02-01")
    assert headings(after) == ["## 2026-02-01: 第二篇：回报", "## 2026-01-09: One", "## 2025-12-01: Three"]
    start = PAGE.index("## 2026-01-05")
    entry = PAGE[start : PAGE.index("## 2025-12-01")]
    assert entry.replace("2026-01-05", "2026-02-01") + "## 2026-01-09: One" in after
    assert after.startswith("---\nlast_updated: 2026-01-09\n---\n")


@pytest.mark.parametrize("date", ["2026-02-01", "2026-01-06", "2025-11-30", "2025-12-15"])
@pytest.mark.parametrize("was", ["2026-01-09", "2026-01-05", "2025-12-01"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_there_and_back_is_the_same_index(was: str, date: str, newline: str) -> None:
    text = PAGE.replace("\n", newline)
    there = moved(text, was, date)
    editions = {path.replace(was, date) for path in EDITIONS}
    led = there.replace(f"](./{date}/", f"](./{was}/")
    back = redated(led.encode(), MAIN, EDITIONS - editions, was=date, date=was, editions=EDITIONS)
    assert back.decode() == text


ARCHIVE = Index("archive/README.md", complete=True)


def led_from(here: str, there: str) -> Callable[[bytes], bytes]:
    """How a text's links are written when it goes from one index to the other; the posts are below `posts` folders."""

    def lead(text: bytes) -> bytes:
        def to(match: re.Match[str]) -> str:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(here), match[1]))
            return f"](./{posixpath.relpath(path, posixpath.dirname(there))})".replace("](./..", "](..")

        return re.sub(r"\]\(([^)#:]+)\)", to, text.decode()).encode()

    return lead


def carried_all(main: bytes, archive: bytes, slugs: Collection[str], *, back: bool = False) -> tuple[bytes, bytes]:
    """Both after the posts of those slugs were archived (or came back): the links that lead to them first."""
    moves = {path: f"archive{path.removeprefix('blog')}" for path in EDITIONS if SLUG.search(path)[1] in slugs}
    editions = {path for path in EDITIONS if path not in moves} | (set(moves) if back else set(moves.values()))
    moves = {new: old for old, new in moves.items()} if back else moves
    main, archive = led_to(main, MAIN.path, moves), led_to(archive, ARCHIVE.path, moves)
    posts = set(moves.values())
    if back:
        lead = led_from(ARCHIVE.path, MAIN.path)
        return carried(archive, ARCHIVE, main, MAIN, posts=posts, editions=editions, lead=lead)[::-1]
    lead = led_from(MAIN.path, ARCHIVE.path)
    return carried(main, MAIN, archive, ARCHIVE, posts=posts, editions=editions, lead=lead)


SLUG = re.compile(r"/([^/]+?)(?:_zh)?\.md$")


def led_to(data: bytes, index: str, moves: Mapping[str, str]) -> bytes:
    text = data.decode()
    for old, new in moves.items():
        was, now = (posixpath.relpath(each, posixpath.dirname(index)) for each in (old, new))
        was, now = (each if each.startswith("..") else f"./{each}" for each in (was, now))
        text = text.replace(f"]({was})", f"]({now})")
    return text.encode()


def test_an_archived_entry_is_carried_with_its_prose_and_comes_back() -> None:
    main, archive = carried_all(PAGE.encode(), b"# Archive\n", ["two", "three"])
    assert headings(main.decode()) == ["## 2026-01-09: One"]
    assert (
        archive.decode()
        == """\
# Archive

## 2026-01-05: 第二篇：回报

- [Two](./2026-01-05/two.md)

Prose of people, 中文 too.

- a list

<!-- and a comment -->

## 2025-12-01: Three

- [Three](./2025-12-01/three.md)

The last words.
"""
    )
    assert carried_all(main, archive, ["two", "three"], back=True) == (PAGE.encode(), b"# Archive\n")
