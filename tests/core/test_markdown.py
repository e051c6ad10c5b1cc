"""Blocks of a text with their lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.markdown import blocks, nodes
from aiblog.core.markdown_events import parsed


def spans(text: str) -> list[tuple[str, int, int]]:
    return [(block.kind, block.start, block.end) for block in blocks(text)]


def items(text: str) -> list[tuple[int, int, int, int]]:
    """Each item's lines, depth, and the line after its own text."""
    return [
        (node.start, node.end, node.depth, node.text_end) for node in nodes(text.split("\n")) if node.kind == "item"
    ]


def test_texts_beside_each_other_are_one_event() -> None:
    events = [(each.name, each.value, each.start, each.end) for each in parsed("[中[[x *[* \\[&amp;[\n[y").events]
    assert events == [
        ("Paragraph", None, 0, 21),
        ("Text", "[中[[x ", 0, 6),
        ("Emphasis", None, 6, 9),
        ("Text", "[", 7, 8),
        ("/Emphasis", None, 6, 9),
        ("Text", " ", 9, 10),
        ("Text", "[&[", 11, 18),
        ("SoftBreak", None, 18, 19),
        ("Text", "[y", 19, 21),
        ("/Paragraph", None, 0, 21),
    ]


def test_a_list_ends_before_definitions_that_stand_behind_it() -> None:
    assert spans("- a\n- b\n\n[x]: y.md\n[z]: w.md\n\nText\n") == [("list", 0, 2), ("paragraph", 6, 7)]
    assert items("- a\n- b\n\n[x]: y.md\n\nText\n") == [(0, 1, 0, 1), (1, 2, 0, 2)]
    assert spans("- # a\n[x]: y.md\n") == spans("-\n[x]: y.md\n") == [("list", 0, 1)]


def test_a_definition_within_an_item_is_part_of_it() -> None:
    assert spans("- a\n\n  [x]: y.md\n\n[z]: w.md\n") == [("list", 0, 3)]
    assert items("- a\n  - b\n\n    [x]: y.md\n\n[z]: w.md\n") == [(0, 4, 0, 1), (1, 4, 1, 2)]


def test_an_items_own_text_ends_before_what_is_nested() -> None:
    text = "- one\n  | two\n  - three\n- four\n\n  five\n-\n- - six\n-\n  ```\n  x\n  ```\n"
    assert items(text) == [
        (0, 3, 0, 2),
        (2, 3, 1, 3),
        (3, 6, 0, 4),
        (6, 7, 0, 0),
        (7, 8, 0, 7),
        (7, 8, 1, 8),
        (8, 12, 0, 0),
    ]


def test_a_list_in_a_quotation_changes_no_depth() -> None:
    found = nodes(["> - a", "> - b", "", "# Title", "", "Text", "", "- item", ""])
    assert [(node.kind, node.start, node.depth) for node in found] == [
        ("heading", 3, 0),
        ("paragraph", 5, 0),
        ("item", 7, 0),
    ]


def test_a_headings_inline_markdown_is_as_written() -> None:
    lines = ["## \\*a* `b` ##", "", "# #", "", "Two", "lines", "---", "", "[x]: y", "Title", "==="]
    assert [(node.level, node.text) for node in nodes(lines)] == [
        (2, "\\*a* `b`"),
        (1, ""),
        (2, "Two\nlines"),
        (1, "Title"),
    ]


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("```\nx\n```", ""),
        ("```\nx\n```\t", ""),
        ("~~~ sh\nx\n~~~~ ", ""),
        ("```\nx", "a code fence"),
        ("```", "a code fence"),
        ("```\nx\n``", "a code fence"),
        ("```\nx\n\n   \n", "a code fence"),
        ("- ```\n  x", "a code fence"),
        ("- ```\n  x\n\ny", ""),
        ("    x", ""),
        ("<!-- x -->", ""),
        ("<!-- x", "a comment"),
        ("- <!-- x", "a comment"),
        ("<pre>\nx\n</PRE>", ""),
        ("<pre>\nx\n", "HTML"),
        ("<div>\nx\n", ""),
    ],
)
def test_code_that_reaches_to_the_end_says_what_is_not_closed(text: str, unclosed: str) -> None:
    assert [node.open for node in nodes(text.split("\n")) if node.kind == "code"] == [unclosed]


def test_a_tab_behind_a_closing_fence_closes_it() -> None:
    assert spans("```\nx\n```\t\n\n# Title\n") == [("code", 0, 3), ("heading", 4, 5)]


def test_brackets_that_begin_a_block_are_seen() -> None:
    assert [(node.kind, node.start, node.end) for node in nodes(["<![CDATA[", "", "- x", "]]>"])] == [("code", 0, 4)]
    assert [(node.kind, node.start) for node in nodes(["- [ ] a", "[b](c)", "", "[d]:", "  e", "", "[f]"])] == [
        ("item", 0),
        ("paragraph", 6),
    ]


def test_a_footnotes_text_is_a_paragraph() -> None:
    assert spans("Text[^1]\n\n[^1]: Note\n    more\n") == [("paragraph", 0, 1), ("paragraph", 2, 4)]


_PIECES = st.sampled_from(
    ["- ", "> ", "# ", "1. ", "a", "\n", "\n\n", "    ", "```", "<!--", "-->", "[x]: y", "***", "\\", "`", "\t", "|"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=20))
def test_blocks_follow_one_another_and_lie_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for block in blocks(text):
        assert last <= block.start < block.end <= text.count("\n") + 1
        last = block.end
    for node in nodes(text.split("\n")):
        assert 0 <= node.start < node.end <= text.count("\n") + 1
        assert node.text_end <= node.end
