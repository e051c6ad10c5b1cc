"""Entries of posts that move: another date, another place, another index; what people wrote goes with them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aiblog.core.index import listed
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
            path = posixpath.normpath(posixpath.join(posixpath.dirname(here), match[2]))
            new = posixpath.relpath(path, posixpath.dirname(there))
            return f"{match[1]}{new if new.startswith('..') else f'./{new}'}"

        return re.sub(r"(\]\(|\]: )([^)\s#:]+)(?=[)\n ]|$)", to, text.decode()).encode()

    return lead


def carried_all(
    main: bytes, archive: bytes, slugs: Collection[str], *, back: bool = False, others: frozenset[str] = frozenset()
) -> tuple[bytes, bytes]:
    """Both after the posts of those slugs were archived (or came back): the links that lead to them first."""
    moves = {path: f"archive{path.removeprefix('blog')}" for path in EDITIONS if slug_of(path) in slugs}
    editions = {path for path in EDITIONS if path not in moves} | (set(moves) if back else set(moves.values())) | others
    moves = {new: old for old, new in moves.items()} if back else moves
    main, archive = led_to(main, MAIN.path, moves), led_to(archive, ARCHIVE.path, moves)
    posts = set(moves.values())
    if back:
        lead = led_from(ARCHIVE.path, MAIN.path)
        return carried(archive, ARCHIVE, main, MAIN, posts=posts, editions=editions, lead=lead)[::-1]
    lead = led_from(MAIN.path, ARCHIVE.path)
    return carried(main, MAIN, archive, ARCHIVE, posts=posts, editions=editions, lead=lead)


def slug_of(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md").removesuffix("_zh")


def led_to(data: bytes, index: str, moves: Mapping[str, str]) -> bytes:
    text = data.decode()
    for old, new in moves.items():
        was, now = (posixpath.relpath(each, posixpath.dirname(index)) for each in (old, new))
        was, now = (each if each.startswith("..") else f"./{each}" for each in (was, now))
        text = text.replace(f"]({was})", f"]({now})").replace(f"]: {was}", f"]: {now}")
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


PROSE = (
    "",
    "\nProse, 中文散文。\n",
    "\nA list:\n\n- one\n- [two](../two.md)\n",
    "\n### A heading in it\n\n```text\n## 2026-01-01: no heading\n```\n",
    "\n<!-- a comment -->\n\n| a | b |\n| - | - |\n| 表 | [x](https://example.org) |\n",
    "\n> quoted\n\n![picture](./pictures/one.png)\n",
)
TOPS = (
    "# Blog\n",
    "---\nlast_updated: 2026-01-01\n---\n\n# Blog\n\nWords.\n",
    "# Blog\n\nWords.\n\n## About\n\nMore.\n",
)
FOOTERS = ("", "\n---\n\nFooter.\n", "\n<!-- end -->\n", "\n[site]: https://example.org\n")
DAYS = [f"2026-01-{day:02}" for day in range(1, 29)]


@st.composite
def books(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An index in date order, several entries of a day among them, and its posts as `DATE/slug`."""
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=6)), reverse=True)
    posts = [f"{day}/post-{number}" for number, day in enumerate(days)]
    between = "\n" * draw(st.integers(1, 2))
    style = draw(st.sampled_from(["inline", "below", "block"]))
    links = [f"(./{post}.md)" if style == "inline" else f"[{post[11:]}]" for post in posts]
    defined = [f"[{post[11:]}]: ./{post}.md\n" for post in posts]
    entries = [
        f"## {post[:10]}: 标题 {number}\n\n- [Post]{links[number]}\n"
        + draw(st.sampled_from(PROSE))
        + (f"\n{defined[number]}" if style == "below" else "")
        for number, post in enumerate(posts)
    ]
    footer = "\n" + "".join(defined) if style == "block" else draw(st.sampled_from(FOOTERS))
    return draw(st.sampled_from(TOPS)) + between + between.join(entries) + footer, posts


@given(books(), st.data())
def test_any_days_that_are_archived_come_back_to_where_they_were(
    book: tuple[str, list[str]], data: st.DataObject
) -> None:
    main, posts = book
    archive, old = data.draw(
        books().map(
            lambda each: (each[0].replace("post-", "old-"), [post.replace("post-", "old-") for post in each[1]])
        )
        | st.just(("# Archive\n", []))
    )
    days = data.draw(st.sets(st.sampled_from(posts).map(lambda post: post[:10])))
    left = [post for post in posts if post[:10] not in days]  # an index shows less and less where things stood
    assume(left or "## About" not in main)
    assume(len(left) > 1 or "\n[" not in main)
    staying = {f"archive/{each}.md" for each in old} | {f"blog/{each}.md" for each in posts if each[:10] not in days}
    going = [each for each in posts if each[:10] in days]
    there, here = {f"archive/{each}.md" for each in going}, {f"blog/{each}.md" for each in going}
    moves = dict(zip(sorted(here), sorted(there), strict=True))
    led = led_to(main.encode(), MAIN.path, moves)
    left, kept = carried(
        led,
        MAIN,
        archive.encode(),
        ARCHIVE,
        posts=there,
        editions=there | staying,
        lead=led_from(MAIN.path, ARCHIVE.path),
    )
    assert not listed(left, MAIN, there)
    assert listed(kept, ARCHIVE, there) == there
    led = led_to(kept, ARCHIVE.path, {new: old for old, new in moves.items()})
    lead = led_from(ARCHIVE.path, MAIN.path)
    assert carried(led, ARCHIVE, left, MAIN, posts=here, editions=here | staying, lead=lead)[::-1] == (
        main.encode(),
        archive.encode(),
    )


@given(books(), st.data())
def test_a_post_that_is_redated_and_back_stands_where_it_stood(
    book: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, posts = book
    post = data.draw(st.sampled_from(posts))
    was, date = post[:10], data.draw(st.sampled_from(sorted({*DAYS, "2025-12-01", "2026-03-01"})))
    assume([each[:10] for each in posts].count(was) == 1 and date not in {each[:10] for each in posts})
    assume(not text.endswith("<!-- end -->\n"))  # an entry's own last comment is the page's at its end
    now = post.replace(was, date)
    there, here = {f"blog/{now}.md"}, {f"blog/{post}.md"}
    others = {f"blog/{each}.md" for each in posts if each != post}
    led = text.encode().replace(post.encode(), now.encode())
    after = redated(led, MAIN, there, was=was, date=date, editions=there | others)
    dates = [heading[3:13] for heading in headings(after.decode()) if heading[3:7].isdigit()]
    assert [each for each in dates if each != "2026-01-01"] == sorted(
        (each for each in dates if each != "2026-01-01"), reverse=True
    )
    back = after.replace(now.encode(), post.encode())
    assert redated(back, MAIN, here, was=date, date=was, editions=here | others) == text.encode()


LIST = Index("README.md", "list", under="博客", complete=True)
BULLETS = """\
# Repository

## 博客

- [All posts](./blog/README.md)
- 2026-01-09 [One](./blog/2026-01-09/one.md)
  | [中文版](./blog/2026-01-09/one_zh.md)
- [Two](./blog/2026-01-05/two.md) (2026-01-05)
- [Three: 2025-12-01](./blog/2025-12-01/three.md)

## License
"""


def test_a_complete_list_in_order_is_sorted_and_a_selection_says_the_date_where_it_stands() -> None:
    whole = moved(BULLETS, "2026-01-09", "2025-12-24", LIST)
    lines = "- 2025-12-24 [One](./blog/2025-12-24/one.md)\n  | [中文版](./blog/2025-12-24/one_zh.md)\n"
    assert whole == BULLETS.replace("2026-01-09", "2025-12-24").replace(lines, "").replace(
        "- [Three", f"{lines}- [Three"
    )
    some = moved(BULLETS, "2026-01-09", "2025-12-24", LIST._replace(complete=False))
    assert some == BULLETS.replace("2026-01-09", "2025-12-24")
    assert "(2026-03-01)" in moved(BULLETS, "2026-01-05", "2026-03-01", LIST)
    assert "[Three: 2024-01-01]" in moved(BULLETS, "2025-12-01", "2024-01-01", LIST)


@pytest.mark.parametrize(
    "words",
    [
        "2026-01-05: 第二篇",
        "2026-01-04: another day",
        "2026-01-05: what 2026-01-05 was",
        "Two ([x](https://x.org/2026-01-05))",
    ],
)
def test_only_a_date_that_is_the_entrys_own_follows(words: str) -> None:
    text = PAGE.replace("2026-01-05: 第二篇：回报", words)
    after = moved(text, "2026-01-05", "2026-01-06")
    assert (words in after) == (words != "2026-01-05: 第二篇")


def test_words_before_a_link_do_not_hide_a_redated_entry() -> None:
    text = PAGE.replace("- [Two]", "- 中文 [Two]")
    assert headings(moved(text, "2026-01-05", "2026-02-01"))[0] == "## 2026-02-01: 第二篇：回报"


def test_an_entry_of_several_posts_stays_where_it_is() -> None:
    text = (
        PAGE.replace("## 2026-01-05: 第二篇：回报", "## 2026-01")
        .replace("- [Two](./2026-01-05/two.md)\n", "- [Two](./2026-01-05/two.md)\n- [Three](./2025-12-01/three.md)\n")
        .replace("## 2026-01\n", "## 2026-01-05\n")
    )
    after = moved(text, "2026-01-05", "2026-02-01")
    assert headings(after) == headings(text)
    main, archive = carried_all(text.encode(), b"# Archive\n", ["two"])
    assert headings(main.decode()) == headings(text)
    assert archive == b"# Archive\n"
    assert b"](../archive/2026-01-05/two.md)" in main


def test_a_heading_takes_the_level_of_the_other_index_and_its_own_again() -> None:
    text = PAGE.replace("Prose of people", "### A part\n\nProse of people")
    archive = b"# Archive\r\n\r\n### 2024-01-01: Old\r\n\r\n- [Old](./2024-01-01/old.md)\r\n"
    with_old = frozenset({"archive/2024-01-01/old.md"})
    main, after = carried_all(text.encode(), archive, ["two"], others=with_old)
    assert b"### 2026-01-05: \xe7" in after
    assert b"\r\n#### A part\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")
    assert carried_all(main, after, ["two"], back=True, others=with_old) == (text.encode(), archive)


def test_an_entry_whose_heading_cannot_have_the_level_stays() -> None:
    text = PAGE.replace("Prose of people", "###### Low\n\nProse of people")
    archive = b"# Archive\n\n### 2024-01-01: Old\n\n- [Old](./2024-01-01/old.md)\n"
    main, after = carried_all(text.encode(), archive, ["two"], others=frozenset({"archive/2024-01-01/old.md"}))
    assert headings(main.decode()) == headings(text)
    assert after == archive


@pytest.mark.parametrize(("shared", "stays"), [("[Two][2]", False), ("[Two][2] and [two][2] again", True)])
def test_a_reference_never_loses_its_definition(shared: str, stays: bool) -> None:
    text = PAGE.replace("[Two](./2026-01-05/two.md)", "[Two][2]").replace(
        "a list\n", "a list\n\n[2]: ./2026-01-05/two.md\n"
    )
    if stays:
        text = text.replace("The last words.", "The last words on [it][2].")
    main, archive = carried_all(text.encode(), b"# Archive\n", ["two"])
    assert (b"[2]: " in main) == stays
    assert (b"[2]: ./2026-01-05/two.md" in archive) != stays


DEFINED = (
    (
        PAGE.replace("[One](./2026-01-09/one.md)", "[One][1]").replace("[Two](./2026-01-05/two.md)", "[Two][第二]")
        + "\n[1]: ./2026-01-09/one.md\n[第二]: ./2026-01-05/two.md 'A title'\n[K8s]: https://kubernetes.io\n"
    )
    .replace("The last words.", "The last words on [K8s].")
    .replace("<!-- and a comment -->", "A *last* line.")
)


@pytest.mark.parametrize("slugs", [["two"], ["one", "two"], ["three"], ["one"]])
@pytest.mark.parametrize("archive", ["# Archive\n", "# Archive\n\n[other]: ./2024-01-01/other.md\n"])
def test_definitions_at_the_end_come_along_and_come_back(slugs: list[str], archive: str) -> None:
    main, after = carried_all(DEFINED.encode(), archive.encode(), slugs)
    assert (b"[1]: " in main, b"[1]: ./2026-01-09/one.md\n" in after) == ("one" not in slugs, "one" in slugs)
    assert ("[第二]: ".encode() in main) == ("two" not in slugs)
    assert ("[第二]: ./2026-01-05/two.md 'A title'\n".encode() in after) == ("two" in slugs)
    assert (b"[K8s]: " in main) == ("three" not in slugs)
    assert carried_all(main, after, slugs, back=True) == (DEFINED.encode(), archive.encode())


def test_an_entry_whose_definition_means_something_else_there_stays() -> None:
    archive = b"# Archive\n\n[1]: ./2024-01-01/other.md\n"
    main, after = carried_all(DEFINED.encode(), archive, ["one"])
    assert headings(main.decode()) == headings(DEFINED)
    assert after == archive


def test_an_entry_that_the_other_index_has_already_goes_where_nobody_wrote_in_it() -> None:
    _main, archive = carried_all(PAGE.encode(), b"# Archive\n", ["one", "two"])
    again, after = carried_all(PAGE.encode(), archive, ["one", "two"])
    assert headings(again.decode()) == ["## 2026-01-05: 第二篇：回报", "## 2025-12-01: Three"]
    assert after == archive


def test_between_a_list_and_sections_nothing_is_carried() -> None:
    posts, editions = {"archive/2026-01-05/two.md"}, {*EDITIONS, "archive/2026-01-05/two.md"}
    text = BULLETS.replace("./blog/2026-01-05", "./archive/2026-01-05").encode()
    lead = led_from(LIST.path, ARCHIVE.path)
    assert carried(text, LIST, b"# Archive\n", ARCHIVE, posts=posts, editions=editions, lead=lead) == (
        text,
        b"# Archive\n",
    )


@pytest.mark.parametrize("slugs", [["one"], ["two"], ["three"], ["one", "three"], ["one", "two", "three"]])
@pytest.mark.parametrize(
    "archive", ["# Archive\n", "# Archive\n\n- [All](./all.md)\n", "# Archive\n\n* [Old](./2024-01-01/old.md)\n"]
)
def test_bullets_are_carried_from_list_to_list_and_back(slugs: list[str], archive: str) -> None:
    there = Index("archive/README.md", "list", complete=True)
    moves = {each: f"archive{each.removeprefix('blog')}" for each in EDITIONS if slug_of(each) in slugs}
    rest = {*EDITIONS, "archive/2024-01-01/old.md"} - set(moves)
    led, posts = led_to(BULLETS.encode(), LIST.path, moves), set(moves.values())
    left, kept = carried(
        led, LIST, archive.encode(), there, posts=posts, editions=rest | posts, lead=led_from(LIST.path, there.path)
    )
    assert listed(kept, there, posts) == posts
    assert not listed(left, LIST, posts)
    back = {new: old for old, new in moves.items()}
    led, posts = led_to(kept, there.path, back), set(back.values())
    after = carried(led, there, left, LIST, posts=posts, editions=rest | posts, lead=led_from(there.path, LIST.path))
    assert after == (archive.encode(), BULLETS.encode())
