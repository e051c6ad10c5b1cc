"""What a translation has otherwise than its source, where that breaks the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.parity import broken
from aiblog.core.plain_shape import plain_shape
from aiblog.core.shape import _parsed_shape, shape

SOURCE = """\
---
title: GPU
---

# GPU sharing

[中文版](./gpu_zh.md)

Intro.

## Why

Text.

![ROI by year](./img/roi.png)

## How

| a | b |
| --- | --- |
| 1 | 2 |
| 3 | 4 |

```yaml
kind: Pod # one pod
```

### Details

~~~sh
kubectl get pods
~~~

## End
"""

TRANSLATION = """\
# GPU 共享

简介。

## 为什么

正文。

![每年的回报](../img/zh/roi_zh.png)

## 怎么做

| 甲 | 乙 |
| --- | --- |
| 1 | 2 |
| 3 | 4 |

```yml
kind: Pod # 一个 Pod
```

### 细节

```bash
kubectl get pods
```

## 结语
"""


def found(source: str, translation: str) -> list[str]:
    return [f"{each.line}:{each.column} {each.rule} {each.message}" for each in broken(source, translation)]


def without(line: str, text: str = TRANSLATION) -> str:
    assert text.count(f"{line}\n") == 1
    return text.replace(f"{line}\n", "")


def test_a_translation_with_its_own_words_and_pictures_differs_in_nothing() -> None:
    assert found(SOURCE, TRANSLATION) == []
    assert found(TRANSLATION, SOURCE) == []


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_newlines_and_a_byte_order_mark_are_no_difference(change) -> None:  # type: ignore[no-untyped-def]
    assert found(SOURCE, change(TRANSLATION)) == found(change(SOURCE), TRANSLATION) == []


def test_a_heading_that_is_missing_is_found_once_at_the_one_before() -> None:
    assert found(SOURCE, without("### 细节")) == [
        '11:1 parity-headings "Details" (level 3) of the source, line 28, has no counterpart after this heading'
    ]


def test_a_heading_of_another_level_is_found_where_it_stands() -> None:
    assert found(SOURCE, TRANSLATION.replace("### 细节", "## 细节")) == [
        '22:1 parity-headings this heading has level 2; "Details" of the source, line 28, has level 3'
    ]


def test_a_heading_that_the_source_does_not_have_is_found() -> None:
    assert found(SOURCE, TRANSLATION + "\n## 参考 2026\n") == [
        '30:1 parity-headings "参考 2026" (level 2) is no heading of the source'
    ]


def test_of_many_headings_out_of_step_the_first_is_said() -> None:
    source = "".join(f"## Part {number}\n\nText.\n\n" for number in range(30))
    translation = "".join(f"## 第 {number} 部分\n\n正文。\n\n" for number in range(30) if number != 7)
    assert found(source, translation) == [
        '25:1 parity-headings "Part 7" (level 2) of the source, line 29, has no counterpart after this heading'
    ]


def test_an_image_that_is_missing_is_found_where_it_would_stand() -> None:
    assert found(SOURCE, TRANSLATION.replace("![每年的回报](../img/zh/roi_zh.png)", "年年有回报。")) == [
        "9:1 parity-images the image ./img/roi.png of the source, line 15, is missing here"
    ]


def test_an_image_that_the_source_does_not_have_is_found() -> None:
    assert found(SOURCE, TRANSLATION + '\n<img src="more.png">\n') == [
        "30:11 parity-images the image more.png is none of the source's"
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("![a](img/en/a.png)", "![甲](img/zh/a.png)"),
        ("![a](a.png)", "![甲](a.zh-cn.png)"),
        ("![a](a_en.svg)", "![甲](a_cn.svg)"),
        ("![a](a.png)", '<img alt="甲" src="./a.png" width="80">'),
        ("![a](a%20b.png)", "![甲](<a b.png>)"),
        ("![a][r]\n\n[r]: A.png", "![甲](./a.png?raw=true)"),
        ("![a](https://example.org/assets/1-2)", "![甲](https://example.org/assets/1-2)"),
        ("[![a](a.png)](https://example.org)", "[![甲](a.png)](https://example.org/zh/)"),
    ],
)
def test_an_image_may_be_one_in_the_translations_language_or_written_otherwise(ours: str, theirs: str) -> None:
    assert found(ours, theirs) == []


def test_an_image_shown_twice_is_wanted_twice() -> None:
    assert found("![a](a.png)\n\n![a](a.png)", "![甲](a.png)") == [
        "1:1 parity-images the image a.png of the source, line 3, is missing here"
    ]


def test_a_table_with_another_row_or_column_is_found_with_both_sizes() -> None:
    assert found(SOURCE, without("| 3 | 4 |")) == [
        "13:1 parity-tables the table has 1 row and 2 columns; that of the source, line 19, has 2 rows and 2 columns"
    ]
    narrow = TRANSLATION.replace("| 甲 | 乙 |\n| --- | --- |", "| 甲 |\n| --- |")
    assert found(SOURCE, narrow) == [
        "13:1 parity-tables the table has 2 rows and 1 column; that of the source, line 19, has 2 rows and 2 columns"
    ]


def test_a_table_that_is_missing_is_found_in_its_section() -> None:
    no_table = "\n".join(line for line in TRANSLATION.split("\n") if not line.startswith("|"))
    assert found(SOURCE, no_table) == [
        "11:1 parity-tables a table of the source, line 19 (2 rows and 2 columns), is missing here"
    ]
    assert found(no_table, TRANSLATION) == [
        "13:1 parity-tables a table (2 rows and 2 columns) stands here that the source does not have"
    ]


def test_of_three_tables_the_one_that_is_missing_is_found() -> None:
    table = "| a | b |\n| - | - |\n| 1 | 2 |\n"
    wide = "| a | b | c |\n| - | - | - |\n| 1 | 2 | 3 |\n"
    assert found(f"{table}\n{wide}\n{table}", f"{table}\n{table}") == [
        "5:1 parity-tables a table of the source, line 5 (1 row and 3 columns), is missing here"
    ]


def test_a_block_of_code_that_is_missing_is_found_in_its_section() -> None:
    assert found(SOURCE, TRANSLATION.replace("```yml\nkind: Pod # 一个 Pod\n```", "略。")) == [
        "18:1 parity-code a block of code (yaml) of the source, line 24, is missing here"
    ]


def test_a_block_of_code_in_another_language_is_found() -> None:
    assert found(SOURCE, TRANSLATION.replace("```yml", "```json")) == [
        "18:1 parity-code the block of code is json; in the source, line 24, it is yaml"
    ]
    assert found("```\na\n```", "```go title=x\na\n```") == [
        "1:1 parity-code the block of code is go; in the source, line 1, it is of no language"
    ]


def test_comments_front_matter_and_the_switch_line_are_not_compared() -> None:
    extra = "---\ntitle: 甲\n---\n\n<!-- ![x](x.png) -->\n\n<!--\n## 甲\n-->\n\n"
    assert found(SOURCE, extra + TRANSLATION) == []


def test_a_block_alone_is_compared_as_a_whole_text_is() -> None:
    assert found("- a ![x](x.png)\n- b", "- 甲\n- 乙") == [
        "1:1 parity-images the image x.png of the source, line 1, is missing here"
    ]
    assert found("## A", "**甲**") == [
        '1:1 parity-headings "A" (level 2) of the source, line 1, has no counterpart; it was wanted above all others'
    ]
    assert found("", "") == []


WORDS = st.text(st.sampled_from("a b 甲乙，。1 2`*_[]()<>!|#~-\n\\"), max_size=12)
BLOCKS = st.one_of(
    st.builds(lambda level, words: f"{'#' * level} {' '.join(words.split())}", st.integers(1, 6), WORDS),
    WORDS,
    st.builds(
        lambda words: "\n".join(f"{' ' * 2 * number}- {each}" for number, each in enumerate(words)), st.lists(WORDS)
    ),
    st.builds(lambda fence, words: f"{fence}yaml\n{words}\n{fence}", st.sampled_from(["```", "~~~~"]), WORDS),
    st.builds(
        lambda rows: "\n".join(["| a | b |", "| - | - |", *("| 甲 | 2 |" for _ in range(rows))]), st.integers(0, 3)
    ),
    st.sampled_from(
        ["![x](x.png)", "![y](y.png) ![y][y]", "<img src=a.png>", "[^1]: 甲", "a[^1]", "> quote", "<!-- c -->"]
    ),
    st.sampled_from(["<details>\n\n</details>", "[y]: y.png", "    code", "---", "<h2>甲</h2>", "[中文](./a_zh.md)"]),
)
TEXTS = st.lists(BLOCKS, max_size=8).map("\n\n".join)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text_has_all_that_it_has_itself(text: str) -> None:
    assert broken(text, text) == []


LOST = st.sampled_from(
    [
        ("parity-headings", "## 甲"),
        ("parity-images", "![甲](lost.png)"),
        ("parity-code", "```lost\n甲\n```"),
        ("parity-tables", "| a | b | c | d |\n| - | - | - | - |\n| 1 | 2 | 3 | 4 |"),
    ]
)
SOUND = st.lists(
    st.sampled_from(["# A", "## 乙", "Text.", "- a\n- b", "![x](x.png)", "```sh\nx\n```", "| a |\n| - |\n| 1 |"]),
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(SOUND, SOUND, LOST)
def test_what_is_lost_anywhere_is_found(before: list[str], after: list[str], lost: tuple[str, str]) -> None:
    rule, block = lost
    source, translation = "\n\n".join([*before, block, *after]), "\n\n".join([*before, *after])
    assert [each.rule for each in broken(source, translation)] == [rule]
    assert rule in {each.rule for each in broken(translation, source)}
    lines = translation.count("\n") + 1
    assert all(1 <= each.line <= lines and each.column >= 1 for each in broken(source, translation))


PLAIN = st.lists(
    st.one_of(
        st.builds(
            lambda sign, words: f"{sign}{words}",
            st.sampled_from(
                ["", "", "# ", "## ", "###### ", "#", "####### ", "1. ", "1) ", "12", "- ", "+", "=", " ", "> ", "    "]
            ),
            st.text(st.sampled_from("ab甲，。 1!#.-=\u3000\u00a0\u2028\x0b'\"{}"), max_size=6),
        ),
        st.just(""),
    ),
    max_size=8,
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(PLAIN)
def test_a_text_of_prose_has_the_same_shape_with_the_parser_and_without(text: str) -> None:
    with_header = f"---\ntitle: a\n---\n{text}"
    for each in (text, with_header):
        assert shape(each) == _parsed_shape(each)


def test_prose_needs_no_parser() -> None:
    assert plain_shape("# 标题\n\n一段话，\n两行。\n", 0) is not None
    assert plain_shape("# 标题\n\n**一段话**。\n", 0) is None
