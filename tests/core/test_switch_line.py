"""The line that leads to a post's other editions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.language import default_language
from aiblog.core.switch_line import SwitchStyle, leads_to, learned_switch, without_switch_line
from aiblog.core.switch_writing import with_switch_line

LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"))
EDITIONS = {"en": "d/x.md", "zh": "d/x_zh.md"}


def test_the_switch_line_stands_under_the_h1_of_both_editions_and_is_not_doubled() -> None:
    english = with_switch_line(b"# T\n\ntext\n", EDITIONS["en"], EDITIONS, LANGUAGES)
    chinese = with_switch_line("---\na: b\n---\n\n# 题\n正文".encode(), EDITIONS["zh"], EDITIONS, LANGUAGES)
    assert english == "# T\n\nEnglish | [中文](./x_zh.md)\n\ntext\n".encode()
    assert chinese == "---\na: b\n---\n\n# 题\n\n[English](./x.md) | 中文\n\n正文".encode()
    assert with_switch_line(english, EDITIONS["en"], EDITIONS, LANGUAGES) == english
    three = {**EDITIONS, "ja": "d/x_ja.md"}
    again = with_switch_line(english, EDITIONS["en"], three, (*LANGUAGES, default_language("ja", "_ja")))
    assert again == "# T\n\nEnglish | [中文](./x_zh.md) | [日本語](./x_ja.md)\n\ntext\n".encode()


@pytest.mark.parametrize(
    "line",
    [
        "[中文](./x_zh.md)", "English / [简体中文](x_zh.md)", "[Chinese](./x_zh.md) | **English**",
        "🌐 [中文](./x_zh.md)", "🇬🇧 English | 🇨🇳 [中文](./x_zh.md)", "> [中文](x_zh.md)", "*[中文](x_zh.md)*",
        "English｜[中文](x_zh.md)", "[English](x.md)/[中文](x_zh.md)", "[English](x.md) - [中文](x_zh.md)",
        "([中文](./x_zh.md))", 'English | [中文](./x_zh.md "中文")', "【[中文](%78_zh.md)】",
    ],
)  # fmt: skip
def test_a_switch_line_of_people_is_left(line: str) -> None:
    data = f"# T\r\n\r\n{line}\r\n\r\ntext".encode()
    assert with_switch_line(data, EDITIONS["en"], EDITIONS, LANGUAGES) == data
    assert without_switch_line(data.decode(), EDITIONS["en"]) == "# T\r\n\r\ntext"


@pytest.mark.parametrize(
    "head",
    [
        "[中文](x_zh.md)\n\n# T", "# T\n\n- [English](x.md)\n- [中文](x_zh.md)", '# T\n\n<a href="x_zh.md">中文</a>',
        "# T\n\nBy Ada, 2026-01-01\n\n[中文](./x_zh.md)", "# T\n[中文](./x_zh.md)",
        "# T\n\nThis was [first written in Chinese](x_zh.md).",
    ],
)  # fmt: skip
def test_a_page_that_leads_to_its_editions_in_another_way_gets_no_second_one(head: str) -> None:
    data = f"{head}\ntext\n\n## More\n".encode()
    assert with_switch_line(data, EDITIONS["en"], EDITIONS, LANGUAGES) == data
    three = {**EDITIONS, "ja": "d/x_ja.md"}
    after = with_switch_line(data, EDITIONS["en"], three, (*LANGUAGES, default_language("ja", "_ja"))).decode()
    assert "[中文](./x_zh.md) | [日本語](./x_ja.md)" in after
    later = f"# T\n\ntext\n\n## More\n\n{head.removeprefix('# T').strip()}\n".encode()
    assert with_switch_line(later, EDITIONS["en"], EDITIONS, LANGUAGES) != later


@pytest.mark.parametrize("line", ["See [part two](./x-2.md)", "First [this](./x_zh.md), then on", "![x](x_zh.md)"])
def test_words_beside_a_link_are_prose(line: str) -> None:
    assert without_switch_line(f"# T\n\n{line}\n\ntext", EDITIONS["en"]) == f"# T\n\n{line}\n\ntext"


def test_a_name_with_a_number_sign_is_one_link() -> None:
    editions = {"en": "d/c#.md", "zh": "d/c#_zh.md"}
    once = with_switch_line(b"# T\n", editions["en"], editions, LANGUAGES)
    assert once == "# T\n\nEnglish | [中文](./c%23_zh.md)\n".encode()
    assert with_switch_line(once, editions["en"], editions, LANGUAGES) == once


THREE = {**EDITIONS, "ja": "d/x_ja.md"}
LANGUAGES_OF_THREE = (*LANGUAGES, default_language("ja", "_ja"))


def _line(before: str, editions: Mapping[str, str], path: str = "d/x.md", there: Collection[str] = ()) -> str:
    """The switch line that a page has instead of `before`; "" for none."""
    data = f"# T\n\n{before}\n\ntext\n".encode()
    after = with_switch_line(data, path, editions, LANGUAGES_OF_THREE, None, there.__contains__)
    assert with_switch_line(after, path, editions, LANGUAGES_OF_THREE, None, there.__contains__) == after
    if after == b"# T\n\ntext\n":
        return ""
    assert after.startswith(b"# T\n\n")
    assert after.endswith(b"\n\ntext\n")
    return after.decode().removeprefix("# T\n\n").removesuffix("\n\ntext\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("English | [中文](./x_zh.md)", "English | [中文](./x_zh.md) | [日本語](./x_ja.md)"),
        ("[中文](./x_zh.md)", "[中文](./x_zh.md) | [日本語](./x_ja.md)"),
        ("English | [简体中文](./x_zh.md)", "English | [简体中文](./x_zh.md) | [日本語](./x_ja.md)"),
        ("English / [中文](x_zh.md)", "English / [中文](x_zh.md) / [日本語](./x_ja.md)"),
        ("*[中文](x_zh.md)*", "*[中文](x_zh.md) | [日本語](./x_ja.md)*"),
        ("[English](x.md)/[中文](x_zh.md)", "[English](x.md)/[中文](x_zh.md)/[日本語](./x_ja.md)"),
        ("🇬🇧 English | 🇨🇳 [中文](./x_zh.md)", "🇬🇧 English | 🇨🇳 [中文](./x_zh.md) | [日本語](./x_ja.md)"),
    ],
)
def test_a_line_gains_the_edition_it_lacks_and_keeps_its_words(before: str, after: str) -> None:
    assert _line(before, THREE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("English | [中文](./x_zh.md) | [日本語](./x_ja.md)", "English | [中文](./x_zh.md)"),
        ("[日本語](./x_ja.md) | [汉语](./x_zh.md)", "[汉语](./x_zh.md)"),
        ("> [日本語](x_ja.md) / [中文](x_zh.md)", "> [中文](x_zh.md)"),
        ("[English](x.md)/[日本語](x_ja.md)/[中文](x_zh.md)", "[English](x.md)/[中文](x_zh.md)"),
        ("([中文](./x_zh.md) | [日本語](./x_ja.md))", "([中文](./x_zh.md))"),
        ("🇨🇳 [中文](./x_zh.md) | 🇯🇵 [日本語](./x_ja.md)", "English | [中文](./x_zh.md)"),
    ],
)
def test_an_edition_that_is_gone_is_taken_out_of_the_line(before: str, after: str) -> None:
    assert _line(before, EDITIONS) == after


@pytest.mark.parametrize(
    "line", ["English | [中文](./x_zh.md)", "[English](x.md) | [中文](x_zh.md)", "*[中文版](x_zh.md)*"]
)
def test_a_line_that_leads_to_no_other_edition_goes(line: str) -> None:
    assert _line(line, {"en": "d/x.md"}) == ""
    for data in (f"# T\n\n{line}\n", f"# T\n\n{line}"):
        after = with_switch_line(data.encode(), "d/x.md", {"en": "d/x.md"}, LANGUAGES)
        assert after == b"# T\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("English | [中文](./x_zh-cn.md)", "English | [中文](./x_zh.md)"),
        ("English / [简体中文](x.zh.md)", "English / [简体中文](x_zh.md)"),
        ("[中文](<x_zh-cn.md>) · [日本語](x_ja.md)", "[中文](<x_zh.md>)"),
        ("[x](./x_de.md)", "English | [中文](./x_zh.md)"),
    ],
)
def test_a_link_to_an_edition_that_moved_leads_to_where_it_is(before: str, after: str) -> None:
    assert _line(before, EDITIONS) == after


def test_a_file_that_is_there_but_no_edition_of_the_blog_stays_in_the_line() -> None:
    line = "[中文](./x_zh.md) | [Deutsch](./x_de.md)"
    assert _line(line, EDITIONS, there=["d/x_de.md"]) == line
    assert _line(line, THREE, there=["d/x_de.md"]) == f"{line} | [日本語](./x_ja.md)"
    assert _line(line, {"en": "d/x.md"}, there=["d/x_de.md"]) == "[Deutsch](./x_de.md)"


def test_a_blog_whose_theme_leads_to_the_editions_gets_no_line_and_a_line_that_is_there_stays_right() -> None:
    none = SwitchStyle(unwritten=True)
    plain = b"# T\n\ntext\n"
    assert with_switch_line(plain, EDITIONS["en"], EDITIONS, LANGUAGES, none) == plain
    stale = "# T\n\n[中文](./x_zh.md) | [日本語](./x_ja.md)\n".encode()
    after = with_switch_line(stale, EDITIONS["en"], EDITIONS, LANGUAGES, none)
    assert after == "# T\n\n[中文](./x_zh.md)\n".encode()


@given(
    st.lists(st.sets(st.sampled_from(["zh", "ja", "pt-br"])), min_size=1, max_size=5),
    st.sampled_from(["# T\n\ntext\n", "# 题\r\n\r\n正文\r\n", "text", "T\n=\n\n## S\n", "\ufeff# T\n"]),
    st.sampled_from([None, SwitchStyle(alone=True), SwitchStyle(labels={"zh": "简体中文", "en": "EN"})]),
)
def test_whatever_editions_come_and_go_the_line_leads_to_those_that_are_there(
    steps: list[set[str]], body: str, style: SwitchStyle | None
) -> None:
    languages = (*LANGUAGES_OF_THREE, default_language("pt-br", "_pt-br"))
    data = body.encode()
    for step in steps:
        editions = {"en": "d/x.md"} | {code: f"d/x_{code}.md" for code in step}
        data = with_switch_line(data, "d/x.md", editions, languages, style)
        assert leads_to(data.decode(), "d/x.md") == {path for path in editions.values() if path != "d/x.md"}
        assert with_switch_line(data, "d/x.md", editions, languages, style) == data
    alone = with_switch_line(data, "d/x.md", {"en": "d/x.md"}, languages, style)
    assert re.sub(rb"[\r\n]", b"", alone) == re.sub(rb"[\r\n]", b"", body.encode())


TOKENS = [
    "[中文]",
    "(./x_zh.md)",
    "(x_ja.md)",
    "[x](x_de.md)",
    " | ",
    "/",
    "> ",
    "English",
    "# T\n\n",
    "\n\n",
    "*",
    "<",
    "`",
]


@given(st.lists(st.sampled_from(TOKENS) | st.text(alphabet="ab [](){}|/*_<>`#!\\中文\n-", max_size=6)).map("".join))
def test_any_text_takes_the_line_once(text: str) -> None:
    once = with_switch_line(f"\n{text}".encode(), EDITIONS["en"], THREE, LANGUAGES_OF_THREE)
    assert with_switch_line(once, EDITIONS["en"], THREE, LANGUAGES_OF_THREE) == once
    fewer = with_switch_line(once, EDITIONS["en"], EDITIONS, LANGUAGES_OF_THREE)
    assert with_switch_line(fewer, EDITIONS["en"], EDITIONS, LANGUAGES_OF_THREE) == fewer


def test_a_link_to_another_post_is_no_switch_line() -> None:
    data = b"# T\n\n[First part](./other.md)\n\ntext\n"
    after = with_switch_line(data, EDITIONS["en"], EDITIONS, LANGUAGES)
    assert after == "# T\n\nEnglish | [中文](./x_zh.md)\n\n[First part](./other.md)\n\ntext\n".encode()
    assert without_switch_line(data.decode(), EDITIONS["en"]) == data.decode()
    assert without_switch_line(after.decode(), EDITIONS["en"]) == data.decode()


def test_a_slug_that_ends_like_a_language_is_no_obstacle() -> None:
    editions = {"en": "d/gen-ai.md", "zh": "d/gen-ai_zh.md"}
    once = with_switch_line(b"# T\n\ntext\n", editions["en"], editions, LANGUAGES)
    assert with_switch_line(once, editions["en"], editions, LANGUAGES) == once


def test_the_line_of_an_edition_in_another_folder_is_found_again() -> None:
    editions = {"en": "en/2026-01-01-x.md", "zh": "zh/2026-01-01-x.md"}
    once = with_switch_line(b"# T\n", editions["en"], editions, LANGUAGES)
    assert once == "# T\n\nEnglish | [中文](../zh/2026-01-01-x.md)\n".encode()
    assert with_switch_line(once, editions["en"], editions, LANGUAGES) == once


@pytest.mark.parametrize("data", [b"# T\r\ntext\nmixed\r\n", b"\xef\xbb\xbf# T\r\n\r\ntext", b"x\r\n# T"])
def test_every_other_byte_stays(data: bytes) -> None:
    after = with_switch_line(data, EDITIONS["en"], EDITIONS, LANGUAGES)
    line = "English | [中文](./x_zh.md)\r\n".encode()
    assert after.count(line) == 1
    assert after.replace(line, b"").replace(b"\r\n", b"") == data.replace(b"\r\n", b"")


def test_the_hash_of_a_source_does_not_change_with_its_line() -> None:
    data = b"# T\n\ntext\n"
    assert source_hash(with_switch_line(data, EDITIONS["en"], EDITIONS, LANGUAGES)) == source_hash(data)


@pytest.mark.parametrize("body", ["", "\n", "text", "# T", "# T\n", "T\n=\n\nx\n", "\n\n# T\n## S\n"])
def test_any_body_takes_a_switch_line_once(body: str) -> None:
    once = with_switch_line(body.encode(), EDITIONS["en"], EDITIONS, LANGUAGES)
    assert once.count(b"x_zh.md") == 1
    assert with_switch_line(once, EDITIONS["en"], EDITIONS, LANGUAGES) == once


def test_the_blogs_own_style_is_learned(corpus: Path) -> None:
    files = {
        path.relative_to(corpus).as_posix(): path.read_text(encoding="utf-8")
        for path in (corpus / "docs/blog").glob("*/*.md")
    }
    editions = []
    for path, text in files.items():
        other = path.replace("_zh.md", ".md") if path.endswith("_zh.md") else path.replace(".md", "_zh.md")
        if other in files:
            pair = {
                "en": min(path, other, key=lambda each: each.endswith("_zh.md")),
                "zh": max(path, other, key=lambda each: each.endswith("_zh.md")),
            }
            editions.append((path, text[header.read(text.encode()).end :], pair))
    style = learned_switch(editions)
    assert style == SwitchStyle(alone=True, labels={"zh": "中文版", "en": "English Version"})
    line = with_switch_line(b"# T\n", EDITIONS["en"], EDITIONS, LANGUAGES, style)
    assert "\n[中文版](./x_zh.md)\n" in line.decode()
