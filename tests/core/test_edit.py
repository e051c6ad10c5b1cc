"""Edits of a file's bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiblog.core.edit import Edit, applied, difference

DATA = "# 中文 \n\n- a\n".encode()
PLACES = st.integers(-1, len(DATA) + 1)
EDITS = st.lists(st.builds(Edit, PLACES, PLACES, st.sampled_from([b"", b"x", b"\n"])), max_size=6)


@pytest.mark.parametrize(
    ("edits", "result"),
    [
        ([], b"abcdef"),
        ([Edit(4, 5, b""), Edit(0, 1, "甲".encode())], "甲bcdf".encode()),
        ([Edit(6, 6, b"!"), Edit(0, 0, b">")], b">abcdef!"),
        ([Edit(1, 3, b"x"), Edit(3, 4, b"y")], b"axyef"),
        ([Edit(2, 2, b"\n"), Edit(2, 3, b"C")], b"ab\nCdef"),
    ],
)
def test_edits_are_made_in_the_order_of_their_places(edits: list[Edit], result: bytes) -> None:
    assert applied(b"abcdef", edits) == result


@pytest.mark.parametrize(
    ("edits", "result"),
    [
        ([Edit(1, 4, b"x"), Edit(3, 5, b"y")], b"axef"),
        ([Edit(2, 2, b"\n"), Edit(2, 2, b"\n")], b"ab\ncdef"),
        ([Edit(1, 2, b"x"), Edit(1, 2, b"y")], b"axcdef"),
        ([Edit(5, 7, b"x"), Edit(-1, 2, b"x"), Edit(3, 2, b"x")], b"abcdef"),
    ],
)
def test_what_overlaps_or_lies_outside_is_left(edits: list[Edit], result: bytes) -> None:
    assert applied(b"abcdef", edits) == result


@given(EDITS)
def test_bytes_that_no_edit_touches_stay(edits: list[Edit]) -> None:
    result = applied(DATA, edits)
    before = min((edit.start for edit in edits if edit.start >= 0), default=len(DATA))
    after = max((edit.end for edit in edits), default=0)
    assert result.startswith(DATA[: max(0, before)])
    assert result.endswith(DATA[max(0, after) :])


@given(st.text("ab中\n", max_size=8), st.text("ab中\n", max_size=8))
def test_the_difference_is_one_smallest_edit_that_makes_the_other(before: str, after: str) -> None:
    edits = difference(before.encode(), after.encode())
    assert applied(before.encode(), edits) == after.encode()
    assert len(edits) == (before != after)
    for start, end, text in edits:
        old = before.encode()[start:end]
        assert not (old and text) or (old[0] != text[0] and old[-1] != text[-1])
