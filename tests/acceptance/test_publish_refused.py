"""Cases 4, 5, 6, 10, 12 and 18: states, branches and owners that do not allow it: one clear line, nothing changed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import assert_sound, draft, git, made_blog, state, write

BRANCH = "blog/2026-02-25-new-post"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a draft that is ready."""
    folder = made_blog(tmp_path / "blog")
    draft(folder)
    return folder


def refused(blog: Path, *flags: str, code: str, says: str, exit_code: int = 3) -> str:
    """Publishing is refused with that code and those words, and the repository is as it was; the whole message."""
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", "--json", *flags, folder=blog)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (exit_code, code), error
    assert says in error["message"]
    assert "Traceback" not in done.stderr
    assert state(blog) == before
    return str(error["message"])


def conflicting(blog: Path) -> None:
    """A branch `other` whose notes differ from those of `main`."""
    git(blog, "switch", "--quiet", "-c", "other")
    write(blog, {"notes.txt": "theirs\n"})
    git(blog, "commit", "--quiet", "-am", "Theirs")
    git(blog, "switch", "--quiet", "main")
    write(blog, {"notes.txt": "ours\n"})
    git(blog, "commit", "--quiet", "-am", "Ours")


def begin(blog: Path, what: str) -> None:
    """Gets the repository into the middle of something."""
    conflicting(blog)
    if what == "merge":
        git(blog, "merge", "other", ok=(1,))
    elif what == "rebase":
        git(blog, "rebase", "other", ok=(1,))
    elif what == "rebase edit":
        editor = {"GIT_SEQUENCE_EDITOR": "sed -i s/^pick/edit/"}
        git(blog, "rebase", "--interactive", "HEAD^", environment=editor)
    elif what == "cherry-pick":
        git(blog, "cherry-pick", "other", ok=(1,))
    elif what == "revert":
        write(blog, {"notes.txt": "later\n"})
        git(blog, "commit", "--quiet", "-am", "Later")
        git(blog, "revert", "--no-edit", "HEAD^", ok=(1,))
    elif what == "am":
        patch = git(blog, "format-patch", "--stdout", "-1", "other").encode() + b"\n"
        git(blog, "am", "--quiet", given=patch, ok=(128,))
    elif what == "bisect":
        git(blog, "bisect", "start")
    else:
        git(blog, "merge", "other", ok=(1,))
        (blog / ".git/MERGE_HEAD").unlink()


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("merge", "a merge is in progress"),
        ("rebase", "a rebase is in progress"),
        ("rebase edit", "a rebase is in progress"),
        ("cherry-pick", "a cherry-pick is in progress"),
        ("revert", "a revert is in progress"),
        ("am", "git am is in progress"),
        ("bisect", "a bisect is in progress"),
        ("unmerged", '"notes.txt" is not merged'),
    ],
)
def test_while_something_is_going_on(blog: Path, what: str, says: str) -> None:
    begin(blog, what)
    refused(blog, code="repository-state", says=says)
    new = aiblog("new", "Other", "--slug", "other", "--date", "2026-02-26", "--commit", folder=blog)
    assert (new.returncode, "in progress" in new.stderr or "not merged" in new.stderr) == (3, True)
    assert not (blog / "posts/2026-02-26").exists()


def test_a_branch_that_is_not_ours(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", BRANCH)
    write(blog, {"notes.txt": "mine\n"})
    git(blog, "commit", "--quiet", "-am", "Mine")
    refused(blog, code="branch-exists", says="notes.txt")
    for flag in (f"--branch={BRANCH}", f"--branch '{BRANCH}'"):
        done = aiblog("publish", "new-post", "--yes", *shlex.split(flag), "--summary", "一 句", folder=blog)
        again = "  hint: aiblog publish new-post --yes --summary '一 句'"
        assert done.stderr.splitlines()[-2:] == [f"{again} --branch NAME", f"{again} --no-branch"]
    git(blog, "switch", "--quiet", "main")
    refused(blog, code="branch-exists", says="notes.txt")
    assert aiblog("publish", "new-post", "--yes", "--branch", "blog/other", folder=blog).returncode == 0


def test_a_branch_that_does_not_stand_on_the_base(blog: Path) -> None:
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "switch", "--quiet", "main")
    git(blog, "commit", "--quiet", "--allow-empty", "-m", "The base moves on")
    git(blog, "switch", "--quiet", "-")
    post = blog / "posts/2026-02-25/new-post.md"
    text = post.read_text()
    post.write_text(f"{text}\nMore.\n")
    refused(blog, code="branch-exists", says="does not stand on main")
    post.write_text(text)
    git(blog, "rebase", "--quiet", "main", BRANCH)
    post.write_text(f"{text}\nMore.\n")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0


def test_a_branch_that_is_merged_already(blog: Path) -> None:
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "switch", "--quiet", "main")
    git(blog, "merge", "--quiet", "--no-ff", "-m", "Merge", BRANCH)
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\nMore.\n")
    refused(blog, code="branch-exists", says="is merged into main")
    git(blog, "branch", "-d", BRANCH)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert git(blog, "rev-parse", f"{BRANCH}^") == git(blog, "rev-parse", "main")


def test_a_branch_that_is_checked_out_in_another_work_tree(blog: Path, tmp_path: Path) -> None:
    git(blog, "worktree", "add", "--quiet", "-b", BRANCH, str(tmp_path / "elsewhere"))
    refused(blog, code="branch-exists", says="another work tree")


@pytest.mark.parametrize("there", ["blog", f"{BRANCH}/more"])
def test_a_branch_whose_name_git_cannot_hold_beside_another(blog: Path, there: str) -> None:
    git(blog, "branch", there)
    refused(blog, code="branch-exists", says=there)


@pytest.mark.parametrize("name", ["-x", "a..b", "a b", "x.lock", "@{x}", ""])
def test_a_name_that_is_none_for_a_branch(blog: Path, name: str) -> None:
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", f"--branch={name}", folder=blog)
    assert (done.returncode, "nothing was written" in done.stderr) == (2, True)
    assert state(blog) == before


def test_our_own_branch_takes_more_commits_and_an_image_that_was_replaced(blog: Path) -> None:
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\n![One](./one.png)\n")
    (post.parent / "one.png").write_bytes(b"1")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "switch", "--quiet", "main")
    git(blog, "switch", "--quiet", "-")
    post.write_text(post.read_text().replace("one.png", "two.png"))
    (post.parent / "two.png").write_bytes(b"2")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert git(blog, "rev-list", "--count", f"main..{BRANCH}") == "2"
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert git(blog, "diff-tree", "-r", "--no-commit-id", "--name-only", "HEAD").splitlines() == [
        "posts/2026-02-25/new-post.md",
        "posts/2026-02-25/two.png",
    ]


def test_without_an_identity(blog: Path, tmp_path: Path) -> None:
    before = state(blog)
    (tmp_path / "empty").mkdir()
    done = aiblog("publish", "new-post", "--yes", folder=blog, environment={"HOME": str(tmp_path / "empty")})
    assert done.returncode == 3
    assert 'git config --global user.name "Your Name"' in done.stderr
    assert state(blog) == before


def test_in_a_repository_of_somebody_else(blog: Path) -> None:
    ran = blog.parent / "ran"
    write(blog, {".git/hooks/pre-commit": f"#!/bin/sh\ntouch {ran}\n"})
    (blog / ".git/hooks/pre-commit").chmod(0o755)
    git(blog, "config", "core.fsmonitor", f"touch {ran}")
    before = tree(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog, environment={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
    assert done.returncode == 3
    assert "git does not trust the repository" in done.stderr
    assert "git config --global --add safe.directory" in done.stderr
    assert tree(blog) == before
    assert not ran.exists()


def test_where_there_is_no_repository(tmp_path: Path) -> None:
    draft(tmp_path)
    done = aiblog("publish", "new-post", "--yes", "--json", folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (3, "not-a-repository")


def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    draft(tmp_path)
    before = tree(tmp_path)
    done = aiblog("publish", "new-post", "--yes", folder=tmp_path)
    assert done.returncode == 3
    assert "has no commit yet" in done.stderr
    assert tree(tmp_path) == before
    assert git(tmp_path, "for-each-ref") == ""


def test_in_a_bare_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    done = aiblog("publish", "new-post", "--yes", folder=tmp_path / "bare.git")
    assert (done.returncode, "is a bare repository" in done.stderr) == (3, True)


def test_a_bare_repository_in_the_tree_runs_nothing(blog: Path) -> None:
    ran = blog.parent / "ran"
    inside = blog / "posts" / "2026-02-25" / "trap"
    git(blog, "init", "--quiet", "--bare", str(inside))
    git(inside, "config", "core.fsmonitor", f"touch {ran}")
    for words in (["list"], ["publish", "new-post", "--yes"]):
        aiblog(*words, folder=inside)
        assert not ran.exists()
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert not ran.exists()
    write(inside, {"aiblog.yaml": "posts: posts\n", "hooks/pre-commit": f"#!/bin/sh\ntouch {ran}\n"})
    (inside / "hooks/pre-commit").chmod(0o755)
    draft(inside, "trap")
    git(inside, "config", "core.bare", "false")
    git(inside, "config", "core.worktree", str(inside))
    git(
        inside,
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "A",
    )
    done = aiblog("publish", "trap", "--yes", folder=inside)
    assert (done.returncode, "is a bare repository" in done.stderr) == (3, True), done.stderr
    assert not ran.exists()


def test_a_stale_lock_of_the_index_is_named_and_left(blog: Path) -> None:
    lock = blog / ".git/index.lock"
    lock.touch()
    assert re.search(r"\(\d+ s old\)", refused(blog, code="busy", says="index.lock"))
    assert lock.exists()
    lock.unlink()
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert_sound(blog)


def test_a_lock_of_the_branch_is_named_and_left(blog: Path) -> None:
    lock = blog / f".git/refs/heads/{BRANCH}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    refused(blog, code="busy", says=".lock")
    lock.unlink()
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert_sound(blog)


@pytest.mark.parametrize(
    "how", ["linked", "separate", "submodule", "shallow", "sha256", "v4", "split", "sparse", "autocrlf"]
)
def test_repositories_of_every_kind(tmp_path: Path, how: str) -> None:
    blog = made_blog(tmp_path / "origin")
    if how == "linked":
        git(blog, "worktree", "add", "--quiet", "-b", "work", str(tmp_path / "linked"))
        blog = tmp_path / "linked"
    elif how == "separate":
        git(tmp_path, "clone", "--quiet", "--separate-git-dir", str(tmp_path / "elsewhere.git"), "origin", "clone")
        blog = tmp_path / "clone"
    elif how == "submodule":
        git(tmp_path, "init", "--quiet", "outer")
        git(tmp_path / "outer", "submodule", "--quiet", "add", str(blog), "blog")
        blog = tmp_path / "outer/blog"
    elif how == "shallow":
        git(blog, "commit", "--quiet", "--allow-empty", "-m", "More")
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{blog}", "clone")
        blog = tmp_path / "clone"
    elif how == "sha256":
        git(tmp_path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main", "sha256")
        for path in tree(blog):
            write(tmp_path / "sha256", {path: (blog / path).read_text()})
        blog = tmp_path / "sha256"
        git(blog, "add", ".")
        git(blog, "commit", "--quiet", "-m", "Begin")
    elif how == "v4":
        git(blog, "update-index", "--index-version=4")
    elif how == "split":
        git(blog, "update-index", "--split-index")
    elif how == "sparse":
        git(blog, "sparse-checkout", "set", "--cone", "--sparse-index", "posts/2026-01-10")
    else:
        git(blog, "config", "core.autocrlf", "true")
        (blog / "posts/README.md").unlink()
        git(blog, "checkout", "--quiet", "posts/README.md")
        assert b"\r\n" in (blog / "posts/README.md").read_bytes()
    path = draft(blog)
    lock = blog / f".git/refs/heads/{BRANCH}.lock"
    if how == "sha256":  # entries that were not there are taken out again where the ref does not move
        lock.parent.mkdir(parents=True)
        lock.touch()
        refused(blog, code="busy", says=".lock")
        lock.unlink()
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert git(blog, "show", "-s", "--format=%s", BRANCH) == "Add blog post: A new post"
    assert git(blog, "show", f"{BRANCH}:posts/README.md").count("A new post") == 2
    assert (
        b"\r"
        not in subprocess.run(["git", "show", f"{BRANCH}:{path}"], cwd=blog, capture_output=True, check=True).stdout
    )
    git(blog, "fsck", "--strict", "--no-dangling")
    if how == "linked":
        assert git(blog, "branch", "--show-current") == "work"
        assert aiblog("publish", "new-post", "--yes", "--switch", folder=blog).returncode == 0
    assert git(blog, "status", "--porcelain") == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.parametrize("what", ["link", "folder link", "pipe", "ignored", "repository"])
def test_paths_that_are_not_the_blogs_own_files(blog: Path, tmp_path: Path, what: str) -> None:
    index = blog / "posts/README.md"
    if what == "link":
        index.rename(tmp_path / "outside.md")
        index.symlink_to(tmp_path / "outside.md")
    elif what == "folder link":
        (blog / "posts").rename(tmp_path / "posts")
        (blog / "posts").symlink_to(tmp_path / "posts")
    elif what == "pipe":
        index.unlink()
        os.mkfifo(index)
    elif what == "ignored":
        write(blog, {".gitignore": "2026-02-25/\n"})
    else:
        git(blog / "posts/2026-02-25", "init", "--quiet")
    head = git(blog, "rev-parse", "HEAD")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode in {2, 3}, done.stderr
    assert "Traceback" not in done.stderr
    assert "nothing was written" in done.stderr
    assert git(blog, "for-each-ref", "--format=%(refname) %(objectname)") == f"refs/heads/main {head}"


def test_a_file_of_120_mb_beside_the_post(blog: Path) -> None:
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\n[Talk](./talk.mp4)\n")
    with (post.parent / "talk.mp4").open("wb") as stream:
        stream.truncate(120 * 1024 * 1024)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "file-too-large" in done.stderr) == (3, True)
    assert "status: Draft" in post.read_text()
    assert git(blog, "branch", "--list", BRANCH) == ""
    assert aiblog("publish", "new-post", "--yes", "--allow", "file-too-large", folder=blog).returncode == 0
    assert "posts/2026-02-25/talk.mp4" not in git(blog, "ls-tree", "-r", "--name-only", BRANCH)
