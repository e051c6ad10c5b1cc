"""What a move is made of, as a plan, on small blogs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.core.post import require_post
from aiblog.workflows.moving import MoveRequest, PlannedMove, Relocation, planned
from support.repositories import made_blog, show, write


def move(folder: Path, *names: str, **to: Any) -> PlannedMove:
    """The plan for posts that get another date, slug or place."""
    blog = blogs.opened(folder)
    posts = [*blogs.posts(blog), *blogs.posts(blog, archived=True)]
    wanted = [require_post(posts, name) for name in names]
    kept = [{"date": post.date, "slug": post.slug, "archived": post.archived} for post in wanted]
    relocations = [Relocation(post, **{**own, **to}) for post, own in zip(wanted, kept, strict=True)]
    return planned(blog, posts, MoveRequest(tuple(relocations)))


def done(folder: Path, plan: PlannedMove) -> dict[str, str]:
    """The text files of the repository after the plan, which is applied by hand."""
    for each in plan.changes.changes:
        (plan.root / each.path).unlink(missing_ok=True)
    for each in plan.changes.changes:
        if each.after is not None:
            (plan.root / each.path).parent.mkdir(parents=True, exist_ok=True)
            (plan.root / each.path).write_bytes(each.after)
    return texts(folder)


def texts(folder: Path) -> dict[str, str]:
    """The repository's text files by path."""
    paths = (each for each in folder.rglob("*") if each.is_file() and ".git" not in each.relative_to(folder).parts)
    return {each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8") for each in paths}


def test_a_post_with_another_slug_takes_its_links_along(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    plan = move(folder, "old", slug="older")
    assert plan.moves.files == {"posts/2026-01-10/old.md": "posts/2026-01-10/older.md"}
    assert dict(plan.links) == {"README.md": 1, "posts/README.md": 1}
    (post,) = plan.posts
    assert (post.post.slug, post.slug, post.paths) == ("old", "older", plan.moves.files)
    before = texts(folder)
    after = done(folder, plan)
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
    after = done(folder, move(folder, "old", date="2026-03-04"))
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
    after = done(folder, move(folder, "old", date="2026-03-04"))
    assert sorted(path for path in after if path.endswith(".png")) == [
        "posts/2026-01-10/both.png", "posts/2026-01-10/unlinked.png", "posts/2026-03-04/own.png",
    ]  # fmt: skip
    assert after["posts/2026-03-04/old.md"].endswith("\n![](own.png) ![](../2026-01-10/both.png)\n")


def test_what_is_as_asked_already_is_no_change_and_no_error(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    plan = move(folder, "old", slug="old")
    assert plan.changes.changes == ()
    assert plan.posts == ()


def test_another_tree_is_moved_the_same_way_with_its_own_bytes(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    (folder / "README.md").write_text("我的草稿 [old](posts/2026-01-10/old.md)\n", encoding="utf-8")
    plan = move(folder, "old", slug="older")
    paths = ["README.md", "aiblog.yaml", "notes.txt", "posts/README.md", "posts/2026-01-10/old.md"]
    committed = plan.tree(paths, lambda path: show(folder, f"HEAD:{path}").encode())
    assert {each.path for each in committed.changes} == {each.path for each in plan.changes.changes}
    after = {each.path: each.after for each in committed.changes}
    assert after["README.md"] == show(folder, "HEAD:README.md").replace("/old.md", "/older.md").encode()
    assert files.read(folder, "README.md") == "我的草稿 [old](posts/2026-01-10/old.md)\n".encode()
