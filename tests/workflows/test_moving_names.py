"""What files are called after a move: patterns, dates without a place in the path, strays, twins, case."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.core.settings_yaml import settings_text
from aiblog.errors import AiblogError
from support.link_graph import led_on, link_graph
from support.living_blogs import LIVING, dates_twice
from support.moves import all_posts, carried_out, plan, relocations, requested, texts
from support.program import tree
from support.repositories import git, made_blog, write

PATTERNS = [
    "{date}/{slug}{lang}.md",
    "{date}/{date}-{slug}{lang}.md",
    "{date}-{slug}/index{lang}.md",
    "{date}-{slug}{lang}.md",
]


def living(folder: Path, name: str) -> Path:
    """One of the living blogs, with the settings that are its own."""
    blog = LIVING[name]()
    write(folder, blog.files)
    write(folder, {"aiblog.yaml": settings_text(blog.settings)})
    return folder


SUFFIXED = [name for name, made in LIVING.items() if "{lang}/" not in made().settings.path]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("name", SUFFIXED)
def test_every_living_blog_takes_another_pattern_and_its_own_again(tmp_path: Path, name: str, pattern: str) -> None:
    folder = living(tmp_path / "blog", name)
    first, own, posts = tree(folder), LIVING[name]().settings.path, [post.name for post in all_posts(folder)]
    before = link_graph(folder)
    moves = carried_out(requested(folder, pattern=pattern)).moves
    assert link_graph(folder) == led_on(before, moves)
    assert [post.name for post in all_posts(folder)] == posts
    carried_out(requested(folder, pattern=own))
    assert tree(folder) == first
    assert requested(folder, pattern=own).changes.changes == ()


@pytest.mark.parametrize("name", LIVING)
def test_every_living_blogs_post_takes_another_slug_and_date_and_its_own_again(tmp_path: Path, name: str) -> None:
    folder = living(tmp_path / "blog", name)
    first, post = tree(folder), all_posts(folder)[0]
    before = link_graph(folder)
    moves = carried_out(plan(folder, post.name, slug="another", date="2026-05-06")).moves
    assert link_graph(folder) == led_on(before, moves)
    (moved,) = [each for each in all_posts(folder) if each.slug == "another"]
    assert (moved.date, len(moved.editions)) == ("2026-05-06", len(post.editions))
    carried_out(plan(folder, "another", slug=post.slug, date=post.date))
    assert tree(folder) == first


def test_a_date_that_no_path_says_is_set_in_the_front_matter_alone(tmp_path: Path) -> None:
    folder = living(tmp_path / "blog", "hexo")
    made = carried_out(plan(folder, "dranet", date="2026-05-06"))
    assert made.moves.files == {}
    assert made.changes.modified == ["source/_posts/dranet.md"]
    assert "date: 2026-05-06 09:00:00\n" in texts(folder)["source/_posts/dranet.md"]


def test_a_file_without_a_date_gets_one_where_no_path_says_it(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": 'posts: p\npath: "{slug}{lang}.md"\n', "p/a.md": "# 甲\n"})
    carried_out(plan(tmp_path, "a", date="2026-05-06"))
    assert texts(tmp_path)["p/a.md"] == "---\ndate: 2026-05-06\n---\n\n# 甲\n"


def test_the_day_of_the_last_update_follows_only_where_it_was_the_day_of_the_post(tmp_path: Path) -> None:
    keys = "front_matter:\n  date: {}\n  last_updated: {}\n"
    write(tmp_path, {"aiblog.yaml": f"posts: p\n{keys}"})
    for slug, day in (("a", "2026-01-10"), ("b", "2026-01-20")):
        write(
            tmp_path,
            {f"p/2026-01-10/{slug}.md": f"---\ndate: '2026-01-10'  # 那天\nlast_updated: {day}\n---\n\n# 甲\n"},
        )
    carried_out(plan(tmp_path, "a", "b", date="2026-05-06"))
    after = texts(tmp_path)
    assert after["p/2026-05-06/a.md"].startswith("---\ndate: '2026-05-06'  # 那天\nlast_updated: 2026-05-06\n---\n")
    assert after["p/2026-05-06/b.md"].startswith("---\ndate: '2026-05-06'  # 那天\nlast_updated: 2026-01-20\n---\n")


def test_strays_keep_their_suffix_until_they_are_repaired(tmp_path: Path) -> None:
    folder = living(tmp_path / "blog", "dates_twice")
    ((stray,), twins) = dates_twice().strays.values()
    carried_out(plan(folder, "2026-02-02/kv-cache", slug="cache"))
    assert stray.replace("kv-cache", "cache") in tree(folder)
    before = link_graph(folder)
    moves = carried_out(requested(folder, repair=True)).moves
    assert moves.files == {
        stray.replace("kv-cache", "cache"): stray.replace("kv-cache-zh", "cache_zh"),
        twins[1]: twins[0].replace(".md", "_zh.md"),
        **{path: path.replace("-zh", "_zh") for path in before if "archive" in path and path.endswith("-zh.md")},
    }
    assert link_graph(folder) == led_on(before, moves)
    assert requested(folder, repair=True).changes.changes == ()
    post = next(each for each in all_posts(folder) if each.name == "2026-02-01/gpu-scheduling")
    assert set(post.editions) == {"en", "zh"}


def test_a_stray_beside_the_file_that_the_blog_writes_stays(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    write(folder, {"posts/2026-01-10/old_en.md": "# Old, in English\n"})
    assert requested(folder, repair=True).changes.changes == ()
    assert sorted(carried_out(plan(folder, "old", slug="older")).moves.files.values()) == [
        "posts/2026-01-10/older.md", "posts/2026-01-10/older_en.md",
    ]  # fmt: skip


def test_a_slug_may_change_its_case_alone(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    (folder / "posts/2026-01-10/old.md").rename(folder / "posts/2026-01-10/Old.md")
    made = carried_out(plan(folder, "Old", slug="old"))
    assert made.moves.files == {"posts/2026-01-10/Old.md": "posts/2026-01-10/old.md"}


def test_a_pattern_is_edited_in_the_settings_that_keep_their_comments(tmp_path: Path) -> None:
    text = "posts: p  # 文章\n\npath: '{date}/{slug}{lang}.md'  # 那样\ntimezone: Asia/Shanghai\n"
    write(tmp_path, {"aiblog.yaml": text, "p/2026-01-10/a.md": "# 甲\n"})
    carried_out(requested(tmp_path, pattern="{date}-{slug}{lang}.md"))
    assert texts(tmp_path) == {
        "aiblog.yaml": text.replace("{date}/{slug}", "{date}-{slug}"), "p/2026-01-10-a.md": "# 甲\n",
    }  # fmt: skip


def test_settings_without_a_pattern_gain_it(tmp_path: Path) -> None:
    write(tmp_path, {"aiblog.yaml": "posts: p\ntimezone: UTC", "p/2026-01-10/a.md": "# 甲\n"})
    carried_out(requested(tmp_path, pattern="{date}-{slug}{lang}.md"))
    assert texts(tmp_path)["aiblog.yaml"] == 'posts: p\npath: "{date}-{slug}{lang}.md"\ntimezone: UTC'


def test_a_blog_in_a_folder_of_a_repository_takes_along_links_from_outside_it(tmp_path: Path) -> None:
    made_blog(tmp_path / "top/site")
    top = tmp_path / "top"
    (top / "site/.git").rename(top / ".git")
    write(
        top,
        {"README.md": "[旧](site/posts/2026-01-10/old.md)\n", ".github/note.md": "[o](../site/posts/2026-01-10/)\n"},
    )
    post = top / "site/posts/2026-01-10/old.md"
    post.write_text(post.read_text() + "\n[top](../../../README.md)\n")
    made = plan(top / "site", "old", date="2026-03-04")
    assert (made.root, made.prefix) == (top, "site/")
    assert made.moves.files == {"site/posts/2026-01-10/old.md": "site/posts/2026-03-04/old.md"}
    assert dict(made.posts[0].paths) == {"posts/2026-01-10/old.md": "posts/2026-03-04/old.md"}
    carried_out(made)
    assert texts(top)["README.md"] == "[旧](site/posts/2026-03-04/old.md)\n"
    assert texts(top)[".github/note.md"] == "[o](../site/posts/2026-03-04/)\n"
    assert "## 2026-03-04: An old post" in texts(top)["site/posts/README.md"]


def test_what_git_ignores_stays_and_is_still_linked(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    write(folder, {".gitignore": "*.psd\n", "posts/2026-01-10/图.psd": "1", "posts/2026-01-10/图.png": "2"})
    post = folder / "posts/2026-01-10/old.md"
    post.write_text(post.read_text() + "\n[源](图.psd) ![](图.png)\n")
    carried_out(plan(folder, "old", date="2026-03-04"))
    assert {path for path in tree(folder) if "图" in path} == {"posts/2026-01-10/图.psd", "posts/2026-03-04/图.png"}
    assert texts(folder)["posts/2026-03-04/old.md"].endswith("\n[源](../2026-01-10/图.psd) ![](图.png)\n")


def test_a_front_matter_that_cannot_be_read_stays_as_it_is_and_its_file_moves(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    broken = "---\nstatus: [\ndate: 2026-01-10\n---\n\n# 坏\n\n[x](../README.md)\n"
    write(folder, {"posts/2026-01-10/old_zh.md": broken})
    made = carried_out(plan(folder, "old", date="2026-03-04"))
    assert texts(folder)["posts/2026-03-04/old_zh.md"] == broken
    assert made.notices == ("posts/2026-01-10/old_zh.md: its front matter cannot be read, and stays as it is",)


def test_into_the_archive_and_back_with_an_index_that_is_made_and_goes_again(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    place = folder / "aiblog.yaml"
    index = "indexes:\n  - {path: 归档/README.md, style: sections, complete: true}"
    place.write_text(
        place.read_text().replace("indexes:", index).replace("posts: posts", "posts: posts\narchive: 归档")
    )
    git(folder, "add", ".")
    first = tree(folder)
    carried_out(requested(folder, relocations=relocations(folder, "old", archived=True)))
    after = texts(folder)
    entry = "## 2026-01-10: An old post\n\n- [An old post (English)](./2026-01-10/old.md)\n\nIts summary.\n"
    assert after["归档/README.md"] == f"# Archive\n\n{entry}"
    assert entry not in after["posts/README.md"]
    assert "(./归档/2026-01-10/old.md)" in after["README.md"]
    carried_out(requested(folder, relocations=relocations(folder, "old", archived=False)))
    assert tree(folder) == first


def test_a_slug_of_one_day_here_and_in_the_archive_is_two_posts(tmp_path: Path) -> None:
    settings = "posts: p\narchive: a\n"
    write(tmp_path, {"aiblog.yaml": settings, "p/2026-01-10/x.md": "# 甲\n", "a/2026-01-10/x.md": "# 乙\n"})
    first = tree(tmp_path)
    carried_out(requested(tmp_path, pattern="{date}-{slug}{lang}.md"))
    assert texts(tmp_path)["p/2026-01-10-x.md"] == "# 甲\n"
    assert texts(tmp_path)["a/2026-01-10-x.md"] == "# 乙\n"
    carried_out(requested(tmp_path, pattern="{date}/{slug}{lang}.md"))
    assert {path: data for path, data in tree(tmp_path).items() if path != "aiblog.yaml"} == {
        path: data for path, data in first.items() if path != "aiblog.yaml"
    }
    with pytest.raises(AiblogError, match="there already"):
        requested(tmp_path, relocations=relocations(tmp_path, "p/2026-01-10/x.md", archived=True))
