"""Git merges the indexes by aiblog where `init --merge-driver` set it up: nothing is left to settle afterwards."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.program import AIBLOG, aiblog, tree
from support.repositories import INDEX, SELECTION, assert_sound, draft, git, made_blog, show, state, write

A, B = "blog/2026-02-25-alpha", "blog/2026-02-26-beta"
LINES = "/posts/README.md merge=aiblog-index\n/README.md merge=aiblog-index\n"
ENTRIES = (
    "## 2026-02-26: 乙\n\n- [乙 (English)](./2026-02-26/beta.md)\n\nTheirs.\n\n"
    "## 2026-02-25: A post\n\n- [A post (English)](./2026-02-25/alpha.md)\n\nOurs.\n\n"
)
MERGED = INDEX.replace("## 2026-01-10", f"{ENTRIES}## 2026-01-10")
BULLETS = "- [乙](./posts/2026-02-26/beta.md)\n- [A post](./posts/2026-02-25/alpha.md)\n"
MERGED_LIST = SELECTION.replace("- [An old", f"{BULLETS}- [An old")


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A blog with the driver set up, and a post on each of two branches; git finds aiblog in PATH."""
    monkeypatch.setenv("PATH", f"{Path(AIBLOG).parent}{os.pathsep}{os.environ['PATH']}")
    blog = made_blog(tmp_path / "blog")
    done = aiblog("init", "--merge-driver", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    git(blog, "add", ".gitattributes")
    git(blog, "commit", "--quiet", "-m", "Merge indexes by aiblog")
    for slug, title, date, summary in (("alpha", "A post", "25", "Ours."), ("beta", "乙", "26", "Theirs.")):
        draft(blog, slug, title, date=f"2026-02-{date}")
        done = aiblog("publish", slug, "--yes", "--summary", summary, "--list", "all", folder=blog)
        assert done.returncode == 0, done.stderr
        git(blog, "switch", "--quiet", "main")
    return blog


@pytest.mark.parametrize(
    ("how", "onto", "other"), [("merge", A, B), ("merge", B, A), ("rebase", A, B), ("rebase", B, A)]
)
def test_branches_that_both_publish_meet_without_a_conflict(blog: Path, how: str, onto: str, other: str) -> None:
    git(blog, "switch", "--quiet", onto)
    git(blog, how, *(["--no-edit"] if how == "merge" else []), other)
    assert show(blog, "HEAD:posts/README.md") == MERGED
    assert show(blog, "HEAD:README.md") == MERGED_LIST
    assert git(blog, "status", "--porcelain") == ""
    assert aiblog("index", "--check", folder=blog).returncode == 0
    assert_sound(blog)


@pytest.mark.parametrize("folder", ["-C", "it's $(touch owned) `touch owned`", '博客 "x"; touch owned'])
def test_a_path_with_signs_of_the_shell_is_merged_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("PATH", f"{Path(AIBLOG).parent}{os.pathsep}{os.environ['PATH']}")
    inner = made_blog(tmp_path / "top" / folder)
    top = tmp_path / "top"
    (inner / ".git").rename(top / ".git")
    assert aiblog("init", "--merge-driver", "--yes", folder=inner).returncode == 0
    git(top, "add", "-A")
    git(top, "commit", "--quiet", "-m", "Below")
    for slug, date in (("alpha", "25"), ("beta", "26")):
        draft(inner, slug, slug, date=f"2026-02-{date}")
        assert aiblog("publish", slug, "--yes", folder=inner).returncode == 0
        git(inner, "switch", "--quiet", "main")
    git(inner, "switch", "--quiet", A)
    git(inner, "merge", "--no-edit", B)
    page = show(top, f"HEAD:{folder}/posts/README.md")
    assert page.index("2026-02-26: beta") < page.index("2026-02-25: alpha") < page.index("2026-01-10")
    assert not list(top.rglob("owned"))


def test_a_cherry_pick_too(blog: Path) -> None:
    git(blog, "switch", "--quiet", A)
    git(blog, "cherry-pick", B)
    assert show(blog, "HEAD:posts/README.md") == MERGED


def test_what_people_must_decide_is_a_conflict_with_markers_for_that_alone(blog: Path) -> None:
    for branch, words in ((A, "Write well."), (B, "多写。")):
        git(blog, "switch", "--quiet", branch)
        page = (blog / "posts/README.md").read_text().replace("Write something.", words)
        write(blog, {"posts/README.md": page})
        git(blog, "commit", "--quiet", "-am", "Words")
    git(blog, "merge", A, ok=(1,))
    assert git(blog, "diff", "--name-only", "--diff-filter=U") == "posts/README.md"
    assert (blog / "posts/README.md").read_text() == MERGED.replace(
        "Write something.", "<<<<<<< ours\n多写。\n=======\nWrite well.\n>>>>>>> theirs"
    )


@pytest.mark.parametrize("code", [127, 70, 3])
def test_without_an_aiblog_that_works_git_merges_as_it_always_does(
    blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    fake = tmp_path / "bin" / "aiblog"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\nexit {code}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    git(blog, "switch", "--quiet", A)
    git(blog, "merge", B, ok=(1,))
    page = (blog / "posts/README.md").read_text()
    assert "<<<<<<< ours\n## 2026-02-25: A post\n" in page
    assert ">>>>>>> theirs\n" in page
    assert "## 2026-02-26: 乙\n" in page
    done = aiblog("index", "--resolve", folder=blog)
    assert done.returncode == 0
    assert (blog / "posts/README.md").read_text() == MERGED


def test_in_a_clone_without_the_driver_the_attribute_changes_nothing(blog: Path) -> None:
    git(blog, "config", "--remove-section", "merge.aiblog-index")
    git(blog, "switch", "--quiet", A)
    git(blog, "merge", B, ok=(1,))
    assert "<<<<<<< HEAD\n" in (blog / "posts/README.md").read_text()


def test_settings_that_cannot_be_read_leave_git_s_own_merge(blog: Path) -> None:
    git(blog, "switch", "--quiet", A)
    (blog / "aiblog.yaml").write_text("posts: [\n")
    git(blog, "merge", B, ok=(1,))
    assert "<<<<<<< ours\n" in (blog / "posts/README.md").read_text()


def test_it_is_set_up_once_and_what_is_there_stays(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (blog / ".gitattributes").write_bytes(b"* text=auto\r\nREADME.md merge=aiblog-index\r\n# ours")
    before = state(blog, [".gitattributes"])
    done = aiblog("init", "--merge-driver", "--yes", folder=blog)
    assert (done.returncode, done.stdout) == (0, ".gitattributes\n")
    assert "git merges the indexes by aiblog from now on, in this clone." in done.stderr
    after = (blog / ".gitattributes").read_bytes()
    assert after == (
        b"* text=auto\r\nREADME.md merge=aiblog-index\r\n# ours\r\n/posts/README.md merge=aiblog-index\r\n"
    )
    assert state(blog, [".gitattributes"]) == before
    config = (blog / ".git/config").read_text()
    assert config.count("[merge ") == 1
    again = aiblog("init", "--merge-driver", "--yes", folder=blog)
    assert (again.returncode, again.stdout) == (0, "")
    assert "already, in this clone" in again.stderr
    assert (blog / ".gitattributes").read_bytes() == after
    assert (blog / ".git/config").read_text() == config


def test_a_dry_run_sets_nothing_up(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    before, config = tree(blog), (blog / ".git/config").read_text()
    done = aiblog("init", "--merge-driver", "--dry-run", "--json", folder=blog)
    assert (done.returncode, json.loads(done.stdout)["created"]) == (0, [".gitattributes"])
    assert (tree(blog), (blog / ".git/config").read_text()) == (before, config)


def test_outside_a_repository_it_is_refused(tmp_path: Path) -> None:
    done = aiblog("init", "--merge-driver", "--yes", folder=tmp_path)
    assert (done.returncode, "is not in a git repository" in done.stderr) == (3, True)
    assert tree(tmp_path) == {}


def test_a_blog_below_the_top_has_the_lines_in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(AIBLOG).parent}{os.pathsep}{os.environ['PATH']}")
    inner = made_blog(tmp_path / "top" / "site")
    (inner / ".git").rename(tmp_path / "top" / ".git")
    git(tmp_path / "top", "add", "-A")
    git(tmp_path / "top", "commit", "--quiet", "-m", "Below")
    assert aiblog("init", "--merge-driver", "--yes", folder=inner).returncode == 0
    assert (inner / ".gitattributes").read_text() == LINES
    git(inner, "add", ".gitattributes")
    git(inner, "commit", "--quiet", "-m", "Attributes")
    for slug, date in (("alpha", "25"), ("beta", "26")):
        draft(inner, slug, slug, date=f"2026-02-{date}")
        assert aiblog("publish", slug, "--yes", folder=inner).returncode == 0
        git(inner, "switch", "--quiet", "main")
    git(inner, "switch", "--quiet", A)
    git(inner, "merge", "--no-edit", B)
    page = show(tmp_path / "top", "HEAD:site/posts/README.md")
    assert page.index("2026-02-26: beta") < page.index("2026-02-25: alpha") < page.index("2026-01-10")
