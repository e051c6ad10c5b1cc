"""Cases 7, 8, 9 and 13: the author's hooks run once and see the target branch; signing; the pre-commit framework."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.program import AIBLOG, aiblog
from support.repositories import INDEX, assert_sound, commit_paths, draft, git, made_blog, show, state, write

BRANCH = "blog/2026-02-25-new-post"
PATH = "posts/2026-02-25/new-post.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a draft that is ready."""
    folder = made_blog(tmp_path / "blog")
    draft(folder)
    return folder


def hook(folder: Path, name: str, text: str) -> None:
    """Installs a shell hook."""
    write(folder, {name: f"#!/bin/sh\n{text}\n"})
    (folder / name).chmod(0o755)


def test_every_hook_runs_once_and_sees_the_target_branch_and_the_commit(blog: Path) -> None:
    log = blog.parent / "log"
    for name in ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"):
        says = f'echo "{name} $(git branch --show-current) $(git diff --cached --name-only | tr "\\n" " ")$2" >> {log}'
        hook(blog / ".git/hooks", name, says)
    hook(blog / ".git/hooks", "post-checkout", f"echo post-checkout >> {log}")
    before = state(blog, {PATH, "posts/README.md"})
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert log.read_text().splitlines() == [
        f"pre-commit {BRANCH} {PATH} posts/README.md ",
        f"prepare-commit-msg {BRANCH} {PATH} posts/README.md message",
        f"commit-msg {BRANCH} {PATH} posts/README.md ",
        f"post-commit {BRANCH} ",
    ]
    after = state(blog, {PATH, "posts/README.md"})
    assert (after.files, after.staged) == (before.files, before.staged)
    assert git(blog, "status", "--porcelain") == ""
    assert_sound(blog)


def test_a_hook_may_ask_git_for_files_by_a_pattern(blog: Path) -> None:
    log = blog.parent / "log"
    hook(blog / ".git/hooks", "pre-commit", f"git diff --cached --name-only -- '*.md' > {log}")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert log.read_text().splitlines() == [PATH, "posts/README.md"]


@pytest.mark.parametrize("path", ["hooks", ".husky/_"])
def test_a_relative_hooks_path(blog: Path, path: str) -> None:
    hook(blog / path, "pre-commit", "exit 1")
    git(blog, "config", "core.hooksPath", path)
    before = state(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 4
    assert state(blog) == before


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_hook_that_fails_is_shown_and_moves_nothing(blog: Path, name: str) -> None:
    hook(blog / ".git/hooks", name, "echo 'line 1: too long'; echo 'not today' >&2; exit 3")
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 4
    assert "line 1: too long" in done.stderr
    assert "not today" in done.stderr
    assert f"the {name} hook refused the commit" in done.stderr
    assert state(blog) == before
    assert_sound(blog)
    assert aiblog("publish", "new-post", "--yes", "--no-verify", folder=blog).returncode == (
        4 if name == "prepare-commit-msg" else 0
    )


def test_a_hook_that_refuses_commits_on_main(blog: Path) -> None:
    hook(blog / ".git/hooks", "pre-commit", 'test "$(git symbolic-ref --short HEAD)" != main')
    before = state(blog)
    assert aiblog("publish", "new-post", "--yes", "--no-branch", folder=blog).returncode == 4
    assert state(blog) == before
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0


def test_a_hook_that_reformats_and_adds(blog: Path) -> None:
    hook(
        blog / ".git/hooks",
        "pre-commit",
        f"echo '<!-- formatted -->' >> {PATH}; echo x > extra.txt; git add {PATH} extra.txt",
    )
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert set(commit_paths(blog)) == {PATH, "posts/README.md"}
    assert show(blog, f"HEAD:{PATH}").endswith("<!-- formatted -->\n")
    assert (blog / PATH).read_text() == show(blog, f"HEAD:{PATH}")
    assert git(blog, "status", "--porcelain") == ""


def test_a_hook_that_reformats_the_index_leaves_the_authors_own_edit(blog: Path) -> None:
    hook(blog / ".git/hooks", "pre-commit", "echo '<!-- end -->' >> posts/README.md; git add posts/README.md")
    (blog / "posts/README.md").write_text(INDEX.replace("Write something.", "Mine."))
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert show(blog, "HEAD:posts/README.md").endswith("Write something.\n<!-- end -->\n")
    assert show(blog, ":posts/README.md") == show(blog, "HEAD:posts/README.md")
    assert "Mine." in (blog / "posts/README.md").read_text()


def test_a_message_that_a_hook_writes(blog: Path) -> None:
    hook(blog / ".git/hooks", "commit-msg", "printf '\\nChecked-by: hook\\n' >> $1")
    assert aiblog("publish", "new-post", "--yes", "--message", "#1 A title", folder=blog).returncode == 0
    assert git(blog, "show", "-s", "--format=%B") == "#1 A title\n\nChecked-by: hook"


def test_while_a_slow_hook_runs_the_author_stages_and_saves(blog: Path) -> None:
    started = blog.parent / "going"
    hook(blog / ".git/hooks", "pre-commit", f"touch {started}; sleep 1.5")
    process = subprocess.Popen([AIBLOG, "publish", "new-post", "--yes"], cwd=blog, stderr=subprocess.PIPE)
    wait_for(started)
    write(blog, {"notes.txt": "meanwhile\n", "posts/README.md": f"{INDEX}\nMeanwhile.\n"})
    git(blog, "add", "notes.txt")
    assert process.wait() == 0, process.stderr
    assert set(commit_paths(blog)) == {PATH, "posts/README.md"}
    assert show(blog, ":notes.txt") == "meanwhile\n"
    disk = (blog / "posts/README.md").read_text()
    assert "A new post" in disk
    assert "Meanwhile." in disk
    assert_sound(blog)


def wait_for(path: Path) -> None:
    """Waits until a file is there."""
    until = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["INT", "TERM", "HUP"]
)
def test_a_signal_during_a_slow_hook_leaves_nothing_behind(blog: Path, number: signal.Signals, code: int) -> None:
    started, ended = blog.parent / "started", blog.parent / "ended"
    hook(blog / ".git/hooks", "pre-commit", f"touch {started}; sleep 2; touch {ended}")
    before = state(blog)
    process = subprocess.Popen([AIBLOG, "publish", "new-post", "--yes"], cwd=blog, stderr=subprocess.PIPE)
    wait_for(started)
    process.send_signal(number)
    assert process.wait(10) == code
    time.sleep(2.2)
    assert state(blog) == before
    assert_sound(blog)
    assert not ended.exists()


def test_signing_with_ssh(blog: Path, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not on this machine")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "signers").write_text(f"ada@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "gpg.format": "ssh",
        "user.signingkey": f"{key}.pub",
        "commit.gpgsign": "true",
        "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
    }.items():
        git(blog, "config", name, value)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert git(blog, "show", "-s", "--format=%G?") == "G"
    git(blog, "switch", "--quiet", "main")
    draft(blog, "second", "Second")
    git(blog, "config", "user.signingkey", str(tmp_path / "nothing"))
    before = state(blog)
    done = aiblog("publish", "second", "--yes", "--json", folder=blog)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"], "could not be signed" in error["message"]) == (4, "signing-failed", True)
    assert state(blog) == before


@pytest.fixture
def framework(blog: Path) -> Path:
    """The blog with the pre-commit framework and one slow local hook."""
    at = blog.parent
    entry = f"sh -c 'echo $$ > {at}/pid; mv {at}/pid {at}/started; sleep 3'"
    slow = f"{{id: slow, name: slow, language: system, entry: {entry}, pass_filenames: false}}"
    write(blog, {".pre-commit-config.yaml": f"repos:\n- repo: local\n  hooks:\n  - {slow}\n"})
    git(blog, "add", ".pre-commit-config.yaml")
    git(blog, "commit", "--quiet", "-m", "Hooks")
    pre_commit = Path(sys.executable).parent / "pre-commit"
    if not pre_commit.exists():
        pytest.skip("the pre-commit framework is not installed")
    subprocess.run([pre_commit, "install"], cwd=blog, check=True, capture_output=True)
    return blog


@pytest.mark.parametrize("killed", ["aiblog", "the framework", "both"])
def test_the_pre_commit_framework_killed_during_its_hook_leaves_the_authors_edits(framework: Path, killed: str) -> None:
    write(framework, {"notes.txt": "unstaged edit\n"})
    before = state(framework)
    process = subprocess.Popen([AIBLOG, "publish", "new-post", "--yes"], cwd=framework, stderr=subprocess.PIPE)
    wait_for(framework.parent / "started")
    if killed != "the framework":
        process.kill()
        assert process.wait() == -signal.SIGKILL
    if killed != "aiblog":
        os.killpg(os.getpgid(int((framework.parent / "started").read_text())), signal.SIGKILL)  # git and the framework
        assert process.wait() == (4 if killed == "the framework" else -signal.SIGKILL)
    now = state(framework)
    assert (now.files, now.staged, now.head) == (before.files, before.staged, before.head)
    done = aiblog("publish", "new-post", "--yes", folder=framework)
    assert done.returncode == 0, done.stderr
    assert (framework / "notes.txt").read_text() == "unstaged edit\n"
    assert set(commit_paths(framework)) == {PATH, "posts/README.md"}
    assert_sound(framework)
