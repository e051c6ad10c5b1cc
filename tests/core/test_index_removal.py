"""An entry taken out of an index: what was put in goes to the byte, everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.index import Entry, EntryLink, learned_shape, listed, with_entry, without_entry
from aiblog.core.language import Language
from aiblog.core.settings import Index
from aiblog.errors import AiblogError

EN = Language("en", "English", "", "English")
ZH = Language("zh", "Chinese", "_zh", "中文版")
SECTIONS = Index("blog/README.md")
LIST = Index("README.md", "list", under="Blog")
WHOLE_LIST = Index("README.md", "list")
NEW = frozenset({"blog/2026-02-25/roi.md", "blog/2026-02-25/roi_zh.md"})
EDITIONS = NEW | {f"blog/{each}.md" for each in ("2026-01-02/one", "2026-01-02/one_zh", "2025-12-01/three")}


def put(data: bytes, index: Index, date: str = "2026-02-25", summary: str | None = None) -> bytes:
    links = (
        EntryLink("blog/2026-02-25/roi.md", "The ROI", EN),
        EntryLink("blog/2026-02-25/roi_zh.md", "回报：解读", ZH),
    )
    shape = learned_shape(data, index, EDITIONS, [EN, ZH])
    return with_entry(data, index, Entry(date, links, None, summary, NEW), shape, EDITIONS)


def taken(data: bytes, index: Index, post: frozenset[str] = NEW) -> bytes:
    shape = learned_shape(data, index, EDITIONS, [EN, ZH])
    after = without_entry(data, index, post, shape, EDITIONS)
    assert without_entry(after, index, post, shape, EDITIONS) == after
    return after


PAGE = """\
# Blog

Prose with a link to [ROI](./2026-02-25/roi.md).

## 2026-03-24: Maintenance scan

We looked at everything.

## 2026-01-02: One

- [One](./2026-01-02/one.md)

Prose.

<!-- markdownlint-disable-next-line MD013 -->
## 2025-12-01: Three

- [Three](./2025-12-01/three.md)
  - nested

<details>HTML</details>

## Contributing

Write.
"""

LIST_PAGE = """\
# Project

## Blog

- [Overview](./blog/README.md)
- [One](./blog/2026-01-02/one.md)
  | [中文版](./blog/2026-01-02/one_zh.md)
- [Three](./blog/2025-12-01/three.md)

Prose after.

## Licence
"""


@pytest.mark.parametrize("date", ["2026-04-01", "2026-02-25", "2025-12-15", "2020-01-01"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff", "---\nstatus: Active\n---\n\n"])
def test_what_was_put_in_is_taken_out_to_the_byte(date: str, ending: str, before: str) -> None:
    for index, page, summary in ((SECTIONS, PAGE, "Sum\n\n- a\n- b"), (SECTIONS, PAGE, None), (LIST, LIST_PAGE, None)):
        data = (before + page).replace("\n", ending).encode()
        assert taken(put(data, index, date, summary), index) == data
        cut = data.removesuffix(b"\n").removesuffix(b"\r")
        assert taken(put(cut, index, date, summary), index) == cut


def test_the_only_entry_leaves_the_page_as_it_was_before_it() -> None:
    for page in ("", "# Blog\n", "# Blog\n\nProse.\n\n## Contributing\n\nText.\n", "# Blog\n\n\n\n## Next\n", "\n\n"):
        assert taken(put(page.encode(), SECTIONS), SECTIONS) == page.encode()
    for page in ("## Blog\n\nProse.\n", "## Blog\n\n- [Overview](o.md)\n\nProse.\n", "## Blog\n"):
        assert taken(put(page.encode(), LIST), LIST) == page.encode()


def test_an_entry_of_people_goes_with_its_prose_and_the_neighbours_stay() -> None:
    one = frozenset({"blog/2026-01-02/one.md", "blog/2026-01-02/one_zh.md"})
    own = "## 2026-01-02: One\n\n- [One](./2026-01-02/one.md)\n\nProse.\n\n"
    assert taken(PAGE.encode(), SECTIONS, one).decode() == PAGE.replace(own, "")
    own = "- [One](./blog/2026-01-02/one.md)\n  | [中文版](./blog/2026-01-02/one_zh.md)\n"
    assert taken(LIST_PAGE.encode(), LIST, one).decode() == LIST_PAGE.replace(own, "")


def test_the_comment_that_belongs_to_a_heading_goes_with_it_and_a_footer_stays() -> None:
    three = frozenset({"blog/2025-12-01/three.md"})
    after = taken(PAGE.encode(), SECTIONS, three).decode()
    assert after == PAGE[: PAGE.index("<!-- markdownlint")] + PAGE[PAGE.index("## Contributing") :]
    footer = "---\n\nKept by Ada.\n\n[ref]: ./x.md\n"
    page = "# Blog\n\n## 2025-12-01: Three\n\n- [Three](./2025-12-01/three.md)\n\n" + footer
    assert taken(page.encode(), SECTIONS, three).decode() == "# Blog\n\n" + footer


def test_an_entry_of_several_posts_stays() -> None:
    page = "## 2026-01-02: A digest\n\n- [One](./2026-01-02/one.md) and [ROI](./2026-02-25/roi.md)\n"
    assert taken(page.encode(), SECTIONS) == page.encode()
    assert taken(page.encode(), WHOLE_LIST) == page.encode()


ONE, ONE_ZH = "[One](./blog/2026-01-02/one.md)", "[一](./blog/2026-01-02/one_zh.md)"
ROI, ROI_ZH = "[ROI](./blog/2026-02-25/roi.md)", "[回报](./blog/2026-02-25/roi_zh.md)"


def shortened(page: str, index: Index = WHOLE_LIST, post: frozenset[str] = NEW) -> str:
    shape = learned_shape(page.encode(), index, EDITIONS, [EN, ZH])
    after = without_entry(page.encode(), index, post, shape, EDITIONS, shared=True)
    assert without_entry(after, index, post, shape, EDITIONS, shared=True) == after
    return after.decode()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"- {ONE} | {ROI}\n- [x](y)\n", f"- {ONE}\n- [x](y)\n"),
        (f"- {ROI}、{ROI_ZH}、{ONE}\n", f"- {ONE}\n"),
        (f"- {ONE}\n  | {ROI}\n  | {ROI_ZH}\n  | {ONE_ZH}\n", f"- {ONE}\n  | {ONE_ZH}\n"),
        (f"- 2026-01-02: {ROI} · {ONE}\n", f"- 2026-01-02: {ONE}\n"),
        (f"- {ONE}\n  - {ROI}\n  - {ROI_ZH}\n  - [x](y)\n", f"- {ONE}\n  - [x](y)\n"),
        (f"- {ONE}\n\n  - {ROI}\n\n  - [x](y)\n", f"- {ONE}\n\n  - [x](y)\n"),
        (f"- {ONE}\n\n  - {ROI}\n\nText.\n", f"- {ONE}\n\nText.\n"),
        (f"1. {ONE} / {ROI}", f"1. {ONE}"),
        (f"- {ONE}\n\n  - {ROI}\n", f"- {ONE}\n\n"),
        (f"- {ROI} | {ONE} | {ROI_ZH} | {ONE_ZH} | {ROI}\n", f"- {ONE} | {ONE_ZH}\n"),
    ],
)
def test_a_bullet_of_several_posts_loses_the_links_to_one(before: str, after: str, ending: str) -> None:
    before, after = f"# Blog\n\n{before}".replace("\n", ending), f"# Blog\n\n{after}".replace("\n", ending)
    assert shortened(before) == after
    assert taken(before.encode(), WHOLE_LIST) == before.encode()


@pytest.mark.parametrize(
    "bullet",
    [
        f"- {ONE} and {ROI}\n",
        f"- {ONE}, {ROI} (in English)\n",
        f"- New: {ROI}, {ONE}\n",
        f"- {ONE} ({ROI})\n",
        f"- **{ROI}** | {ONE}\n",
        f"- {ONE} | {ROI} | [slides](https://example.org)\n",
        f"- {ROI}\n  - {ONE}\n",
    ],
)
def test_a_link_that_words_stand_beside_or_brackets_around_stays(bullet: str) -> None:
    assert shortened(bullet) == bullet


def test_a_section_of_several_posts_loses_the_bullets_of_one_and_keeps_its_prose() -> None:
    one, two, roi = (f"- [{each}](./2026-02-25/{each}.md)\n" for each in ("one", "二", "roi"))
    page = f"## 2026-02-25\n\n{one}{roi}{two}\nProse.\n"
    post, editions = frozenset({"blog/2026-02-25/roi.md"}), {f"blog/2026-02-25/{x}.md" for x in ("one", "二", "roi")}
    shape = learned_shape(page.encode(), SECTIONS, editions, [EN, ZH])
    after = without_entry(page.encode(), SECTIONS, post, shape, editions, shared=True)
    assert after.decode() == page.replace(roi, "")
    beside = page.replace(f"{one}{roi}{two}", f"{one[2:-1]} | {roi[2:-1]} | {two[2:]}")
    after = without_entry(beside.encode(), SECTIONS, post, shape, editions, shared=True)
    assert after.decode() == beside.replace(f" | {roi[2:-1]}", "")


def test_conflict_markers_are_refused() -> None:
    page = PAGE.replace("Prose.", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main")
    with pytest.raises(AiblogError, match="conflict marker"):
        taken(page.encode(), SECTIONS)


def test_a_section_that_only_counts_without_the_entry_says_which_blank_lines_came_with_it() -> None:
    people = "Prose.\n\n\n## Contributing\n\n1. [x](./2026-01-02/one.md)\n\n"
    page = people + "## 2026-01-02: One\n\n- [One](./2026-01-02/one.md)\n"
    assert taken(put(page.encode(), SECTIONS, "2026-04-01"), SECTIONS).decode() == page


BETWEEN = st.sampled_from([
    "Prose.\n\n", "- item\n  - nested\n    - deeper\n\n", "```\n## 2026-01-01: code\n```\n\n", "<!-- c -->\n\n",
    "<div>\nhtml\n</div>\n\n", "> quote\n\n",
    "| a |\n| - |\n| b |\n\n", "## 2026-03-24: Maintenance scan\n\n中文。\n\n",
    "## Contributing\n\n", "### Lower\n\n", "1. [x](./2026-01-02/one.md)\n\n", "\n", "[ref]: x\n\n", "---\n\n",
    "## 2026-01-02: One\n\n- [One](./2026-01-02/one.md)\n\nWords.\n\n",
    "## 2025-12-01: 三\n\n- [三 (Chinese)](./2025-12-01/three.md)\n\n", "## Blog\n\n",
    "- [One](./blog/2026-01-02/one.md)\n- [Three](./blog/2025-12-01/three.md)\n\n",
])  # fmt: skip


@given(
    st.lists(BETWEEN, max_size=10),
    st.sampled_from(["2026-04-01", "2026-02-25", "2025-12-15", "2020-01-01"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_any_page_is_the_same_after_an_entry_came_and_went(
    spans: list[str], date: str, ending: str, final: bool
) -> None:
    text = "".join(spans)
    while text.startswith("---"):  # a front matter, whose missing final newline has to come
        text = text.removeprefix("---\n").lstrip("\n")
    text = text.rstrip("\n") + ("\n" if final else "")
    data = text.replace("\n", ending).encode()
    for index in (SECTIONS, LIST, WHOLE_LIST):
        try:
            there = put(data, index, date, "Words." if index.style == "sections" else None)
        except AiblogError:  # no heading for the list
            continue
        if not listed(there, index, EDITIONS) >= NEW:  # an entry without a date, which most others have
            continue
        after = taken(there, index)
        assert not listed(after, index, EDITIONS) & NEW
        assert after == data
