"""What a front matter says and how it is written: kinds of values, status, tags, dates, order; and what mends it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiblog.checks.rules import RULES
from aiblog.checks.rules import found as all_found
from aiblog.core.edit import applied
from aiblog.core.post import Edition
from aiblog.core.settings import Check, Key, Settings
from support.subjects import HEADER, PATH, SETTINGS, found, mended, subject

LISTS = SETTINGS._replace(
    front_matter=tuple(key._replace(style="list") if key.role == "tags" else key for key in SETTINGS.front_matter)
)


def _found(rule: str, text: str, path: str = PATH, settings: Settings = SETTINGS, **more: str) -> list[str]:
    """What one rule finds, without its name."""
    whole = f"---\nmaintainer: x\n{text}\n---\n"
    result = found(whole, path, settings=settings, beside={f"posts/2026-02-25/{each}": "" for each in more.values()})
    return [place + each.split(rule, 1)[1] for each in result for place in [each.split()[0]] if f" {rule} " in each]


# Kinds of values


def test_a_status_tags_and_title_of_the_wrong_kind_are_found() -> None:
    titled = SETTINGS._replace(title="title", front_matter=(*SETTINGS.front_matter, Key("title")))
    assert _found("metadata-invalid", "status: [Draft]") == ["3:1 status is a list (Draft); a text was wanted"]
    assert _found("metadata-invalid", "tags: {a: b}") == ["3:1 tags is a mapping; a list of texts was wanted"]
    assert _found("metadata-invalid", "title: [草稿]", settings=titled) == [
        "3:1 title is a list (草稿); a text was wanted"
    ]
    assert _found("metadata-invalid", "title: 2026", settings=titled) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_derived_path_is_mended_and_every_other_byte_stays(newline: str) -> None:
    text = f"\ufeff{HEADER}# 标题\n".replace("Draft\n", "Draft # 草稿\n").replace("\n", newline)
    broken = text.replace(f": {PATH}", ': "posts/old/ROI.md"  # where it is')
    assert mended(broken).decode() == text.replace(f": {PATH}", f': "{PATH}"  # where it is')


# status-unknown


@pytest.mark.parametrize("word", ["draft", "DRAFT", "Drafft", "Darft", "Drapt", "drafts"])
def test_a_status_that_is_nearly_a_known_word_is_found_and_mended(word: str) -> None:
    assert _found("status-unknown", f"status: {word}") == [f'3:1 status is "{word}"; this blog writes "Draft"']
    assert mended(HEADER.replace("Draft", f"'{word}' # wip")).decode() == HEADER.replace("Draft", "'Draft' # wip")


@pytest.mark.parametrize("word", ["", "Draft", "Published", "Unpublished", "Archived", "WIP", "已归档", "Ready"])
def test_a_known_status_and_another_word_are_no_finding(word: str) -> None:
    assert _found("status-unknown", f"status: {word}") == []


def test_a_short_or_chinese_status_is_known_by_case_alone() -> None:
    key = SETTINGS.front_matter[0]._replace(draft="草稿", published="Live")
    settings = SETTINGS._replace(front_matter=(key,))
    for word in ("草案", "Five", "Love"):
        assert _found("status-unknown", f"status: {word}", settings=settings) == []
    assert _found("status-unknown", "status: live", settings=settings) == [
        '3:1 status is "live"; this blog writes "Live"'
    ]


def test_a_boolean_is_one_value_in_any_case_but_a_draft_has_to_be_told_apart() -> None:
    settings = SETTINGS._replace(front_matter=(Key("draft", role="status", draft="true", published="false"),))
    assert _found("status-unknown", "draft: False", settings=settings) == []
    assert len(_found("status-unknown", "draft: True", settings=settings)) == 1


# tags-style and list-in-block-scalar


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("settings", "before", "after"),
    [
        (SETTINGS, "[gpu, 算力]", "gpu, 算力"),
        (SETTINGS, "\n- gpu\n- 算力", "gpu, 算力"),
        (SETTINGS, '\n  - "gpu"\n\n  - 1.10', "gpu, 1.10"),
        (LISTS, "gpu, 算力", "\n  - gpu\n  - 算力"),
        (LISTS, '"gpu, dra,\n  1.10"', '\n  - gpu\n  - dra\n  - "1.10"'),
        (LISTS, "gpu", "\n  - gpu"),
    ],
)
def test_tags_in_the_other_style_are_found_and_mended(
    settings: Settings, before: str, after: str, newline: str
) -> None:
    text = HEADER.replace("canonical", "tags: @\ncanonical").replace("\n", newline)
    wanted = text.replace("tags: @", f"tags: {after}".replace(": \n", ":\n").replace("\n", newline))
    assert len(_found("tags-style", f"tags: {before}", settings=settings)) == 1
    assert mended(text.replace("@", before.replace("\n", newline)), settings=settings).decode() == wanted


@pytest.mark.parametrize(
    ("settings", "tags"),
    [(SETTINGS, "[a] # why"), (SETTINGS, "\n  # 为什么\n  - a"), (SETTINGS, "['a, b']"), (LISTS, "gpu dra")],
)
def test_tags_that_could_be_written_in_two_ways_are_found_and_left(settings: Settings, tags: str) -> None:
    text = HEADER.replace("canonical", f"tags: {tags}\ncanonical")
    assert len(_found("tags-style", f"tags: {tags}", settings=settings)) == 1
    assert mended(text, settings=settings).decode() == text


def test_tags_as_the_blog_has_them_are_no_finding() -> None:
    for tags in ("", "gpu", "gpu, 算力", "[]", ">\n  gpu,\n  dra"):
        assert _found("tags-style", f"tags: {tags}") == []
    for tags in ("", "[gpu]", "\n  - gpu\n  - 算力"):
        assert _found("tags-style", f"tags: {tags}", settings=LISTS) == []


@pytest.mark.parametrize("scalar", ["|", ">", "|-", ">+", "|2"])
@pytest.mark.parametrize(("settings", "after"), [(SETTINGS, " gpu, 大模型"), (LISTS, "\n  - gpu\n  - 大模型")])
def test_a_list_that_a_block_scalar_broke_is_found_and_mended(scalar: str, settings: Settings, after: str) -> None:
    broken = f'tags: {scalar}\n  - gpu\n  - "大模型"'
    text = HEADER.replace("canonical", "@\ncanonical")
    (finding,) = _found("list-in-block-scalar", broken, settings=settings)
    assert finding == '3:1 tags is one text, "- gpu - "大模型""; a list was meant'
    assert _found("tags-style", broken, settings=settings) == []
    assert mended(text.replace("@", broken), settings=settings).decode() == text.replace("@", f"tags:{after}")


def test_a_text_of_several_lines_that_is_no_list_is_no_finding() -> None:
    for tags in ("|\n  gpu,\n  dra", ">\n  gpu-a, b - c", "|\n  - gpu\n  dra", "'-'"):
        assert _found("list-in-block-scalar", f"tags: {tags}") == []


# Dates


def test_an_update_before_the_post_is_found_the_same_day_and_later_are_not() -> None:
    rule = "updated-before-date"
    assert _found(rule, "date: 2026-02-25\nlast_updated: 2026-02-20 10:00") == [
        "4:1 last_updated is 2026-02-20, before the post's date 2026-02-25"
    ]
    assert _found(rule, "last_updated: 2026-02-24") == [
        "3:1 last_updated is 2026-02-24, before the post's date 2026-02-25"
    ]
    for text in ("last_updated: 2026-02-25", "last_updated: 2026-03-01", "last_updated:", "last_updated: soon"):
        assert _found(rule, text) == []
    assert _found(rule, "date: 2026-02-20\nlast_updated: 2026-02-20") == []  # date-mismatch says it


def test_a_date_too_far_ahead_is_found_where_it_stands_first() -> None:
    rule = "date-future"
    assert _found(rule, "date: 2026-04-01") == ["3:1 date is 2026-04-01, more than 30 days ahead"]
    assert _found(rule, "date: 2026-03-31") == []
    assert _found(rule, "tags: a", "posts/2062-02-25/roi.md") == [
        "1:1 the path's date is 2062-02-25, more than 30 days ahead"
    ]
    assert _found(rule, "date: 2062-02-25", "posts/2062-02-25/roi.md") == [
        "3:1 date is 2062-02-25, more than 30 days ahead"
    ]


def test_how_far_ahead_is_a_setting_and_without_a_clock_nothing_is_found() -> None:
    far = HEADER.replace("2026-02-25\nc", "2026-04-01\nc")
    for days, count in ((31, 0), (30, 1), (0, 1), (10**9, 0)):
        settings = SETTINGS._replace(check=Check(future_days=days))
        assert len(list(RULES["date-future"].finds(subject(far, settings=settings)))) == count
    assert list(RULES["date-future"].finds(subject(far)._replace(today=""))) == []


# Order


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_keys_in_another_order_are_found_and_sorted_and_unknown_ones_keep_their_place(newline: str) -> None:
    first, last = "\ufeff---\nlayout: post\n", "---\n\n# 甲\n"
    text = f"{first}date: 2026-02-25 # 日期\nmaintainer: x\nauthor: '何: 人'\nstatus: Draft\n{last}"
    wanted = f"{first}status: Draft\nmaintainer: x\nauthor: '何: 人'\ndate: 2026-02-25 # 日期\n{last}"
    assert found(text.replace("\n", newline)) == [
        "3:1 metadata-order date stands where status was wanted; the blog's order is status, maintainer, date"
    ]
    assert mended(text.replace("\n", newline)).decode() == wanted.replace("\n", newline)


@pytest.mark.parametrize(
    "text",
    [
        "date: 2026-02-25\n# who\nmaintainer: x\n",
        "date: 2026-02-25\n\nmaintainer: x\n",
        "# first\ndate: 2026-02-25\nmaintainer: x\n",
        "date: 2026-02-25\nmaintainer: x\n# last\n",
        "date: 2026-02-25\nmaintainer:\n  x\n",
        'date: 2026-02-25\nmaintainer: "x\nstatus: y"\n',
    ],
)
def test_an_order_that_is_not_plain_lines_is_found_and_left(text: str) -> None:
    assert [each.split()[1] for each in found(f"---\n{text}---\n")] == ["metadata-order"]
    assert mended(f"---\n{text}---\n").decode() == f"---\n{text}---\n"


# The link to a translation's source

ZH = "posts/2026-02-25/roi_zh.md"


def test_a_translations_source_that_is_gone_is_found_with_what_is_near() -> None:
    rule = "translation-source-missing"
    assert _found(rule, "translation_of: ./roi.md", ZH, there="roi.md") == []
    assert _found(rule, "translation_of: ./Roi.md", ZH, there="roi.md") == [
        "3:1 translation_of leads to ./Roi.md, which does not exist (there is ./roi.md; upper and lower case matter)"
    ]
    assert _found(rule, "translation_of: roi_zh.md", ZH) == ["3:1 translation_of leads to the file itself"]
    for other in ("https://example.org/roi.md", "/blog/roi.md", "roi", "", "[roi.md]"):
        assert _found(rule, f"translation_of: {other}", ZH) == []


def test_the_only_other_edition_is_the_source_that_was_meant() -> None:
    text = f"---\nmaintainer: x\ntranslation_of: './old.md' # 原文\ncanonical_path: {ZH}\n---\n"
    before = subject(text, ZH)
    post = before.post._replace(editions={"en": Edition(PATH, "en"), **before.post.editions})
    (place,) = RULES["translation-source-missing"].finds(before._replace(post=post))
    assert place[:3] == (
        3,
        1,
        "translation_of leads to ./old.md, which does not exist; the post's other edition is ./roi.md",
    )
    (edit,) = place.edits
    data = text.encode()
    assert data[: edit.start] + edit.text + data[edit.end :] == text.replace("old", "roi").encode()


def test_a_lang_that_is_another_of_the_blogs_languages_is_found_and_mended() -> None:
    assert _found("lang-mismatch", "lang: en", ZH) == ['3:1 lang is "en"; the file\'s name says "zh"']
    assert _found("lang-mismatch", "lang: en_US", ZH) == ['3:1 lang is "en_US"; the file\'s name says "zh"']
    for code in ("zh", "zh-CN", "zh_Hant", "ZH", "de", "中文", "", "[en]"):
        assert _found("lang-mismatch", f"lang: {code}", ZH) == []
    text = HEADER.replace("canonical", "lang: 'zh' # 语言\ncanonical")
    assert mended(text).decode() == text.replace("'zh'", "'en'")


# Whatever the front matter

KEYS = {
    "status": ["Draft", "draft", "'Publishd' # 状态", "WIP"],
    "maintainer": ["x", "何 # who", "|\n  - a\n  - b"],
    "date": ["2026-02-25", '"2026-02-24"', ""],
    "last_updated": ["2026-02-20", "2026-03-01"],
    "tags": ["gpu, 算力", "[gpu, '算力']", "\n- gpu\n# 一\n- 算力", ">\n  - gpu\n\n  - 算力", "gpu\n  算力"],
    "canonical_path": [PATH, "'posts/old.md'  # 路径", '"x\n  y"'],
    "lang": ["en", "zh", "zh-CN # 语言"],
    "other": ["{a: b}", "[1,\n  2]", "yes"],
    "# comment": ["", "of two words"],
}
HEADERS = st.permutations(sorted(KEYS)).flatmap(
    lambda keys: st.tuples(*(st.tuples(st.just(key), st.sampled_from(["-", *KEYS[key]])) for key in keys))
)
MENDED = (b"status", b"tags", b"-", b"  -", b"  \xe7", b"canonical", b"  y", b"lang", b"\r", b"\n")
"""What a line that may be mended begins with."""


@given(HEADERS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([SETTINGS, LISTS]))
def test_mending_ends_and_changes_no_other_line(
    pairs: tuple[tuple[str, str], ...], newline: str, settings: Settings
) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in pairs if value != "-")
    data = f"\ufeff---\n{lines}---\n# 标题\n\n正文".replace("\n", newline).encode()
    before = subject(data, settings=settings)
    now, passes = before, 0
    while edits := [edit for _, place in all_found(now) for edit in place.edits]:
        now = subject(applied(now.data, edits), settings=settings)
        passes += 1
        assert passes < 6
    mended_keys = {"status", "tags", "canonical_path", "lang"}
    kept = {key: value for key, value in before.edition.metadata.items() if key not in mended_keys}
    assert {key: now.edition.metadata.get(key) for key in kept} == kept
    assert set(now.edition.metadata) == set(before.edition.metadata)
    assert now.data.split(b"---")[-1] == before.data.split(b"---")[-1]
    for line in before.data.splitlines(keepends=True):
        if not line.startswith(
            (b"status", b"tags", b"-", b"  -", b"  \xe7", b"canonical", b"  y", b"lang", b"\r", b"\n")
        ):
            assert line in now.data.splitlines(keepends=True)
