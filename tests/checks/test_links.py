"""link-language, reference-undefined and url-punctuation."""

from __future__ import annotations

import pytest

from aiblog.checks.rules import RULES
from aiblog.core.edit import applied
from support.subjects import HEADER, subject

DAY = "posts/2026-02-24"
COSTS = {f"{DAY}/costs.md": "## Prices\n", f"{DAY}/costs_zh.md": "## 价格\n\n## Prices\n"}
ZH = "posts/2026-02-25/roi_zh.md"
HERE = {"posts/2026-02-25/roi.md": "## Prices\n", ZH: ""}


def _found(rule: str, text: str, path: str = ZH, beside: dict[str, str] | None = None) -> list[str]:
    places = RULES[rule].finds(subject(HEADER + text, path, COSTS | HERE if beside is None else beside))
    lines = HEADER.count("\n")
    return [f"{each.line - lines}:{each.column} {each.message}" for each in places]


def _mended(rule: str, text: str, path: str = ZH, beside: dict[str, str] | None = None) -> str:
    places = RULES[rule].finds(subject(HEADER + text, path, COSTS | HERE if beside is None else beside))
    edits = [edit for place in places for edit in place.edits]
    return applied((HEADER + text).encode(), edits).decode().removeprefix(HEADER)


def test_a_link_to_another_posts_edition_in_another_language_is_found_and_mended() -> None:
    text = "前一篇 [成本](../2026-02-24/costs.md)。\r\n"
    assert _found("link-language", text) == [
        "1:10 ../2026-02-24/costs.md is in another language; there is ../2026-02-24/costs_zh.md"
    ]
    assert _mended("link-language", text) == "前一篇 [成本](../2026-02-24/costs_zh.md)。\r\n"
    assert _mended("link-language", "[a](<../2026-02-24/costs.md#prices> 't')\n") == (
        "[a](<../2026-02-24/costs_zh.md#prices> 't')\n"
    )
    assert (
        _mended("link-language", "[甲]\n\n[甲]: ../2026-02-24/costs.md\n")
        == "[甲]\n\n[甲]: ../2026-02-24/costs_zh.md\n"
    )


def test_a_link_is_not_mended_where_its_anchor_would_be_lost() -> None:
    text = "[a](../2026-02-24/costs_zh.md#价格)\n"
    assert len(_found("link-language", text, "posts/2026-02-25/roi.md")) == 1
    assert _mended("link-language", text, "posts/2026-02-25/roi.md") == text


@pytest.mark.parametrize(
    "text",
    [
        "[English](../2026-02-24/costs.md)",
        "[成本（英文）](../2026-02-24/costs.md)",
        "[成本](../2026-02-24/costs.md)（EN）",
        "- 英语：[Costs](../2026-02-24/costs.md)",
        "译自[原文](../2026-02-24/costs.md)",
        "- [成本](../2026-02-24/costs_zh.md)\n  | [Costs](../2026-02-24/costs.md)",
        "[成本](../2026-02-24/costs_zh.md)",
        "[成本][costs-en]\n\n[costs-en]: ../2026-02-24/costs.md",
        "[ROI](./roi.md)",
        "[a](../2026-02-24/other.md) [b](https://example.org/costs.md) `[c](../2026-02-24/costs.md)`",
    ],
)
def test_a_link_that_means_the_other_language_is_no_finding(text: str) -> None:
    assert _found("link-language", f"{text}\n") == []


def test_a_place_in_the_pages_own_post_is_wanted_in_its_own_language() -> None:
    assert len(_found("link-language", "见[价格](./roi.md#prices)\n")) == 1
    assert _mended("link-language", "见[价格](./roi.md#prices)\n\n## Prices\n") == (
        "见[价格](./roi_zh.md#prices)\n\n## Prices\n"
    )


@pytest.mark.parametrize(
    "waits", ["---\nstatus: Draft\n---\n", "---\ntranslation_of: x\n---\n\n<!-- aiblog:todo -->\n"]
)
def test_an_edition_that_readers_do_not_have_yet_is_not_offered(waits: str) -> None:
    beside = COSTS | {f"{DAY}/costs_zh.md": waits}
    assert _found("link-language", "[成本](../2026-02-24/costs.md)\n", beside=beside) == []


def test_a_post_without_an_edition_in_the_pages_language_is_linked_as_it_is() -> None:
    assert _found("link-language", "[成本](../2026-02-24/costs.md)\n", beside={f"{DAY}/costs.md": ""}) == []


def test_a_reference_without_its_definition_is_found_where_it_stands() -> None:
    text = "中文 [报告][roi] 与 [甲]\n[ROI Report][] 、![图][pic]\n\n[other]: ./x.md\n"
    assert _found("reference-undefined", text) == [
        "1:4 no line defines [roi]: …",
        "2:1 no line defines [roi report]: …",
        "2:17 no line defines [pic]: …",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[报告][Roi]\n\n[rOI]: ./x.md",
        "[报告] [x] 与 - [ ] 任务",
        "matrix[i][j] 与 f(x)[0][1]",
        "如文献所述[1][2]，以及 [3][4]",
        "正则 [a-z][a-z0-9] 与 [A-Z_][0-9]",
        "正文[^1][^2]",
        "`[a][b]`\n\n```\n[a][b]\n```\n",
        r"\[a][b]",
        "[a][{{ label }}]",
        "{% include links.md %}\n\n[a][b]",
    ],
)
def test_what_was_meant_as_no_reference_is_no_finding(text: str) -> None:
    assert _found("reference-undefined", f"{text}\n") == []


def test_an_address_that_swallows_chinese_punctuation_is_put_into_brackets() -> None:
    text = "- 详见 https://example.org/a，\n  （https://example.org/b）与 <https://example.org/c>。\r\n"
    assert _found("url-punctuation", text) == [
        '1:6 "，" becomes part of the address before it; <…> around the address ends it',
        '2:4 "）与" becomes part of the address before it; <…> around the address ends it',
    ]
    assert _mended("url-punctuation", text) == (
        "- 详见 <https://example.org/a>，\n  （<https://example.org/b>）与 <https://example.org/c>。\r\n"
    )


def test_where_an_address_ends_is_not_guessed() -> None:
    text = "见 https://zh.wikipedia.org/wiki/Go语言 。\n"
    assert len(_found("url-punctuation", text)) == 1
    assert _mended("url-punctuation", text) == text
