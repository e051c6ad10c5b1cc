"""What changed in a source, block by block."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.canonical import source_hash
from aiblog.core.source_diff import Change, changes, kind_of
from support.sources import SOURCE

POST = """\
---
title: 队列
status: Active
---

# 队列

English | [中文版](./queue_zh.md)

gVisor support is beta since GKE 1.35, see [the notes](./notes.md) and https://example.org/a.

## 第一节

支持仍处于测试阶段，需要手动启用。

- 一
- 二 `--flag`

| a | b |
| --- | --- |
| 1 | 2 |

```sh
kubectl get pods
```

## 第二节

![图](./a.png)

[ref]: ./x.md
"""


def only(new: str, old: str = POST) -> Change:
    (change,) = changes(old, new)
    return change


@pytest.mark.parametrize(
    ("was", "now", "kind", "words"),
    [
        ("./notes.md", "./other.md", "links", 0),
        ("https://example.org/a", "https://example.org/b", "links", 0),
        ("./a.png", "./b.png", "links", 0),
        ("./x.md", "<./y z.md>", "links", 0),
        ("get pods", "get nodes", "code", 0),
        ("```sh", "```bash", "code", 0),
        ("--flag", "--other", "code", 0),
        ("beta", "generally available", "minor", 2),
        ("测试阶段", "正式阶段", "minor", 1),
        ("- 二", "- 三", "minor", 1),
        ("| 2 |", "| 3 |", "minor", 1),
        ("title: 队列", "title: 排队", "minor", 1),
        ("## 第二节", "### 第二节", "minor", 0),
        ("beta since", "beta, as of today and for all of us who use it in production, since", "content", 13),
        ("需要手动启用", "需要在每个节点上由管理员手动启用并且逐一验证其是否生效", "content", 11),
    ],
)
def test_a_change_is_of_the_kind_that_its_words_links_and_code_make_it(
    was: str, now: str, kind: str, words: int
) -> None:
    change = only(POST.replace(was, now))
    assert (change.what, change.kind, change.words) == ("changed", kind, words)
    assert kind_of([change]) == kind
    assert change.old != change.new


@pytest.mark.parametrize(
    "other",
    [
        POST.replace("beta since GKE", "beta\nsince GKE"),
        POST.replace("\n- ", "\n* "),
        POST.replace("\n", "\r\n"),
        POST.replace("status: Active", "status: Draft\ntags: a"),
        POST.replace("English | [中文版](./queue_zh.md)\n\n", ""),
        POST.replace("## 第一节", "<!-- aiblog:todo 说明 -->\n## 第一节"),
        POST + "\n\n",
    ],
)
def test_what_a_translation_need_not_follow_is_no_change(other: str) -> None:
    assert changes(POST, other) == []
    assert kind_of([]) is None


def test_a_change_has_its_section_and_its_lines_in_both_texts() -> None:
    change = only(POST.replace("beta", "stable").replace("---\n\n#", "---\n\n<!-- aiblog:todo\nx -->\n\n#"))
    assert (change.section, change.old_line, change.line, change.block) == ("# 队列", 10, 13, "paragraph")
    change = only(POST.replace("二 `", "两 `"))
    assert (change.section, change.old_line, change.line, change.block) == ("## 第一节", 16, 16, "list")


def test_a_new_section_is_content_however_short_it_is() -> None:
    heading, text = changes(POST, POST.replace("## 第二节", "## 新的\n\n一句。\n\n## 第二节"))
    assert (heading.what, heading.kind, heading.new, heading.line) == ("added", "content", "## 新的", 27)
    assert heading.old_line == 25
    assert (text.what, text.kind, text.section, text.new) == ("added", "minor", "## 新的", "一句。")
    assert kind_of([heading, text]) == "content"


def test_what_was_removed_says_where_it_stood() -> None:
    change = only(POST.replace("- 一\n- 二 `--flag`\n\n", ""))
    assert (change.what, change.old_line, change.line, change.section) == ("removed", 16, 14, "## 第一节")
    assert (change.old, change.new) == ("- 一\n- 二 `--flag`", "")


def test_what_stands_elsewhere_has_moved() -> None:
    paragraph = "支持仍处于测试阶段，需要手动启用。\n\n"
    change = only(POST.replace(paragraph, "").replace("![图]", f"{paragraph}![图]"))
    assert (change.what, change.kind, change.words, change.section) == ("moved", "content", 0, "## 第二节")
    assert (change.old_line, change.line) == (14, 27)


def test_small_changes_are_content_together() -> None:
    new = (
        POST.replace("gVisor", "Kata Containers sandbox")
        .replace("- 一", "- one two three four")
        .replace("第二", "最终的二")
    )
    found = changes(POST, new)
    assert [change.kind for change in found] == ["minor"] * 3
    assert kind_of(found) == "minor"
    assert kind_of([*found, found[1]]) == "content"


def test_code_and_links_that_change_in_one_paragraph_are_code() -> None:
    text = "See [x](./a.md) and `b`.\n"
    assert only(text.replace("a.md", "c.md").replace("`b`", "`c`"), text).kind == "code"


def test_a_block_that_was_rewritten_is_one_change_and_neighbours_are_their_own() -> None:
    old = "# T\n\nOne paragraph about queues.\n\nAnother about nodes and pods.\n"
    new = (
        "# T\n\nSomething quite different here.\n\nOne paragraph about long queues.\n\nAnother about nodes and pods.\n"
    )
    assert [(each.what, each.words) for each in changes(old, new)] == [("added", 4), ("changed", 1)]


PROSE = [
    "",
    "word",
    "词语",
    "词语 word",
    "词语word",
    "# H",
    "## 标题",
    "- a",
    "  - b",
    "* a",
    "1. c",
    "> q",
    "---",
    "===",
    "line  ",
    "title: a",
]
CODE = ["```", "~~~ sh", "    code", "\ttab", "| a | b |", "| - | - |"]
MARKUP = ["<div>", "<!-- c -->", "<!-- aiblog:todo -->", "-->", "<!-- aiblog:x", "[r]: ./x.md", "[^1]: n"]
LINKS = ["[x](./y.md) `z`", "[中文版](./a_zh.md)"]
LINES = st.sampled_from([*PROSE, *CODE, *MARKUP, *LINKS])
TEXTS = st.lists(LINES, max_size=12).map(lambda lines: "\n".join(["", *lines]))


@given(TEXTS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_there_are_changes_exactly_where_the_hash_differs(old: str, new: str) -> None:
    head = "---\ntitle: t\n---\n\n"
    for one, other in ((old, new), (head + old, head + new), (head + old, new)):
        differs = source_hash(one.encode()) != source_hash(other.encode())
        found = changes(one, other)
        assert bool(found) == differs
        assert all(each.old != each.new or each.what == "moved" for each in found)


@given(st.lists(LINES, max_size=14), st.data())
@settings(max_examples=200, deadline=None)
def test_a_line_more_or_less_never_breaks_it(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines)))
    more = [*lines[:at], data.draw(LINES), *lines[at:]]
    old, new = "\n".join(["", *lines]), "\n".join(["", *more])
    for one, other in ((old, new), (new, old)):
        for change in changes(one, other):
            assert 0 <= change.line <= len(other.split("\n"))
            assert 0 <= change.old_line <= len(one.split("\n"))


def test_a_source_with_a_block_of_every_kind_is_itself() -> None:
    assert changes(SOURCE, SOURCE) == []
    found = changes("", SOURCE)
    assert {change.what for change in found} == {"added"}
    kinds = {"heading", "paragraph", "list", "table", "code", "image", "quote", "rule", "html", "definition"}
    assert {change.block for change in found} == kinds
