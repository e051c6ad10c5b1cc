"""Throw-away work trees of runs that were killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.program import aiblog
from support.repositories import assert_sound, draft, git, made_blog, state

BRANCH = "blog/2026-02-25-new-post"


def _left(blog: Path, folder: Path) -> tuple[Path, Path]:
    """A work tree of a process that is gone, and what git keeps of it."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    place = folder / f"aiblog-{gone.pid}-旧" / "commit"
    place.parent.mkdir()
    git(blog, "worktree", "add", "--quiet", "--detach", str(place), "main")
    return place, blog / ".git/worktrees/commit"


def test_one_that_was_only_half_made_stops_no_later_run(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    place, kept = _left(blog, tmp_path)
    (kept / "commondir").write_bytes(b"")  # git was killed as it wrote that
    (blog / ".git/hooks/pre-commit").write_text("#!/bin/sh\n")
    (blog / ".git/hooks/pre-commit").chmod(0o755)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert not place.parent.exists()
    assert not kept.exists()
    assert_sound(blog)


def test_one_that_has_the_branch_checked_out_stops_no_undo(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    before = state(blog)
    git(blog, "branch", "topic")
    git(blog, "symbolic-ref", "HEAD", "refs/heads/topic")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    place, kept = _left(blog, tmp_path)
    git(place, "symbolic-ref", "HEAD", f"refs/heads/{BRANCH}")
    done = aiblog("undo", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert state(blog).files == before.files
    assert git(blog, "branch", "--list", BRANCH) == ""
    assert not kept.exists()
    assert_sound(blog)


def test_one_whose_run_lives_and_a_persons_own_stay(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    lives = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    for name in (f"aiblog-{lives.pid}-x/commit", "own/commit"):
        (tmp_path / name).parent.mkdir()
        git(blog, "worktree", "add", "--quiet", "--detach", str(tmp_path / name), "main")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert len(list((blog / ".git/worktrees").iterdir())) == 2
    assert (tmp_path / "own/commit/aiblog.yaml").exists()
    lives.communicate(b"\n")
