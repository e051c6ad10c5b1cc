"""What a move is made of, as a plan, on small blogs."""

from __future__ import annotations

from pathlib import Path

from aiblog.adapters import files
from aiblog.workflows.moving import PlannedMove
from support.moves import carried_out, plan, texts
from support.repositories import git, made_blog, show, write


def after_of(folder: Path, made: PlannedMove) -> dict[str, str]:
    """The text files of the repository after a plan."""
    carried_out(made)
    return texts(folder)


def test_a_post_with_another_slug_takes_its_links_along(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    made = plan(folder, "old", slug="older")
    assert made.moves.files == {"posts/2026-01-10/old.md": "posts/2026-01-10/older.md"}
    assert dict(made.links) == {"README.md": 1, "posts/README.md": 1}
    (post,) = made.posts
    assert (post.post.slug, post.slug, post.paths) == ("old", "older", made.moves.files)
    before = texts(folder)
    after = after_of(folder, made)
    assert after.pop("posts/2026-01-10/older.md") == before.pop("posts/2026-01-10/old.md")
    assert after == {path: text.replace("/old.md", "/older.md") for path, text in before.items()}


def test_a_new_date_moves_the_folder_with_all_that_lies_in_it_and_sets_the_key(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    write(
        folder,
        {
            "posts/2026-01-10/图/表.svg": "<svg/>",
            "notes.md": "[那天](posts/2026-01-10/) [图](posts/2026-01-10/图/表.svg)\n",
        },
    )
    after = after_of(folder, plan(folder, "old", date="2026-03-04"))
    assert "date: 2026-03-04" in after["posts/2026-03-04/old.md"]
    assert after["posts/2026-03-04/图/表.svg"] == "<svg/>"
    assert after["notes.md"] == "[那天](posts/2026-03-04/) [图](posts/2026-03-04/图/表.svg)\n"
    assert "(./posts/2026-03-04/old.md)" in after["README.md"]


def test_in_a_shared_folder_only_what_no_other_file_links_to_moves_along(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    other = "---\nstatus: Active\ndate: 2026-01-10\ntags: a\n---\n\n# 另一篇\n\n![](both.png)\n"
    write(folder, {"posts/2026-01-10/other.md": other, "posts/2026-01-10/unlinked.png": "0"})
    write(folder, {"posts/2026-01-10/own.png": "1", "posts/2026-01-10/both.png": "2"})
    old = folder / "posts/2026-01-10/old.md"
    old.write_text(old.read_text() + "\n![](own.png) ![](./both.png)\n")
    after = after_of(folder, plan(folder, "old", date="2026-03-04"))
    assert sorted(path for path in after if path.endswith(".png")) == [
        "posts/2026-01-10/both.png", "posts/2026-01-10/unlinked.png", "posts/2026-03-04/own.png",
    ]  # fmt: skip
    assert after["posts/2026-03-04/old.md"].endswith("\n![](own.png) ![](../2026-01-10/both.png)\n")


def test_addresses_of_own_files_on_github_are_counted_and_follow_by_the_setting(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    git(folder, "remote", "add", "origin", "git@github.com:ada/blog.git")
    own, other = "https://github.com/ada/blog/blob/main", "https://github.com/ada/blog/blob/v1"
    text = f"见 [旧文]({own}/posts/2026-01-10/old.md#a)，<{other}/posts/2026-01-10/old.md>。\n"
    write(folder, {"notes.md": text})
    made = plan(folder, "old", slug="older")
    assert dict(made.urls) == {"notes.md": 1}
    assert "notes.md" not in made.links
    settings = folder / "aiblog.yaml"
    settings.write_text(f"{settings.read_text()}git: {{file_urls: follow}}\n")
    made = plan(folder, "old", slug="older")
    assert not made.urls
    assert after_of(folder, made)["notes.md"] == text.replace(
        "main/posts/2026-01-10/old.md", "main/posts/2026-01-10/older.md"
    )


def test_what_is_as_asked_already_is_no_change_and_no_error(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    made = plan(folder, "old", slug="old")
    assert made.changes.changes == ()
    assert made.posts == ()


def test_another_tree_is_moved_the_same_way_with_its_own_bytes(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    (folder / "README.md").write_text("我的草稿 [old](posts/2026-01-10/old.md)\n", encoding="utf-8")
    made = plan(folder, "old", slug="older")
    paths = ["README.md", "aiblog.yaml", "notes.txt", "posts/README.md", "posts/2026-01-10/old.md"]
    committed = made.tree(paths, lambda path: show(folder, f"HEAD:{path}").encode())
    assert {each.path for each in committed.changes} == {each.path for each in made.changes.changes}
    after = {each.path: each.after for each in committed.changes}
    assert after["README.md"] == show(folder, "HEAD:README.md").replace("/old.md", "/older.md").encode()
    assert files.read(folder, "README.md") == "我的草稿 [old](posts/2026-01-10/old.md)\n".encode()
