"""What is wrong in an index: each rule by what it finds and what it leaves alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from aiblog.core.edit import applied
from aiblog.core.index_review import Facts, Trouble, troubles
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Index, Key, Settings
from aiblog.errors import AiblogError

SECTIONS = Index("blog/README.md")
LIST = Index("README.md", "list", under="Blog")
SELECTION = SECTIONS._replace(complete=False)
SETTINGS = Settings(
    posts="blog", archive="old", front_matter=(Key("status", role="status"),), indexes=(SECTIONS, Index("README.md"))
)


def post(name: str, title: str, *codes: str, status: str = "Published", archived: bool = False) -> Post:
    date, slug = name.split("/")
    folder = "old" if archived else "blog"
    editions = {}
    for code in codes or ("en",):
        path = f"{folder}/{date}/{slug}{'_zh' if code == 'zh' else ''}.md"
        own = title if code == "en" else f"{title}：中文"
        editions[code] = Edition(path, code, own, {"status": status}, has_header=True)
    return Post(date, slug, editions, archived)


ONE = post("2026-01-02/one", "One *day*", "en", "zh")
THREE = post("2025-12-01/three", "Three")
DRAFT = post("2026-02-01/later", "Later", status="Draft")
OLD = post("2024-01-01/ancient", "Ancient", archived=True)
POSTS = (ONE, THREE, DRAFT, OLD)

PAGE = """\
# Blog

Prose with a [dead link](./2020-01-01/gone.md).

## 2026-03-24: Maintenance scan

We looked at [gone](./2020-01-01/gone.md).

## 2026-01-02: Words of our own

- [Our label (English)](./2026-01-02/one.md)
- [一 (Chinese)](./2026-01-02/one_zh.md)

As in [gone](./2020-01-01/gone.md).

## 2025-12-01: Three

- [Three (English)](./2025-12-01/three.md)

## Contributing

- [gone](./2020-01-01/gone.txt)
"""


def review(
    text: str,
    index: Index = SECTIONS,
    posts: Collection[Post] = POSTS,
    former: Mapping[str, Collection[str]] | None = None,
) -> list[Trouble]:
    files = {path for each in posts for path in each.paths}
    return troubles(text.encode(), index, Facts(SETTINGS, tuple(posts), files.__contains__, lambda _: former or {}))


def told(found: list[Trouble]) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.rule) for each in found]


def mended(text: str, found: list[Trouble]) -> str:
    return applied(text.encode(), [edit for each in found for edit in each.edits]).decode()


def test_nothing_is_wrong_in_an_index_with_people_s_own_words_and_sections() -> None:
    former = {"blog/2026-01-02/one.md": {"One"}, "blog/2025-12-01/three.md": {"Drei"}}
    assert review(PAGE, former=former) == []
    assert review("\ufeff" + PAGE.replace("\n", "\r\n"), former=former) == []


def test_a_published_post_that_a_complete_index_lacks_is_unlisted() -> None:
    page = PAGE[: PAGE.index("## 2025-12-01")]
    (found,) = review(page)
    assert (found.rule, found.message) == ("index-unlisted", "2025-12-01/three is published, and not listed")
    assert found.finding("blog/README.md").path == "blog/README.md"
    assert review(page, SELECTION) == []


def test_a_post_that_cannot_be_read_is_neither_unlisted_nor_a_draft() -> None:
    broken = THREE.editions["en"]._replace(problem="no end", metadata={}, has_header=False)
    posts = (ONE, THREE._replace(editions={"en": broken}))
    assert review(PAGE[: PAGE.index("## 2025-12-01")], posts=posts) == []
    assert review(PAGE, posts=posts) == []


def test_a_mention_in_prose_lists_nothing() -> None:
    page = PAGE.replace(
        "- [Three (English)](./2025-12-01/three.md)", "We have said this before, as in [three](./2025-12-01/three.md)."
    )
    assert [each.rule for each in review(page.replace("## 2025-12-01: Three", "## Rest"))] == ["index-unlisted"]


def test_a_list_of_one_language_lacks_only_posts_of_that_language_and_a_limit_wants_the_newest() -> None:
    page = "## Blog\n\n- [一](./blog/2026-01-02/one_zh.md)\n"
    assert review(page, LIST._replace(languages=("zh",))) == []
    assert [each.rule for each in review(page, LIST)] == ["index-unlisted"]
    assert review(page, LIST._replace(limit=1)) == []


def test_a_draft_is_listed_nowhere() -> None:
    entry = "## 2026-02-01: Later\n\n- [Later](./2026-02-01/later.md)\n\n"
    page = PAGE.replace("## 2026-01-02", entry + "## 2026-01-02")
    (found,) = review(page)
    assert (found.line, found.column, found.rule, found.severity) == (11, 3, "index-draft", "error")
    assert found.message == "2026-02-01/later is a draft, and is listed"
    assert found.empty
    (found,) = review(page.replace("later.md)\n", "later.md)\n\nProse.\n"))
    assert not found.empty
    (found,) = review(page, SELECTION)
    assert found.severity == "warning"


def test_a_post_with_one_edition_that_is_a_draft_is_none() -> None:
    editions = {**ONE.editions, "zh": ONE.editions["zh"]._replace(metadata={"status": "Draft"})}
    assert review(PAGE, posts=(ONE._replace(editions=editions), THREE)) == []


def test_a_post_in_two_entries_is_listed_twice_and_one_whose_editions_have_an_entry_each_is_not() -> None:
    page = PAGE.replace("## Contributing", "## 2025-12-01: Again\n\n- [x](./2025-12-01/three.md)\n\n## Contributing")
    (found,) = review(page)
    assert (found.line, found.rule, found.message) == (
        22,
        "index-twice",
        "2025-12-01/three is listed in line 18 already",
    )
    assert review(page, SELECTION) == []
    lists = "## Blog\n\n- [One](./blog/2026-01-02/one.md)\n- [一](./blog/2026-01-02/one_zh.md)\n"
    assert review(lists + "- [Three](./blog/2025-12-01/three.md)\n", LIST) == []


@pytest.mark.parametrize("index", [SECTIONS, SELECTION], ids=["complete", "selection"])
def test_an_entry_of_a_file_that_is_nowhere_is_dead(index: Index) -> None:
    page = PAGE.replace("## Contributing", "## 2024-05-05: Gone\n\n- [G](./2024-05-05/gone.md)\n\n## Contributing")
    (found,) = review(page, index)
    assert (found.line, found.column, found.rule) == (22, 3, "index-dead-link")
    assert found.message == "the entry links to blog/2024-05-05/gone.md, which is not there"
    assert found.empty is found.mendable is index.complete
    assert found.edits == ()
    (found,) = review(page.replace("gone.md)\n", "gone.md)\n\n中文。\n"), index)
    assert not found.empty


def test_an_edition_that_is_gone_from_an_entry_with_others_is_dead_but_the_entry_is_not_empty() -> None:
    alone = post("2026-01-02/one", "One", "en")
    (found,) = review(PAGE, posts=(alone, THREE))
    assert told([found]) == [(12, 3, "index-dead-link")]
    assert not found.empty


@pytest.mark.parametrize(
    ("written", "now", "new"),
    [
        ("./2025-11-30/three.md", THREE, "./2025-12-01/three.md"),
        ("2025-11-30/three.md#top", THREE, "2025-12-01/three.md#top"),
        ("<./2025-11-30/three.md>", THREE, "<./2025-12-01/three.md>"),
        ("./2025-12-01/2025-12-01-three.md", THREE, "./2025-12-01/three.md"),
        ("./three/index.md", THREE, "./2025-12-01/three.md"),
        ("../posts/2025-12-01-three.md", THREE, "./2025-12-01/three.md"),
        ("./2025-12-01/three_en.md", THREE, "./2025-12-01/three.md"),
        ("./2024-01-01/ancient.md", OLD, "../old/2024-01-01/ancient.md"),
        ("./2026-01-01/one-zh.md", ONE, "./2026-01-02/one_zh.md"),
    ],
)
def test_a_link_to_where_the_post_was_is_moved_and_led_to_it(written: str, now: Post, new: str) -> None:
    page = f'# Blog\n\n## 2020-01-01: Words\n\n- [Our label]({written} "t")\n\nAs in [it]({written}).\n'
    (found,) = review(page, SELECTION, (now,))
    assert told([found]) == [(5, 3, "index-moved-link")]
    assert f"is at {found.paths[1]} now" in found.message
    after = mended(page, [found])
    assert after == page.replace(f'({written} "t")', f'({new} "t")')
    assert review(after, SELECTION, (now,)) == []


def test_the_date_of_an_entry_follows_the_post_s_and_other_dates_stay() -> None:
    page = "# B\r\n\r\n## 2025-11-30: 三，2024-01-01\r\n\r\n- [Words](./2025-11-30/three.md)\r\n"
    found = review(page, SELECTION, (THREE,))
    assert mended(page, found) == page.replace("2025-11-30", "2025-12-01")
    page = "## Blog\n\n- 2025-11-30 [Words of 2025-11-30](./blog/2025-11-30/three.md)\n"
    found = review(page, LIST, (THREE,))
    assert mended(page, found) == page.replace("- 2025-11-30", "- 2025-12-01").replace("/2025-11-30", "/2025-12-01")
    page = "## 2025-10-01: 三\n\n- [Words](./2025-11-30/three.md)\n"
    assert "## 2025-10-01: 三" in mended(page, review(page, SELECTION, (THREE,)))


def test_a_file_of_another_suffix_is_the_post_also_where_its_name_alone_does_not_say_so() -> None:
    alone = Edition("blog/2025-12-01/three-zh.md", "en", "三", {}, has_header=True)
    page = "## 2025-12-01: 三\n\n- [Words](./2025-12-01/three_zh.md)\n"
    found = review(page, posts=(Post("2025-12-01", "three-zh", {"en": alone}),))
    assert [each.rule for each in found] == ["index-moved-link"]
    assert mended(page, found) == page.replace("three_zh", "three-zh")


def test_a_moved_post_is_not_unlisted_too() -> None:
    page = PAGE.replace("(./2025-12-01/three.md)", "(./2025-11-30/three.md)")
    assert [each.rule for each in review(page)] == ["index-moved-link"]


def test_a_link_by_reference_is_led_on_in_its_definition() -> None:
    page = "## 2025-12-01: 三\n\n- [Words][three]\n\n[three]: ./2025-11-30/three.md\n"
    found = review(page, SELECTION, (THREE,))
    assert mended(page, found) == page.replace("2025-11-30", "2025-12-01")


def test_a_slug_of_two_posts_says_nothing_unless_the_date_is_one_s_own() -> None:
    posts = (THREE, post("2025-10-01/three", "Three, too"))
    page = "## 2024-01-01: 三\n\n- [Words](./2024-01-01/three.md)\n"
    assert [each.rule for each in review(page, SELECTION, posts)] == ["index-dead-link"]
    found = review(page.replace("2024-01-01/three", "2025-10-01/2025-10-01-three"), SELECTION, posts)
    assert [each.paths[1] for each in found] == ["blog/2025-10-01/three.md"]


def test_a_dead_link_beside_one_to_the_present_place_is_dead_not_moved() -> None:
    page = "## 2025-12-01: 三\n\n- [Words](./2025-12-01/three.md)\n- [Old](./2025-11-30/three.md)\n"
    (found,) = review(page, SELECTION, (THREE,))
    assert (found.line, found.rule) == (4, "index-dead-link")
    assert found.message.endswith("is in this entry already")


def test_words_that_were_a_title_are_stale_in_heading_and_label_and_become_the_title() -> None:
    former = {"blog/2025-12-01/three.md": {"Three", "Drei"}, "blog/2026-01-02/one.md": {"Our label"}}
    posts = (ONE, post("2025-12-01/three", "Three [new]"))
    found = review(PAGE, posts=posts, former=former)
    assert told(found) == [(11, 4, "index-stale-title"), (16, 16, "index-stale-title"), (18, 4, "index-stale-title")]
    assert found[1].message == '"Three" is a former title of the post; it is "Three [new]" now'
    after = mended(PAGE, found)
    assert "## 2025-12-01: Three \\[new\\]\n\n- [Three \\[new\\] (English)](./2025-12-01/three.md)\n" in after
    assert "- [One \\*day\\* (English)](./2026-01-02/one.md)\n" in after
    assert review(after, posts=posts, former=former) == []
    assert review(PAGE, SELECTION, posts, former) == []


def test_an_edition_s_words_may_be_the_title_of_another_edition() -> None:
    page = "## 2026-01-02: One *day*：中文\n\n- [One \\*day\\* (Chinese)](./2026-01-02/one_zh.md)\n"
    former = {"blog/2026-01-02/one_zh.md": {"One *day*"}}
    assert review(page, posts=(ONE,), former=former) == []


def test_the_editions_whose_words_are_not_their_title_are_those_worth_a_look_into_history() -> None:
    files = {path for each in POSTS for path in each.paths}
    asked: list[Collection[str]] = []

    def former(paths: Collection[str]) -> dict[str, set[str]]:
        asked.append(paths)
        return {}

    facts = Facts(SETTINGS, POSTS, files.__contains__, former)
    assert review(PAGE) == troubles(PAGE.encode(), SECTIONS, facts)
    assert asked == [{"blog/2026-01-02/one.md", "blog/2026-01-02/one_zh.md"}]


def test_an_index_with_conflict_markers_is_refused() -> None:
    page = PAGE.replace("We looked", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n\nWe looked")
    with pytest.raises(AiblogError, match="conflict marker"):
        review(page)


def test_a_list_without_its_heading_is_refused() -> None:
    with pytest.raises(AiblogError, match='no heading "Blog"'):
        review(PAGE.replace("# Blog", "# Posts"), LIST)


def test_links_of_entries_are_led_to_new_paths_as_they_are_written_and_prose_stays() -> None:
    page = "## 2025-11-30: 三\r\n\r\n- [Words](<./2025-11-30/three.md#a>)\r\n\r\nAs in [it](./2025-11-30/three.md).\r\n"
    after = mended(page, review(page, SELECTION, (THREE,)))
    assert after == page.replace("# 2025-11-30", "# 2025-12-01").replace("<./2025-11-30", "<./2025-12-01")
    assert review(after, SELECTION, (THREE,)) == []


def test_an_index_below_the_archive_wants_the_archived_posts_and_no_others() -> None:
    index = Index("old/README.md")
    text = b"# Old\n\n## 2026-01-02: One\n\n- [One](../blog/2026-01-02/one.md)\n"
    facts = Facts(SETTINGS, POSTS, lambda _path: True)
    assert [each.message for each in troubles(text, index, facts)] == [
        "2024-01-01/ancient is published, and not listed"
    ]
    listing = b"# Old\n\n## 2024-01-01: Ancient\n\n- [A](./2024-01-01/ancient.md)\n"
    assert troubles(listing, index, facts) == []


def test_a_post_of_the_archive_need_not_be_listed_by_another_index_and_may_be() -> None:
    facts = Facts(SETTINGS, (OLD,), lambda _path: True)
    listing = b"# B\n\n## 2024-01-01: Ancient\n\n- [A](../old/2024-01-01/ancient.md)\n"
    assert troubles(listing, SECTIONS, facts) == []
    assert troubles(b"# B\n", SECTIONS, facts) == []
