"""Path patterns, read and written."""

import pytest

from aiblog.core.language import default_language
from aiblog.core.layout import Found, Layout, pattern_error

LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"))


@pytest.mark.parametrize(
    ("pattern", "language", "path"),
    [
        ("{date}/{slug}{lang}.md", "en", "2026-02-25/topic.md"),
        ("{date}/{slug}{lang}.md", "zh", "2026-02-25/topic_zh.md"),
        ("{date}/{date}-{slug}{lang}.md", "zh", "2026-02-25/2026-02-25-topic_zh.md"),
        ("{slug}/index{lang}.md", "zh", "topic/index_zh.md"),
        ("{date}-{slug}{lang}.md", "en", "2026-02-25-topic.md"),
        ("{lang}/{date}-{slug}.md", "en", "en/2026-02-25-topic.md"),
        ("{lang}/{date}-{slug}.md", "zh", "zh/2026-02-25-topic.md"),
        ("{lang}/{date}/{slug}.md", "zh", "zh/2026-02-25/topic.md"),
        ("{lang}/posts/{slug}/index.md", "en", "en/posts/topic/index.md"),
        ("{date}-{slug}/index{lang}.md", "zh", "2026-02-25-topic/index_zh.md"),
        ("{date}/{slug}/index{lang}.md", "en", "2026-02-25/topic/index.md"),
        ("{slug}{lang}.md", "zh", "topic_zh.md"),
    ],
)
def test_a_path_that_is_written_is_read_back(pattern: str, language: str, path: str) -> None:
    layout = Layout(pattern, LANGUAGES)
    assert pattern_error(pattern) is None
    assert layout.path("2026-02-25", "topic", language) == path
    found, rest = layout.posts([path])
    assert rest == []
    assert (found[0].slug, found[0].language, found[0].stray) == ("topic", language, False)
    assert found[0].date == ("2026-02-25" if "{date}" in pattern else "")


def test_other_suffixes_of_a_language_are_read_and_called_strays() -> None:
    layout = Layout("{date}/{slug}{lang}.md", LANGUAGES)
    found, _ = layout.posts(["2026-02-25/a_en.md", "2026-02-25/b.md", "2026-02-25/b-zh.md", "2026-02-25/how-to-zh.md"])
    assert found == [
        Found("2026-02-25/a_en.md", "2026-02-25", "a", "en", "_en", stray=True),
        Found("2026-02-25/b.md", "2026-02-25", "b", "en", ""),
        Found("2026-02-25/b-zh.md", "2026-02-25", "b", "zh", "-zh", stray=True),
        Found("2026-02-25/how-to-zh.md", "2026-02-25", "how-to-zh", "en", ""),
    ]


def test_a_suffix_with_a_dot_or_a_region_is_read_beside_another_edition() -> None:
    layout = Layout("{date}/{slug}{lang}.md", LANGUAGES)
    found, _ = layout.posts(f"2026-02-25/{name}.md" for name in ("b", "b.zh", "c", "c-zh-CN", "node.zh", "how-to-zh"))
    assert [(each.slug, each.language, each.suffix) for each in found if each.stray] == [
        ("b", "zh", ".zh"),
        ("c", "zh", "-zh-CN"),
    ]
    assert [each.slug for each in found if not each.stray] == ["b", "c", "node.zh", "how-to-zh"]


def test_a_folder_that_is_no_language_of_the_blog_holds_no_posts() -> None:
    layout = Layout("{lang}/posts/{slug}/index.md", LANGUAGES)
    paths = ["en/posts/a/index.md", "zh/posts/a/index.md", "images/posts/a/index.md", "en/pages/a/index.md"]
    found, rest = layout.posts(paths)
    assert [(each.slug, each.language, each.stray) for each in found] == [("a", "en", False), ("a", "zh", False)]
    assert rest == paths[2:]


def test_a_file_without_a_suffix_is_of_the_first_language_where_all_have_one() -> None:
    layout = Layout("{slug}{lang}.md", (default_language("en", ".en"), default_language("zh", ".zh")))
    found, _ = layout.posts(["a.md", "a.zh.md", "b.en.md", "_index.md"])
    assert [(each.slug, each.language, each.stray) for each in found] == [
        ("a", "en", True),
        ("a", "zh", False),
        ("b", "en", False),
    ]


def test_a_topic_folder_holds_index_files_that_are_its_editions() -> None:
    paths = ["t/index.md", "t/index_zh.md", "u/index.md", "u/index-zh.md", "index.md", "t/README.md", "README.md"]
    found, rest = Layout("{slug}/index{lang}.md", LANGUAGES).posts(paths)
    assert found == [
        Found("t/index.md", "", "t", "en", ""),
        Found("t/index_zh.md", "", "t", "zh", "_zh"),
        Found("u/index.md", "", "u", "en", ""),
        Found("u/index-zh.md", "", "u", "zh", "-zh", stray=True),
    ]
    assert rest == ["index.md", "t/README.md", "README.md"]


def test_what_is_no_post_is_left_over() -> None:
    layout = Layout("{date}/{slug}{lang}.md", LANGUAGES)
    paths = [
        "README.md",
        "2026-02-30/no-such-day.md",
        "2026-02-25/README.md",
        "2026-02-25/deep/x.md",
        "2026-02-25/README_zh.md",
    ]
    assert layout.posts(paths) == ([], paths)


def test_a_date_prefix_does_not_enter_the_slug() -> None:
    layout = Layout("{date}/{date}-{slug}{lang}.md", LANGUAGES)
    assert layout.posts(["2026-02-25/2026-02-25-x.md"])[0][0].slug == "x"
    assert layout.posts(["2026-02-25/2026-02-26-x.md"])[0] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "{date}/{slug}.md",
        "{date}/{lang}.md",
        "/{slug}{lang}.md",
        "../{slug}{lang}.md",
        "{slug}{lang}",
        "{lang}{slug}.md",
        "{slug}{lang}/index.md",
        "{date}//{slug}{lang}.md",
        ".drafts/{slug}{lang}.md",
        "{slug}{lang}{x}.md",
        "{slug{lang}.md",
        "{date}/\x1b[31m{slug}{lang}.md",
    ],
)
def test_a_pattern_that_will_not_do_says_why(pattern: str) -> None:
    assert pattern_error(pattern)


def test_the_real_blog_has_21_posts_in_38_files(corpus) -> None:
    root = corpus / "docs" / "blog"
    found, _ = Layout("{date}/{slug}{lang}.md", LANGUAGES).posts(
        path.relative_to(root).as_posix() for path in sorted(root.rglob("*.md"))
    )
    assert len(found) == 38
    assert len({(each.date, each.slug) for each in found}) == 21
    assert [each.suffix for each in found if each.stray] == ["_en", "_en"]
