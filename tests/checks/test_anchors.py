"""anchor-missing."""

import pytest

from support.subjects import HEADER, PATH, SETTINGS, found, mended

BODY_LINE = HEADER.count("\n") + 1


def _body(text: str, **beside: str) -> list[str]:
    """What is found in a body, its first line being line 1, beside `NAME.md` files of the post's folder."""
    result = found(HEADER + text, beside={f"posts/2026-02-25/{name}.md": other for name, other in beside.items()})
    return [f"{int(each.split(':')[0]) - BODY_LINE + 1}:{each.split(':', 1)[1]}" for each in result]


@pytest.mark.parametrize(
    ("anchor", "page"),
    [
        ("#method", "## Method"),
        ("#Method", "## Method"),
        ("#总体-架构", "## 总体 架构"),
        ("#%E6%80%BB%E4%BD%93-%E6%9E%B6%E6%9E%84", "## 总体 架构"),
        ("#草案draft组件", "## 草案（Draft）组件"),
        ("#method-1", "## Method\n\n## Method"),
        ("#what-code-does", "What `code` **does**\n---"),
        ("#in-a-list", "- ## In a list"),
        ("#part", '<a id="part"></a>'),
        ("#part", "<a name='part'></a>"),
        ("#installation-guide", '<h2 align="center">Installation <b>guide</b></h2>'),
        ("#own", "## 标题 {#own}"),
        ("#标题", "## 标题 {#own}"),
        ("#️-settings", "## ⚙️ Settings"),
    ],
)
def test_an_anchor_that_is_there_is_no_finding(anchor: str, page: str) -> None:
    assert _body(f"[a]({anchor})\n\n{page}\n") == []
    assert _body(f"[a](./other.md{anchor})\n", other=f"---\na: b\n---\n\n{page}\n") == []
    assert _body(f'<a href="./other.md{anchor}">a</a>\n', other=f"\ufeff{page}\r\n".replace("\n", "\r\n")) == []


def test_an_anchor_that_is_not_there_is_found_in_its_page() -> None:
    assert _body("中文 [a](#方法)\n") == ["1:8 anchor-missing this page has no heading or id #方法"]
    assert _body("[a](./other.md#part)\n", other="# Parts\n") == [
        "1:5 anchor-missing ./other.md has no heading or id #part (there is #parts)"
    ]
    assert _body("[a](roi.md#method-1)\n\n## Method\n") == [
        "1:5 anchor-missing roi.md has no heading or id #method-1 (there is #method)"
    ]
    assert _body("[a]\n\n[a]: #part\n") == ["3:6 anchor-missing this page has no heading or id #part"]


@pytest.mark.parametrize(
    ("written", "offered"),
    [("总体架构", "总体-架构"), ("1-总体-架构", "总体-架构"), ("draft-组件", "draft组件")],
)
def test_the_nearest_anchor_is_offered(written: str, offered: str) -> None:
    (finding,) = _body(f"[a](#{written})\n\n## 总体 架构\n\n## Draft（组件）\n")
    assert finding.endswith(f" (there is #{offered})")


def test_the_anchors_of_a_page_with_many_headings_in_html_that_do_not_end_are_found() -> None:
    """In linear time: in quadratic time this test would take minutes."""
    page = "<h2>" * 100_000 + "\n\n<h2>\n\n方法\n\n</h2>\n"
    assert _body("[a](./other.md#方法)\n[b](./other.md#缺)\n", other=page) == [
        "2:5 anchor-missing ./other.md has no heading or id #缺"
    ]


def test_headings_in_code_and_in_comments_are_none() -> None:
    page = "```md\n## Method\n```\n\n<!-- <a id='method'></a> -->\n\n    ## Method\n"
    assert _body(f"[a](#method)\n\n{page}") == ["1:5 anchor-missing this page has no heading or id #method"]


@pytest.mark.parametrize(
    "link",
    [
        "[a](#)",
        "[a](#top)",
        "[a](./other.md#L12)",
        "[a](./other.md?plain=1#L12-L20)",
        "[a](#fn1) [b](#fnref:1) [c](#user-content-fn-1)",
        "[a](#:~:text=part)",
        "[a](#{{ anchor }})",
        "[a](./script.py#L3) [b](./script.py#main)",
        "[a](https://example.org/#part)",
        "`[a](#part)`",
    ],
)
def test_what_is_no_anchor_of_a_markdown_file_is_not_looked_for(link: str) -> None:
    result = found(f"{HEADER}{link}\n", beside={"posts/2026-02-25/other.md": "", "posts/2026-02-25/script.py": ""})
    assert result == []


def test_a_file_that_does_not_exist_has_one_finding_not_two() -> None:
    (finding,) = _body("[a](./nowhere.md#part)\n")
    assert " link-missing " in finding


def test_the_prefix_that_github_writes_into_a_page_may_stand_there() -> None:
    assert _body("[a](#user-content-part)\n\n## Part\n") == []


def test_in_a_translation_the_anchor_of_the_sources_heading_is_mended_to_its_own() -> None:
    zh = "posts/2026-02-25/roi_zh.md"
    head = "---\r\ntranslation_of: ./roi.md\r\n---\r\n\r\n# 回报\n\n[English](./roi.md) | 中文\n\n"
    text = f"{head}见[方法](#the-method)、[无](#none)。\n\n## 方法（草案）\n"
    source = "# ROI\n\nSee [how](#the-method).\n\n## The method\n"
    settings = SETTINGS._replace(front_matter=())
    after = mended(text, zh, beside={PATH: source}, settings=settings).decode()
    assert after == text.replace("#the-method", "#方法草案")
    unlike = {PATH: source.replace("##", "###")}
    assert mended(text, zh, beside=unlike, settings=settings).decode() == text
