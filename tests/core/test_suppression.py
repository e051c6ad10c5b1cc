"""Comments that allow what a rule finds."""

from __future__ import annotations

import pytest

from aiblog.core.suppression import suppressions


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("a\n<!-- aiblog:disable-line stub -->\n", {2}),
        ("a <!-- aiblog:disable-line stub, link-missing -->\nb\n", {1}),
        ("<!-- aiblog:disable-next-line stub -->\nb\nc\n", {2}),
        ("a\n<!-- aiblog:disable stub -->\nb\n<!-- aiblog:enable stub -->\nc\n", {2, 3, 4}),
        ("a\n<!-- aiblog:disable stub -->\nb\nc", {2, 3, 4}),
        ("a\n<!-- aiblog:disable -->\nb\n<!-- aiblog:enable -->\nc\n", {2, 3, 4}),
        ("a\nb <!-- aiblog:disable-file stub -->\nc\n", {1, 2, 3}),
        ("<!-- aiblog:disable-file -->\nb\n", {1, 2}),
        ("---\ndate: x # aiblog:disable-line stub\n---\n", {2}),
        ("---\r\n# aiblog:disable-next-line stub\r\ndate: x\r\n---\r\n", {3}),
        ("<!--aiblog:disable-line stub-->\n", {1}),
        ("<!-- aiblog:disable-line other -->\n", set()),
        ("<!-- aiblog:disabled-line stub -->\n", set()),
        ("`aiblog:disable-line stub`\n", set()),
        ("`<!-- aiblog:disable-file stub -->`\n", set()),
        ("```md\n<!-- aiblog:disable stub -->\n```\n中文\n", set()),
        ("    <!-- aiblog:disable-file -->\n", set()),
        ("# aiblog:disable-line stub\n", set()),
        ("```yaml\na: b # aiblog:disable-line stub\n```\n", set()),
        ("- 中文 <!-- aiblog:disable-line stub -->\n- b\n", {1}),
        ("| a |\n| --- |\n| b <!-- aiblog:disable-line stub --> |\n", {3}),
        ("<!-- aiblog:disable-next-line\nstub -->\nb\n", {3}),
        ("b <!-- aiblog:disable-line stub: 见下文 -->\n", {1}),
        ("b <!-- aiblog:disable-lines stub -->\n", set()),
        ("\ufeff---\ndate: x # aiblog:disable-line stub\n---\n", {2}),
        ("<!-- aiblog:todo -->\n中文\n", set()),
        ("<!-- aiblog:enable stub -->\n", set()),
    ],
)
def test_a_comment_allows_a_rule_where_it_says(text: str, covered: set[int]) -> None:
    found = suppressions(text.encode())
    lines = range(1, len(text.splitlines()) + 1)
    assert {line for line in lines if found.cover("stub", line)} & set(lines) == covered


def test_a_file_without_such_a_comment_allows_nothing() -> None:
    assert not suppressions("---\ndate: 2026-02-25\n---\n正文。\n".encode()).cover("stub", 1)
