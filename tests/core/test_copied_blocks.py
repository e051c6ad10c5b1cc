"""Blocks of a translation that are its source's, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.core.copied_blocks import copied_blocks

ENGLISH = """\
---
title: x
---

# Queues in Kueue

A ClusterQueue holds
quota for the whole cluster.

- it is shared by several teams
- and can be borrowed by others

| Name | What it is for |
| --- | --- |
| a | one of the many things |

> Quotas are never as large as wished.
"""


def test_prose_that_is_still_the_sources_is_found_where_it_stands_whatever_its_wrapping() -> None:
    text = "---\nlang: zh\n---\n\n# Kueue 的队列\n\nA ClusterQueue holds quota for the whole cluster.\n"
    translation = "\ufeff" + text.replace("\n", "\r\n")
    assert copied_blocks(ENGLISH, translation, "en", "zh") == [7]
    assert copied_blocks(ENGLISH, ENGLISH, "en", "zh-CN") == [7, 10, 13, 17]
    assert copied_blocks("# 队列\n\n集群队列持有配额。\n", "# Queues\n\n集群队列持有配额。\n", "zh", "en") == [3]


@pytest.mark.parametrize(
    "same",
    [
        "## FAQ",
        "## Kubernetes SIG Node",
        "Kubernetes v1.34, Kueue, JobSet",
        "- [Kueue: a queue for all of the jobs in a cluster](https://example.org/a)\n- <https://example.org/b>",
        "```sh\n# what this does is said in a few words here\necho a\n```",
        "`kubectl get the queues of this cluster by name`",
        "![a picture of all the queues in the cluster](./a.png)",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "中文名",
    ],
)
def test_names_code_links_images_and_numbers_stay_as_they_are(same: str) -> None:
    assert copied_blocks(f"# A\n\n{same}\n", f"# 甲\n\n{same}\n", "en", "zh") == []
    assert copied_blocks(f"# 甲\n\n{same}\n", f"# A\n\n{same}\n", "zh", "en") == []


def test_between_languages_of_one_script_nothing_is_said() -> None:
    assert copied_blocks(ENGLISH, ENGLISH, "en", "de") == []
    assert copied_blocks(ENGLISH, ENGLISH, "pt-br", "en") == []


def test_no_translation_of_the_real_blog_has_such_a_block_but_the_one_that_has_a_chinese_end(corpus: Path) -> None:
    pairs = []
    for chinese in sorted((corpus / "docs/blog").glob("*/*_zh.md")):
        stem = chinese.name.removesuffix("_zh.md")
        english = next(
            (each for each in (chinese.with_name(f"{stem}{end}.md") for end in ("", "_en")) if each.is_file()), None
        )
        if english is not None:
            pairs.append((english, chinese))
    assert len(pairs) == 17
    found = {}
    for english, chinese in pairs:
        texts = english.read_text(encoding="utf-8"), chinese.read_text(encoding="utf-8")
        assert copied_blocks(*texts, "en", "zh") == []
        if lines := copied_blocks(texts[1], texts[0], "zh", "en"):
            found[english.name] = lines
    assert found == {"kubernetes-community-operations.md": [338]}
