"""Word diffs: Latin words, Chinese characters, white space."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.word_diff import Part, changed_words, excerpt, word_diff

TEXTS = st.text(st.sampled_from("ab 中文字，。.-\n`"), max_size=40)


def _marked(parts: list[Part]) -> str:
    return "".join(part.marked for part in parts)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Support is beta since 1.34.", "Support is generally available since 1.35.",
         "Support is [-beta-]{+generally available+} since [-1.34-]{+1.35+}."),
        ("支持仍处于测试阶段。", "支持已正式可用。", "支持[-仍处于测试阶段-]{+已正式可用+}。"),
        ("调度器选择节点", "调度器按此选择节点", "调度器{+按此+}选择节点"),
        ("one two three", "one three", "one [-two-] three"),
        ("one three", "one two three", "one {+two+} three"),
        ("a word-by-word diff", "a line-by-line diff", "a [-word-by-word-]{+line-by-line+} diff"),
        ("it works", "it works, mostly", "it works{+, mostly+}"),
        ("- a\n- b", "- a\n- c\n- b", "- a\n{+- c\n+}- b"),
        ("中文 English", "中文English", "中文[- -]English"),
        ("- b", "  - b", "{+  +}- b"),
        ("x = 1 ", "x = 1", "x = 1[- -]"),
        ("", "新段落", "{+新段落+}"),
        ("same", "same", "same"),
        ("65,000 pods", "70,000 pods", "[-65,000-]{+70,000+} pods"),
        ("有6.5万个，占50%", "有7万个，占60%", "有[-6.5万-]{+7万+}个，占[-50%-]{+60%+}"),
        ("有 6.5 万个 Pod", "有 6.5 亿个 Pod", "有 [-6.5 万-]{+6.5 亿+}个 Pod"),
        ("约 6.5 万", "约 7 万", "约 [-6.5 万-]{+7 万+}"),
        ("at 10:30 on 2026/11/20", "at 11:30 on 2026/11/21", "at [-10:30-]{+11:30+} on [-2026/11/20-]{+2026/11/21+}"),
        ("since v1.34.0-rc.1, 2 of 3", "since v1.34.0, 2 of 4", "since [-v1.34.0-rc.1-]{+v1.34.0+}, 2 of [-3-]{+4+}"),
        ("万个 Pod", "千个 Pod", "[-万-]{+千+}个 Pod"),
        ("a,b 1,2", "a,c 1,3", "a,[-b-]{+c+} 1,[-2-]{+3+}"),
        ("| a |\n|---|--|", "| a |\n|------|", "| a |\n|[----|---]{+------+}|"),
        ("| 甲 | 测试 |\n| 乙 | 草案 |", "| 甲 | 稳定 |\n| 丙 | 测试 |\n| 乙 | 草案 |",
         "| 甲 | [-测试-]{+稳定+} |\n{+| 丙 | 测试 |\n+}| 乙 | 草案 |"),
        ("カタカナを読む", "ひらがなを読む", "[-カタカナ-]{+ひらがな+}を読む"),
    ],
)  # fmt: skip
def test_a_diff_goes_by_words_and_chinese_by_characters(old: str, new: str, shown: str) -> None:
    assert _marked(word_diff(old, new)) == shown


def test_white_space_beside_other_changes_is_left_out() -> None:
    assert _marked(word_diff("one two  three", "one 2 three")) == "one [-two-]{+2+} three"


def test_a_lone_character_between_two_longer_changes_does_not_cut_them() -> None:
    assert _marked(word_diff("旧版的调度逻辑", "新型的排队方式")) == "[-旧版的调度逻辑-]{+新型的排队方式+}"
    assert _marked(word_diff("甲的一", "乙的一")) == "[-甲-]{+乙+}的一"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("one two", "one three four", 2),
        ("one two three", "one", 2),
        ("测试阶段", "正式阶段", 1),
        ("测试", "正式发布", 2),
        ("发布", "发版", 1),
        ("a, b", "a; b", 0),
        ("v1.34 和 beta", "v1.35 和 stable", 2),
        ("same", "same", 0),
    ],
)
def test_words_are_counted_as_a_translator_would(old: str, new: str, words: int) -> None:
    assert changed_words(old, new) == words


def test_an_excerpt_shows_words_around_a_change() -> None:
    old = "The first part of a long sentence that nobody changed, then one word, and again much text behind it."
    shown = _marked(excerpt(word_diff(old, old.replace("one word", "two words")), 16))
    assert shown == "…changed, then [-one word-]{+two words+}, and again…"
    chinese = "前面很长的一段文字没有变化" * 3
    assert _marked(excerpt(word_diff(chinese + "甲", chinese + "乙"), 6)) == "…文字没有变化[-甲-]{+乙+}"


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_parts_are_both_texts_but_for_white_space(old: str, new: str) -> None:
    parts = word_diff(old, new)
    for text, op in ((old, "delete"), (new, "insert")):
        own = "".join(part.text for part in parts if part.op in ("equal", op))
        assert "".join(own.split()) == "".join(text.split())
    assert any(part.op != "equal" for part in parts) == (old != new)
    assert all(part.text for part in parts)


@pytest.mark.parametrize("text", ["a b " * 20_000, "的" * 50_000, "\n" * 20_000, "一二三四五。" * 10_000])
def test_huge_texts_take_no_ages(text: str) -> None:
    begun = time.monotonic()
    word_diff(f"x{text}y", f"z{text}的{text}w")
    assert time.monotonic() - begun < 20  # against hanging: compared pair by pair it would be hours
