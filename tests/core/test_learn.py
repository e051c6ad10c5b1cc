"""Conventions read off a blog's files."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from aiblog.core.language import Language, default_language
from aiblog.core.layout import Layout
from aiblog.core.learn import Chosen, learned
from aiblog.core.settings import Index, Key, Settings
from aiblog.core.settings_yaml import parsed, settings_text


def of(files: dict[str, str], chosen: Chosen | None = None):
    def read(path: str) -> bytes:
        return files[path].encode()

    return learned(sorted(files), read, read, chosen)


def post(h1: str, /, **values: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\n{lines}---\n\n# {h1}\n"


def test_the_real_blog_is_learned(corpus: Path) -> None:
    def read(path: str) -> bytes:
        return (corpus / path).read_bytes()

    found = learned(sorted(path.relative_to(corpus).as_posix() for path in corpus.rglob("*.md")), read, read)
    assert (found.posts, found.files) == (21, 38)
    settings = found.settings
    assert (settings.posts, settings.path, settings.title) == ("docs/blog", "{date}/{slug}{lang}.md", "heading")
    assert settings.languages == (Language("en", "English", "", "English"), Language("zh", "Chinese", "_zh", "中文版"))
    assert settings.front_matter == (
        Key("status", role="status", required=True, draft="Draft", published="Active"),
        Key("maintainer", required=True, default="pacoxu"),
        Key("date", role="date"),
        Key("last_updated", role="updated"),
        Key("tags", role="tags", style="comma", required=True),
        Key("canonical_path", derived="path"),
    )
    assert settings.indexes == (
        Index("docs/blog/README.md", "sections", complete=True),
        Index("README.md", "list", complete=False, under="Blog"),
        Index("README.zh-CN.md", "list", complete=False, under="博客", languages=("zh", "en")),
    )
    assert found.evidence["languages.en"] == '15 files, and 2 as "_en"'
    assert found.evidence["indexes.README.zh-CN.md"] == "lists 4 of 20 published posts"
    assert {reason: len(paths) for reason, paths in found.strays.items()} == {
        "whose date differs from the path": 2,
        "without metadata": 4,
        "named _en": 2,
    }
    assert found.unclear == {"date_key": (("date", 23), ("last_updated", 11))}
    assert found.dates == (("date", 23), ("last_updated", 11))


def test_without_posts_the_defaults_hold() -> None:
    assert of({"README.md": "# Hello\n"}).settings == Settings()


def test_a_chinese_blog_has_chinese_for_its_plain_files() -> None:
    found = of(
        {
            "posts/2026-01-01/a.md": post("你好"),
            "posts/2026-01-02/b.md": post("世界"),
            "posts/2026-01-02/b_en.md": post("World"),
        }
    )
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("zh", ""), ("en", "_en")]


def test_a_chinese_blog_is_one_too_where_the_title_is_metadata() -> None:
    found = of({f"_posts/2026-01-0{day}-p.md": "---\ntitle: 你好\n---\n\n正文\n" for day in (1, 2, 3)})
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("zh", ""), ("en", "_en")]
    assert (found.settings.title, found.settings.path) == ("title", "{date}-{slug}{lang}.md")


def test_other_patterns_and_styles_are_learned() -> None:
    found = of({
        "content/2026-01-01-a.md": post("A", title="A", date="2026-01-01", tags="[x, y]"),
        "content/2026-01-02-b.md": post("B", title="B", date="2026-01-02", tags="[x]"),
        "content/2026-01-02-b_zh.md": post("乙", title="乙", date="2026-01-02", tags="[x]"),
        "archive/2025-01-02-old.md": post("Old", title="Old"),
    })  # fmt: skip
    assert (found.settings.posts, found.settings.path, found.settings.title) == (
        "content",
        "{date}-{slug}{lang}.md",
        "title",
    )
    assert found.settings.archive == "archive"
    assert found.settings.key("tags") == Key("tags", role="tags", required=True, style="list")


def test_an_archive_with_more_posts_than_the_blog_is_still_the_archive() -> None:
    files = {f"docs/archive-blog/2020-01-0{number}/p.md": post("P") for number in range(1, 9)}
    found = of(files | {"docs/blog/2026-01-01/p.md": post("P")})
    assert (found.settings.posts, found.settings.archive, found.posts) == ("docs/blog", "docs/archive-blog", 1)


def test_posts_in_the_root_and_a_page_that_only_mentions_posts() -> None:
    files = {f"2026-01-0{n}/p{n}.md": post(f"P{n}") for n in range(1, 9)}
    files["notes.md"] = "See [P1](2026-01-01/p1.md).\n"
    files["README.md"] = "# Blog\n\n" + "".join(f"* [P{n}](2026-01-0{n}/p{n}.md)\n" for n in range(8, 0, -1))
    found = of(files)
    assert found.settings.posts == ""
    assert found.settings.indexes == (Index("README.md", "list", complete=True, under="Blog"),)


@pytest.mark.parametrize(
    "pattern",
    [
        "{date}/{slug}{lang}.md",
        "{date}/{date}-{slug}{lang}.md",
        "{date}-{slug}{lang}.md",
        "{lang}/{date}-{slug}.md",
        "{slug}/index{lang}.md",
    ],
)
@pytest.mark.parametrize("folder", ["", "content/blog/"])
def test_each_layout_is_learned_and_written_down_so_that_it_is_read_back(pattern: str, folder: str) -> None:
    layout = Layout(pattern, (default_language("en", ""), default_language("zh", "_zh")))
    files = {
        folder + layout.path(f"2026-01-0{day}", f"p{day}", code): post(f"P{day}", date=f"2026-01-0{day}")
        for day in range(1, 5)
        for code in (("en", "zh") if day > 1 else ("en",))
    }
    found = of(files)
    assert (found.settings.posts, found.settings.path) == (folder.rstrip("/"), pattern)
    assert (found.posts, found.files, found.strays) == (4, 7, {})
    assert [each.code for each in found.settings.languages] == ["en", "zh"]
    assert parsed(settings_text(found.settings, found.evidence)) == found.settings


def test_pages_that_are_no_posts_make_no_blog() -> None:
    found = of({
        "docs/guide/index.md": "---\ntitle: Guide\n---\n\n# Guide\n",
        "docs/reference/index.md": "# Reference\n",
        "docs/news/index.md": post("One page", date="2026-01-01"),
    })  # fmt: skip
    assert found.settings == Settings()
    assert found.posts == 0


def test_several_date_keys_are_unclear_only_where_no_post_can_be_relied_on() -> None:
    mixed = [post("P", date="2026-01-01"), post("P", last_updated="2026-01-01")]
    both = [post("P", date="2026-01-01", lastmod="2026-01-01"), post("P", date="2026-01-01")]
    for texts, unclear in ((mixed, True), (both, False)):
        found = of({f"2026-01-01/p{number}.md": text for number, text in enumerate(texts)})
        assert len(found.dates) == 2
        assert ("date_key" in found.unclear) is unclear


def test_keys_and_values_that_no_configuration_can_hold_are_left_out() -> None:
    odd = '---\non: x\n"a: b": y\nby: "Ada\\u200b"\nstatus: Live\n---\n\n# P\n'
    found = of({f"2026-01-0{day}/p.md": odd for day in (1, 2, 3)})
    assert [key.name for key in found.settings.front_matter] == ["by", "status"]
    assert found.settings.front_matter[0].default is None
    assert parsed(settings_text(found.settings, found.evidence)) == found.settings


@pytest.mark.parametrize("suffix", ["_zh", "-zh", ".zh"])
@pytest.mark.parametrize("path", ["posts/2026-01-0{}/p{}.md", "posts/p{}-{}/index{}.md"])
def test_the_suffix_that_most_files_of_a_language_have_is_the_one_that_is_written(suffix: str, path: str) -> None:
    files = {}
    for day in range(1, 5):
        plain = path.format(day, "-to-be" if "index" not in path else "to-be", "")
        files[plain] = post("P", date=f"2026-01-0{day}")
        if day > 1:
            files[plain.replace(".md", f"{suffix}.md")] = post("乙", date=f"2026-01-0{day}")
    found = of(files)
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("en", ""), ("zh", suffix)]
    assert (found.posts, found.files, found.strays) == (4, 7, {})
    assert parsed(settings_text(found.settings, found.evidence)) == found.settings


def test_a_name_that_only_ends_like_a_language_marks_none() -> None:
    found = of({f"2026-01-0{day}/gen-ai-{name}.md": post("P") for day, name in enumerate(["it", "no", "es"], 1)})
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("en", ""), ("zh", "_zh")]
    assert (found.posts, found.strays) == (3, {})


LISTED = [f"2026-01-0{day}" for day in (4, 3, 2, 1)]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("# B\n\nPosts\n-----\n\n" + "".join(f"- [P]({day}/p.md)\n" for day in LISTED), ("list", "Posts")),
        ("# B\n\n## Posts ##\n\n" + "".join(f"1. **{day}** [P]({day}/p.md)\n" for day in LISTED), ("list", "Posts")),
        ("# B\n\n## P\n\n" + "".join(f'+ 🎉 [P](<./{day}/p.md> "P")\n' for day in LISTED), ("list", "P")),
        ("".join(f"- [P]({day}/%70.md#top)\n" for day in LISTED), ("list", None)),
        ("# B\n\n" + "".join(f"### 🎉 {day}第一\n\n* [P]({day}/p.md)\n\n" for day in LISTED), ("sections", None)),
        ("".join(f"P ({day})\n---\n\n[P]({day}/p.md)\n\n" for day in LISTED), ("sections", None)),
        ("".join(f"## [{day}: P]({day}/p.md)\n\nProse\n\n" for day in LISTED), ("sections", None)),
    ],
)
def test_the_shape_of_an_index_is_learned_however_it_is_written(text: str, index: tuple[str, str | None]) -> None:
    found = of({f"{day}/p.md": post("P") for day in LISTED} | {"README.md": text})
    style, under = index
    assert found.settings.indexes == (Index("README.md", style, complete=True, under=under),)


@pytest.mark.parametrize(
    "text",
    [
        "```\n## 2026-01-01: P\n\n- [P](2026-01-01/p.md)\n```\n",
        "<!--\n## 2026-01-01: P\n\n- [P](2026-01-01/p.md)\n- [P](2026-01-02/p.md)\n-->\n",
        "- As was said in so many words, and at great length, [P](2026-01-01/p.md)\n" * 4,
        "![P](2026-01-01/p.md)\n\n- [P](https://example.org/2026-01-01/p.md)\n- [P](/2026-01-01/p.md)\n",
    ],
)
def test_an_example_or_prose_is_no_index(text: str) -> None:
    found = of({f"{day}/p.md": post("P") for day in LISTED} | {"GUIDE.md": text})
    assert found.settings.indexes == ()


def test_a_list_is_as_long_as_it_is_only_where_it_says_that_it_has_the_newest() -> None:
    posts = {f"2026-01-0{day}/p.md": post("P", date=f"2026-01-0{day}") for day in range(1, 10)}
    for heading, days, limit in (
        ("Latest posts", (9, 8, 7), 3),
        ("最新文章", (9, 8, 7), 3),
        ("Latest posts", (9, 8, 5), None),
        ("Good posts", (9, 8, 7), None),
    ):
        bullets = "".join(f"- [P](2026-01-0{day}/p.md)\n" for day in days)
        found = of(posts | {"README.md": f"# B\n\n## {heading}\n\n{bullets}"})
        assert found.settings.indexes == (Index("README.md", "list", complete=False, under=heading, limit=limit),)


def test_an_index_in_the_archive_lists_the_archived_posts() -> None:
    files = {f"docs/blog/2026-01-0{day}/p{day}.md": post("P") for day in range(1, 4)}
    files["docs/blog/README.md"] = index_of(f"2026-01-0{day}/p{day}" for day in (3, 2, 1))
    files |= {f"docs/archive-blog/2025-01-0{day}/p{day}_zh.md": post("旧") for day in range(1, 3)}
    files["docs/archive-blog/README.md"] = index_of(f"2025-01-0{day}/p{day}_zh" for day in (2, 1))
    found = of(files)
    assert found.settings.indexes == (Index("docs/blog/README.md"), Index("docs/archive-blog/README.md"))
    assert found.evidence["indexes.docs/archive-blog/README.md"] == "lists 2 of 2 archived posts"


def index_of(names: Iterable[str]) -> str:
    return "# B\n" + "".join(f"\n## {name[:10]}: 标题\n\n- [P](./{name}.md)\n" for name in names)


def test_several_folders_of_posts_are_unclear_and_a_choice_settles_it() -> None:
    files = {f"docs/blog/2026-01-0{day}/p{day}.md": post("P") for day in range(1, 5)}
    files |= {f"notes/2026-01-0{day}-n{day}.md": post("N") for day in range(1, 4)}
    files |= {f"docs/blog/2026-01-0{day}-q{day}.md": post("Q") for day in range(1, 3)}
    files |= {f"archive/2025-01-0{day}/p{day}.md": post("P") for day in range(1, 9)}
    found = of(files)
    assert (found.settings.posts, found.posts, found.settings.archive) == ("docs/blog", 4, "archive")
    assert found.unclear == {
        "posts": (("docs/blog", 4), ("notes", 3)),
        "path": (("{date}/{slug}{lang}.md", 4), ("{date}-{slug}{lang}.md", 2)),
    }
    assert [len(paths) for paths in found.strays.values()] == [2, 3]
    notes = of(files, Chosen(posts="notes"))
    assert (notes.settings.posts, notes.settings.path, notes.posts) == ("notes", "{date}-{slug}{lang}.md", 3)
    assert notes.unclear == {}
    flat = of(files, Chosen(posts="docs/blog", path="{date}-{slug}{lang}.md"))
    assert (flat.settings.path, flat.posts, flat.unclear) == ("{date}-{slug}{lang}.md", 2, {})


def test_several_styles_of_a_suffix_are_unclear_and_the_majority_is_written() -> None:
    files = {f"2026-01-0{day}/p.md": post("P") for day in range(1, 9)}
    files |= {f"2026-01-0{day}/p{'-zh' if day > 5 else '_zh'}.md": post("乙") for day in range(1, 9)}
    files["2026-01-08/p.zh-cn.md"] = post("乙")
    found = of(files)
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("en", ""), ("zh", "_zh")]
    assert found.unclear == {"suffix.zh": (("_zh", 5), ("-zh", 3))}
    assert found.evidence["languages.zh"] == '5 files, and 3 as "-zh", and 1 as ".zh-cn"'
    assert {reason: len(paths) for reason, paths in found.strays.items()} == {"named -zh": 3, "named .zh-cn": 1}
    other = of(files, Chosen(suffixes={"zh": "-zh"}))
    assert other.settings.languages[1].suffix == "-zh"
    assert {reason: len(paths) for reason, paths in other.strays.items()} == {"named _zh": 5, "named .zh-cn": 1}


def test_titles_in_two_places_are_unclear() -> None:
    files = {f"2026-01-0{day}/a.md": "---\ntitle: 甲\n---\n\nText\n" for day in range(1, 5)}
    files |= {f"2026-01-0{day}/b.md": "---\ntags: x\n---\n\n# B\n" for day in range(1, 4)}
    found = of(files)
    assert (found.settings.title, found.unclear) == ("title", {"title": (("title", 4), ("heading", 3))})
    assert of(files, Chosen(title="heading")).settings.title == "heading"


@pytest.mark.parametrize(
    ("letters", "code"), [("Вступление", "ru"), ("はじめに", "ja"), ("소개", "ko"), ("开始", "zh"), ("Start", "en")]
)
def test_the_language_without_a_suffix_is_told_by_the_letters_of_its_titles(letters: str, code: str) -> None:
    found = of({f"2026-01-0{day}/p.md": post(letters) for day in (1, 2)})
    assert found.settings.languages[0] == default_language(code, "")


def test_the_language_without_a_suffix_is_told_by_the_metadata() -> None:
    files = {f"2026-01-0{day}/p.md": post("Anfang", lang="de") for day in (1, 2)}
    found = of(files | {"2026-01-01/p_en.md": post("Start", lang="en")})
    assert [(each.code, each.suffix) for each in found.settings.languages] == [("de", ""), ("en", "_en")]


def test_tags_are_counted() -> None:
    for one, two in (("a, 云原生", "a"), ("[a, 云原生]", "[a]"), ("\n  - a\n  - 云原生", "\n  - a")):
        found = of({"2026-01-01/p.md": post("P", tags=one), "2026-01-02/p.md": post("P", tags=two)})
        assert found.evidence["front_matter.tags"] == "2 of 2 files; 2 tags, 1 of them in one file"


def test_posts_without_any_front_matter_have_no_keys() -> None:
    found = of({f"2026-01-0{day}/p.md": "# P\n" for day in (1, 2, 3)})
    assert (found.settings.front_matter, found.strays) == ((), {})


def test_pages_with_dates_beside_more_dated_names_are_no_posts() -> None:
    files = {f"posts/2026-01-0{day}-p.md": post("P") for day in (1, 2, 3)}
    files |= {f"docs/page{number}.md": post("D", date="2026-01-01") for number in range(3)}
    assert of(files).settings.posts == "posts"
    files |= {f"docs/more{number}.md": post("D", date="2026-01-01") for number in range(3)}
    assert (of(files).settings.posts, of(files).settings.path) == ("docs", "{slug}{lang}.md")


@pytest.mark.parametrize(
    ("name", "words", "role"),
    [
        ("状态", ("发布", "草稿"), "status"),
        ("state", ("live", "Draft"), "status"),
        ("draft", ("false", "true"), "status"),
        ("published", ("true", "true"), "status"),
        ("level", ("high", "low"), None),
        ("published", ("2026-01-01", "2026-01-02"), "date"),
    ],
)
def test_a_role_is_told_by_the_values_where_no_name_says_it(name: str, words: tuple[str, str], role: str) -> None:
    found = of(
        {f"2026-01-0{day}/p.md": f"---\n{name}: {word}\n---\n# P\n" for day, word in enumerate((words * 2)[1:], 1)}
    )
    (key,) = found.settings.front_matter
    assert (key.name, key.role) == (name, role)
    if role == "status" and name != "published":
        assert (key.published, key.draft) == words


def test_files_of_another_layout_among_undated_posts_are_strays() -> None:
    files = {f"content/posts/p{number}/index.md": post("P", date=f"2026-01-0{number}") for number in range(1, 8)}
    files |= {f"content/posts/{name}.md": post("Q", date="2026-01-01") for name in ("flat", "_index", "README")}
    files |= {
        "content/about.md": post("A", date="2026-01-01"),
        "content/posts/p1/notes.md": post("N", date="2026-01-01"),
    }
    found = of(files)
    assert (found.settings.path, found.posts) == ("{slug}/index{lang}.md", 7)
    assert found.strays == {"with a date, and no post by its name": ["content/posts/flat.md"]}
    assert found.evidence["path"] == "7 of 8 files"


def test_a_list_needs_no_other_file_than_the_posts() -> None:
    files = {f"2026-01-0{day}/p.md": post("P") for day in range(1, 4)}

    def read(path: str) -> bytes:
        return files[path].encode()  # a KeyError for any other

    found = learned([*files, "README.md", "docs/guide.md"], read)
    assert (found.posts, found.settings.indexes, found.strays) == (3, (), {})
