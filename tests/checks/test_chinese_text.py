"""emphasis-unclosed and punctuation-half-width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from aiblog.checks.emphasis_unclosed import emphasis_unclosed
from aiblog.checks.punctuation_half_width import punctuation_half_width
from aiblog.core.edit import applied
from support.subjects import HEADER, subject

BODY_LINE = HEADER.count("\n") + 1


def _emphasis(text: str) -> list[tuple[int, int, str]]:
    return [
        (each.line - BODY_LINE + 1, each.column, each.message) for each in emphasis_unclosed(subject(HEADER + text))
    ]


@pytest.mark.parametrize(
    ("text", "column", "between"),
    [
        ("**草案（Draft）**组件", 1, 'the closing ** stands between "）" and "组"'),
        ("这是**“引文”，**的意思", 3, 'the closing ** stands between "，" and "的"'),
        ("他说**（注）**。", 3, 'the opening ** stands between "说" and "（"'),
        ("*注意！*定期升级", 1, 'the closing * stands between "！" and "定"'),
        ("***都要（all）***的", 1, 'the closing *** stands between "）" and "的"'),
        ("**见 [文档](https://example.org)（新）**后面", 1, 'the closing ** stands between "）" and "后"'),
        ("**带 `code`（例）**后面", 1, 'the closing ** stands between "）" and "后"'),
        ("中文 **Draft.**组件", 4, 'the closing ** stands between "." and "组"'),
        ("**第一行\n第二行（完）**后面", 1, 'the closing ** stands between "）" and "后"'),
        ("- 一项 **甲（乙）**丙", 6, 'the closing ** stands between "）" and "丙"'),
        ("| 表 |\n| --- |\n| **甲（乙）**丙 |", 3, 'the closing ** stands between "）" and "丙"'),
    ],
)
def test_emphasis_that_shows_its_asterisks_is_found_where_it_begins(text: str, column: int, between: str) -> None:
    (found,) = _emphasis(f"{text}\n")
    assert found[1] == column
    assert found[2].endswith(f"shows its asterisks: {between}")


@pytest.mark.parametrize(
    "text",
    [
        "**草案**（Draft）组件",
        "**草案（Draft）** 组件",
        "**草案（Draft）**，组件",
        "**草案（Draft）**\n组件",
        "`**草案（Draft）**组件`",
        "```text\n**草案（Draft）**组件\n```",
        "<!-- **草案（Draft）**组件 -->",
        r"\*\*草案（Draft）\*\*组件",
        "5 * 3 和（甲）* 乙",
        "L*x 和 L*y",
        "通配符 *.md 与 *.py 文件",
        "一个*（没有第二个）",
        "**甲（乙）\n\n丙）**丁",
        "snake_case 与 __dunder__",
        "**word).**more",
    ],
)
def test_what_readers_see_as_meant_is_no_finding(text: str) -> None:
    assert _emphasis(f"{text}\n") == []


def test_a_long_text_is_shown_by_its_ends() -> None:
    ((_, _, message),) = _emphasis(f"**{'很长' * 40}（完）**后面\n")
    assert len(message) < 120
    assert "…" in message


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_half_width_punctuation_is_mended_where_chinese_stands_on_both_sides(bom: str, newline: str) -> None:
    text = "甲,乙;丙:丁!戊?己.庚 a,b 甲, 乙 3:4 `甲,乙` [甲,乙](甲,乙.md) **甲**,乙\n".replace("\n", newline)
    post = subject((bom + HEADER.replace("\n", newline) + text).encode())
    places = list(punctuation_half_width(post))
    assert [each.message[1] for each in places] == [",", ";", ":", "!", "?", ".", ","]
    after = applied(post.data, [edit for each in places for edit in each.edits]).decode()
    wanted = "甲，乙；丙：丁！戊？己。庚 a,b 甲, 乙 3:4 `甲,乙` [甲，乙](甲,乙.md) **甲**,乙\n"
    assert after == bom + HEADER.replace("\n", newline) + wanted.replace("\n", newline)


@given(st.text(alphabet="*甲（）ab _`，\n", max_size=60))
@example_settings(max_examples=150, deadline=None)
def test_a_place_is_always_an_asterisk(text: str) -> None:
    lines = (HEADER + text).split("\n")
    for place in emphasis_unclosed(subject(HEADER + text)):
        assert lines[place.line - 1][place.column - 1] == "*"


def test_a_file_that_is_no_utf_8_is_not_mended_at_offsets_that_are_not_its_own() -> None:
    data = HEADER.encode() + "调度器,控制器 ".encode() + b"\xff\n"
    (place,) = punctuation_half_width(subject(data))
    assert place.edits == ()
