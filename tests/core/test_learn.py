"""Conventions read off a blog's files."""

from pathlib import Path

from aiblog.core.language import Language
from aiblog.core.learn import learned
from aiblog.core.settings import Index, Key, Settings


def of(files: dict[str, str]):
    def read(path: str) -> bytes:
        return files[path].encode()

    return learned(sorted(files), read, read)


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
    assert found.date_is_unclear
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


def test_posts_in_the_root_and_a_page_that_only_mentions_posts() -> None:
    files = {f"2026-01-0{n}/p{n}.md": post(f"P{n}") for n in range(1, 9)}
    files["notes.md"] = "See [P1](2026-01-01/p1.md).\n"
    files["README.md"] = "# Blog\n\n" + "".join(f"* [P{n}](2026-01-0{n}/p{n}.md)\n" for n in range(8, 0, -1))
    found = of(files)
    assert found.settings.posts == ""
    assert found.settings.indexes == (Index("README.md", "list", complete=True, under="Blog"),)
