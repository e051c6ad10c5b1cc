"""Blocks that a source has gained, put into a translation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.stub_sync import New, with_new_blocks
from aiblog.core.text_blocks import text_blocks
from aiblog.core.translation import TODO
from support.generated_markdown import bodies

HEAD = "---\nlang: zh\n---\n"


def test_blocks_that_touch_in_the_source_touch_in_the_translation() -> None:
    source = "# T\n\nText:\n- a\n- b\n"
    new = [New("paragraph", 3, 3, 5), New("list", 4, 5, 5)]
    data, lines = with_new_blocks(f"{HEAD}\n# 题\n".encode(), source, new)
    assert data.decode() == f"{HEAD}\n# 题\n\n{TODO}\nText:\n{TODO}\n- a\n- b\n"
    assert lines == (8, 10)


def test_a_comment_comes_with_its_block_once_and_a_lone_one_waits_for_nothing() -> None:
    source = "<!-- markdownlint-disable-next-line MD013 -->\nText.\n\n<!-- aside -->\n\n[r]: ./r.md\n\n---\n"
    new = [New("html", 1, 1, None), New("paragraph", 2, 2, None), New("html", 4, 4, None)]
    new += [New("definition", 6, 6, None), New("rule", 8, 8, None)]
    data, _ = with_new_blocks(f"{HEAD}\n题\n\n\n".encode(), source, new)
    assert data.decode() == f"{HEAD}\n题\n\n{TODO}\n{source}\n\n"


@given(bodies(), bodies(), st.lists(st.integers(0, 40), max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_comes_in_the_translations_own_lines_stay_in_order(source: str, body: str, places: list[int]) -> None:
    source, data = HEAD + source, (HEAD + body).encode()
    count = data.count(b"\n")
    found = [each for each in text_blocks(source) if each.kind != "metadata"]
    new = [New(each.kind, each.first, each.last, min(at, count)) for each, at in zip(found, places, strict=False)]
    done = with_new_blocks(data, source, new)
    lines = iter(done.data.replace(b"\r", b"").split(b"\n"))
    assert all(line in lines for line in data.replace(b"\r", b"").split(b"\n"))
    assert (b"\r\n" in done.data) <= (b"\r\n" in data)
    assert len(done.lines) <= len(new)
    if not new:
        assert done.data == data


def test_what_waits_there_already_is_not_added_again() -> None:
    source = "# T\n\nText.\n\n- a\n"
    new = [New("paragraph", 3, 3, 5), New("list", 5, 5, 5)]
    once = with_new_blocks(f"{HEAD}\n# 题\n".encode(), source, new).data
    assert with_new_blocks(once, source, new) == (once, ())
