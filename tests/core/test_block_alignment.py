"""Which block of a translation stands for which of its source, and where a change belongs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aiblog.core.block_alignment import aligned
from aiblog.core.source_diff import changes
from aiblog.core.translation_places import Place, places

OLD = """\
---
title: Queues
---

# Queues

Kueue 0.9 decides when a job starts.

## Setup

Install it first.

```sh
kubectl apply -f kueue.yaml
```

- one queue
- two queues
- three queues

![queue](./queue.png)

## Limits

There is a limit of 100 jobs.

Another limit is 5 GB of memory.

## End

Thanks, KubeCon.
"""
TRANSLATION = """\
---
title: 队列
lang: zh
---

# 队列

[English](./queues.md)

Kueue 0.9 决定任务何时开始。

## 安装

先装上它。

```sh
kubectl apply -f kueue.yaml
```

- 一个队列
- 两个队列
- 三个队列

![队列](./queue.png)

## 限制

最多 100 个任务。

另一个限制是
5 GB 内存。

## 结语

谢谢 KubeCon。
"""


def lines(source: str = OLD, translation: str = TRANSLATION) -> list[tuple[int, int]]:
    return [(one.first if one else 0, other.first if other else 0) for one, other in aligned(source, translation)]


def place_of(old: str, new: str, translation: str = TRANSLATION) -> Place:
    (place,) = places(changes(old, new), old, new, translation)
    return place


def test_blocks_are_aligned_by_headings_kinds_and_what_stays_as_it_is() -> None:
    english = [2, 5, 7, 9, 11, 13, 17, 21, 23, 25, 27, 29, 31]
    chinese = [2, 6, 10, 12, 14, 16, 20, 24, 26, 28, 30, 33, 35]
    assert lines() == list(zip(english, chinese, strict=True))


def test_a_block_that_one_of_them_lacks_shifts_none_of_the_others() -> None:
    shorter = TRANSLATION.replace("最多 100 个任务。\n\n", "")
    assert (25, 0) in lines(translation=shorter)
    assert (27, 28) in lines(translation=shorter)
    longer = TRANSLATION.replace("## 结语", "## 译者的话\n\n一点补充。\n\n## 结语")
    assert {(0, 33), (0, 35), (29, 37), (31, 39)} <= set(lines(translation=longer))


def test_a_section_that_the_translation_lacks_leaves_the_next_one_its_own() -> None:
    start, end = TRANSLATION.index("## 安装"), TRANSLATION.index("## 限制")
    found = lines(translation=TRANSLATION[:start] + TRANSLATION[end:])
    assert {(9, 0), (13, 0), (23, 12), (25, 14), (27, 16)} <= set(found)


@pytest.mark.parametrize(
    ("was", "now", "place"),
    [
        ("0.9", "0.10", Place(10, "# 队列")),
        ("## Setup", "## How to set it up", Place(12, "## 安装")),
        ("two queues", "2 queues", Place(21, "## 安装")),
        ("queues\n", "lines\n", Place(21, "## 安装", others=(22,))),
        ("- one queue\n- two queues\n", "- two queues\n", Place(20, "## 安装")),
        ("kueue.yaml", "kueue/v1.yaml", Place(17, "## 安装")),
        ("./queue.png", "./new.png", Place(24, "## 安装")),
        ("5 GB", "6 GB", Place(30, "## 限制")),
        ("Another limit is 5 GB of memory.\n\n", "", Place(30, "## 限制")),
        ("title: Queues", "title: Waiting", Place(2, "")),
        ("Thanks, KubeCon.", "Thanks, KubeCon.\n\nSee you.", Place(35, "## 结语", after=True)),
        ("## Limits\n", "A note.\n\n## Limits\n", Place(24, "## 安装", after=True)),
        ("# Queues\n", "A first line.\n\n# Queues\n", Place(4, "", after=True)),
        ("title: Queues\n", "title: Queues\ndescription: All of it\n", Place(2, "", after=True)),
    ],
)
def test_a_change_has_the_line_of_the_translation_to_edit(was: str, now: str, place: Place) -> None:
    assert place_of(OLD, OLD.replace(was, now)) == place


def test_what_the_translation_has_already_is_pointed_at() -> None:
    new = OLD.replace("## End", "## Costs\n\nThree dollars.\n\n## End")
    ahead = TRANSLATION.replace("## 结语", "## 费用\n\n三美元。\n\n## 结语")
    assert places(changes(OLD, new), OLD, new, ahead) == [
        Place(33, "## 费用", new=True),
        Place(35, "## 费用", new=True),
    ]
    part = TRANSLATION.replace("## 结语", "## 费用\n\n## 结语")
    assert places(changes(OLD, new), OLD, new, part)[0] == Place(33, "## 费用", new=True)
    behind = Place(31, "## 限制", after=True)
    assert places(changes(OLD, new), OLD, new, TRANSLATION) == [behind, behind]


def test_of_items_that_came_and_went_each_has_its_own_line() -> None:
    rows = "| Kernel | Year |\n| --- | --- |\n| 2.6 | 2008 |\n| 3.3 | 2012 |\n| 3.5 | 2012 |\n| 4.3 | 2015 |\n"
    old, translation = f"# Kernels\n\n{rows}", f"# 内核\n\n{rows.replace('Kernel', '内核').replace('Year', '年份')}"
    new = old.replace("| 2.6 | 2008 |\n", "").replace("3.5 | 2012", "3.5 | 2013") + "| 5.0 | 2019 |\n"
    assert place_of(old, new, translation) == Place(5, "# 内核", others=(7, 8))
    longer = OLD.replace("- two queues\n", "- two queues\n- two and a half\n")
    assert place_of(OLD, longer) == Place(21, "## 安装")
    ahead = TRANSLATION.replace("- 三个队列\n", "- 三个队列\n- 四个队列\n")
    longer = OLD.replace("- three queues\n", "- three queues\n- four queues\n")
    assert place_of(OLD, longer, ahead) == Place(23, "## 安装")


def test_what_the_translation_never_had_belongs_behind_what_stands_before_it() -> None:
    shorter = TRANSLATION.replace("最多 100 个任务。\n\n", "")
    assert place_of(OLD, OLD.replace("100 jobs", "200 jobs"), shorter) == Place(26, "## 限制", after=True)


def test_a_chinese_source_and_its_english_translation_align_as_well() -> None:
    assert place_of(TRANSLATION, TRANSLATION.replace("三个队列", "四个队列"), OLD) == Place(19, "## Setup")


def test_the_pairs_of_the_real_blog_align_block_by_block(corpus: Path) -> None:
    pairs = 0
    for chinese in sorted(corpus.rglob("docs/blog/*/*_zh.md")):
        english = chinese.with_name(chinese.name.replace("_zh", ""))
        if not english.exists():
            continue
        pairs += 1
        found = aligned(english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8"))
        both = [(one, other) for one, other in found if one and other]
        assert all(one.kind == other.kind for one, other in both)
        assert len(both) >= 0.9 * len(found), english.name
        assert all(one.text == other.text or one.kind != "code" for one, other in both) or len(both) > 20
    assert pairs >= 15


def test_four_hundred_blocks_without_a_heading_take_no_ages() -> None:
    english = "\n\n".join(
        f"Paragraph {number} on queue {number % 7}, node{number % 13} and GPUs." for number in range(400)
    )
    chinese = "\n\n".join(f"第 {number} 段：queue {number % 7}、node{number % 13} 与 GPU。" for number in range(400))
    begun = time.monotonic()
    assert lines(english, chinese) == [(2 * number + 1, 2 * number + 1) for number in range(400)]
    assert time.monotonic() - begun < 30  # against hanging
