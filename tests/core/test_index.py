"""Indexes: entries found, put in and brought up to date; every other byte stays."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aiblog.core import index_page
from aiblog.core.index import Entry, EntryLink, Shape, entry_lines, learned_shape, listed, summary_error, with_entry
from aiblog.core.language import Language
from aiblog.core.settings import Index
from aiblog.errors import AiblogError

EN = Language("en", "English", "", "English")
ZH = Language("zh", "Chinese", "_zh", "中文版")
SECTIONS = Index("blog/README.md")
LIST = Index("README.md", "list", complete=False, under="Blog")
NEW_EN = EntryLink("blog/2026-02-25/roi.md", "The ROI of Open Source", EN)
NEW_ZH = EntryLink("blog/2026-02-25/roi_zh.md", "贡献开源的 ROI：解读", ZH)
BOTH = frozenset({NEW_EN.path, NEW_ZH.path})
OLD = {f"blog/{date}/{name}" for date, name in [
    ("2026-03-01", "later.md"), ("2026-01-02", "one.md"), ("2026-01-02", "one_zh.md"), ("2026-01-02", "two_zh.md"),
    ("2025-12-01", "three.md"), ("2025-12-01", "three_zh.md"),
]}  # fmt: skip
EDITIONS = OLD | BOTH


def entry(*links: EntryLink, title: str | None = None, summary: str | None = None, date: str = "2026-02-25") -> Entry:
    return Entry(date, links, title, summary, BOTH | {link.path for link in links})


def put(text: str | bytes, each: Entry, index: Index = SECTIONS, editions: set[str] = EDITIONS) -> str:
    """The index with the entry, after a look that a second time changes nothing."""
    data = text.encode() if isinstance(text, str) else text
    shape = learned_shape(data, index, editions, [EN, ZH])
    after = with_entry(data, index, each, shape, editions)
    assert with_entry(after, index, each, shape, editions) == after
    assert with_entry(after, index, each, learned_shape(after, index, editions, [EN, ZH]), editions) == after
    return after.decode("utf-8", "surrogateescape")


def added(before: str, after: str) -> str:
    """The lines that came; a line that went is shown with a minus."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return "".join(line[2:] if line[0] == "+" else line for line in lines if line[0] in "+-")


PAGE = """\
---
status: Active
last_updated: 2026-01-02  # by hand
---

# Blog

Prose with a link to [one](./2026-01-02/one.md).

<!-- ## 2020-01-01: hidden
- [one](./2026-01-02/one.md)
-->

```markdown
## 2026-02-25: An example

- [ROI](./2026-02-25/roi.md)
```

## 2026-03-24: Maintenance scan

We looked at [one](./2026-01-02/one.md) again.

## 2026-01-02: One

- [People's words (English)](./2026-01-02/one.md)
- [一 (Chinese)](./2026-01-02/one_zh.md)

Prose.

- a point, as in [three](./2025-12-01/three.md)

## 2025-12-01: Three

- [Three (English)](./2025-12-01/three.md)

## Contributing

1. Read [two](./2026-01-02/two_zh.md)
"""


def test_an_entry_of_a_sections_index_is_the_contracts_bytes() -> None:
    after = put(PAGE, entry(NEW_EN, NEW_ZH, summary="What it is:\n\n- one\n- two\n\n"))
    wanted = (
        "## 2026-02-25: The ROI of Open Source\n\n"
        "- [The ROI of Open Source (English)](./2026-02-25/roi.md)\n"
        "- [贡献开源的 ROI：解读 (Chinese)](./2026-02-25/roi_zh.md)\n\n"
        "What it is:\n\n- one\n- two\n\n"
    )
    assert after == PAGE.replace("last_updated: 2026-01-02 ", "last_updated: 2026-02-25 ").replace(
        "## 2026-01-02: One\n", wanted + "## 2026-01-02: One\n"
    )


def test_without_a_summary_it_and_one_blank_line_are_left_out() -> None:
    after = put(PAGE, entry(NEW_ZH))
    assert (
        "## 2026-02-25: 贡献开源的 ROI：解读\n\n"
        "- [贡献开源的 ROI：解读 (Chinese)](./2026-02-25/roi_zh.md)\n\n## 2026-01-02" in after
    )


@pytest.mark.parametrize(
    ("date", "before"),
    [
        ("2026-04-01", "## 2026-03-24: Maintenance scan"),
        ("2026-02-25", "## 2026-01-02: One"),
        ("2026-01-02", "## 2026-01-02: One"),
        ("2025-12-31", "## 2025-12-01: Three"),
        ("2020-01-01", "## Contributing"),
    ],
)
def test_newest_comes_first_and_before_entries_of_its_date(date: str, before: str) -> None:
    after = put(PAGE, entry(NEW_EN, date=date))
    new = f"## {date}: The ROI of Open Source\n\n- [The ROI of Open Source (English)](./2026-02-25/roi.md)\n\n"
    assert new + before in after
    latest = max(date, "2026-01-02")
    assert after.replace(new, "") == PAGE.replace("last_updated: 2026-01-02", f"last_updated: {latest}")


def test_what_entries_link_to_is_listed_and_what_prose_links_to_is_not() -> None:
    assert listed(PAGE.encode(), SECTIONS, EDITIONS) == {
        "blog/2026-01-02/one.md", "blog/2026-01-02/one_zh.md", "blog/2025-12-01/three.md",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Blog\n\nProse.\n\n## Contributing\n", "# Blog\n\nProse.\n\nNEW\n\n## Contributing\n"),
        ("# Blog\n\n### Deep\n", "# Blog\n\n### Deep\n\nNEW\n"),
        ("# Blog\n\nProse.", "# Blog\n\nProse.\n\nNEW"),
        ("", "NEW\n"),
        ("Prose\n## Contributing", "Prose\n\nNEW\n\n## Contributing"),
        ("# Blog\n\n\n\n", "# Blog\n\nNEW\n\n\n\n"),
    ],
)
def test_the_first_entry_comes_before_the_first_heading_of_its_level_else_at_the_end(text: str, wanted: str) -> None:
    new = "## 2026-02-25: The ROI of Open Source\n\n- [The ROI of Open Source (English)](./2026-02-25/roi.md)"
    assert put(text, entry(NEW_EN)) == wanted.replace("NEW", new)


def test_an_edition_that_comes_later_is_one_new_line_in_source_first_order() -> None:
    page = PAGE.replace(
        "## 2026-01-02: One",
        "## 2026-02-25: People's title\n\n- [我们的话](2026-02-25/roi_zh.md)\n\nProse.\n\n## 2026-01-02: One",
    )
    new = "- [The ROI of Open Source (English)](./2026-02-25/roi.md)\n"
    date = "- last_updated: 2026-01-02  # by hand\nlast_updated: 2026-02-25  # by hand\n"
    assert added(page, put(page, entry(NEW_EN, NEW_ZH))) == date + new
    assert new + "- [我们的话]" in put(page, entry(NEW_EN, NEW_ZH))
    assert "- [我们的话](2026-02-25/roi_zh.md)\n" + new in put(page, entry(NEW_ZH, NEW_EN))


def test_title_and_summary_of_an_entry_change_only_where_they_are_given() -> None:
    page = put(PAGE, entry(NEW_EN, NEW_ZH, summary="Old\n\n| a |\n| - |\n\n### Lower\n\n```\n## not a heading\n```"))
    assert put(page, entry(NEW_ZH, NEW_EN)) == page
    assert added(page, put(page, entry(NEW_EN, title="New `[x]`"))) == (
        "- ## 2026-02-25: The ROI of Open Source\n## 2026-02-25: New `[x]`\n"
    )
    after = put(page, entry(NEW_EN, summary="New\n"))
    start = page.index("Old\n")
    assert after == page[:start] + "New\n\n" + page[page.index("## 2026-01-02: One") :]
    assert put(after, entry(NEW_EN, summary="")) == put(PAGE, entry(NEW_EN, NEW_ZH))


def test_a_new_summary_leaves_the_pages_own_footer() -> None:
    footer = "---\n\nKept by Ada.\n\n[ref]: ./x.md\n"
    page = put("# Blog\n", entry(NEW_EN, summary="Old")) + "\n" + footer
    assert put(page, entry(NEW_EN, summary="New\n\nand more")) == page.replace("Old", "New\n\nand more")
    page = page.replace("\nOld\n", "")
    assert put(page, entry(NEW_EN, summary="New")) == page.replace("roi.md)\n", "roi.md)\n\nNew\n")


def test_a_summary_above_the_links_is_the_one_that_changes() -> None:
    page = "## 2026-02-25: X\n\nOld.\n\n- [X](./2026-02-25/roi.md)\n\n## C\n"
    assert put(page, entry(NEW_EN, summary="New.\n")) == page.replace("Old.", "New.")
    later = put(page, entry(NEW_EN, NEW_ZH, summary="New\n\nand more", title="T"))
    links = "- [X](./2026-02-25/roi.md)\n- [贡献开源的 ROI：解读](./2026-02-25/roi_zh.md)\n"
    assert later == f"## 2026-02-25: T\n\nNew\n\nand more\n\n{links}\n## C\n"
    assert put(page.replace("Old.\n\n", ""), entry(NEW_EN, summary="New.")) == page.replace("Old.\n\n", "").replace(
        "## C", "New.\n\n## C"
    )


def test_a_heading_that_is_the_link_makes_an_entry_but_no_shape() -> None:
    page = "## [2026-01-02: One](./2026-01-02/one.md)\n\nProse.\n"
    assert listed(page.encode(), SECTIONS, EDITIONS) == {"blog/2026-01-02/one.md"}
    after = put(page, entry(NEW_EN))
    assert (
        after
        == "## 2026-02-25: The ROI of Open Source\n\n- [The ROI of Open Source (English)](./2026-02-25/roi.md)\n\n"
        + page
    )


def test_an_entry_is_found_by_any_edition_however_its_link_is_written() -> None:
    path = "blog/2026-02-25/a b (c)#d.md"
    link = EntryLink(path, "T", EN)
    for written in [
        "./2026-02-25/a%20b%20(c)%23d.md", "<2026-02-25/a b (c)%23d.md>", "2026-02-25/a%20b%20%28c%29%23d.md#top",
        '../blog/2026-02-25/a%20b%20\\(c\\)%23d.md "title"',
    ]:  # fmt: skip
        page = f"## 2026-02-25: X\n\n- [Words]({written})\n"
        assert put(page, Entry("2026-02-25", (link,), post=frozenset({path}))) == page
    assert "- [T (English)](./2026-02-25/a%20b%20%28c%29%23d.md)" in put("", Entry("2026-02-25", (link,)))
    page = "## 2026-02-25: X\n\n- [Words](./2026-02-25/roi_zh.md)\n"
    assert put(page, entry(NEW_EN)).count("## ") == 1


def test_a_post_that_is_listed_twice_is_brought_up_to_date_where_its_date_stands() -> None:
    page = PAGE.replace(
        "We looked at [one](./2026-01-02/one.md) again.", "- [One, again](./2026-01-02/two_zh.md)"
    ).replace("## 2025-12-01", "## 2026-01-02: Two\n\n- [二](./2026-01-02/two_zh.md)\n\n## 2025-12-01")
    two = EntryLink("blog/2026-01-02/two.md", "Two", EN)
    mine = Entry("2026-01-02", (EntryLink("blog/2026-01-02/two_zh.md", "二", ZH), two), post=frozenset({two.path}))
    after = put(page, mine)
    assert added(page, after) == "- [Two (English)](./2026-01-02/two.md)\n"
    assert "- [二](./2026-01-02/two_zh.md)\n- [Two" in after


def test_a_summary_that_begins_with_a_list_of_other_posts_stays_prose() -> None:
    summary = "- [Three](./2025-12-01/three.md)\n- [One](./2026-01-02/one.md)"
    after = put(PAGE, entry(NEW_EN, summary=summary))
    assert added(after, put(after, entry(NEW_EN, NEW_ZH, summary=summary))) == (
        "- [贡献开源的 ROI：解读 (Chinese)](./2026-02-25/roi_zh.md)\n"
    )


def test_the_shape_is_learned_from_most_entries() -> None:
    page = "".join(
        f"### {name} (2026-01-0{number})\n* [English](2026-01-0{number}/{name}.md)\n"
        f"* [汉语](2026-01-0{number}/{name}_zh.md)\n\n\nProse.\n\n"
        for number, name in [(3, "c"), (2, "b"), (1, "a")]
    )
    editions = {f"blog/2026-01-0{n}/{x}{s}.md" for n, x in [(3, "c"), (2, "b"), (1, "a")] for s in ("", "_zh")} | BOTH
    after = put(page, entry(NEW_EN, NEW_ZH, summary="S"), editions=editions)
    assert after == (
        "### The ROI of Open Source (2026-02-25)\n* [English](2026-02-25/roi.md)\n"
        "* [汉语](2026-02-25/roi_zh.md)\n\n\nS\n\n" + page
    )
    retitled = put(after, entry(NEW_EN, title="T"), editions=editions)
    assert added(after, retitled).endswith("### T (2026-02-25)\n")


def test_links_that_share_a_line_share_it_in_a_new_entry_too() -> None:
    page = (
        "## 2026-01-02：One\n\n[English](./2026-01-02/one.md) · [中文版](./2026-01-02/one_zh.md)\n\n"
        "## 2025-12-01：三\n\n[English](./2025-12-01/three.md)\n"
    )
    after = put(page, entry(NEW_ZH, NEW_EN))
    assert after.startswith(
        "## 2026-02-25：贡献开源的 ROI：解读\n\n[中文版](./2026-02-25/roi_zh.md) · [English](./2026-02-25/roi.md)\n\n##"
    )
    three = EntryLink("blog/2025-12-01/three_zh.md", "三", ZH), EntryLink("blog/2025-12-01/three.md", "Three", EN)
    after = put(page, Entry("2025-12-01", three))
    assert after.endswith("[中文版](./2025-12-01/three_zh.md) · [English](./2025-12-01/three.md)\n")


def test_people_name_a_link_and_a_title_themselves() -> None:
    link = EntryLink(NEW_EN.path, "T", EN, label="Our \\[own\\] words")
    assert "## 2026-02-25: A `title`\n\n- [Our \\[own\\] words](./2026-02-25/roi.md)\n" in put(
        PAGE, entry(link, title="A `title`")
    )


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("last_updated: 2026-01-02", "last_updated: 2026-02-25"),
        ("last_updated: '2026-01-02'", "last_updated: '2026-02-25'"),
        ("last_updated: 2026-12-31", "last_updated: 2026-12-31"),
        ("last_updated: 2026-01-02T10:00:00Z", "last_updated: 2026-02-25"),
        ("last_updated: by hand", "last_updated: by hand"),
        ("updated: 2026-01-02", "updated: 2026-01-02"),
    ],
)
def test_last_updated_gets_the_later_date(now: str, then: str) -> None:
    page = f"---\n{now}\n---\n\n# Blog\n"
    assert put(page, entry(NEW_EN)).startswith(f"---\n{then}\n---\n\n# Blog\n\n## 2026-02-25")


def test_an_unchanged_entry_leaves_last_updated_alone() -> None:
    page = put(PAGE, entry(NEW_EN)).replace("last_updated: 2026-02-25", "last_updated: 2020-01-01")
    assert put(page, entry(NEW_EN)) == page


READ_ME = """\
# Project

- [one](./blog/2026-01-02/one.md) is worth reading

## Blog

Some posts:

- [Blog Overview](./blog/README.md)
- [One](./blog/2026-01-02/one.md)
  | [中文版](./blog/2026-01-02/one_zh.md)
- [三](./blog/2025-12-01/three_zh.md): about three
  - nested [text](https://example.org)

```markdown
- [ROI](./blog/2026-02-25/roi.md)
```

## Other

- [two](./blog/2026-01-02/two_zh.md)
"""


def test_an_entry_of_a_list_is_the_contracts_bytes_before_the_first_bullet_that_is_an_entry() -> None:
    new = "- [The ROI of Open Source](./blog/2026-02-25/roi.md)\n  | [中文版](./blog/2026-02-25/roi_zh.md)\n"
    assert put(READ_ME, entry(NEW_EN, NEW_ZH), LIST) == READ_ME.replace("- [One]", new + "- [One]")
    assert put(READ_ME, entry(NEW_ZH, title="T"), LIST) == READ_ME.replace(
        "- [One]", "- [T](./blog/2026-02-25/roi_zh.md)\n- [One]"
    )
    assert listed(READ_ME.encode(), LIST, EDITIONS) == {
        "blog/2026-01-02/one.md", "blog/2026-01-02/one_zh.md", "blog/2025-12-01/three_zh.md",
    }  # fmt: skip


def test_an_edition_that_comes_later_stands_behind_the_others_in_a_list() -> None:
    three = [EntryLink("blog/2025-12-01/three.md", "Three", EN), EntryLink("blog/2025-12-01/three_zh.md", "三", ZH)]
    after = put(READ_ME, Entry("2025-12-01", tuple(three)), LIST)
    assert added(READ_ME, after) == "  | [English](./blog/2025-12-01/three.md)\n"
    assert "about three\n  | [English](./blog/2025-12-01/three.md)\n  - nested" in after
    after = put(READ_ME, Entry("2025-12-01", tuple(three), title="Drei"), LIST)
    assert "- [Drei](./blog/2025-12-01/three_zh.md): about three\n" in after


def test_a_list_of_another_shape_keeps_it() -> None:
    page = (
        "## Blog\n\n* 2026-01-02 [One](blog/2026-01-02/one.md) / [汉](blog/2026-01-02/one_zh.md)\n\n"
        "* 2025-12-01 [T](blog/2025-12-01/three.md) / [汉](blog/2025-12-01/three_zh.md)\n"
    )
    after = put(page, entry(NEW_EN, NEW_ZH), LIST)
    assert after == page.replace(
        "* 2026-01-02",
        "* 2026-02-25 [The ROI of Open Source](blog/2026-02-25/roi.md) / [汉](blog/2026-02-25/roi_zh.md)\n\n"
        "* 2026-01-02",
    )
    page = put(page, entry(NEW_EN), LIST)
    assert added(page, put(page, entry(NEW_EN, NEW_ZH), LIST)).endswith("roi.md) / [汉](blog/2026-02-25/roi_zh.md)\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("## Blog\n\n* [A](a.md)\n* [B](b.md)\n\nProse\n", "## Blog\n\n* [A](a.md)\n* [B](b.md)\n* NEW\n\nProse\n"),
        ("## Blog\n\n- [Overview](o.md)", "## Blog\n\n- [Overview](o.md)\n- NEW"),
        ("## Blog\n\nProse\n\n## Next\n", "## Blog\n\n- NEW\n\nProse\n\n## Next\n"),
        ("## Blog\n## Next\n", "## Blog\n\n- NEW\n\n## Next\n"),
        ("Blog\n----\n", "Blog\n----\n\n- NEW\n"),
        ("## Blog", "## Blog\n\n- NEW"),
        ("## **Blog** ##\n\n1. Read\n", "## **Blog** ##\n\n- NEW\n\n1. Read\n"),
        ("- [One](blog/2026-01-02/one.md)\n\n# Blog\n- Posts:\n  - [One](./blog/2026-01-02/one.md)\n",
         "- [One](blog/2026-01-02/one.md)\n\n# Blog\n- Posts:\n  - NEW\n  - [One](./blog/2026-01-02/one.md)\n"),
    ],
)  # fmt: skip
def test_a_list_without_entries_gets_one_below_what_is_there(text: str, wanted: str) -> None:
    assert put(text, entry(NEW_EN), LIST) == wanted.replace("NEW", "[The ROI of Open Source](./blog/2026-02-25/roi.md)")


def test_a_list_without_a_heading_of_its_own_is_the_whole_file() -> None:
    index = Index("README.md", "list")
    assert put("# X\n", entry(NEW_EN), index) == "# X\n\n- [The ROI of Open Source](./blog/2026-02-25/roi.md)\n"
    assert "- [The ROI of Open Source](./blog/2026-02-25/roi.md)\n- [one]" in put(READ_ME, entry(NEW_EN), index)


def test_the_last_entries_fall_off_at_the_limit_and_only_when_one_comes() -> None:
    index = Index("README.md", "list", under="Blog", limit=2)
    after = put(READ_ME, entry(NEW_EN), index)
    three = "- [三](./blog/2025-12-01/three_zh.md): about three\n  - nested [text](https://example.org)\n"
    assert after == READ_ME.replace(three, "").replace(
        "- [One]", "- [The ROI of Open Source](./blog/2026-02-25/roi.md)\n- [One]"
    )
    smaller = Index("README.md", "list", under="Blog", limit=1)
    one = EntryLink("blog/2026-01-02/one.md", "One", EN), EntryLink("blog/2026-01-02/one_zh.md", "一", ZH)
    assert put(READ_ME, Entry("2026-01-02", one), smaller) == READ_ME


@pytest.mark.parametrize(
    ("index", "text", "line"),
    [
        (SECTIONS, PAGE.replace("Prose.", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main"), 29),
        (LIST, "# A\n\n<<<<<<< HEAD\n## Blog\n", 3),
    ],
)
def test_conflict_markers_are_refused_with_their_line(index: Index, text: str, line: int) -> None:
    with pytest.raises(AiblogError, match="conflict marker") as caught:
        put(text, entry(NEW_EN), index)
    assert caught.value.code == "conflict"
    assert caught.value.hints == (f"aiblog index --resolve {index.path}", f"edit {index.path}:{line}")


def test_a_heading_that_is_not_there_is_a_conflict() -> None:
    with pytest.raises(AiblogError, match='has no heading "Blog"') as caught:
        put("# Project\n\n```\n## Blog\n```\n", entry(NEW_EN), LIST)
    assert caught.value.code == "conflict"


@pytest.mark.parametrize(
    ("summary", "wrong"),
    [
        ("Text\n\n## A heading", "level 2"), ("# A", "level 1"), ("Text\n---\n", "level 2"),
        ("```\ncode", "code fence"), ("<!-- x", "comment"), ("a\n<<<<<<< HEAD\n", "conflict"),
        ("### Lower\n\n```\n## x\n```\n\n- ## in a list", None),
        ("Text\n\n---\n\n> ## quoted\n\n    ## code", None), ("#hash", None), ("", None),
    ],
)  # fmt: skip
def test_a_summary_that_would_break_the_page_is_refused(summary: str, wrong: str | None) -> None:
    found = summary_error(summary, Shape())
    assert found is None if wrong is None else wrong in (found or "")


def test_an_entrys_lines_count_from_the_files_start() -> None:
    data = PAGE.encode()
    lines = entry_lines(data, SECTIONS, {"blog/2026-01-02/one_zh.md"}, EDITIONS)
    assert lines is not None
    assert PAGE.splitlines()[lines.start] == "## 2026-01-02: One"
    assert PAGE.splitlines()[lines.stop - 1].startswith("- a point")
    assert entry_lines(data, SECTIONS, {"blog/2026-01-02/two_zh.md"}, EDITIONS) is None
    lines = entry_lines(READ_ME.encode(), LIST, {"blog/2026-01-02/one_zh.md"}, EDITIONS)
    assert lines is not None
    assert len(lines) == 2


@pytest.mark.parametrize("title", ["a [b] `c` \\[d\\]", "C# \\#", "什么：是 **草案**", "x \\`y", "![i](j.png)"])
def test_any_label_of_people_is_kept_and_found(title: str) -> None:
    page = f"## 2026-02-25: {title}\n\n- [{title}](./2026-02-25/roi.md)\n"
    assert put(page, entry(NEW_EN)) == page
    assert put(f"## Blog\n\n- [{title}](./blog/2026-02-25/roi.md)\n", entry(NEW_EN), LIST).count("roi.md") == 1


@pytest.mark.parametrize("text", [PAGE, READ_ME])
def test_newlines_bom_and_a_missing_final_newline_stay(text: str) -> None:
    index = SECTIONS if text is PAGE else LIST
    each = entry(NEW_EN, NEW_ZH, summary="One\ntwo" if text is PAGE else None)
    plain = put(text, each, index)
    assert put(text.replace("\n", "\r\n"), each, index) == plain.replace("\n", "\r\n")
    assert put("\ufeff" + text, each, index) == "\ufeff" + plain
    assert put(text.removesuffix("\n"), each, index) == plain.removesuffix("\n")
    assert put(b"\xff\n\n" + READ_ME.encode(), entry(NEW_EN), LIST).startswith("\udcff\n\n# Project")


def test_a_file_of_both_newlines_gets_its_neighbours() -> None:
    page = "# Blog\n\n## 2026-01-02: One\r\n\r\n- [One](./2026-01-02/one.md)\r\n"
    one = EntryLink("blog/2026-01-02/one.md", "One", EN), EntryLink("blog/2026-01-02/one_zh.md", "一", ZH)
    assert put(page, Entry("2026-01-02", one)) == page + "- [一](./2026-01-02/one_zh.md)\r\n"
    assert put(page, entry(NEW_EN)).startswith("# Blog\n\n## 2026-02-25: The ROI of Open Source\n\n- [")


SPAN = st.sampled_from([
    "prose\n", "\n", "- item\n", "  nested\n", "```\n", "~~~\n", "<!-- c -->\n", "<!--\n", "-->\n", "<div>\n",
    "---\n", "===\n",
    "## 2026-03-24: Scan\n", "## 2024-01-01: Old\n", "### Lower\n", "# Blog\n", "## Blog\n", "> quote\n", "    code\n",
    "| a | b |\n", "[ref]: x\n", "a\r\n", "## 2025-12-01\n", "1. [n](2025-12-01/three.md)\n",
    "- [One](./2026-01-02/one.md)\n", "- [一 (Chinese)](2026-01-02/one_zh.md)\n", "* [T](blog/2025-12-01/three.md)\n",
    "- [三](./blog/2025-12-01/three_zh.md)\n", "  | [中文版](./blog/2026-01-02/one_zh.md)\n",
    "  - [x](./2026-02-25/roi_zh.md)\n", "[a](./2026-02-25/roi.md) | [b](./2026-02-25/roi_zh.md)\n",
    "## 2026-01-02: One\n\n- [One (English)](./2026-01-02/one.md)\n\n",
    "## 2026-02-25: Mine\n\n- [Mine](./2026-02-25/roi.md)\n\nProse.\n\n",
])  # fmt: skip


@given(
    st.lists(SPAN, max_size=14),
    st.booleans(),
    st.sampled_from([None, "S", "- a\n\n- [T](./2025-12-01/three.md)", "\n\nx\n\n---\n\ny"]),
)
@settings(max_examples=100, deadline=None)
def test_any_index_takes_an_entry_once_and_keeps_its_lines(spans: list[str], final: bool, summary: str | None) -> None:
    text = "".join(spans) if final else "".join(spans).removesuffix("\n").removesuffix("\r")
    for index in (SECTIONS, Index("README.md", "list"), Index("README.md", "list", under="Blog")):
        risky = index.under or any(mark in text for mark in ("```", "~~~", "<!--", "  ", "---"))
        if refused(text, index, summary):
            assert risky
            continue
        after = put(text, entry(NEW_EN, NEW_ZH), index)
        put(text, entry(NEW_ZH, NEW_EN, title="New", summary=summary), index)
        kept = iter(after.replace("\r\n", "\n").split("\n"))
        lines = text.replace("\r\n", "\n").split("\n")
        inline = index.style == "list" or "roi" in text  # a link may join others on their line
        assert inline or all(any(line == other for other in kept) for line in lines)
        assert listed(after.encode(), index, EDITIONS) >= BOTH or "{date}" not in shape_of(after, index).heading


def refused(text: str, index: Index, summary: str | None) -> bool:
    """Whether the index takes no entry: no heading, a broken front matter, a fence or comment left open."""
    try:
        for each in (entry(NEW_EN, NEW_ZH), entry(NEW_ZH, NEW_EN, title="New", summary=summary)):
            with_entry(text.encode(), index, each, shape_of(text, index), EDITIONS)
    except AiblogError:
        return True
    return False


def shape_of(text: str, index: Index) -> Shape:
    return learned_shape(text.encode(), index, EDITIONS, [EN, ZH])


@pytest.mark.parametrize(
    "piece",
    ["[", "- ", "|", "`", "`` ` ", "](", "[a](", "<!--", "- \n", "|\n", "#", "# ", "[\n", "- [a](x.md)\n", "> ", "\\",
     "![", "* * ", "=\n", "(", "\t", "1. ", "## x\n", "- - \n", "  - a\n",
     "## 2026-01-02: One\n- [One](./2026-01-02/one.md)\n"],
)  # fmt: skip
def test_a_large_hostile_index_is_edited_or_refused(piece: str) -> None:
    """In linear time: in quadratic time this test would take minutes."""
    size = 2**16 if "\n" in piece else 2**18
    data = (piece * (size // len(piece)) + "\n\n- [One](./2026-01-02/one.md)\n").encode()
    for index in (SECTIONS, Index("README.md", "list")):
        try:
            after = with_entry(data, index, entry(NEW_EN), Shape(), EDITIONS)
        except AiblogError as error:  # what opens and never closes takes no entry
            assert error.code == "conflict"  # noqa: PT017 - either is right
        else:
            assert len(after) > len(data)


CORPUS_INDEXES = [
    Index("docs/blog/README.md"),
    Index("README.md", "list", False, "Blog"),
    Index("README.zh-CN.md", "list", False, "博客", ("zh", "en")),
]


@pytest.mark.parametrize("index", CORPUS_INDEXES, ids=lambda index: index.path)
@pytest.mark.parametrize("bilingual", [True, False], ids=["bilingual", "chinese-only"])
def test_the_real_blogs_indexes_gain_the_entry_and_nothing_else(corpus: Path, index: Index, bilingual: bool) -> None:
    editions = {str(path.relative_to(corpus)) for path in (corpus / "docs/blog").glob("*/*.md")}
    before = (corpus / index.path).read_text()
    en = EntryLink("docs/blog/2026-02-25/roi.md", "The ROI of Open Source", EN)
    zh = EntryLink("docs/blog/2026-02-25/roi_zh.md", "贡献开源的 ROI：解读", ZH)
    links = [zh] if not bilingual else [zh, en] if index.languages else [en, zh]
    after = put(
        before,
        Entry("2026-02-25", tuple(links), None, "It pays." if index.style == "sections" else None),
        index,
        editions,
    )
    if index.style == "sections":
        labels = {
            EN: "The ROI of Open Source (English)](./2026-02-25/roi.md)",
            ZH: "贡献开源的 ROI：解读 (Chinese)](./2026-02-25/roi_zh.md)",
        }
        new = (
            f"## 2026-02-25: {links[0].title}\n\n"
            + "".join(f"- [{labels[link.language]}\n" for link in links)
            + "\nIt pays.\n\n"
        )
        assert after == before.replace("last_updated: 2025-12-22", "last_updated: 2026-02-25").replace(
            "## 2025-12-22: OCI", new + "## 2025-12-22: OCI"
        )
    else:
        new = f"- [{links[0].title}](./{links[0].path})\n" + "".join(
            f"  | [{link.language.own_name}](./{link.path})\n" for link in links[1:]
        )
        first = "- [GPU Fault" if index.under == "Blog" else "- [AI Infra 时代"
        assert after == (new + first).join(before.rsplit(first, 1))


def test_the_real_blogs_complete_index_lists_every_published_post(corpus: Path) -> None:
    editions = {str(path.relative_to(corpus)) for path in (corpus / "docs/blog").glob("*/*.md")}
    assert len(listed((corpus / CORPUS_INDEXES[0].path).read_bytes(), CORPUS_INDEXES[0], editions)) == 37
    assert [len(listed((corpus / index.path).read_bytes(), index, editions)) for index in CORPUS_INDEXES[1:]] == [17, 8]


@pytest.mark.parametrize("text", [PAGE, READ_ME])
def test_headings_are_where_a_markdown_parser_finds_them(text: str) -> None:
    body = text[text.index("# ") :] if text is READ_ME else text[text.index("\n# ") + 1 :]
    tokens = MarkdownIt("commonmark").parse(body)
    wanted = [
        (token.map[0], int(token.tag[1]))
        for token in tokens
        if token.type == "heading_open" and token.map and not token.level
    ]
    assert [
        (heading.line, heading.level) for heading in index_page.page(index_page.split_lines(body)).headings
    ] == wanted


def test_other_links_in_an_entrys_list_are_no_summary() -> None:
    page = (
        "## 2026-02-25: R\n\n- [R](2026-02-25/roi.md)\n- [Slides](https://example.org)\n- Video soon\n\nOld.\n\n## C\n"
    )
    assert put(page, entry(NEW_EN, summary="New.")) == page.replace("Old.", "New.")
    after = put(page, entry(NEW_EN, NEW_ZH, summary=""))
    assert after == page.replace("- [Slides]", "- [贡献开源的 ROI：解读](2026-02-25/roi_zh.md)\n- [Slides]").replace(
        "Old.\n\n", ""
    )


def test_a_comment_for_the_next_line_stays_above_its_heading() -> None:
    note = "<!-- markdownlint-disable-next-line MD013 -->\n"
    page = f"# Blog\n\n{note}## 2026-01-02: One\n\n- [One](2026-01-02/one.md)\n"
    after = put(page, entry(NEW_EN))
    assert after == page.replace(
        note, f"## 2026-02-25: The ROI of Open Source\n\n- [{NEW_EN.title}](2026-02-25/roi.md)\n\n{note}"
    )


def test_a_list_in_a_quotation_hides_no_entries() -> None:
    before = (
        "# Blog\n\n> Legend:\n>\n> - one\n> - two\n\n## 2026-01-02: One\n\n- [One (English)](./2026-01-02/one.md)\n"
    )
    assert added(before, put(before, entry(NEW_EN, title="T"))) == (
        "## 2026-02-25: T\n\n- [The ROI of Open Source (English)](./2026-02-25/roi.md)\n\n"
    )


def test_an_emoji_before_the_date_belongs_to_the_heading() -> None:
    page = "## 🎉 2026-02-25: R ##\n\n- [R](2026-02-25/roi.md)\n"
    assert put(page, entry(NEW_EN, title="T")) == page.replace(": R ##", ": T ##")


@pytest.mark.parametrize(
    ("separator", "end"),
    [(" (", ")"), ("（", "）"), ("<br>", ""), ("&nbsp;·&nbsp;", ""), ("\n  - ", ""), (" [", "]"), (" **(", ")**")],
)
def test_what_joins_and_closes_the_links_of_a_bullet_is_shape(separator: str, end: str) -> None:
    page = f"""## Blog

- **2026-01-02** [One](blog/2026-01-02/one.md){separator}[汉](blog/2026-01-02/one_zh.md){end}
- **2025-12-01** [T](blog/2025-12-01/three.md){separator}[汉](blog/2025-12-01/three_zh.md){end}
"""
    one = "- **2026-02-25** [The ROI of Open Source](blog/2026-02-25/roi.md)"
    more = f"{separator}[汉](blog/2026-02-25/roi_zh.md){end}"
    after = put(page, entry(NEW_EN), LIST)
    assert after == page.replace("- **2026-01-02", f"{one}\n- **2026-01-02")
    assert (
        put(page, entry(NEW_EN, NEW_ZH), LIST)
        == after.replace(one, one + more)
        == put(after, entry(NEW_EN, NEW_ZH), LIST)
    )
    japanese = EntryLink("blog/2026-02-25/roi_ja.md", "投資", Language("ja", "Japanese", "_ja", "日本語"))
    third = f"{separator}[日本語](blog/2026-02-25/roi_ja.md){end}"
    everything = put(page, entry(NEW_EN, NEW_ZH, japanese), LIST)
    assert everything == after.replace(one, one + more + third)
    assert put(put(after, entry(NEW_EN, NEW_ZH), LIST), entry(NEW_EN, NEW_ZH, japanese), LIST) == everything


def test_links_below_a_wide_bullet_stand_under_its_text() -> None:
    page = "## Blog\n\n1. [One](./blog/2026-01-02/one.md)\n"
    assert f"1. [{NEW_EN.title}](./{NEW_EN.path})\n   | [中文版](./{NEW_ZH.path})\n" in put(
        page, entry(NEW_EN, NEW_ZH), LIST
    )


def test_a_label_of_peoples_own_is_for_sections() -> None:
    own = NEW_ZH._replace(label="Our words")
    assert "[Our words](./2026-02-25/roi_zh.md)" in put(PAGE, entry(NEW_EN, own))
    assert "[中文版](./blog/2026-02-25/roi_zh.md)" in put(READ_ME, entry(NEW_EN, own), LIST)


def test_a_post_with_an_entry_for_each_language_gets_no_link_twice() -> None:
    page = "## Blog\n\n- [R](./blog/2026-02-25/roi.md)\n- [投](./blog/2026-02-25/roi_zh.md)\n"
    assert put(page, entry(NEW_EN, NEW_ZH), LIST) == page
    assert put(page, entry(NEW_ZH, title="T"), LIST) == page.replace("[R]", "[T]")
    page = "## 2026-02-25: R\n\n- [R](2026-02-25/roi.md)\n\n## 2026-02-25: 投\n\n- [投](2026-02-25/roi_zh.md)\n"
    assert put(page, entry(NEW_EN, NEW_ZH)) == page
    again = page.replace("2026-02-25: 投", "2026-03-25: Once more")
    assert added(again, put(again, entry(NEW_EN, NEW_ZH))) == "- [贡献开源的 ROI：解读](2026-02-25/roi_zh.md)\n"


@pytest.mark.parametrize("link", ["[R][r]", "[R][ROI]", "[r][]", "[ROI]"])
def test_an_entry_is_found_by_a_link_whose_destination_stands_elsewhere(link: str) -> None:
    definitions = "[roi]: 2026-02-25/roi.md\n[R]: <2026-02-25/roi.md> 'x'\n"
    page = f"## 2026-02-25: R\n\n- {link}\n\n## C\n\n{definitions}"
    assert listed(page.encode(), SECTIONS, EDITIONS) == {NEW_EN.path}
    assert put(page, entry(NEW_EN)) == page
    assert added(page, put(page, entry(NEW_EN, NEW_ZH))).startswith("- [贡献开源的 ROI：解读](")
    hidden = f"## 2026-02-25: R\n\n- {link}\n\n```\n{definitions}```\n"
    assert listed(hidden.encode(), SECTIONS, EDITIONS) == set()
    root = f"## Blog\n\n- {link}\n\n[roi]: blog/2026-02-25/roi.md\n[r]: blog/2026-02-25/roi.md\n"
    assert put(root, entry(NEW_EN), LIST) == root


@pytest.mark.parametrize("end", ["", " (2025-12-01)"])
@pytest.mark.parametrize("bilingual", [True, False])
def test_emphasis_around_a_bullets_first_link_is_closed_behind_it(end: str, bilingual: bool) -> None:
    chinese = " | [中文版](./blog/2025-12-01/three_zh.md)" if bilingual else ""
    page = f"## Blog\n\n- **[T](./blog/2025-12-01/three.md)**{chinese}{end}\n"
    end = end.replace("2025-12-01", "2026-02-25")
    one = f"- **[The ROI of Open Source](./{NEW_EN.path})**"
    after = put(page, entry(NEW_EN), LIST)
    assert after == page.replace("- **[T]", f"{one}{end}\n- **[T]")
    more = f" | [中文版](./{NEW_ZH.path})" if bilingual else f"\n  | [中文版](./{NEW_ZH.path})"
    assert put(page, entry(NEW_EN, NEW_ZH), LIST) == page.replace("- **[T]", f"{one}{more}{end}\n- **[T]")
    if bilingual:
        assert put(after, entry(NEW_EN, NEW_ZH), LIST) == page.replace("- **[T]", f"{one}{more}{end}\n- **[T]")
    around = "## Blog\n\n- *[T](blog/2025-12-01/three.md) / [三](blog/2025-12-01/three_zh.md)*\n"
    assert "- *[The ROI of Open Source](blog/2026-02-25/roi.md)*\n" in put(around, entry(NEW_EN), LIST)
