"""Links led on when files move: what they mean stays, and every byte beside a destination."""

from __future__ import annotations

import re
from typing import Literal

import pytest

from aiblog.core.moves import Moves
from aiblog.core.own_urls import Urls, urls_of
from aiblog.core.relinked import Relinked, relinked

FILES = {
    "README.md",
    "docs/notes.md",
    "docs/blog/x.md",
    "docs/blog/中 文.md",
    "docs/blog/p(1).md",
    "docs/blog/h#1.md",
    "docs/blog/100%.md",
    "docs/blog/2026-01-01/roi.md",
    "docs/blog/2026-01-01/roi_zh.md",
    "docs/blog/2026-01-01/a b.png",
}
FOLDERS = {"docs", "docs/blog", "docs/blog/2026-01-01"}
POST = "docs/blog/2026-01-01/roi.md"
ARCHIVED = "docs/archive/blog/2026-01-01/roi.md"
ARCHIVE = Moves(
    {
        path: path.replace("docs/blog/", "docs/archive/blog/")
        for path in FILES
        if path.startswith("docs/blog/2026-01-01/")
    },
    {"docs/blog/2026-01-01": "docs/archive/blog/2026-01-01"},
)


def kind_of(path: str) -> Literal["file", "folder"] | None:
    """What the blog has at a path."""
    return "file" if path in FILES else "folder" if path in FOLDERS else None


def led(text: str, urls: Urls | None = None) -> Relinked:
    """The text of the post when that is archived."""
    return relinked(text.encode(), POST, ARCHIVED, ARCHIVE, kind_of, urls)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](../x.md)", "[a](../../../blog/x.md)"),
        ('![a]( ../x.md?raw=1#z "T")', '![a]( ../../../blog/x.md?raw=1#z "T")'),
        ("[a](<../中 文.md>)", "[a](<../../../blog/中 文.md>)"),
        ("[a](../%E4%B8%AD%20%E6%96%87.md)", "[a](../../../blog/%E4%B8%AD%20%E6%96%87.md)"),
        ("[a](../中%20文.md)", "[a](../../../blog/中%20文.md)"),
        ("[a](../p(1).md)", "[a](../../../blog/p(1).md)"),
        (r"[a](../p\(1\).md)", r"[a](../../../blog/p\(1\).md)"),
        ("[a](..&#47;x.md)", "[a](../../../blog/x.md)"),
        ("[a](../h%231.md#1)", "[a](../../../blog/h%231.md#1)"),
        ("[a](../100%25.md)", "[a](../../../blog/100%25.md)"),
        ("[a](..)", "[a](../../../blog)"),
        ("[a](../)", "[a](../../../blog/)"),
        ("> > [a]:\n> > ../x.md\n", "> > [a]:\n> > ../../../blog/x.md\n"),
        ("- [a\n  b](\n  ../x.md)", "- [a\n  b](\n  ../../../blog/x.md)"),
        ("[![a](../x.md)](../x.md)", "[![a](../../../blog/x.md)](../../../blog/x.md)"),
        ('<a href=../x.md><img src="../p(1).md">', '<a href=../../../blog/x.md><img src="../../../blog/p(1).md">'),
        ("a\n\n[^1]: b [a](../x.md)\n\nc[^1]", "a\n\n[^1]: b [a](../../../blog/x.md)\n\nc[^1]"),
    ],
)
def test_a_link_leads_to_where_its_target_is(before: str, after: str) -> None:
    assert led(before).data.decode() == after


@pytest.mark.parametrize(
    "text",
    [
        "[a](./roi_zh.md) [b](roi.md#x) ![c](<a b.png>) [d](./) [e](../2026-01-01/roi_zh.md)",
        "[a](#x) [b]() [c](?a) [d](<>)",
        "[a](../nope.md) [b](/docs/blog/x.md) [c](//docs/blog/x.md) [d](https://example.org/../x.md)",
        "[a]({{ root }}/../x.md) [b](../x.md{% y %}) [c](${x}/../x.md)",
        "[a](../../../../out.md)",
        "`[a](../x.md)` <!-- [a](../x.md) --> \\[a](../x.md)\n\n    [a](../x.md)\n\n```\n[a](../x.md)\n```\n",
        "---\na: [a](../x.md)\n---\n",
    ],
)
def test_what_means_the_same_or_nothing_stays(text: str) -> None:
    assert led(text) == Relinked(text.encode())


OWN = "https://github.com/o/r/blob/main/docs/blog/2026-01-01/roi.md#x"


def test_addresses_of_own_files_are_counted_and_follow_where_the_settings_say_so() -> None:
    text = f"{OWN} <{OWN}> [a]({OWN}) [b](https://github.com/o/r/blob/v1/docs/blog/2026-01-01/roi.md)"
    left = led(text, urls_of("git@github.com:o/r.git", "main"))
    assert left == (text.encode(), 0, 3)
    followed = led(text, urls_of("https://github.com/O/R", "main", follow=True))
    assert followed == (text.replace("main/docs/blog", "main/docs/archive/blog").encode(), 3, 0)


@pytest.mark.parametrize(
    "written",
    ["p(1).md#x", "<p(1).md#x>", r"p\(1\).md#x", "p%281%29.md#x", "p&#40;1&rpar;.md#x", r"<p\(1&rpar;%2Emd&num;x>"],
)
def test_a_file_that_stays_is_led_on_however_it_names_what_moves(written: str) -> None:
    data = f"\ufeff# 题\r\n\r\n[甲]({written.replace('p', 'docs/blog/p', 1)})\r\n".encode() + b"\xff\r\n"
    moves = Moves({"docs/blog/p(1).md": "docs/blog/新.md"})
    after = relinked(data, "README.md", "README.md", moves, kind_of)
    assert after.links == 1
    assert re.search("docs/blog/新.md(#|&num;)x>?\\)\r\n\ufffd", after.data.decode("utf-8", "replace"))
    assert relinked(data, "README.md", "README.md", Moves({"docs/notes.md": "notes.md"}), kind_of) == Relinked(data)


def test_what_a_name_holds_does_not_end_a_destination_or_a_table_s_cell() -> None:
    text = "| a |\n| - |\n| [x](docs/notes.md) <a href='docs/notes.md'> <docs/notes.md> [z](<docs/notes.md>) |\n"
    moves = Moves({"docs/notes.md": "docs/a|b 'c' (d)).md"})
    after = relinked(text.encode(), "README.md", "README.md", moves, kind_of).data.decode()
    assert after == (
        "| a |\n| - |\n| [x](docs/a%7Cb%20'c'%20%28d%29%29.md) <a href='docs/a%7Cb %27c%27 (d)).md'> <docs/notes.md> "
        "[z](<docs/a%7Cb 'c' (d)).md>) |\n"
    )


def test_a_path_from_the_top_and_a_folder_that_moves_whole_are_followed() -> None:
    text = (
        "[a](/docs/blog/2026-01-01/roi.md#x) <img src='/docs/blog/2026-01-01/a%20b.png'> [b](blog/2026-01-01/) [](blog)"
    )
    after = relinked(text.encode(), "docs/notes.md", "docs/notes.md", ARCHIVE, kind_of)
    assert after.data.decode() == text.replace("blog/2026", "archive/blog/2026")


@pytest.mark.parametrize(("other", "after"), [("./2026-01-01/", "./x.md"), ("2026-01-01/", "x.md"), ("#a", "./x.md")])
def test_where_there_was_no_name_before_the_other_links_say_whether_one_begins_with_a_dot(
    other: str, after: str
) -> None:
    moves = Moves({"docs/blog/x.md": "docs/x.md"})
    text = f"[a]({other}) [b](https://example.org) [c](../x.md)"
    back = relinked(text.encode(), "docs/blog/p(1).md", "docs/blog/p(1).md", moves.reversed(), lambda _: "file")
    assert back.data.decode() == text.replace("../x.md", after)


@pytest.mark.parametrize("written", ["./x.md", "./2026-01-01/", "..", ".", "../notes.md", "./2026-01-01/roi.md"])
def test_a_page_that_comes_back_has_its_links_back(written: str) -> None:
    page, away = "docs/blog/p(1).md", "docs/blog/2026-01-01/p.md"
    moves = Moves({page: away})
    there = relinked(f"[甲]({written})".encode(), page, away, moves, kind_of).data
    assert there.decode() != f"[甲]({written})"
    assert relinked(there, away, page, moves.reversed(), kind_of).data.decode() == f"[甲]({written})"


def test_a_roundabout_way_that_was_one_before_stays() -> None:
    text = b"[a](../2026-01-01/roi_zh.md) [b](../../blog/x.md)"
    moves = Moves({POST: "docs/blog/2026-01-01/other.md"})
    assert relinked(text, POST, moves.of(POST), moves, kind_of) == Relinked(text)
