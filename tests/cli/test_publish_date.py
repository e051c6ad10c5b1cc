"""`aiblog publish --date`: the post moves to that date first, and is published from there; one commit, one undo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import INDEX, assert_sound, commit_paths, draft, git, made_blog, show, state, write
from support.terminal import ENTER, Terminal

OLD = "posts/2026-02-25/new-post.md"
NEW = "posts/2026-03-01/new-post.md"
BRANCH = "blog/2026-03-01-new-post"
ENTRY = "## 2026-03-01: A new post\n\n- [A new post (English)](./2026-03-01/new-post.md)\n\n"
DATED = "---\nstatus: Active\ndate: 2026-03-01\ntags: a\n---\n\n# A new post\n\nText.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A committed blog."""
    return made_blog(tmp_path / "blog")


def published(blog: Path, *words: str) -> dict[str, object]:
    """The JSON of a publish that works; a second one finds nothing to do."""
    done = aiblog("publish", *words, "--yes", "--json", folder=blog)
    assert done.returncode == 0, done.stdout + done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    before = state(blog)
    again = aiblog("publish", *words, "--yes", "--json", folder=blog)
    assert again.returncode == 0, again.stdout + again.stderr
    assert (json.loads(again.stdout)["files"], json.loads(again.stdout)["commit"]) == ([], result["commit"])
    assert state(blog) == before
    assert_sound(blog)
    return result


def test_a_draft_moves_to_the_folder_of_its_new_date_and_is_published_there(blog: Path) -> None:
    draft(blog)
    before = state(blog)
    result = published(blog, "new-post", "--date", "2026-03-01")
    assert (result["branch"], result["files"]) == (BRANCH, [NEW, "posts/README.md"])
    assert commit_paths(blog) == [NEW, "posts/README.md"]
    assert show(blog, f"HEAD:{NEW}") == DATED
    assert show(blog, "HEAD:posts/README.md") == INDEX.replace("## 2026-01-10", f"{ENTRY}## 2026-01-10")
    assert not (blog / "posts/2026-02-25").exists()
    assert git(blog, "status", "--porcelain") == ""
    assert aiblog("undo", "--yes", folder=blog).returncode == 0
    assert state(blog) == before


def with_committed_draft(blog: Path) -> None:
    """A draft on the base, with a picture in its folder, a note that links to it, and edits that are none of it."""
    draft(blog)
    (blog / OLD).write_text((blog / OLD).read_text() + "\n![图](./图.png)\n\n[the old post](../2026-01-10/old.md)\n")
    write(
        blog, {"posts/2026-02-25/图.png": "picture", "notes.md": "# Notes\n\nSee [it](posts/2026-02-25/new-post.md).\n"}
    )
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "A draft")
    (blog / "notes.md").write_text((blog / "notes.md").read_text() + "\nStaged.\n")
    git(blog, "add", "notes.md")
    (blog / "notes.md").write_text((blog / "notes.md").read_text() + "\nOnly on the disk: 未暂存.\n")


@pytest.mark.parametrize("hooks", [False, True])
def test_a_draft_that_is_committed_leaves_its_old_place_with_all_that_leads_to_it(blog: Path, hooks: bool) -> None:
    with_committed_draft(blog)
    if hooks:
        hook = blog / ".git/hooks/pre-commit"
        hook.write_text(f"#!/bin/sh\ntest -e {NEW} && ! test -e {OLD}\n")
        hook.chmod(0o755)
    before = state(blog)
    result = published(blog, "new-post", "--date", "2026-03-01")
    files = ["notes.md", OLD, "posts/2026-02-25/图.png", NEW, "posts/2026-03-01/图.png", "posts/README.md"]
    assert sorted(commit_paths(blog)) == result["files"] == sorted(files)
    assert show(blog, "HEAD:notes.md") == "# Notes\n\nSee [it](posts/2026-03-01/new-post.md).\n"
    assert show(blog, ":notes.md") == show(blog, "HEAD:notes.md") + "\nStaged.\n"
    assert (blog / "notes.md").read_text() == show(blog, ":notes.md") + "\nOnly on the disk: 未暂存.\n"
    assert "[the old post](../2026-01-10/old.md)" in show(blog, f"HEAD:{NEW}")
    assert git(blog, "status", "--porcelain") == "MM notes.md"
    assert git(blog, "log", "--follow", "--format=%s", "--", NEW).splitlines()[-1] == "A draft"
    assert not (blog / "posts/2026-02-25").exists()
    assert aiblog("undo", "--yes", folder=blog).returncode == 0
    assert state(blog) == before


def test_a_published_post_takes_its_entry_along(blog: Path) -> None:
    published(blog, "old", "--date", "2026-02-02", "--summary", "Its summary.")
    index = (blog / "posts/README.md").read_text()
    assert index == INDEX.replace("2026-01-10", "2026-02-02")
    assert show(blog, "HEAD:README.md").count("./posts/2026-02-02/old.md") == 1


def test_from_another_branch_only_the_disk_moves_and_the_commit_lands_on_the_post_s_own(blog: Path) -> None:
    draft(blog)
    git(blog, "switch", "--quiet", "-c", "other")
    head = git(blog, "rev-parse", "HEAD")
    result = published(blog, "new-post", "--date", "2026-03-01")
    assert (result["branch"], git(blog, "rev-parse", "HEAD"), git(blog, "branch", "--show-current")) == (
        BRANCH,
        head,
        "other",
    )
    assert (blog / NEW).read_text() == DATED
    assert (blog / "posts/README.md").read_text() == INDEX
    assert aiblog("publish", "new-post", "--switch", "--yes", folder=blog).returncode == 0
    assert git(blog, "status", "--porcelain") == ""


def test_a_draft_on_the_branch_checked_out_moves_there(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", "mine")
    with_committed_draft(blog)
    published(blog, "new-post", "--date", "2026-03-01", "--no-branch")
    assert git(blog, "branch", "--show-current") == "mine"
    assert git(blog, "status", "--porcelain") == "MM notes.md"


def test_a_dry_run_shows_the_whole_and_writes_nothing(blog: Path) -> None:
    with_committed_draft(blog)
    before = state(blog)
    shown = aiblog("publish", "new-post", "--date", "2026-03-01", "--dry-run", folder=blog)
    assert shown.returncode == 0, shown.stderr
    assert f"rename from {OLD}\n" in shown.stdout
    assert "+## 2026-03-01: A new post\n" in shown.stdout
    plan = json.loads(aiblog("publish", "new-post", "--date", "2026-03-01", "--dry-run", "--json", folder=blog).stdout)
    assert state(blog) == before
    assert plan["files"] == published(blog, "new-post", "--date", "2026-03-01")["files"]


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--date", "2026-02-30"], 2), (["--date", "2026-01-10"], 3), (["--date", "2026-03-01", "--allow", "stub"], 3)],
)
def test_what_is_refused_changes_nothing(blog: Path, words: list[str], code: int) -> None:
    draft(blog)
    draft(blog, date="2026-01-10")
    (blog / OLD).write_text((blog / OLD).read_text() + "\n<!-- aiblog:todo say more -->\n")
    before = state(blog)
    done = aiblog("publish", "2026-02-25/new-post", *words, "--yes", folder=blog)
    assert done.returncode == code, done.stderr
    assert state(blog) == before
    assert NEW not in done.stderr  # nothing is there to edit
    if "--allow" in words:
        assert f"{OLD}:11:1: todo-marker " in done.stderr
        assert f" {OLD}\n" in done.stderr


def test_an_edition_that_is_deleted_here_and_not_in_git_stops_it(blog: Path) -> None:
    draft(blog)
    chinese = OLD.replace(".md", "_zh.md")
    write(blog, {chinese: (blog / OLD).read_text().replace("A new post", "一篇新文章")})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Two editions")
    (blog / chinese).unlink()
    before = state(blog)
    done = aiblog("publish", "new-post", "--date", "2026-03-01", "--yes", "--json", folder=blog)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (3, "repository-state")
    assert f'"{chinese}"' in json.loads(done.stdout)["error"]["message"]
    assert state(blog) == before


def test_today_is_that_of_the_blog_s_zone_and_a_post_of_that_date_stays(blog: Path) -> None:
    draft(blog)
    result = published(blog, "new-post", "--date", "2026-02-25")
    assert result["files"] == [OLD, "posts/README.md"]
    assert tree(blog).keys() >= {OLD}


def test_in_a_blog_below_the_top_what_links_to_it_from_outside_follows_too(tmp_path: Path) -> None:
    top = tmp_path / "仓库"
    blog = made_blog(top)
    git(blog, "rm", "--quiet", "-r", "--cached", ".")
    site = top / "site"
    site.mkdir()
    for each in ("aiblog.yaml", "posts", "README.md"):
        (top / each).rename(site / each)
    draft(site)
    write(top, {"outside.md": "# 外\n\n[it](site/posts/2026-02-25/new-post.md)\n"})
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "A site below")
    before = state(top)
    result = published(site, "new-post", "--date", "2026-03-01")
    assert result["files"] == sorted(["../outside.md", OLD, NEW, "posts/README.md"])
    assert show(top, "HEAD:outside.md") == "# 外\n\n[it](site/posts/2026-03-01/new-post.md)\n"
    assert git(top, "status", "--porcelain") == ""
    assert aiblog("undo", "--yes", folder=site).returncode == 0
    assert state(top) == before


def test_a_person_is_asked_as_ever_and_told_the_command_with_the_date(blog: Path) -> None:
    draft(blog)
    with Terminal("publish", "new-post", "--date", "2026-03-01", folder=blog, columns=120) as terminal:
        for question in ("Title in the index", "Link label", "Summary", "selections", "Commit"):
            terminal.wait_for(question).type(ENTER)
        assert terminal.exit_code() == 0
        assert f"rename to {NEW}" in terminal.screen
        assert "Without questions:  aiblog publish new-post --date 2026-03-01 --yes" in terminal.screen
    assert show(blog, f"HEAD:{NEW}") == DATED


def test_addresses_on_github_follow_where_the_blog_wants_that_and_the_branch_stays_the_post_s_own(
    blog: Path,
) -> None:
    git(blog, "remote", "add", "origin", "https://github.com/pacoxu/AI-Infra.git")
    with (blog / "aiblog.yaml").open("a", encoding="utf-8") as file:
        file.write("git: {base: main, file_urls: follow}\n")
    draft(blog)
    address = "https://github.com/pacoxu/AI-Infra/blob/main/"
    write(blog, {"notes.md": f"[文章]({address}{OLD})\n"})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "A draft")
    published(blog, "new-post", "--date", "2026-03-01")
    assert show(blog, "HEAD:notes.md") == f"[文章]({address}{NEW})\n"
