"""The line that leads to a post's other editions."""

from pathlib import Path

import pytest

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.language import default_language
from aiblog.core.switch_line import SwitchStyle, learned_switch, with_switch_line, without_switch_line

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


def test_a_line_that_lacks_an_edition_is_written_anew_in_its_place() -> None:
    data = "# T\n\n[中文](./x_zh.md)\n\ntext\n".encode()
    three = {**EDITIONS, "ja": "d/x_ja.md"}
    after = with_switch_line(data, EDITIONS["en"], three, (*LANGUAGES, default_language("ja", "_ja")))
    assert after == "# T\n\nEnglish | [中文](./x_zh.md) | [日本語](./x_ja.md)\n\ntext\n".encode()


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
