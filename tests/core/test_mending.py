"""Edits of a linter made where no reader notices."""

from collections import Counter

import pytest

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.linted import Linted
from aiblog.core.markdown_events import as_read
from aiblog.core.mending import TRIES, mended, together


def _linted(rule: str, *edits: Edit) -> Linted:
    return Linted(Finding("a.md", 1, 1, "markdown", rule), rule, edits)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("# 中文text\n", "#  中文 text\n\n\n", True),
        ("* a\n* b\n", "-   a\n-   b", True),
        ("见 https://example.org/x 。\n", "见 <https://example.org/x> 。\n", True),
        ("x\ty\n", "x y\n", True),
        ("a b\n", "ab\n", False),
        ("a\n\nb\n", "a b\n", False),
        ("```\nx\ty\n```\n", "```\nx  y\n```\n", False),
        ("中文  \n第二行\n", "中文\n第二行\n", False),
        ("* a\n+ b\n", "* a\n* b\n", False),
        ("见https://example.org/x。好\n", "见<https://example.org/x。好>\n", False),
    ],
)
def test_white_space_and_markers_are_not_read(one: str, other: str, alike: bool) -> None:
    assert (as_read(one.encode()) == as_read(other.encode())) == alike


def test_a_group_that_touches_one_before_it_is_left_whole() -> None:
    groups = [
        [Edit(4, 6, b"")],
        [Edit(0, 1, b""), Edit(5, 7, b"")],
        [Edit(9, 9, b"\n")],
        [Edit(9, 9, b"\n")],
        [Edit(6, 8, b"")],
    ]
    assert together(groups) == [Edit(4, 6, b""), Edit(6, 8, b""), Edit(9, 9, b"\n")]


def test_one_rule_mends_at_a_time_and_what_would_be_noticed_is_tried_no_more() -> None:
    tries: Counter[str] = Counter()
    found = [_linted("MD026", Edit(3, 4, b"")), _linted("MD047", Edit(7, 7, b"\n")), _linted("MD012", Edit(5, 6, b""))]
    assert mended(b"# x!\n\ny", found, tries) == b"# x!\ny"
    assert (
        mended(b"# x!\ny", [_linted("MD026", Edit(3, 4, b"")), _linted("MD047", Edit(6, 6, b"\n"))], tries)
        == b"# x!\ny\n"
    )
    assert tries == {"MD012": 1, "MD026": TRIES, "MD047": 1}
    assert mended(b"# x!\n", [_linted("MD026", Edit(3, 4, b""))], tries) == b"# x!\n"


def test_of_one_rules_edits_those_are_made_that_nobody_notices() -> None:
    found = [_linted("MD009", Edit(1, 4, b"")), _linted("MD009", Edit(6, 7, b""))]
    assert mended(b"a   \nb \n", found, Counter()) == b"a   \nb\n"


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    tries: Counter[str] = Counter()
    data = b"* a\n"
    for _ in range(10):
        other = b"-" if data.startswith(b"*") else b"*"
        data = mended(data, [_linted("MD004", Edit(0, 1, other))], tries)
    assert tries == {"MD004": TRIES}
