"""A unified diff by lines: it makes the one text of the other, and says what difflib says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from aiblog.core.line_diff import unified

TEXTS = st.lists(st.sampled_from(["一\n", "b\n", "\n", "c", "d\n"]), max_size=30)


def patched(before: Sequence[str], diff: Sequence[str]) -> list[str]:
    """The text that a diff makes of another one."""
    after: list[str] = []
    position = 0
    for line in diff[2:]:
        if hunk := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@\n", line):
            start = int(hunk[1]) - (0 if hunk[2] == "0" else 1)
            after += before[position:start]
            position = start
        elif line[0] != "+":
            assert before[position] == line[1:]
            position += 1
        if line[0] in " +":
            after.append(line[1:])
    return [*after, *before[position:]]


@given(TEXTS, TEXTS)
def test_a_diff_makes_the_second_text_of_the_first(before: list[str], after: list[str]) -> None:
    diff = list(unified(before, after, "a", "b"))
    assert patched(before, diff) == after
    assert bool(diff) == (before != after)


def test_where_lines_are_replaced_it_is_the_one_of_difflib() -> None:
    before = [f"line {number}\n" for number in range(60)]
    after = [f"第 {number} 行\n" if number % 13 == 5 or number == 0 else line for number, line in enumerate(before)]
    assert list(unified(before, after, "a", "b")) == list(difflib.unified_diff(before, after, "a", "b"))


def test_where_a_section_moves_it_is_the_one_of_difflib() -> None:
    before = [f"line {number}\n" for number in range(60)]
    after = [*before[:10], *before[20:24], *before[10:20], *before[24:]]
    assert list(unified(before, after, "a", "b")) == list(difflib.unified_diff(before, after, "a", "b"))


def test_where_lines_come_and_go_it_is_the_one_of_difflib() -> None:
    before = [f"line {number}\n" for number in range(60)]
    after = [*before[:10], "新的一行\n", *before[12:50], *before[55:], "x\n", "y\n"]
    assert list(unified(before, after, "a", "b")) == list(difflib.unified_diff(before, after, "a", "b"))
