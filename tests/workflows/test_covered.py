"""The old text of a source out of git: after squash, rebase, rename, and where it is out of reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters.versions import why_out_of_reach
from aiblog.core.canonical import source_hash
from aiblog.core.post import require_post
from aiblog.workflows.covered import Behind
from aiblog.workflows.translate_diff import differences
from support.program import aiblog
from support.repositories import git, write
from support.translations import CHINESE, ENGLISH, SOURCE, TARGET, change, commit, made_pair, pinned


def found(root: Path) -> Behind:
    """What the post's one translation does not cover."""
    blog = blogs.opened(root)
    posts = blogs.posts(blog)
    (difference,) = differences(blog, posts, require_post(posts, "sandbox"))
    assert difference.behind
    return difference.behind


def known(root: Path) -> tuple[str, str | None]:
    """Since when it is behind, and the kind."""
    its = found(root)
    assert its.covered
    assert its.translation.target
    assert source_hash(its.covered.text.encode()) == its.translation.target.source_hash
    return its.covered.since, its.kind


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return made_pair(tmp_path / "blog")


def today(root: Path) -> str:
    return blogs.today(blogs.opened(root).settings)


def test_a_text_changed_in_the_work_tree_alone_or_staged_is_behind_since_today(blog: Path) -> None:
    change(blog, "beta", "stable")
    assert known(blog) == (today(blog), "minor")
    git(blog, "add", ".")
    assert known(blog) == (today(blog), "minor")


def test_a_text_that_was_only_ever_staged_is_found(blog: Path) -> None:
    staged = ENGLISH.replace("None.", "None so far.")
    write(blog, {SOURCE: staged, TARGET: pinned(CHINESE, staged)})
    git(blog, "add", ".")
    change(blog, "so far", "at all")
    assert known(blog) == (today(blog), "minor")


def test_since_is_the_first_commit_that_differs(blog: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    change(blog, "None.", "Some.")
    commit(blog, "2026-02-07")
    change(blog, "Some.", "Several.")
    assert known(blog) == ("2026-02-03", "minor")


def test_commits_that_changed_nothing_to_follow_do_not_count(blog: Path) -> None:
    change(blog, "status: Active", "status: Draft")
    commit(blog, "2026-02-03")
    change(blog, "beta", "stable")
    commit(blog, "2026-02-07")
    assert known(blog) == ("2026-02-07", "minor")


def test_after_a_revert_it_is_the_newest_text_of_that_hash(blog: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    change(blog, "stable", "beta")
    commit(blog, "2026-02-05")
    change(blog, "beta", "dead")
    commit(blog, "2026-02-09")
    assert known(blog) == ("2026-02-09", "minor")


def test_a_renamed_folder_and_a_renamed_file_are_followed(blog: Path) -> None:
    git(blog, "mv", "posts/2025-11-28", "posts/2025-12-01")
    commit(blog, "2026-02-03")
    new = "posts/2025-12-01/sandbox.md"
    change(blog, "beta", "stable", new)
    commit(blog, "2026-02-05")
    assert known(blog) == ("2026-02-05", "minor")
    git(blog, "mv", new, "posts/2025-12-01/sandbox-now.md")
    write(blog, {new.replace(".md", "_zh.md"): pinned(CHINESE, ENGLISH, "./sandbox-now.md")})
    git(blog, "mv", "-f", "posts/2025-12-01/sandbox_zh.md", "posts/2025-12-01/sandbox-now_zh.md")
    change(blog, "two items", "2 items", "posts/2025-12-01/sandbox-now.md")
    commit(blog, "2026-02-08")
    rows = json.loads(aiblog("status", "--json", folder=blog).stdout)["translations"]
    assert [(each["since"], each["kind"], len(each["changes"])) for each in rows] == [("2026-02-05", "minor", 2)]


def test_a_rename_alone_is_no_later_text(blog: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    git(blog, "mv", "posts/2025-11-28", "posts/2025-12-01")
    commit(blog, "2026-02-05")
    assert known(blog) == ("2026-02-03", "minor")


def test_a_squash_that_kept_no_commit_of_the_old_text_is_looked_behind(blog: Path) -> None:
    git(blog, "switch", "-q", "-c", "work")
    edited = ENGLISH.replace("beta", "stable")
    write(blog, {SOURCE: edited, TARGET: pinned(CHINESE, edited)})
    commit(blog, "2026-02-03")
    change(blog, "None.", "Some.")
    commit(blog, "2026-02-05")
    git(blog, "switch", "-q", "main")
    git(blog, "merge", "--squash", "-q", "work")
    commit(blog, "2026-02-09")
    assert known(blog) == ("2026-02-09", "minor")
    git(blog, "branch", "-D", "-q", "work")
    assert known(blog) == ("2026-02-09", "minor")  # the reflog still has it
    git(blog, "reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    assert found(blog).covered is None


def test_a_rebase_and_a_cherry_pick_change_nothing(blog: Path) -> None:
    git(blog, "switch", "-q", "-c", "work")
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    git(blog, "switch", "-q", "main")
    write(blog, {"posts/2026-01-01/other.md": ENGLISH})
    commit(blog, "2026-02-04")
    git(blog, "switch", "-q", "work")
    git(blog, "rebase", "-q", "main")
    assert known(blog)[1] == "minor"
    git(blog, "switch", "-q", "main")
    git(blog, "cherry-pick", "work")
    assert known(blog)[1] == "minor"


def test_both_editions_in_one_commit_are_current_once_the_pin_follows(blog: Path) -> None:
    edited = ENGLISH.replace("beta", "stable")
    write(blog, {SOURCE: edited, TARGET: pinned(CHINESE.replace("测试", "稳定"), ENGLISH)})
    commit(blog, "2026-02-03")
    assert known(blog) == ("2026-02-03", "minor")
    write(blog, {TARGET: pinned(CHINESE.replace("测试", "稳定"), edited)})
    commit(blog, "2026-02-04")
    row = json.loads(aiblog("status", "--json", folder=blog).stdout)["translations"][0]
    assert (row["state"], row["kind"], row["since"], row["changes"]) == ("current", None, None, [])


def test_a_text_that_only_a_merge_made_is_found(blog: Path) -> None:
    git(blog, "switch", "-q", "-c", "work")
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    git(blog, "switch", "-q", "main")
    change(blog, "beta", "alpha")
    commit(blog, "2026-02-04")
    git(blog, "merge", "-q", "work", ok=(1,))
    merged = ENGLISH.replace("beta", "both")
    write(blog, {SOURCE: merged, TARGET: pinned(CHINESE, merged)})
    commit(blog, "2026-02-05")
    change(blog, "both", "neither")
    assert known(blog) == (today(blog), "minor")


def test_a_blog_below_the_top_of_its_repository_is_found(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    blog = made_pair(outer)
    (outer / "site").mkdir()
    git(outer, "mv", "posts", "aiblog.yaml", "site")
    commit(outer, "2026-02-03")
    change(blog / "site", "beta", "stable")
    commit(outer, "2026-02-05")
    assert known(blog / "site") == ("2026-02-05", "minor")


@pytest.mark.parametrize("kind", ["--depth=1", "--filter=blob:none", "--filter=tree:0"])
def test_what_a_shallow_or_partial_clone_lacks_is_out_of_reach_and_nothing_is_fetched(
    blog: Path, tmp_path: Path, kind: str
) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    git(blog, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", kind, blog.as_uri(), str(clone))
    packs = sorted(path.name for path in (clone / ".git/objects").rglob("*"))
    its = found(clone)
    assert (its.covered, its.kind, its.changes) == (None, None, ())
    assert why_out_of_reach(clone) == ("shallow" if kind == "--depth=1" else "partial")
    assert sorted(path.name for path in (clone / ".git/objects").rglob("*")) == packs
    done = aiblog("status", folder=clone)
    assert (done.returncode, done.stdout) == (0, "sandbox\tsource\toutdated\taiblog translate-diff sandbox\n")


def test_without_git_on_the_machine_it_is_out_of_reach(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(blog, "beta", "stable")
    monkeypatch.setenv("PATH", str(blog))
    assert found(blog).covered is None
    assert why_out_of_reach(blog) == "outside"


def test_a_repository_without_a_commit_is_out_of_reach(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "blog")
    write(tmp_path / "blog", {SOURCE: ENGLISH, TARGET: pinned(CHINESE, "other")})
    assert found(tmp_path / "blog").covered is None


def test_a_repository_s_own_programs_are_not_run(blog: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-03")
    (blog / "run.sh").write_text("#!/bin/sh\ntouch ran\nexit 1\n")
    (blog / "run.sh").chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "core.pager",
        "log.showSignature",
    ):
        git(blog, "config", key, "true" if key == "log.showSignature" else str(blog / "run.sh"))
    (blog / ".gitattributes").write_text("*.md diff=x\n")
    assert known(blog) == ("2026-02-03", "minor")
    assert not (blog / "ran").exists()


def test_git_is_not_asked_where_nothing_is_outdated(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim = blog / "git"
    shim.write_text("#!/bin/sh\n: > asked\nexit 1\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(blog))
    (blog / SOURCE).write_text(ENGLISH.replace("status: Active", "status: Draft"), encoding="utf-8")
    aiblog("status", folder=blog)
    assert not (blog / "asked").exists()
    change(blog, "beta", "stable")
    aiblog("status", folder=blog)
    assert (blog / "asked").exists()
