"""Anchors as GitHub gives them; the examples are what it gave."""

import pytest

from aiblog.core.anchor import anchors


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Getting Started", "getting-started"),
        ("C++", "c"),
        ("Release 1.2.3", "release-123"),
        ("foo_bar & baz", "foo_bar--baz"),
        ("heading with a - dash", "heading-with-a---dash"),
        ("heading with a period.txt", "heading-with-a-periodtxt"),
        (
            "exchange.bind_headers(exchange, routing [, bindCallback])",
            "exchangebind_headersexchange-routing--bindcallback",
        ),
        ("apostrophe’s should be trimmed", "apostrophes-should-be-trimmed"),
        ("en–dash", "endash"),
        ("😄 unicode emoji", "-unicode-emoji"),
        ("😄-😄 unicode emoji", "--unicode-emoji"),
        ("⚠️ Warning", "\ufe0f-warning"),  # the selector behind the sign is a mark
        ("👨‍💻 Authors", "-authors"),
        (":ok_hand: Single", "ok_hand-single"),
        ("Привет non-latin 你好", "привет-non-latin-你好"),
        ("一、为什么选 Kubernetes？", "一为什么选-kubernetes"),
        ("第 1 章：调度（DRA）", "第-1-章调度dra"),
        ("全角　空格", "全角空格"),
        ("２０２６ 年 ＡＢ", "２０２６-年-ａｂ"),
        ("x² ½ ①", "x--"),
        ("Ⅱ Ⓔ ‿ ー", "ⅱ-ⓔ-‿-ー"),
        ("ΟΔΟΣ", "οδοσ"),
        ("a\nb", "ab"),
        (" a ", "-a-"),
        ("", ""),
        ("？！", ""),
    ],
)
def test_an_anchor_is_githubs(heading: str, anchor: str) -> None:
    assert anchors([heading]) == [anchor]


def test_a_second_heading_of_the_same_text_is_numbered() -> None:
    assert anchors(["总结", "总结", "总结"]) == ["总结", "总结-1", "总结-2"]
    assert anchors(["C", "C++", "c#"]) == ["c", "c-1", "c-2"]
    assert anchors(["", ""]) == ["", "-1"]


def test_a_number_is_never_given_twice() -> None:
    assert anchors(["echo", "echo", "echo 1", "echo-1", "echo"]) == ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]
    assert anchors(["foxtrot-1", "foxtrot", "foxtrot"]) == ["foxtrot-1", "foxtrot", "foxtrot-2"]


def test_many_headings_of_one_text_take_no_longer_each() -> None:
    assert anchors(["x"] * 20_000)[-1] == "x-19999"
