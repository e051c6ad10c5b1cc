"""Case 13: the Ctrl-C of a terminal reaches every program in it, a hook and a push too."""

from __future__ import annotations

import termios
import time
from pathlib import Path

import pytest

from support.repositories import assert_sound, draft, git, made_blog, state
from support.terminal import CTRL_C, Terminal

BRANCH = "blog/2026-02-25-new-post"


def slow_hook(path: Path, started: Path) -> None:
    """A hook that says that it has begun, and takes its time."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\ntouch '{started}'\nsleep 4\ntouch '{started}.ended'\n")
    path.chmod(0o755)


def interrupted(*arguments: str, folder: Path, started: Path) -> int | None:
    """The exit code of a run that gets Ctrl-C once its hook has begun; the terminal echoes and edits lines after it."""
    with Terminal(*arguments, folder=folder) as terminal:
        end = time.monotonic() + 20
        while not started.exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert started.exists(), terminal.screen
        terminal.type(CTRL_C)
        terminal.process.wait()
        flags = termios.tcgetattr(terminal.process.fd)[3]
        assert flags & termios.ECHO
        assert flags & termios.ICANON
        assert flags & termios.ISIG
        code: int | None = terminal.process.exitstatus
        return code


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg"])
def test_during_a_slow_hook_nothing_is_committed_now_or_later(hook: str, tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    slow_hook(blog / ".git/hooks" / hook, tmp_path / "started")
    before = state(blog)
    assert interrupted("publish", "new-post", "--yes", folder=blog, started=tmp_path / "started") == 130
    assert state(blog) == before
    assert_sound(blog)
    time.sleep(4.2)
    assert not (tmp_path / "started.ended").exists()
    assert state(blog) == before


def test_during_a_push_the_commit_stays_and_nothing_is_pushed(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog", remote=True)
    draft(blog)
    slow_hook(tmp_path / "blog.git/hooks/pre-receive", tmp_path / "started")
    assert interrupted("publish", "new-post", "--yes", "--push", folder=blog, started=tmp_path / "started") == 130
    assert git(blog, "symbolic-ref", "--short", "HEAD") == BRANCH
    assert git(blog, "status", "--porcelain") == ""
    assert_sound(blog)
    time.sleep(4.2)
    assert git(tmp_path / "blog.git", "for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert git(blog, "for-each-ref", "--format=%(refname)", f"refs/remotes/origin/{BRANCH}") == ""
