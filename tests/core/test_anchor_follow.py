"""Links to places of the page itself, in a translation whose headings are translated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiblog.core.anchor_follow import followed
from aiblog.core.page_anchors import anchors_of, folded

PATH = "d/roi_zh.md"
SOURCE = "# The ROI\n\n## The method\n\n### In short\n\n## The method\n\n## FAQ\n"
TRANSLATION = "# 回报\n\n## 方法（草案）\n\n### 一句话 & 更多\n\n## 方法（草案）\n\n## FAQ\n"


def _led(link: str, translation: str = TRANSLATION, source: str = SOURCE) -> str:
    return followed(f"{translation}\n见{link}\n", source, PATH).removeprefix(f"{translation}\n见").removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[方法](#the-method)", "[方法](#方法草案)"),
        ("[方法](#the-method-1)", "[方法](#方法草案-1)"),
        ("[一](#In-Short)", "[一](#一句话--更多)"),
        ("[方法](./roi_zh.md#the-method)", "[方法](./roi_zh.md#方法草案)"),
        ("[方法](roi_zh.md#the-method 'x')", "[方法](roi_zh.md#方法草案 'x')"),
        ("[方法](<#the-method>)", "[方法](<#方法草案>)"),
        ('<a href="#the-method">方法</a>', '<a href="#方法草案">方法</a>'),
        ("[方法][m]\n\n[m]: #the-method", "[方法][m]\n\n[m]: #方法草案"),
        ("![x](a.png) [方法](#the-method)、[一](#in-short)", "![x](a.png) [方法](#方法草案)、[一](#一句话--更多)"),
    ],
)
def test_a_link_to_a_heading_of_the_source_leads_to_the_translated_heading(before: str, after: str) -> None:
    assert _led(before) == after
    assert _led(after) == after


@pytest.mark.parametrize(
    "link",
    [
        "[问](#faq)",
        "[方](#方法草案)",
        "[无](#nowhere)",
        "[源](./roi.md#the-method)",
        "[别](../e/other.md#the-method)",
        "[顶](#top)",
        "`[方法](#the-method)`",
        "[站](https://example.org/roi_zh.md#the-method)",
    ],
)
def test_every_other_link_stays(link: str) -> None:
    assert _led(link) == link


def test_where_the_headings_differ_nothing_is_guessed() -> None:
    fewer = TRANSLATION.replace("### 一句话 & 更多\n\n", "")
    deeper = TRANSLATION.replace("### 一句话", "#### 一句话")
    for translation in (fewer, deeper):
        assert _led("[方法](#the-method)", translation) == "[方法](#the-method)"


def test_an_id_that_the_page_gives_itself_stays() -> None:
    text = TRANSLATION.replace("## 方法（草案）\n\n###", '<a id="the-method"></a>\n\n## 方法（草案）\n\n###')
    assert _led("[方法](#the-method)", text) == "[方法](#the-method)"
    explicit = TRANSLATION.replace("## 方法（草案）", "## 方法 {#the-method}", 1)
    assert _led("[方法](#the-method)", explicit) == "[方法](#the-method)"


def test_a_chinese_source_and_its_english_translation() -> None:
    english = (
        "\ufeff---\r\ntitle: x\r\n---\r\n\r\n# ROI\r\n\r\n## How we measured\r\n\r\nSee [how](#%E6%96%B9%E6%B3%95).\r\n"
    )
    assert followed(english, "# 回报\n\n## 方法\n", PATH) == english.replace("#%E6%96%B9%E6%B3%95", "#how-we-measured")


WORDS = st.lists(
    st.sampled_from(["方法", "Method", "结果", "a", "(b)", "`c`", "*d*", "草案（Draft）"]), min_size=1, max_size=3
)


@given(st.lists(st.tuples(st.integers(1, 4), WORDS, WORDS), min_size=1, max_size=6))
def test_each_link_of_a_table_of_contents_leads_somewhere_and_only_anchors_change(
    headings: list[tuple[int, list[str], list[str]]],
) -> None:
    source = "".join(f"{'#' * level} {' '.join(words)}\n\n" for level, words, _ in headings)
    own = "".join(f"{'#' * level} {' '.join(words)}\n\n" for level, _, words in headings)
    contents = "".join(f"- [x](#{anchor})\n" for anchor in sorted(anchors_of(source)))
    after = followed(own + contents, source, PATH)
    assert followed(after, source, PATH) == after
    assert after.startswith(own)
    led = [line.removeprefix("- [x](#").removesuffix(")") for line in after.removeprefix(own).splitlines()]
    assert {folded(each) for each in led} <= anchors_of(own)
