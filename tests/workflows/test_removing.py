"""Posts that go: their files, their entries, and what linked to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.workflows.moving import PlannedMove
from support.moves import carried_out, removal, texts
from support.program import tree
from support.repositories import INDEX, OLD, SELECTION, git, made_blog, write

CHINESE = OLD.replace("An old post", "旧文")
NOTES = "# 注\n\n前面 [旧文](posts/2026-01-10/old_zh.md#a)，\n\n[old]: <posts/2026-01-10/old.md>\n"
SECOND = OLD.replace("An old post", "第二篇").replace("2026-01-10", "2026-01-12")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a Chinese edition of its old post, a second post, notes that link to both, and images."""
    folder = made_blog(tmp_path / "blog")
    write(folder, {"posts/2026-01-10/old_zh.md": CHINESE, "posts/2026-01-12/second.md": SECOND})
    write(folder, {"notes.md": NOTES})
    write(folder, {f"posts/2026-01-10/{name}.png": name for name in ("own", "both", "none")})
    for path, images in {"10/old": "![](own.png) ![](both.png)", "12/second": "![](../2026-01-10/both.png)"}.items():
        place = folder / f"posts/2026-01-{path}.md"
        place.write_text(f"{place.read_text()}\n{images}\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "More")
    return folder


def where(made: PlannedMove) -> list[tuple[str, int, int, str]]:
    return [(each.path, each.line, each.column, each.destination) for each in made.dangling]


def test_the_editions_go_with_the_files_that_only_they_link_to_and_their_entries_in_all_indexes(blog: Path) -> None:
    before = texts(blog)
    made = carried_out(removal(blog, "old"))
    after = texts(blog)
    gone = {f"posts/2026-01-10/{name}" for name in ("old.md", "old_zh.md", "own.png")}
    assert set(before) - set(after) == gone
    assert after["posts/README.md"] == INDEX.partition("## 2026")[0] + "## Contributing\n\nWrite something.\n"
    assert after["README.md"] == SELECTION.replace("- [An old post](./posts/2026-01-10/old.md)\n", "")
    assert after["notes.md"] == before["notes.md"]
    (post,) = made.posts
    assert (post.post.slug, dict(post.paths)) == ("old", {})


def test_the_links_that_are_left_are_named_with_their_places(blog: Path) -> None:
    assert where(removal(blog, "old")) == [
        ("notes.md", 3, 9, "posts/2026-01-10/old_zh.md#a"),
        ("notes.md", 5, 8, "<posts/2026-01-10/old.md>"),
    ]


def test_a_translation_of_it_in_another_post_is_named_too(blog: Path) -> None:
    write(blog, {"posts/2026-01-12/second_zh.md": "---\nlang: zh\ntranslation_of: ../2026-01-10/old.md\n---\n\n# 题\n"})
    named = ("posts/2026-01-12/second_zh.md", 3, 1, "translation_of: ../2026-01-10/old.md")
    assert named in where(removal(blog, "old"))


def test_with_another_post_to_lead_to_links_lead_to_its_edition_in_the_same_language(blog: Path) -> None:
    write(blog, {"posts/2026-01-12/second_zh.md": SECOND})
    made = carried_out(removal(blog, "old", redirect="second"))
    assert made.dangling == ()
    assert texts(blog)["notes.md"] == (
        "# 注\n\n前面 [旧文](posts/2026-01-12/second_zh.md#a)，\n\n[old]: <posts/2026-01-12/second.md>\n"
    )
    assert "second" not in texts(blog)["posts/README.md"] + texts(blog)["README.md"]


def test_without_that_language_they_lead_to_its_source(blog: Path) -> None:
    carried_out(removal(blog, "old", redirect="second"))
    assert "[旧文](posts/2026-01-12/second.md#a)" in texts(blog)["notes.md"]


def test_its_line_in_the_sidecar_goes(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text((blog / "aiblog.yaml").read_text() + "translations: sidecar\n")
    lines = [f"posts/2026-01-1{each}_zh.md: {{lang: zh, translation_of: ./a.md}}\n" for each in ("0/old", "2/second")]
    write(blog, {".aiblog/translations.yaml": "# 译文\n" + "".join(lines)})
    carried_out(removal(blog, "old"))
    assert texts(blog)[".aiblog/translations.yaml"] == f"# 译文\n{lines[1]}"


def test_a_post_that_is_a_bundle_goes_with_its_images_but_not_with_what_nothing_links_to(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: 文章\npath: "{slug}/index{lang}.md"\n'})
    write(tmp_path, {"文章/a/index.md": "# 甲\n\n![](图/1.png)\n", "文章/a/图/1.png": "1", "文章/a/图/2.png": "2"})
    carried_out(removal(tmp_path, "a"))
    assert set(tree(tmp_path)) == {"aiblog.yaml", "文章/a/图/2.png"}


def test_a_link_to_the_folder_of_a_bundle_of_which_nothing_is_left_is_named_too(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: 文章\npath: "{slug}/index{lang}.md"\n'})
    write(tmp_path, {"文章/a/index.md": "# 甲\n\n![](图.png)\n", "文章/a/图.png": "1"})
    write(tmp_path, {"文章/b/index.md": "# 乙\n\n[甲](../a/)，[乙](../b/)\n"})
    assert where(removal(tmp_path, "a")) == [("文章/b/index.md", 3, 5, "../a/")]


def test_links_to_the_folder_of_a_bundle_lead_to_that_of_the_other_post(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: 文章\npath: "{slug}/index{lang}.md"\n', "文章/c/index.md": "# 丙\n"})
    write(tmp_path, {"文章/a/index.md": "# 甲\n\n![](图/1.png)\n", "文章/a/图/1.png": "1"})
    write(tmp_path, {"文章/b/index.md": "# 乙\n\n[甲](../a/)，[a](../a)，[a](../a/index.md)，[图](../a/图/)\n"})
    write(tmp_path, {"README.md": "[甲](./文章/a/#how)，[全部](文章/)\n"})
    made = carried_out(removal(tmp_path, "a", redirect="c"))
    assert texts(tmp_path)["文章/b/index.md"] == "# 乙\n\n[甲](../c/)，[a](../c)，[a](../c/index.md)，[图](../a/图/)\n"
    assert texts(tmp_path)["README.md"] == "[甲](./文章/c/#how)，[全部](文章/)\n"
    assert where(made) == [("文章/b/index.md", 3, 45, "../a/图/")]


def test_a_folder_of_posts_that_is_emptied_is_no_post_to_lead_links_away_from(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: 文章\narchive: 旧\npath: "{date}-{slug}{lang}.md"\n'})
    write(tmp_path, {"文章/2026-01-10-a.md": "# 甲\n", "旧/2026-01-09-b.md": "# 乙\n\n[全部](../文章/)\n"})
    assert where(carried_out(removal(tmp_path, "a", redirect="b"))) == [("旧/2026-01-09-b.md", 3, 6, "../文章/")]


def test_at_the_root_of_a_repository_no_file_goes_but_the_post(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: ""\npath: "{date}-{slug}{lang}.md"\n', "LICENSE": "MIT\n"})
    write(tmp_path, {"2026-01-10-a.md": "# 甲\n\n[许可](LICENSE)\n"})
    carried_out(removal(tmp_path, "a"))
    assert set(tree(tmp_path)) == {"aiblog.yaml", "LICENSE"}
