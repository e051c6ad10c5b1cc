"""stub and todo-marker."""

import pytest

from support.subjects import HEADER, PATH, found

TRANSLATION = "---\nmaintainer: x\ntranslation_of: ./roi.md\n---\n\n"
ZH = "posts/2026-02-25/roi_zh.md"
MARKER = "<!-- aiblog:todo -->"


def test_a_stub_is_one_finding_at_its_first_block_with_their_number() -> None:
    text = f"{TRANSLATION}# 标题\n\n{MARKER}\nOne\n\n- 项目\n\n  {MARKER}\n  Two\n"
    assert found(text, ZH, beside={PATH: ""}) == ["8:1 stub 2 blocks wait for their translation, the first one here"]
    text = f"{TRANSLATION}# 标题\n\n  {MARKER}\n  One\n"
    assert found(text, ZH, beside={PATH: ""}) == ["8:3 stub 1 block waits for its translation"]


def test_a_translation_without_markers_is_no_stub() -> None:
    assert (
        found(f"{TRANSLATION}# 标题\n\n[English](./roi.md) | 中文\n\n正文。\n", ZH, beside={PATH: "# Title\n\nText.\n"})
        == []
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_marker_and_guidance_comment_left_is_a_finding(newline: str) -> None:
    text = f"{HEADER}# ROI\n\n<!-- aiblog:todo 三条结论，\n每条一句话。 -->\n\n中文 {MARKER}\n"
    assert found("\ufeff" + text.replace("\n", newline)) == [
        "10:1 todo-marker a guidance comment of the scaffold is still there",
        "13:4 todo-marker a marker of text that waits is still there",
    ]


def test_markers_in_code_are_text() -> None:
    assert found(f"{HEADER}# ROI\n\n`{MARKER}`\n\n```html\n{MARKER}\n```\n") == []
