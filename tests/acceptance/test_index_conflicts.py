"""Two branches that both publish, merged and rebased by git: their indexes settled by `index --resolve`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import INDEX, SELECTION, draft, git, made_blog, show, state, write

A, B = "blog/2026-02-25-alpha", "blog/2026-02-25-beta"
ENTRIES = (
    "## 2026-02-25: A post\n\n- [A post (English)](./2026-02-25/alpha.md)\n\nOne summary.\n\n"
    "## 2026-02-25: 乙\n\n- [乙 (English)](./2026-02-25/beta.md)\n\nOne summary.\n\n"
)
BULLETS = "- [A post](./posts/2026-02-25/alpha.md)\n- [乙](./posts/2026-02-25/beta.md)\n"
SETTLED = INDEX.replace("## 2026-01-10", f"{ENTRIES}## 2026-01-10")
SETTLED_LIST = SELECTION.replace("- [An old", f"{BULLETS}- [An old")


def published(blog: Path, slug: str, title: str) -> None:
    """Publishes a post on its own branch, from main, and goes back there."""
    draft(blog, slug, title)
    done = aiblog("publish", slug, "--yes", "--summary", "One summary.", "--list", "all", folder=blog)
    assert done.returncode == 0, done.stderr
    git(blog, "switch", "--quiet", "main")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a post on each of two branches."""
    blog = made_blog(tmp_path / "blog")
    published(blog, "alpha", "A post")
    published(blog, "beta", "乙")
    return blog


def conflicted(blog: Path, how: str, onto: str, other: str) -> None:
    """Goes to a branch and merges another, or rebases it onto that one: git stops with a conflict."""
    git(blog, "switch", "--quiet", onto)
    git(blog, how, other, ok=(1,))
    assert git(blog, "diff", "--name-only", "--diff-filter=U").split() == ["README.md", "posts/README.md"]


WAYS = pytest.mark.parametrize(
    ("how", "onto", "other"), [("merge", A, B), ("merge", B, A), ("rebase", A, B), ("rebase", B, A)]
)


@WAYS
@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_both_posts_are_listed_whichever_way_the_branches_meet(
    blog: Path, how: str, onto: str, other: str, style: str
) -> None:
    git(blog, "config", "merge.conflictStyle", style)
    conflicted(blog, how, onto, other)
    before = state(blog)
    done = aiblog("index", "--resolve", folder=blog)
    assert (done.returncode, done.stdout) == (0, "posts/README.md\nREADME.md\n")
    assert done.stderr == "Into git: git add posts/README.md README.md\n"
    assert (blog / "posts/README.md").read_text() == SETTLED
    assert (blog / "README.md").read_text() == SETTLED_LIST
    after = state(blog, ["posts/README.md", "README.md"])
    assert (after.staged, after.refs, after.head, after.going_on) == (
        {path: meta for path, meta in before.staged.items() if path not in {"posts/README.md", "README.md"}},
        before.refs, before.head, before.going_on,
    )  # fmt: skip
    again = aiblog("index", "--resolve", folder=blog)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "No index has a conflict.\n")
    git(blog, "add", "posts/README.md", "README.md")
    git(blog, "-c", "core.editor=true", how, "--continue")
    assert show(blog, "HEAD:posts/README.md") == SETTLED
    assert aiblog("index", "--check", folder=blog).returncode == 0


def test_what_people_must_decide_stays_marked_and_the_rest_is_settled(blog: Path) -> None:
    for branch, words in ((A, "Write well."), (B, "多写。")):
        git(blog, "switch", "--quiet", branch)
        page = (blog / "posts/README.md").read_text().replace("Write something.", words)
        write(blog, {"posts/README.md": page})
        git(blog, "commit", "--quiet", "-am", "Words")
    git(blog, "merge", A, ok=(1,))
    done = aiblog("index", "--resolve", folder=blog)
    assert done.returncode == 1
    page = (blog / "posts/README.md").read_text()
    line = page.splitlines().index("<<<<<<< HEAD") + 1
    said = "the two sides say different things here; which one stays is for people to decide"
    assert done.stdout == f"posts/README.md\nREADME.md\nposts/README.md:{line}:1: index-conflict {said}\n"
    assert done.stderr == f"Into git: git add README.md\n1 conflict is left to you: posts/README.md:{line}:1\n"
    assert page == SETTLED.replace(
        "Write something.", f"<<<<<<< HEAD\n多写。\n=======\nWrite well.\n>>>>>>> {A}"
    )  # fmt: skip
    again = aiblog("index", "--resolve", "--json", folder=blog)
    assert again.returncode == 1
    result = json.loads(again.stdout)
    assert (result["ok"], result["files"], len(result["findings"])) == (False, [], 1)


def test_only_the_paths_that_are_given_and_nothing_in_a_dry_run(blog: Path) -> None:
    conflicted(blog, "merge", A, B)
    before = tree(blog)
    done = aiblog("index", "--resolve", "--dry-run", folder=blog)
    assert (done.returncode, "-<<<<<<< HEAD" in done.stdout) == (0, True)
    assert tree(blog) == before
    done = aiblog("index", "--resolve", "../README.md", folder=blog / "posts")
    assert (done.returncode, done.stdout) == (0, "../README.md\n")
    assert done.stderr == "Into git: git add ../README.md\n"
    assert b"<<<<<<<" in (blog / "posts/README.md").read_bytes()


def test_other_commands_say_how_the_conflict_is_settled(blog: Path) -> None:
    conflicted(blog, "merge", A, B)
    done = aiblog("index", "--check", folder=blog)
    assert done.returncode == 3
    assert "  hint: aiblog index --resolve posts/README.md\n" in done.stderr
    assert aiblog("index", "--check", "--resolve", folder=blog).returncode == 2


def test_without_settings_the_indexes_are_found_in_spite_of_their_markers(blog: Path) -> None:
    conflicted(blog, "merge", A, B)
    (blog / "aiblog.yaml").unlink()
    assert aiblog("index", "--resolve", folder=blog).returncode == 0
    assert (blog / "posts/README.md").read_text() == SETTLED
