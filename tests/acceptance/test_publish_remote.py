"""Cases 13, 22 and what follows a commit: one branch is pushed and nothing else; every failure keeps the commit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.program import AIBLOG, aiblog
from support.repositories import assert_sound, draft, git, made_blog, state, write

BRANCH = "blog/2026-02-25-new-post"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a draft that is ready, and a bare remote."""
    folder = made_blog(tmp_path / "blog", remote=True)
    draft(folder)
    return folder


def remote_refs(blog: Path) -> list[str]:
    """The names of the remote's refs."""
    return git(blog.with_name("blog.git"), "for-each-ref", "--format=%(refname)").splitlines()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("remote.origin.push", "refs/heads/*:refs/heads/*"), ("remote.origin.push", "+:"), ("push.followTags", "true"),
        ("remote.origin.mirror", "true"), ("push.default", "matching"),
    ],
)  # fmt: skip
def test_one_ref_is_pushed_whatever_the_configuration_says(blog: Path, key: str, value: str) -> None:
    git(blog, "branch", "private")
    git(blog, "tag", "-a", "-m", "tag", "v1")
    git(blog, "config", "--add", key, value)
    done = aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["pushed"], result["branch"], result["base"]) == (True, BRANCH, "main")
    assert result["files"] == ["posts/2026-02-25/new-post.md", "posts/README.md"]
    assert remote_refs(blog) == [f"refs/heads/{BRANCH}", "refs/heads/main"]
    assert git(blog, "rev-parse", f"{BRANCH}@{{upstream}}") == result["commit"]
    again = json.loads(aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog).stdout)
    assert (again["pushed"], again["commit"], again["files"]) == (False, result["commit"], [])


def test_a_reader_that_goes_away_does_not_stop_the_push(blog: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([AIBLOG, "publish", "new-post", "--yes", "--push"], cwd=blog, stdout=writer, check=False)
    os.close(writer)
    assert done.returncode == 0
    assert f"refs/heads/{BRANCH}" in remote_refs(blog)


def test_a_later_publish_moves_the_remote_branch_forward(blog: Path) -> None:
    aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\nMore.\n")
    done = aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    assert done.returncode == 0, done.stderr
    assert git(blog.with_name("blog.git"), "rev-parse", BRANCH) == git(blog, "rev-parse", BRANCH)


def test_a_fork_is_pushed_to_where_git_is_told_so(blog: Path) -> None:
    git(blog.parent, "clone", "--quiet", "--bare", "blog.git", "fork.git")
    git(blog, "remote", "add", "fork", str(blog.with_name("fork.git")))
    git(blog, "config", "branch.main.remote", "origin")
    git(blog, "config", "remote.pushDefault", "fork")
    done = aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    assert done.returncode == 0, done.stderr
    assert remote_refs(blog) == ["refs/heads/main"]
    assert git(blog.with_name("fork.git"), "rev-parse", BRANCH) == git(blog, "rev-parse", BRANCH)


@pytest.mark.parametrize(
    ("ahead", "says"), [(True, "1 commit of main is not pushed"), (False, "origin/main is 1 commit ahead of main")]
)
def test_a_base_that_is_not_its_remotes_is_said(blog: Path, ahead: bool, says: str) -> None:
    git(blog, "commit", "--quiet", "--allow-empty", "-m", "More")
    if not ahead:
        git(blog, "push", "--quiet", "origin", "main")
        git(blog, "reset", "--quiet", "--soft", "HEAD^")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, f"Note: {says}" in done.stderr) == (0, True)


def failed(blog: Path, says: str) -> dict[str, object]:
    """The push fails with those words; the commit is kept, and said."""
    done = aiblog("publish", "new-post", "--yes", "--push", "--json", folder=blog)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (4, "push-failed")
    assert says in error["message"]
    assert "nothing was written" not in error["message"]
    assert error["kept"] == {"branch": BRANCH, "commit": git(blog, "rev-parse", BRANCH)}
    assert git(blog, "show", "-s", "--format=%s", BRANCH) == "Add blog post: A new post"
    assert error["hints"]
    return error


def test_a_branch_that_is_there_already_on_the_remote_is_not_overwritten(blog: Path) -> None:
    git(blog.with_name("blog.git"), "branch", BRANCH, "main")
    failed(blog, BRANCH)
    assert git(blog.with_name("blog.git"), "rev-parse", BRANCH) == git(blog, "rev-parse", "main")


def test_a_branch_that_moved_otherwise_on_the_remote(blog: Path) -> None:
    aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    other = blog.with_name("other")
    git(blog.parent, "clone", "--quiet", "--branch", BRANCH, str(blog.with_name("blog.git")), "other")
    git(other, "commit", "--quiet", "--allow-empty", "-m", "Theirs")
    git(other, "push", "--quiet")
    git(blog, "fetch", "--quiet")
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\nMore.\n")
    failed(blog, f'"origin/{BRANCH}" has commits')
    assert git(other, "rev-parse", "HEAD") == git(blog.with_name("blog.git"), "rev-parse", BRANCH)


def test_a_remote_that_is_gone_and_a_token_in_its_address(blog: Path) -> None:
    git(blog, "remote", "set-url", "origin", "https://ada:s3cret@localhost:1/ada/blog.git")
    error = failed(blog, "was not pushed")
    assert "s3cret" not in json.dumps(error)
    talk = aiblog("publish", "new-post", "--yes", "--push", folder=blog)
    assert "s3cret" not in talk.stdout + talk.stderr
    assert "ada:" not in talk.stderr


@pytest.mark.parametrize(
    "who", ["g3heim", "ada:g3heim", "ada:%40g3heim%2F", "ada:g3@heim", "ada:g3'heim", 'ada:"g3heim"', "ada:x/g3heim"]
)
def test_whatever_credentials_look_like_none_is_shown_or_kept(blog: Path, who: str) -> None:
    git(blog, "remote", "set-url", "origin", f"https://{who}@github.com/ada/blog")
    git(blog, "config", "remote.origin.pushurl", f"https://{who}@localhost:1/ada/blog")
    write(blog, {".git/hooks/pre-commit": "#!/bin/sh\ngit remote get-url origin\nexit 1\n"})
    (blog / ".git/hooks/pre-commit").chmod(0o755)
    publish = ["publish", "new-post", "--yes"]
    for words, says in (
        (publish, "***@github.com/ada/blog"),
        ([*publish, "--json"], "***@github.com/ada/blog"),
        ([*publish, "--no-verify", "--json"], '"compare_url": '),
        ([*publish, "--no-verify", "--push"], "was not pushed"),
        ([*publish, "--no-verify", "--push", "--json"], "was not pushed"),
        (["doctor"], "***@github.com/ada/blog"),
        (["new", "T", f"--set=source=https://{who}@example.org/", "--slug=t", "--date=2026-02-25"], "t.md"),
        (["log", "--json"], "***@example.org/"),
    ):
        done = aiblog(*words, folder=blog)
        assert says in done.stdout + done.stderr
        assert "heim" not in done.stdout + done.stderr
    assert not [path for path in (blog / ".git/aiblog").iterdir() if f"{who}@".encode() in path.read_bytes()[:200]]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_during_a_push_keeps_the_commit_and_pushes_nothing(
    blog: Path, number: signal.Signals, code: int
) -> None:
    started, ended = blog.parent / "started", blog.parent / "ended"
    write(blog.with_name("blog.git"), {"hooks/pre-receive": f"#!/bin/sh\ntouch {started}\nsleep 2\ntouch {ended}\n"})
    (blog.with_name("blog.git") / "hooks/pre-receive").chmod(0o755)
    process = subprocess.Popen([AIBLOG, "publish", "new-post", "--yes", "--push"], cwd=blog, stderr=subprocess.PIPE)
    until = time.monotonic() + 20
    while not started.exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(number)
    assert process.wait(10) == code
    time.sleep(2.2)
    assert not ended.exists()
    assert remote_refs(blog) == ["refs/heads/main"]
    assert git(blog, "symbolic-ref", "--short", "HEAD") == BRANCH
    assert git(blog, "status", "--porcelain") == ""
    assert_sound(blog)


def test_without_a_remote(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    draft(folder)
    failed(folder, "no remote")


def test_no_access(blog: Path) -> None:
    hook = blog.with_name("blog.git") / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'you may not' >&2\nexit 1\n")
    hook.chmod(0o755)
    failed(blog, "pre-receive hook declined")
    hook.unlink()
    assert aiblog("publish", "new-post", "--yes", "--push", folder=blog).returncode == 0
    assert git(blog, "rev-list", "--count", f"main..{BRANCH}") == "1"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("git@github.com:ada/blog.git", "https://github.com/ada/blog/compare/main...{}?expand=1"),
        ("https://x:token@github.com/ada/blog", "https://github.com/ada/blog/compare/main...{}?expand=1"),
        ("ssh://git@codeberg.org:22/ada/blog.git", "https://codeberg.org/ada/blog/compare/main...{}"),
        (
            "https://gitlab.example.org/group/sub/blog.git",
            "https://gitlab.example.org/group/sub/blog/-/merge_requests/new?merge_request%5Bsource_branch%5D=blog%2F2026-02-25-new-post&merge_request%5Btarget_branch%5D=main",
        ),
        ("https://example.org/blog.git", None),
    ],
)
def test_the_page_that_compares_the_branch(blog: Path, url: str, page: str | None) -> None:
    git(blog, "remote", "set-url", "origin", url)
    result = json.loads(aiblog("publish", "new-post", "--yes", "--json", folder=blog).stdout)
    assert result["compare_url"] == (page.format(BRANCH) if page else None)


def program(folder: Path, text: str) -> dict[str, str]:
    """An environment with a program `gh` of that text."""
    write(folder, {"gh": f"#!/bin/sh\n{text}\n"})
    (folder / "gh").chmod(0o755)
    return {"PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin"}


def test_a_pull_request_by_gh(blog: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    says = f'echo "$@" >> {log}; [ "$2" = create ] && echo https://github.com/ada/blog/pull/7'
    done = aiblog(
        "publish", "new-post", "--yes", "--draft-pr", "--json", folder=blog, environment=program(tmp_path / "bin", says)
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["pushed"], result["pull_request"]) == (True, "https://github.com/ada/blog/pull/7")
    assert log.read_text().splitlines()[-1] == (
        f"pr create --base main --head {BRANCH} --title Add blog post: A new post --body A new post --draft"
    )


def test_a_pull_request_that_fails_keeps_commit_and_push(blog: Path, tmp_path: Path) -> None:
    environment = program(tmp_path / "bin", "echo 'not logged in' >&2; exit 4")
    done = aiblog("publish", "new-post", "--yes", "--pr", "--json", folder=blog, environment=environment)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"], error["kept"]["branch"]) == (4, "pull-request-failed", BRANCH)
    assert "not logged in" in error["message"]
    assert error["hints"] == [f"gh pr create --base main --head {BRANCH}"]
    again = aiblog("publish", "new-post", "--yes", "--draft-pr", folder=blog, environment=environment)
    assert f"  hint: gh pr create --base main --head {BRANCH} --draft\n" in again.stderr
    assert f"refs/heads/{BRANCH}" in remote_refs(blog)


def test_a_pull_request_from_the_base_to_itself_is_refused_before_anything_is_written(blog: Path) -> None:
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", "--no-branch", "--pr", folder=blog)
    assert (done.returncode, "needs a branch of its own" in done.stderr) == (2, True)
    assert state(blog) == before


@pytest.mark.parametrize(
    "where", ["absolute", "relative", "empty", "link to its folder", "link to it", "link in it", "main"]
)
def test_a_gh_inside_the_repository_is_not_run(blog: Path, tmp_path: Path, where: str) -> None:
    program(blog / "bin", f"touch {blog.parent}/ran; echo https://example.org/pull/1")
    place, folder = str(blog / "bin"), blog
    if where == "relative":  # to a folder whose own one would be run in the repository
        write(tmp_path, {"elsewhere/bin/gh": "#!/bin/sh\n"})
        (tmp_path / "elsewhere/bin/gh").chmod(0o755)
        place, folder = "bin", tmp_path / "elsewhere"
    elif where == "empty":
        place, folder = "", blog / "bin"
    elif where == "link to its folder":
        (tmp_path / "link").symlink_to(blog / "bin")
        place = str(tmp_path / "link")
    elif where == "link to it":
        write(tmp_path, {"other/x": ""})
        (tmp_path / "other/gh").symlink_to(blog / "bin/gh")
        place = str(tmp_path / "other")
    elif where == "link in it":
        (blog / "bin/gh").rename(tmp_path / "gh")
        (blog / "bin/gh").symlink_to(tmp_path / "gh")
    elif where == "main":
        git(blog, "worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "main")
        folder = tmp_path / "linked"
        draft(folder)
    environment = {"PATH": f"{place}:/usr/local/bin:/usr/bin:/bin:{place}"}
    root = folder if where == "main" else blog
    done = aiblog("-C", str(root), "publish", "new-post", "--yes", "--pr", folder=folder, environment=environment)
    assert done.returncode == 0, done.stderr
    assert "gh is not on PATH" in done.stderr
    assert not (blog.parent / "ran").exists()
