"""Cases 5 and 22: clones without blobs, LFS attributes, ssh-like transport, a server that answers 401."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from support.program import aiblog
from support.repositories import assert_sound, draft, git, made_blog, show, write
from support.terminal import Terminal

BRANCH = "blog/2026-02-25-new-post"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a draft that is ready, and a bare remote."""
    folder = made_blog(tmp_path / "blog", remote=True)
    draft(folder)
    return folder


def test_a_blobless_clone(blog: Path, tmp_path: Path) -> None:
    git(blog.with_name("blog.git"), "config", "uploadpack.allowFilter", "true")
    url = f"file://{blog.with_name('blog.git')}"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", url, "blobless")
    clone = tmp_path / "blobless"
    draft(clone)
    done = aiblog("publish", "new-post", "--yes", "--push", folder=clone)
    assert done.returncode == 0, done.stderr
    assert git(blog.with_name("blog.git"), "rev-parse", BRANCH) == git(clone, "rev-parse", BRANCH)
    assert git(clone, "status", "--porcelain") == ""


def test_a_blobless_clone_that_lacks_what_the_post_does_not_need_and_cannot_fetch_it(
    blog: Path, tmp_path: Path
) -> None:
    remote = blog.with_name("blog.git")
    write(blog, {"data/numbers.csv": "1\n"})
    git(blog, "add", "data")
    git(blog, "commit", "--quiet", "-m", "Numbers")
    git(blog, "push", "--quiet", "origin", "main")
    git(remote, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--sparse", f"file://{remote}", "blobless")
    clone = tmp_path / "blobless"
    git(clone, "sparse-checkout", "set", "posts")
    remote.rename(tmp_path / "away.git")
    draft(clone)
    done = aiblog("publish", "new-post", "--yes", folder=clone)
    assert done.returncode == 0, done.stderr
    assert git(clone, "ls-tree", "-r", "--name-only", BRANCH).splitlines().count("data/numbers.csv") == 1


def test_files_that_git_lfs_would_keep_are_committed_as_they_are_or_refused_in_one_line(blog: Path) -> None:
    write(blog, {".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n"})
    git(blog, "add", ".gitattributes")
    git(blog, "commit", "--quiet", "-m", "LFS")
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\n![图](./a.png)\n")
    post.with_name("a.png").write_bytes(b"\x89PNG")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode in {0, 3, 4}, done.stderr
    assert "Traceback" not in done.stderr
    assert_sound(blog)
    if done.returncode == 0:
        assert git(blog, "ls-tree", "-r", "--name-only", "HEAD", "posts/2026-02-25").endswith("new-post.md")


def ssh(folder: Path, text: str) -> dict[str, str]:
    """An environment whose ssh is a program of that text."""
    write(folder, {"ssh": f"#!/bin/sh\n{text}\n"})
    (folder / "ssh").chmod(0o755)
    return {"GIT_SSH_COMMAND": str(folder / "ssh"), "GIT_SSH_VARIANT": "ssh"}


def test_one_branch_goes_over_ssh(blog: Path, tmp_path: Path) -> None:
    git(blog, "remote", "set-url", "origin", f"ssh://ada@example.org{blog.with_name('blog.git')}")
    git(blog, "branch", "private")
    environment = ssh(tmp_path / "bin", 'for last; do :; done; eval "$last"')
    done = aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog, environment=environment)
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["pushed"] is True
    refs = git(blog.with_name("blog.git"), "for-each-ref", "--format=%(refname)").splitlines()
    assert refs == [f"refs/heads/{BRANCH}", "refs/heads/main"]


def test_without_access_over_ssh_the_commit_is_kept_and_the_next_publish_only_pushes(
    blog: Path, tmp_path: Path
) -> None:
    git(blog, "remote", "set-url", "origin", f"ssh://ada@example.org{blog.with_name('blog.git')}")
    denied = ssh(tmp_path / "denied", "echo 'ada@example.org: Permission denied (publickey).' >&2; exit 255")
    done = aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog, environment=denied)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"], error["kept"]["branch"]) == (4, "push-failed", BRANCH)
    assert "Permission denied" in error["message"]
    assert error["hints"] == [f"git push --set-upstream origin {BRANCH}"]
    commit = git(blog, "rev-parse", BRANCH)
    assert error["kept"]["commit"] == commit
    served = ssh(tmp_path / "bin", 'for last; do :; done; eval "$last"')
    again = aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog, environment=served)
    result = json.loads(again.stdout)
    assert (again.returncode, result["pushed"], result["commit"], result["files"]) == (0, True, commit, [])
    assert git(blog.with_name("blog.git"), "rev-parse", BRANCH) == commit


class _Denies(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="blog"')
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@pytest.fixture
def denying() -> Iterator[int]:
    """The port of a web server that answers 401 to everything."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Denies)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("who", ["", "ada:s3cr3t@"])
def test_a_server_that_wants_a_password_gets_no_question_and_no_token_is_shown(
    blog: Path, denying: int, who: str
) -> None:
    git(blog, "remote", "set-url", "origin", f"http://{who}127.0.0.1:{denying}/blog.git")
    done = aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    assert done.returncode == 4
    assert "was not pushed" in done.stderr
    assert f"git push --set-upstream origin {BRANCH}" in done.stderr
    assert "s3cr3t" not in done.stdout + done.stderr
    assert show(blog, f"{BRANCH}:posts/2026-02-25/new-post.md").count("status: Active") == 1


def test_on_a_terminal_nobody_is_asked_for_a_password_either(blog: Path, denying: int) -> None:
    git(blog, "remote", "set-url", "origin", f"http://127.0.0.1:{denying}/blog.git")
    with Terminal("publish", "new-post", "--yes", "--push", folder=blog, columns=120) as terminal:
        terminal.wait_for("was not pushed")
        assert terminal.exit_code() == 4
