"""Addresses in prose."""

import pytest

from aiblog.core.bare_address import bare_addresses


def _found(text: str) -> list[tuple[str, str, bool]]:
    """Each address with what is swallowed behind it, and whether its end is sure."""
    return [(text[each.start : each.end], text[each.end : each.linked_end], each.sure) for each in bare_addresses(text)]


@pytest.mark.parametrize(
    ("text", "address", "swallowed"),
    [
        ("见 https://example.org/a。", "https://example.org/a", "。"),
        ("见https://example.org/a，再看", "https://example.org/a", "，再看"),
        ("（https://example.org/a）。", "https://example.org/a", "）。"),
        ("(https://example.org/a)。", "https://example.org/a", ")。"),
        ("“https://example.org”", "https://example.org", "”"),
        ("https://example.org的文档 其余", "https://example.org", "的文档"),
        ("https://localhost:8080/x？", "https://localhost:8080/x", "？"),
        ("**https://example.org/a**。", "https://example.org/a", "**。"),
        ("https://zh.wikipedia.org/wiki/开源。", "https://zh.wikipedia.org/wiki/开源", "。"),
        ("https://例子.中国/a。", "https://例子.中国/a", "。"),
        ("HTTPS://example.org/a\u3000后文", "HTTPS://example.org/a", "\u3000后文"),
        ("see https://example.org/a. Next", "https://example.org/a", ""),
        ("见 https://example.org/a_(b) 。", "https://example.org/a_(b)", ""),
        ("https://zh.wikipedia.org/wiki/开源 是", "https://zh.wikipedia.org/wiki/开源", ""),
        ("| https://example.org/a | 乙 |", "https://example.org/a", ""),
        ("https://example.org/笔记/甲%20乙/a的b.html 是", "https://example.org/笔记/甲%20乙/a的b.html", ""),
        ("https://example.org/a%20的.html 是", "https://example.org/a%20的.html", ""),
    ],
)
def test_an_address_ends_before_chinese_punctuation_and_what_follows_is_swallowed(
    text: str, address: str, swallowed: str
) -> None:
    assert _found(text) == [(address, swallowed, True)]


@pytest.mark.parametrize(
    ("text", "address", "swallowed"),
    [
        ("https://zh.wikipedia.org/wiki/Go语言 是", "https://zh.wikipedia.org/wiki/Go", "语言"),
        ("https://example.org/a的说明，见下", "https://example.org/a", "的说明，见下"),
        ("https://example.org/a.详见", "https://example.org/a", ".详见"),
    ],
)
def test_chinese_text_without_punctuation_may_belong_to_the_address(text: str, address: str, swallowed: str) -> None:
    assert _found(text) == [(address, swallowed, False)]


@pytest.mark.parametrize(
    "text",
    [
        "`https://example.org。`",
        "<https://example.org/a>。",
        "[甲](https://example.org/a)。",
        "[https://example.org/a。](https://example.org/a)",
        "[https://example.org/a。][a]\n\n[a]: https://example.org/a",
        "```\nhttps://example.org/a。\n```",
        "<!-- https://example.org/a。 -->",
        "---\nlink: https://example.org/a。\n---\n\n正文",
    ],
)
def test_what_is_marked_as_a_link_or_is_no_prose_is_no_bare_address(text: str) -> None:
    assert _found(text) == []


def test_an_address_at_the_end_of_a_long_text_with_much_markup_is_found() -> None:
    """In linear time: in quadratic time this test would take minutes."""
    text = "中文 `code` 与*强调*。\n" * 20_000
    assert _found(f"{text}\n见 https://example.org/a。\n") == [("https://example.org/a", "。", True)]
