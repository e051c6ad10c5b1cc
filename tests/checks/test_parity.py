"""The rules that hold a translation beside its source: what they find, and which editions they look at."""

from __future__ import annotations

import pytest

from aiblog.checks.rules import findings
from aiblog.core.canonical import source_hash
from aiblog.core.post import Post
from support.pairs import ZH, found, pair
from support.subjects import HEADER, PATH

LINKED = "translation_of: ./roi.md\n"


def only(rule: str, source: str, translation: str, **more: object) -> list[str]:
    return [each.replace(f" {rule} ", " ") for each in found(source, translation, {rule}, **more)]


def test_a_number_is_missed_at_the_block_that_stands_for_its_own() -> None:
    source = "# ROI\n\nOne.\n\nAt a scale\nof **65,000** nodes.\n\nMore.\n"
    translation = "# 回报率\n\n一。\n\n节点数以万计。\n\n更多。\n"
    assert only("parity-numbers", source, translation) == [
        "5:1 65,000 of the source, line 13, is nowhere in the translation"
    ]


def test_numbers_in_code_addresses_and_images_are_not_asked_for() -> None:
    source = (
        "# ROI\n\n`37` <https://e.org/38> [x](y39.md) ![40](a.png) https://e.org/41\n\n```\n42\n```\n\n<!-- 43 -->\n"
    )
    translation = "# 回报率\n\n![](a.png)\n\n```\n```\n"
    assert only("parity-numbers", source, translation) == []


def test_numbers_in_tables_headings_links_footnotes_and_html_are() -> None:
    source = "# 31\n\n- [32](x.md)\n\n| 33 |\n| - |\n| 34 |\n\na[^1]\n\n[^1]: 35\n\n<p>36</p>\n"
    missed = [each.split()[1] for each in only("parity-numbers", source, "# 甲\n")]
    assert missed == ["31", "32", "33", "34", "35", "36"]


def test_list_items_are_counted_section_by_section() -> None:
    source = "# ROI\n\n- a\n- b\n  - c\n\n## Two\n\n1. d\n\n## Three\n\nText.\n"
    translation = "# 回报率\n\n- 甲\n- 乙\n\n## 二\n\n1. 丁\n\n## 三\n\n- 正文\n"
    assert only("parity-lists", source, translation) == [
        "3:1 2 list items here; the source has 3 from line 10 on",
        "12:1 1 list item here; the source has none below line 18",
    ]
    assert only("parity-lists", translation, source)[1] == "11:1 no list items here; the source has 1 from line 19 on"


def test_lists_of_a_section_that_only_one_text_has_are_not_counted() -> None:
    assert (
        only("parity-lists", "# ROI\n\n## One\n\n- a\n", "# 回报率\n\n## 一\n\n- 甲\n\n## 更多\n\n- 乙\n- 丙\n") == []
    )


def test_paragraphs_are_counted_without_those_in_lists_and_the_switch_line() -> None:
    source = "# ROI\n\n[中文版](./roi_zh.md)\n\nOne.\n\n- a\n\n- b\n\n  c\n"
    assert only("parity-paragraphs", source, "# 回报率\n\n一。\n\n- 甲\n- 乙\n") == []
    assert only("parity-paragraphs", source, "# 回报率\n\n一。\n\n又一。\n\n- 甲\n- 乙\n") == [
        "3:1 2 paragraphs here; the source has 1 from line 12 on"
    ]


def test_a_footnote_may_have_another_label_but_has_to_be_there() -> None:
    source = "# ROI\n\na[^one] b[^2] c[^2]\n\n[^one]: A.\n\n[^2]: B.\n"
    assert only("parity-footnotes", source, "# 回报率\n\n甲[^一] 乙[^2]\n\n[^一]: 甲。\n\n[^2]: 乙。\n") == []
    assert only("parity-footnotes", source, "# 回报率\n\n甲乙[^2]\n\n[^2]: 乙。\n") == [
        "3:1 the footnote [^one] of the source, line 10, is missing in the translation"
    ]
    assert only("parity-footnotes", "# ROI\n\na\n", "# 回报率\n\n甲[^1]\n\n[^1]: 甲。\n") == [
        "3:2 the footnote [^1] is none of the source's"
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("[中文版](./roi_zh.md)", "[English](./roi.md)"),
        ("[costs](../2026-02-24/costs.md)", "[价格](../2026-02-24/costs_zh.md#价格)"),
        ("[guide](../guide.md)", "[指南](../guide_zh.md)"),
        ("[a](https://example.org/docs/a/)", "[甲](http://www.example.org/zh-cn/docs/a)"),
        ("https://example.org/a.", "详见 <https://example.org/a>。"),
        ("[a][r]\n\n[r]: https://example.org", '<a href="https://example.org">甲</a>'),
        ("[a](#roi)", "甲"),
        ("[a](mailto:a@example.org)", "[甲](mailto:a@example.org)"),
    ],
)
def test_a_link_to_another_edition_or_language_is_the_same_link(ours: str, theirs: str) -> None:
    beside = {"posts/2026-02-24/costs.md": HEADER, "posts/2026-02-24/costs_zh.md": HEADER, "posts/guide.md": ""}
    assert only("parity-links", f"# A\n\n{ours}\n", f"# 甲\n\n{theirs}\n", beside=beside) == []


def test_a_link_that_only_one_text_has_is_found_there() -> None:
    source = "# ROI\n\n[a](https://example.org/a) [b](../b.md)\n"
    assert only("parity-links", source, "# 回报率\n\n[丙](https://example.org/c)\n") == [
        "3:1 ../b.md of the source, line 10, is linked nowhere in the translation",
        "3:1 https://example.org/a of the source, line 10, is linked nowhere in the translation",
        "3:1 https://example.org/c is linked nowhere in the source",
    ]


def test_inline_code_may_lose_its_backticks_but_not_its_name() -> None:
    source = "# ROI\n\n`kubectl get` and `Pod` and `Pod`\n"
    assert only("parity-inline-code", source, "# 回报率\n\nPod 与 `kubectl get -A`\n") == []
    assert only("parity-inline-code", source, "# 回报率\n\n容器组与命令\n") == [
        "3:1 `Pod` of the source, line 10, is nowhere in the translation",
        "3:1 `kubectl get` of the source, line 10, is nowhere in the translation",
    ]


def test_a_text_that_is_far_too_short_or_long_is_said_at_its_title() -> None:
    source = "# ROI\n\n" + "The scheduler places pods. " * 100
    assert only("parity-length", source, "# 回报率\n\n" + "调度器负责安置容器。" * 100) == []
    assert only("parity-length", source, "# 回报率\n\n" + "调度器负责安置容器。" * 60) == [
        "1:1 the text is 0.26 times as long as the source (603 characters to 2,303); 0.32 to 0.66 times is usual"
    ]
    assert len(only("parity-length", source, "# 回报率\n\n" + "调度器负责安置容器。" * 160)) == 1


def test_a_short_text_has_no_usual_length() -> None:
    assert only("parity-length", "# ROI\n\nOne two three four five six.\n", "# 回报率\n\n好。\n") == []


ENGLISH = "The scheduler places the pods on nodes that have room for them."


@pytest.mark.parametrize("text", [ENGLISH, f"- {ENGLISH}", f"**Note:** {ENGLISH}"])
def test_a_paragraph_nobody_has_translated_is_found(text: str) -> None:
    expected = "this text is still in the source's language"
    assert only("source-language-left", f"# ROI\n\n{text}\n", f"# 回报率\n\n{text}\n") == [
        f"3:1 {expected}, as in line 10 of the source"
    ]
    assert only("source-language-left", "# ROI\n\nIt was.\n", f"# 回报率\n\n{text}\n") == [f"3:1 {expected}"]


@pytest.mark.parametrize(
    "text",
    [
        f"> {ENGLISH}",
        f"“{ENGLISH}”",
        f"```\n{ENGLISH}\n```",
        f"`{ENGLISH}`",
        f"[{ENGLISH}](./roi.md)",
        f"<a href='./roi.md'>{ENGLISH}</a>",
        "**The Art of the Scheduler and of Its Many Queues in Clusters**",
        "vLLM, SGLang, TensorRT-LLM, Ray, KServe, Kueue, Volcano, Kubeflow",
        "调度器（the scheduler places the pods on nodes that have room for them）会安置容器。",
        "- Keynote of the year: see the page at <https://example.org>",
    ],
)
def test_quotations_code_links_and_names_stay_in_their_language(text: str) -> None:
    assert only("source-language-left", f"# ROI\n\n{text}\n", f"# 回报率\n\n{text}\n") == []


def _reversed(source: str, translation: str) -> list[str]:
    """What is found in the English edition of a post that was written in Chinese."""
    own = pair(translation, source)
    english = own.post.editions["en"]._replace(metadata={"translation_of": "./roi_zh.md"})
    chinese = own.post.editions["zh"]
    texts = {PATH: HEADER + translation, ZH: HEADER + source}
    post = Post(own.post.date, own.post.slug, {"zh": chinese, "en": english})
    subject = own._replace(
        post=post, edition=english, data=texts[PATH].encode(), read=lambda path: texts[path].encode()
    )
    return [f"{each.rule} {each.message}" for each in findings(subject) if each.rule.startswith(("parity", "source"))]


def test_a_chinese_original_is_compared_the_same_way() -> None:
    assert _reversed("# 回报率\n\n6.5 万个节点\n", "# ROI\n\n65,000 nodes\n") == []
    assert _reversed(
        "# 回报率\n\n6.5 万个节点，调度器安置容器\n",
        "# ROI\n\n6,500 nodes\n\n调度器负责安置容器。\n\nBy 李华 and 张三丰.\n",
    ) == [
        "parity-numbers 6.5 万 of the source, line 10, is nowhere in the translation",
        "parity-paragraphs 3 paragraphs here; the source has 1 from line 10 on",
        "source-language-left this text is still in the source's language",
    ]


SOURCE, LESS = "# ROI\n\n## Why\n\n![a](a.png)\n", "# 回报率\n"


def _rules(own) -> set[str]:  # type: ignore[no-untyped-def]
    return {each.rule for each in findings(own) if each.rule.startswith("parity")}


def test_a_translation_is_looked_at_whether_it_says_what_it_translates_or_not() -> None:
    assert _rules(pair(SOURCE, LESS)) == {"parity-headings", "parity-images"}
    assert _rules(pair(SOURCE, LESS, keys=LINKED)) == {"parity-headings", "parity-images"}


def test_a_source_a_draft_a_stub_and_a_post_of_one_edition_are_not() -> None:
    own = pair(SOURCE, LESS)
    source = own.post.editions["en"]
    assert _rules(own._replace(edition=source, data=(HEADER + SOURCE).encode(), read=lambda path: own.data)) == set()
    assert _rules(own._replace(published=False)) == set()
    assert _rules(pair(SOURCE, f"{LESS}\n<!-- aiblog:todo -->\nWhy.\n", keys=LINKED)) == set()
    assert _rules(pair(f"{SOURCE}\n<!-- aiblog:todo Say why. -->\n", LESS)) == set()
    assert _rules(own._replace(post=Post("2026-02-25", "roi", {"zh": own.edition}))) == set()


def test_a_source_that_cannot_be_read_is_not_compared() -> None:
    assert _rules(pair(SOURCE, LESS)._replace(read=lambda path: None)) == set()


def test_a_translation_of_an_earlier_text_is_outdated_and_not_compared() -> None:
    covered = source_hash((HEADER + SOURCE).encode())
    assert _rules(pair(SOURCE, LESS, keys=f"{LINKED}source_hash: {covered}\n"))
    assert _rules(pair(f"{SOURCE}\nMore.\n", LESS, keys=f"{LINKED}source_hash: {covered}\n")) == set()


def test_a_comment_allows_a_difference_where_it_is_found_or_in_the_whole_file() -> None:
    line = "# 回报率 <!-- aiblog:disable-line parity-headings -->\n"
    assert _rules(pair(SOURCE, line)) == {"parity-images"}
    assert _rules(pair(SOURCE, f"{LESS}\n<!-- aiblog:disable-file parity-headings parity-images -->\n")) == set()
