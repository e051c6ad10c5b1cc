"""An edit taken back out of what a text has become."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aiblog.core.reverse_edit import without_edit

TEXT = st.lists(st.sampled_from([b"a\n", b"b\r\n", b"\n", b"## x\n", "中文\n".encode()]), max_size=8).map(b"".join)
MINE = st.lists(st.integers(0, 99).map(lambda each: b"mine %d\n" % each), min_size=1, max_size=3).map(b"".join)
THEIRS = st.lists(st.integers(0, 99).map(lambda each: b"theirs %d\n" % each), max_size=3).map(b"".join)


@given(TEXT, MINE, THEIRS, THEIRS)
def test_lines_put_in_go_and_what_others_put_around_them_stays(
    text: bytes, mine: bytes, above: bytes, below: bytes
) -> None:
    lines = text.splitlines(keepends=True)
    head, tail = b"".join(lines[: len(lines) // 2]), b"".join(lines[len(lines) // 2 :])
    now = head + above + mine + below + tail
    assert without_edit(now, head + tail, head + mine + tail) == head + above + below + tail


@given(TEXT, TEXT, TEXT)
def test_an_edit_that_is_taken_back_from_its_own_result_gives_what_was_before_or_nothing(
    before: bytes, after: bytes, now: bytes
) -> None:
    assert without_edit(after, before, after) in (before, None)
    without_edit(now, before, after)


def test_what_is_not_sure_is_not_done() -> None:
    before, after = b"one\ntwo\n", b"one\nmine\ntwo\n"
    assert without_edit(b"one\nreworded\ntwo\n", before, after) is None
    assert without_edit(b"mine\none\nmine\ntwo\n", before, after) is None
    assert without_edit(b"one\nadded\n", b"one\ntwo\n", b"one\n") is None
    assert without_edit(b"date: 3\nnew\nmine\n", b"date: 1\n", b"date: 2\nmine\n") is None
