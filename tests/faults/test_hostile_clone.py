"""Case 19: what a clone lacks is not fetched by a command that only looks: no ssh of its configuration is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import aiblog
from support.repositories import draft, git, made_blog


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone that lacks the blobs and trees of its history; fetching one would leave `ran` beside it."""
    origin = made_blog(tmp_path / "origin", remote=True)
    draft(origin)
    for number in range(2):
        (origin / "posts/2026-02-25/new-post.md").open("a").write(f"\nMore {number}.\n")
        git(origin, "add", "-A")
        git(origin, "commit", "--quiet", "-m", f"More {number}")
    git(origin, "push", "--quiet", "origin", "main")
    bare = tmp_path / "origin.git"
    git(bare, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=tree:0", f"file://{bare}", "clone")
    clone = tmp_path / "clone"
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\nexit 1\n")
    ssh.chmod(0o755)
    git(clone, "remote", "set-url", "origin", f"ssh://example.org{bare}")
    git(clone, "config", "core.sshCommand", str(ssh))
    return clone


@pytest.mark.parametrize(
    "words",
    [("list",), ("status",), ("check",), ("check", "--since", "HEAD~2"), ("tags",), ("doctor",), ("index", "--check")],
    ids=" ".join,
)
def test_a_command_that_only_looks_fetches_nothing(clone: Path, words: tuple[str, ...]) -> None:
    done = aiblog(*words, folder=clone)
    assert "bug in aiblog" not in done.stderr
    assert not (clone.parent / "ran").exists()
