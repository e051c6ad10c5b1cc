"""Conflicts in an index: both sides' entries, each once, in order; what people must decide stays marked."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.conflict import Hunk, parts
from aiblog.core.index import Entry, EntryLink, learned_shape, with_entry
from aiblog.core.index_resolve import Resolution, resolved_index
from aiblog.core.language import Language
from aiblog.core.settings import Index, Settings

EN = Language("en", "English", "", "English")
ZH = Language("zh", "Chinese", "_zh", "中文版")
SECTIONS = Index("blog/README.md")
LIST = Index("README.md", "list", under="Blog")
SETTINGS = Settings(posts="blog", languages=(EN, ZH), indexes=(SECTIONS, LIST))

TOP = "---\nstatus: Active\nlast_updated: 2026-01-02\n---\n\n# Blog\n\nProse.\n\n"
OLD = "## 2026-01-02: One\n\n- [One (English)](./2026-01-02/one.md)\n\nWords.\n\n"
SCAN = "## 2025-12-24: Maintenance scan\n\nWe looked at everything.\n\n"
END = "## Contributing\n\nWrite.\n"
PAGE = TOP + OLD + SCAN + END
LIST_PAGE = "# P\n\n## Blog\n\n- [Overview](./blog/README.md)\n- [One](./blog/2026-01-02/one.md)\n\n## Licence\n"


def put(page: str, name: str, index: Index = SECTIONS, *, zh: bool = False, summary: str | None = None) -> str:
    """The page with the entry of the post of that name (`DATE/slug`)."""
    date, slug = name.split("/")
    links = (
        EntryLink(f"blog/{name}.md", f"The {slug}", EN),
        *((EntryLink(f"blog/{name}_zh.md", f"{slug}：中文", ZH),) if zh else ()),
    )
    paths = set(re.findall(r"blog/[\w/-]+\.md", page.replace("](./2", "](./blog/2")))
    data = page.encode()
    entry = Entry(date, links, None, summary, frozenset({f"blog/{name}.md", f"blog/{name}_zh.md"}))
    shape = learned_shape(data, index, paths, [EN, ZH])
    return with_entry(data, index, entry, shape, paths | entry.paths).decode()


def merged(base: str, ours: str, theirs: str, style: str = "merge") -> str:
    """What git makes of the three, in that style of markers."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            (Path(folder) / name).write_bytes(text.encode())
        command = ["git", "-c", f"merge.conflictStyle={style}", "merge-file", "-p", "-L", "HEAD", "-L", "base",
                   "-L", "work", *([f"--{style}"] if style != "merge" else []), "ours", "base", "theirs"]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert 0 <= done.returncode < 128, done.stderr
        return done.stdout.decode()


def settled(base: str, ours: str, theirs: str, index: Index = SECTIONS, style: str = "merge") -> str:
    """The merge with nothing left to decide, the same whichever side is whose, and the same when done again."""
    result = resolved(merged(base, ours, theirs, style), index)
    assert result.left == (), result.data.decode()
    swapped = resolved(merged(base, theirs, ours, style), index)
    assert swapped.data == result.data
    return result.data.decode()


def resolved(text: str, index: Index = SECTIONS, base: str | None = None) -> Resolution:
    result = resolved_index(text.encode(), index, SETTINGS, None if base is None else base.encode())
    again = resolved_index(result.data, index, SETTINGS, None if base is None else base.encode())
    assert again == result
    return result


STYLES = pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])


@STYLES
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_both_sides_entries_are_in_newest_first_and_the_page_is_dated_by_the_later(style: str, ending: str) -> None:
    a, b = "2026-02-25/roi", "2026-02-26/gpu"
    ours, theirs = put(PAGE, a, summary="It pays.\n\n- a\n- b"), put(PAGE, b, zh=True, summary="中文。")
    wanted = put(ours, b, zh=True, summary="中文。")
    assert settled(*(each.replace("\n", ending) for each in (PAGE, ours, theirs)), style=style) == wanted.replace(
        "\n", ending
    )


@STYLES
@pytest.mark.parametrize("names", [("2026-02-25/b", "2026-02-25/a"), ("2020-01-01/b", "2019-01-01/a")])
def test_entries_of_one_date_and_the_oldest_ones_stand_in_an_order_that_no_side_decides(
    style: str, names: tuple[str, str]
) -> None:
    ours, theirs = (put(PAGE, name, summary="The same words.") for name in names)
    after = settled(PAGE, ours, theirs, style=style)
    assert after == put(put(PAGE, names[0], summary="The same words."), names[1], summary="The same words.")


@STYLES
def test_a_post_that_both_published_is_in_once(style: str) -> None:
    both = put(PAGE, "2026-02-25/roi", summary="It pays.")
    ours, theirs = put(both, "2026-02-27/a"), put(both, "2026-02-26/b")
    assert settled(PAGE, ours, theirs, style=style) == put(theirs, "2026-02-27/a")
    assert settled(PAGE, both, put(both, "2026-02-26/b"), style=style) == put(both, "2026-02-26/b")
    assert settled(PAGE, ours, put(PAGE, "2026-02-25/roi", summary="It pays."), style=style) == ours


@STYLES
def test_several_entries_of_each_side_keep_their_order_among_each_other(style: str) -> None:
    ours = put(put(PAGE, "2026-02-01/a"), "2026-02-03/c")
    theirs = put(put(PAGE, "2026-02-02/b"), "2026-02-04/d", zh=True)
    wanted = put(put(put(put(PAGE, "2026-02-01/a"), "2026-02-02/b"), "2026-02-03/c"), "2026-02-04/d", zh=True)
    assert settled(PAGE, ours, theirs, style=style) == wanted


@STYLES
def test_bullets_of_a_list_are_in_once_each(style: str) -> None:
    ours = put(LIST_PAGE, "2026-02-25/roi", LIST, zh=True)
    theirs = put(put(LIST_PAGE, "2026-02-25/roi", LIST, zh=True), "2026-02-26/gpu", LIST)
    assert settled(LIST_PAGE, put(LIST_PAGE, "2026-02-26/gpu", LIST), ours, LIST, style) == theirs
    assert settled(LIST_PAGE, ours, theirs, LIST, style) == theirs


@STYLES
def test_a_section_of_people_s_own_goes_along_by_its_date(style: str) -> None:
    scan = "## 2026-02-26: Maintenance scan\n\nTwo dead links.\n\n"
    ours, theirs = PAGE.replace(OLD, scan + OLD), put(PAGE, "2026-02-25/roi")
    assert settled(PAGE, ours, theirs, style=style) == put(ours, "2026-02-25/roi")


@STYLES
def test_links_that_both_sides_added_to_an_entry_are_both_in(style: str) -> None:
    ours = PAGE.replace("one.md)\n", "one.md)\n- [一 (Chinese)](./2026-01-02/one_zh.md)\n")
    theirs = PAGE.replace("one.md)\n", "one.md)\n- [Un (French)](./2026-01-02/one_fr.md)\n")
    after = settled(PAGE, ours, theirs, style=style)
    assert after == ours.replace("- [一", "- [Un (French)](./2026-01-02/one_fr.md)\n- [一")


@STYLES
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("- [一 (English)](./2026-01-02/one.md)", "- [Un (English)](./2026-01-02/one.md)"),
        ("- [One (English)](./2026-01-02/one.md) first", "- [One (English)](./2026-01-02/one.md) last"),
        (
            "- [一 (Chinese)](./2026-01-02/one_zh.md)\n- [One (English)](./2026-01-02/one.md)",
            "- [Un (English)](./2026-01-02/one.md)",
        ),
    ],
)
def test_a_link_to_one_edition_in_words_that_differ_stays_marked(ours: str, theirs: str, style: str) -> None:
    was = "- [One (English)](./2026-01-02/one.md)"
    text = merged(PAGE, PAGE.replace(was, ours), PAGE.replace(was, theirs), style)
    result = resolved(text)
    assert (len(result.left), result.data.decode()) == (1, text)


def test_comments_that_differ_behind_a_date_stay_marked() -> None:
    was, ours, theirs = (f"last_updated: 2026-01-0{rest}\n" for rest in ("2", "3 # by us", "4 # 他们"))
    text = merged(PAGE, PAGE.replace(was, ours), PAGE.replace(was, theirs))
    assert (len(resolved(text).left), resolved(text).data.decode()) == (1, text)
    same = PAGE.replace(was, ours.replace("us", "them")), PAGE.replace(was, ours.replace("3 # by us", "4 # by them"))
    assert settled(PAGE, *same) == same[1]


def test_prose_that_both_changed_stays_marked_and_the_rest_is_settled() -> None:
    ours = put(PAGE, "2026-02-25/roi").replace("Write.", "Write well.").replace("Prose.", "Our prose.")
    theirs = put(PAGE, "2026-02-26/gpu").replace("Write.", "Write much.").replace("Prose.", "Their prose.")
    result = resolved(merged(PAGE, ours, theirs))
    after = result.data.decode()
    assert len(result.left) == 2
    assert all(after.splitlines()[line - 1] == "<<<<<<< HEAD" for line, _ in result.left)
    assert after.count("<<<<<<<") == 2
    assert "## 2026-02-26: The gpu\n\n- [The gpu (English)](./2026-02-26/gpu.md)\n\n## 2026-02-25: The roi\n" in after
    assert "last_updated: 2026-02-26\n" in after


def test_lines_behind_entries_stay_marked_and_the_blank_lines_around_them_stay() -> None:
    a, b = (f"## 2026-02-2{n}: N\n\n- [N](./2026-02-2{n}/n.md)\n" for n in (6, 5))
    text = f"{TOP}<<<<<<< HEAD\n{b}\n## Ours\n\n=======\n{a}\n>>>>>>> x\n{END}"
    result = resolved(text)
    assert result.data.decode() == f"{TOP}{a}\n{b}\n<<<<<<< HEAD\n## Ours\n=======\n>>>>>>> x\n\n{END}"
    text = f"{TOP}<<<<<<< HEAD\n\nOurs.\n\n{b}\n=======\nTheirs.\n\n{a}\n>>>>>>> x\n{END}"
    result = resolved(text)
    assert result.data.decode() == (f"{TOP}\n<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> x\n\n{a}\n{b}\n{END}")


@STYLES
def test_the_same_entry_in_different_words_stays_marked_and_the_others_beside_it_are_settled(style: str) -> None:
    ours = put(put(PAGE, "2026-02-25/roi", summary="Our words."), "2026-02-26/gpu", zh=True)
    theirs = put(put(PAGE, "2026-02-25/roi", summary="Their words."), "2026-02-24/old")
    result = resolved(merged(PAGE, ours, theirs, style))
    after = result.data.decode()
    assert len(result.left) == 1
    assert after.count("Our words.") == after.count("Their words.") == 1
    for name in ("2026-02-26/gpu.md", "2026-02-26/gpu_zh.md", "2026-02-24/old.md"):
        assert after.count(f"(./{name})") == 1
    outside = re.sub(r"(?s)<<<<<<< HEAD.*>>>>>>> work\n", "", after)
    assert "words." not in outside


def test_an_entry_that_one_side_changed_is_as_that_side_has_it_where_the_base_is_known() -> None:
    near = PAGE.replace("Words.", "Other words.")
    ours, theirs = near.replace("2026-01-02\n---", "2026-01-03\n---"), put(PAGE, "2026-01-02/aaa")
    theirs = theirs.replace("## 2026-01-02: One\n", "## 2026-01-02: One, by them\n")
    result = resolved(merged(PAGE, ours, theirs, "diff3"))
    assert result.left == () or b"One, by them" in result.data
    hunk = f"<<<<<<< HEAD\n{OLD}=======\n{OLD.replace('Words', 'New words')}>>>>>>> work\n"
    text = TOP + hunk + SCAN + END
    assert len(resolved(text).left) == 1
    assert resolved(text, base=PAGE).data.decode() == PAGE.replace("Words", "New words")


def test_what_is_not_in_a_conflict_and_what_stays_marked_keeps_every_byte() -> None:
    odd = "\ufeff" + PAGE.replace("Prose.\n", "Prose.\n\n\n<div>\nHTML\r\n</div>\t\n").removesuffix("\n")
    text = odd.replace("Write.", "<<<<<<< HEAD\na\n=======\nb\n\n>>>>>>> x")
    result = resolved(text)
    assert result.data.decode() == text
    assert len(result.left) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# B\n\n<<<<<<< HEAD\na\n",
        "# B\n\n<<<<<<< HEAD\na\n=======\nb\n",
        "# B\n\n<<<<<<< HEAD\nTitle\n=======\n\n=======\nb\n>>>>>>> x\n",
        "# B\n\n<<<<<<< HEAD\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n=======\nc\n>>>>>>> x\n",
    ],
)
def test_markers_that_are_not_whole_or_not_sure_stay(text: str) -> None:
    result = resolved(text)
    assert result.data.decode() == text
    assert result.left


def test_a_list_whose_heading_is_in_conflict_stays_marked() -> None:
    text = "<<<<<<< HEAD\n## Blog\n=======\n## Posts\n>>>>>>> x\n\n- [One](./blog/2026-01-02/one.md)\n"
    assert resolved(text, LIST).data.decode() == text


def test_without_markers_nothing_changes() -> None:
    assert resolved(PAGE) == Resolution(PAGE.encode(), ())
    example = PAGE + "\nTitle\n=======\n"
    assert resolved(example) == Resolution(example.encode(), ())


NAMES = [f"2026-0{month}-1{day}/{slug}" for month, day, slug in [
    (1, 1, "a"), (1, 1, "b"), (1, 5, "c"), (2, 0, "d"), (2, 0, "gpu-ai"), (3, 0, "e"), (3, 1, "f"),
]]  # fmt: skip
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NAMES), st.booleans(), st.sampled_from([None, "S.", "中文：\n\n- a\n- b"])),
        st.sampled_from(["words", "scan", "prose", "end", "gone", "zh"]),
    ),
    max_size=5,
)


def changed(page: str, changes: list[tuple[str, bool, str | None] | str], who: str, index: Index) -> str:
    """A side: entries come, people write, an entry goes."""
    for change in changes:
        if isinstance(change, tuple):
            name, zh, summary = change
            page = put(page, name, index, zh=zh, summary=summary if index.style == "sections" else None)
        elif change == "words":
            page = page.replace("Words.", f"Words of {who}.")
        elif change == "scan":
            page = page.replace(SCAN, f"## 2025-12-28: Scan by {who}\n\nFound.\n\n{SCAN}")
        elif change == "prose":
            page = page.replace("Prose.\n", f"Prose.\n\nMore by {who}.\n")
        elif change == "end":
            page = page.replace("Write.", f"Write to {who}.")
        elif change == "zh":
            page = page.replace("one.md)\n", "one.md)\n- [一 (Chinese)](./2026-01-02/one_zh.md)\n", 1)
        else:
            page = page.replace(OLD, "")
    return page


@given(CHANGES, CHANGES, st.sampled_from([SECTIONS, LIST]), st.sampled_from(["merge", "diff3", "zdiff3"]))
@settings(max_examples=120, deadline=None)
def test_no_entry_and_no_line_of_either_side_is_ever_dropped(
    first: list[tuple[str, bool, str | None] | str],
    second: list[tuple[str, bool, str | None] | str],
    index: Index,
    style: str,
) -> None:
    base = PAGE if index is SECTIONS else LIST_PAGE
    ours, theirs = changed(base, first, "Ada", index), changed(base, second, "Bo", index)
    text = merged(base, ours, theirs, style)
    result = resolved(text, index)
    after = result.data.decode()
    both = [(part.ours + part.theirs) if isinstance(part, Hunk) else part for part in parts(text)]
    sides = {line for part in both for line in part}
    dropped = {line.rstrip("\n") for line in sides} - set(after.splitlines())
    gone = set(base.splitlines()) if style != "merge" else set()  # then it is known that the other side took it away
    assert all(line.startswith("last_updated") or line in gone for line in dropped)
    if "<<<<<<< " not in after:
        assert resolved(merged(base, theirs, ours, style), index).data == result.data
        for name in NAMES:
            links = [line for line in after.splitlines() if re.match(rf"- \[.*/{name}\.md\)", line)]
            assert len(links) <= 1
        dates = re.findall(r"(?m)^## (\d{4}-\d\d-\d\d)", after)
        in_one = text.count("<<<<<<< ") - bool(dated_twice(text)) <= 1  # git cut through one entry otherwise
        assert not in_one or dates == sorted(dates, reverse=True)


def dated_twice(text: str) -> bool:
    """Whether one of the conflicts is that of `last_updated`."""
    return text.count("last_updated") > 1


@pytest.mark.parametrize(
    "piece",
    ["[", "](", "<!--", "- \n", "<<<<<<< a\n", "=======\n", "<<<<<<< a\n=======\n>>>>>>> b\n",
     "<<<<<<< a\n## 2026-01-02: One\n- [One](./2026-01-02/one.md)\n=======\n>>>>>>> b\n"],
)  # fmt: skip
def test_a_large_hostile_index_is_settled_or_left(piece: str) -> None:
    """In linear time: in quadratic time this test would take minutes."""
    size = 2**16 if "\n" in piece else 2**18
    conflict = "<<<<<<< a\n- [One](./2026-01-02/one.md)\n=======\n- [Two](./2026-01-02/two.md)\n>>>>>>> b\n"
    data = (piece * (size // len(piece)) + "\n\n" + conflict).encode()
    for index in (SECTIONS, Index("README.md", "list")):
        after = resolved_index(data, index, SETTINGS).data
        assert b"one.md" in after
        assert b"two.md" in after
