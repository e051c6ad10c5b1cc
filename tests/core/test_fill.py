"""Translated blocks put into a stub, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from aiblog.core.dropped import dropped
from aiblog.core.fill import Fill, filled
from aiblog.core.stub_blocks import Waiting, waiting_blocks
from aiblog.core.stub_styles import Original, Style, inline_body, styled_body, without_markers
from aiblog.core.translation import TODO
from support.generated_markdown import bodies

HEAD = "---\nlang: zh\n---\n"

SOURCE = """\
# Title

Text of [a link](./x.md).

## Part

- one
  - two
- three

| a | b |
| --- | --- |
| c | d |

> Said.

<details>
<summary>More</summary>
</details>

![i](a.png) beside.

Text of [a link](./x.md).
"""


def stub(body: str = SOURCE) -> bytes:
    return (HEAD + inline_body(body)).encode()


def waiting(data: bytes) -> dict[str, Waiting]:
    return {each.text or "": each for each in waiting_blocks(data, {})}


def test_each_block_that_waits_has_its_kind_line_section_and_text() -> None:
    found = [each.as_json() for each in waiting_blocks(stub(), {})]
    assert [(each["kind"], each["line"], each["section"]) for each in found] == [
        ("heading", 5, None),
        ("paragraph", 8, "Title"),
        ("heading", 11, "Title"),
        ("list", 14, "Part"),
        ("table", 19, "Part"),
        ("quote", 24, "Part"),
        ("html", 27, "Part"),
        ("paragraph", 32, "Part"),
        ("paragraph", 35, "Part"),
    ]
    assert found[3]["text"] == "- one\n  - two\n- three"
    assert found[1]["id"] == found[8]["id"]
    assert len({str(each["id"]) for each in found}) == 8


def test_a_text_takes_the_place_of_its_block_and_the_marker_goes() -> None:
    data = stub()
    found = waiting(data)
    done = filled(data, [Fill(found["## Part"].id, "\n## 部分\n"), Fill(found["> Said."].id, "> 他说。\r\n")], {})
    assert done.filled == (found["## Part"].id, found["> Said."].id)
    expected = data.decode().replace(f"{TODO}\n## Part", "## 部分").replace(f"{TODO}\n> Said.", "> 他说。")
    assert done.data.decode() == expected
    left = waiting(done.data)
    assert {text: each.id for text, each in found.items() if text in left} == {t: e.id for t, e in left.items()}


def test_blocks_of_one_text_are_filled_together_or_in_order() -> None:
    data = stub()
    id_ = waiting(data)["Text of [a link](./x.md)."].id
    together = filled(data, [Fill(id_, "甲")], {}).data.decode()
    assert together.count("\n甲\n") == 2
    in_order = filled(data, [Fill(id_, "甲"), Fill(id_, "乙")], {}).data.decode()
    assert in_order.index("\n甲\n") < in_order.index("\n乙\n")
    (trouble,) = filled(data, [Fill(id_, text) for text in "甲乙丙"], {}).troubles
    assert trouble.message == "3 texts are given for 2 of its blocks"


def test_filling_twice_changes_nothing_the_second_time() -> None:
    data = stub()
    fills = [Fill(waiting(data)["## Part"].id, "## 部分")]
    once = filled(data, fills, {})
    again = filled(once.data, fills, {})
    assert (again.data, again.filled, again.there, again.troubles) == (once.data, (), (fills[0].id,), ())


def test_a_comment_between_marker_and_block_and_a_blank_line_of_a_formatter_are_taken_care_of() -> None:
    data = f"{HEAD}\n{TODO}\n<!-- markdownlint-disable-next-line MD013 -->\nlong\n\n{TODO}\n\nother\n".encode()
    found = waiting(data)
    done = filled(data, [Fill(found["long"].id, "长"), Fill(found["other"].id, "别的")], {})
    assert done.data.decode() == f"{HEAD}\n<!-- markdownlint-disable-next-line MD013 -->\n长\n\n别的\n"


REFUSED = [
    ("# Title", "", "the text is empty"),
    ("# Title", "标题", "a heading of level 1 was wanted, a paragraph found"),
    ("# Title", "## 标题", "a heading of level 1 was wanted, a heading of level 2 found"),
    ("## Part", "## 部分\n\n正文", "a heading of level 2 was wanted, a heading of level 2 and a paragraph found"),
    ("> Said.", "> 说\n\n```", "a quotation was wanted, a quotation and a code block found"),
    ("Text", "[r]: ./x.md", "a paragraph was wanted, nothing to read found"),
    ("Text", "[r]: ./x.md\n正文", "a paragraph was wanted, a paragraph found"),
    ("Text", "[^1]: 脚注", "a paragraph was wanted, the footnote [^1] found"),
    ("Text", "<!-- 没完", "a paragraph was wanted, HTML found"),
    ("Text", f"{TODO}\n正文", "a comment of aiblog"),
    ("Text", "半个 \ud83d", "half of a surrogate pair"),
    ("- one", "- 一\n- 三", "bullet list: 2 wanted, 1 found"),
    ("- one", "- 一\n- 二\n- 三", "bullet list: 2 wanted, 1 found"),
    ("- one", "- 一\n- 二\n  - 三", "the same order and nesting of its parts was wanted"),
    ("- one", "1. 一\n   - 二\n2. 三", "bullet list: 2 wanted, 1 found"),
    ("- one", "- 一\n  - 二\n- 三\n\n  ```\n  开", "the code fence ``` is not closed"),
    ("| a", "| 甲 |\n| --- |\n| 丙 |", "table cell: 4 wanted, 2 found"),
    ("| a", "| 甲 | 乙 |\n| --- | --- |", "table cell: 4 wanted, 2 found"),
    ("<details>", "<details>\n<b>更多</b>\n</details>", "<summary of HTML: 1 wanted, none found"),
    ("<details>", "<details>\n<summary>更多</summary>\n</details><!--", "<!-- of HTML: none wanted, 1 found"),
    ("![i]", "旁边。", "the image a.png is missing here"),
    ("![i]", "![i](b.png) 旁边。", "the image a.png is missing here"),
]


@pytest.mark.parametrize(("begin", "text", "message"), REFUSED)
def test_a_text_of_another_structure_is_refused(begin: str, text: str, message: str) -> None:
    data = stub()
    place = next(each for words, each in waiting(data).items() if words.startswith(begin))
    done = filled(data, [Fill(place.id, text)], {})
    assert done.data == data
    assert {(each.id, each.line) for each in done.troubles} >= {(place.id, place.line)}
    assert all(message in each.message for each in done.troubles)


def test_all_that_is_wrong_is_said_at_once() -> None:
    data = stub()
    found = waiting(data)
    done = filled(data, [Fill("00000000", "x"), Fill(found["# Title"].id, "x"), Fill(found["> Said."].id, "> 好")], {})
    assert [each.id for each in done.troubles] == ["00000000", found["# Title"].id]
    assert done.data == data


def test_a_text_that_spreads_over_its_neighbours_is_refused() -> None:
    data = f"{HEAD}\n{TODO}\n<div>a</div>\n\nText.\n\n    code\n".encode()
    (place,) = waiting_blocks(data, {})
    assert not filled(data, [Fill(place.id, "<div>甲</div>")], {}).troubles
    lists = f"{HEAD}\n{TODO}\n- a\n\n<!-- -->\n\n   b\n".encode()
    (place,) = waiting_blocks(lists, {})
    assert not filled(lists, [Fill(place.id, "- 甲")], {}).troubles
    joined = f"{HEAD}\n{TODO}\nText.\n\n{TODO}\n- a\n\n{TODO}\n  b\n".encode()
    place = waiting_blocks(joined, {})[2]
    (trouble,) = filled(joined, [Fill(place.id, "  乙")], {}).troubles
    assert "change the blocks around it" in trouble.message


def test_prose_that_an_outline_left_out_comes_back_in_any_number_of_paragraphs() -> None:
    body = "# T\n\nOne.\n\nTwo.\n\n- a\n- b\n\n## P\n"
    data = (HEAD + styled_body(body, "outline", Original(body, range(1, 20), "./x.md"))).encode()
    (run,) = dropped(body, body)
    prose = {run.id: run.text}
    place = waiting_blocks(data, prose)[1]
    assert (place.kind, place.text, place.section) == ("prose", "One.\n\nTwo.\n\n- a\n- b", "T")
    done = filled(data, [Fill(run.id, "一。\n\n- 甲\n- 乙")], prose)
    assert f"# T\n\n一。\n\n- 甲\n- 乙\n\n{TODO}\n## P\n" in done.data.decode()
    for text, message in (
        ("- 甲\n- 乙", "was wanted, a list found"),
        ("一。\n\n## 二\n\n- 甲\n- 乙", "a heading of level 2"),
        ("一。\n\n- 甲", "list item: 2 wanted, 1 found"),
    ):
        (trouble,) = filled(data, [Fill(run.id, text)], prose).troubles
        assert message in trouble.message
    (trouble,) = filled(data, [Fill(run.id, "一。")], {}).troubles
    assert "the source no longer has the text" in trouble.message


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_any_stub_filled_with_the_sources_own_text_is_the_source(body: str) -> None:
    head = HEAD.replace("\n", "\r\n") if "\r\n" in body else HEAD
    prose = {run.id: run.text for run in dropped(body, body)}
    styles: list[Style] = ["inline", "comments", "outline"]
    for style in styles:
        data = (head + styled_body(body, style, Original(body, range(1, 999), "./x.md"))).encode()
        fills = [Fill(each.id, each.text or "") for each in waiting_blocks(data, prose)]
        done = filled(data, fills, prose)
        written = done.data.decode().removeprefix(head)
        assert not done.troubles
        assert (without_markers(written) if style == "comments" else written) == body
        again = filled(done.data, fills, prose)
        assert (again.data, again.troubles) == (done.data, ())
