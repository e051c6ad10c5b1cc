"""How translations stand after what people do with git: told from the files at hand, git is not asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.core.canonical import source_hash
from aiblog.core.translation_state import Translation
from aiblog.workflows.status import status_of_blog
from support.program import aiblog
from support.repositories import SETTINGS, git, made_blog, write

EN, ZH = "posts/2026-02-25/queue.md", "posts/2026-02-25/queue_zh.md"
SOURCE = "---\nstatus: Active\ndate: 2026-02-25\ntags: a\n---\n\n# Queues\n\nOne two three.\n\n## Part\n\n- 甲\n- b\n"
TRANSLATION = "# 队列\n\n一二三。\n\n## 部分\n\n- 甲\n- 乙\n"


@pytest.fixture(params=["front_matter", "sidecar"])
def blog(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A committed pair on a branch, its translation current; what links it stands where the setting says."""
    root = made_blog(tmp_path / "blog")
    write(root, {"aiblog.yaml": f"{SETTINGS}translations: {request.param}\n"})
    git(root, "commit", "-aqm", "Settings")
    git(root, "switch", "--quiet", "-c", "work")
    header = "---\nstatus: Active\ndate: 2026-02-25\ntags: a\n"
    pin = source_hash(SOURCE.encode())
    link = {"lang": "zh", "translation_of": "./queue.md", "source_hash": pin}
    if request.param == "sidecar":
        pairs = ", ".join(f"{key}: {value}" for key, value in link.items())
        write(root, {".aiblog/translations.yaml": f"{ZH}: {{{pairs}}}\n"})
    else:
        header += "".join(f"{key}: {value}\n" for key, value in link.items())
    write(root, {EN: SOURCE})
    committed(root, "Source")
    write(root, {ZH: f"{header}---\n\n{TRANSLATION}"})
    committed(root, "Translation")
    return root


def committed(blog: Path, message: str) -> None:
    git(blog, "add", "-A")
    git(blog, "commit", "-qm", message)


def changed(blog: Path, path: str, old: str, new: str) -> None:
    place = blog / path
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new), encoding="utf-8")


def stand(blog: Path) -> list[Translation]:
    """The blog's translations, told while no git is to be found."""
    path = os.environ["PATH"]
    os.environ["PATH"] = "/nonexistent"
    try:
        opened = blogs.opened(blog)
        return status_of_blog(opened, blogs.posts(opened)).translations
    finally:
        os.environ["PATH"] = path


def states(blog: Path) -> dict[str, str]:
    """The states of the pair by target."""
    found = [each for each in stand(blog) if each.post.slug == "queue" and each.target]
    return {each.target.path: each.state for each in found if each.target}


def test_current_and_outdated_without_a_commit(blog: Path) -> None:
    assert states(blog) == {ZH: "current"}
    done = aiblog("status", "--fail-on", "outdated", folder=blog, environment={"PATH": "/nonexistent"})
    assert done.returncode == 0, done.stderr
    changed(blog, EN, "three", "four")
    assert states(blog) == {ZH: "outdated"}
    changed(blog, EN, "four", "three")
    assert states(blog) == {ZH: "current"}


def squash(blog: Path) -> None:
    git(blog, "switch", "--quiet", "main")
    git(blog, "merge", "--squash", "--quiet", "work")
    git(blog, "commit", "-qm", "Squashed")


def rebase(blog: Path) -> None:
    git(blog, "switch", "--quiet", "main")
    write(blog, {"notes.txt": "three\n"})
    git(blog, "commit", "-aqm", "Meanwhile")
    git(blog, "switch", "--quiet", "work")
    git(blog, "rebase", "--quiet", "main")


def cherry_pick(blog: Path) -> None:
    git(blog, "switch", "--quiet", "main")
    git(blog, "cherry-pick", "main..work")


def amend(blog: Path) -> None:
    git(blog, "commit", "--amend", "-qm", "Another message", "--date=2020-01-01T00:00:00")


def gone(blog: Path) -> None:
    shutil.rmtree(blog / ".git")


@pytest.mark.parametrize("how", [squash, rebase, cherry_pick, amend, gone])
def test_other_commits_of_the_same_files_change_no_state(blog: Path, how: Callable[[Path], None]) -> None:
    how(blog)
    assert states(blog) == {ZH: "current"}
    changed(blog, EN, "One", "A")
    assert states(blog) == {ZH: "outdated"}


@pytest.mark.parametrize("how", [squash, rebase, cherry_pick])
def test_an_outdated_one_stays_outdated_whatever_becomes_of_its_commits(
    blog: Path, how: Callable[[Path], None]
) -> None:
    changed(blog, EN, "One", "A")
    committed(blog, "Edit the source")
    how(blog)
    assert states(blog) == {ZH: "outdated"}


def test_both_editions_edited_in_one_commit_leave_it_outdated_until_somebody_says_otherwise(blog: Path) -> None:
    changed(blog, EN, "three", "four")
    changed(blog, ZH, "一二三", "一二四")
    committed(blog, "Both")
    assert states(blog) == {ZH: "outdated"}
    done = aiblog("translate-sync", "queue", folder=blog)
    assert (done.returncode, states(blog)) == (0, {ZH: "current"}), done.stderr


def test_editing_the_translation_never_makes_it_current(blog: Path) -> None:
    changed(blog, ZH, "一二三", "一二三四")
    assert states(blog) == {ZH: "current"}
    changed(blog, EN, "One", "A")
    for old, new in (("一二三四", "五"), ("- 乙", "- 丙"), ("# 队列", "# 新队列")):
        changed(blog, ZH, old, new)
        committed(blog, "Edit the translation")
        assert states(blog) == {ZH: "outdated"}


def test_a_folder_that_is_renamed_keeps_its_states(blog: Path) -> None:
    git(blog, "mv", "posts/2026-02-25", "posts/2026-03-01")
    moved = ZH.replace("2026-02-25", "2026-03-01")
    assert states(blog) == {moved: "current"}
    committed(blog, "Another day")
    assert states(blog) == {moved: "current"}
    changed(blog, EN.replace("2026-02-25", "2026-03-01"), "One", "A")
    assert states(blog) == {moved: "outdated"}


def test_a_source_that_goes_alone_is_found_by_its_text(blog: Path) -> None:
    (blog / "posts/2026-03-01").mkdir()
    git(blog, "mv", EN, "posts/2026-03-01/queues.md")
    found = stand(blog)
    own = [each for each in found if each.target and each.target.path == ZH]
    assert [(each.state, each.source.path) for each in own] == [("moved", "posts/2026-03-01/queues.md")]
    assert "queues" not in {each.post.slug for each in found}  # its translation is there, in another place
    (blog / "posts/2026-03-02").mkdir()
    shutil.copy(blog / "posts/2026-03-01/queues.md", blog / "posts/2026-03-02/copy.md")
    assert states(blog) == {ZH: "ambiguous"}


def test_what_status_calls_moved_its_next_command_mends(blog: Path) -> None:
    git(blog, "mv", EN, EN.replace("queue.md", "queue_en.md"))
    assert states(blog) == {ZH: "moved"}
    row = next(line for line in aiblog("status", folder=blog).stdout.split("\n") if "moved" in line)
    if "aiblog check --fix" in row:
        assert aiblog("check", "--fix", "queue", folder=blog).returncode in {0, 1}
    else:
        assert row.endswith("edit .aiblog/translations.yaml")
        changed(blog, ".aiblog/translations.yaml", "./queue.md", "./queue_en.md")
    assert states(blog) == {ZH: "current"}


def test_a_shallow_clone_and_a_plain_copy_say_the_same(blog: Path, tmp_path: Path) -> None:
    git(blog, "clone", "--quiet", "--depth", "1", f"file://{blog}", str(tmp_path / "shallow"))
    assert states(tmp_path / "shallow") == {ZH: "current"}
    changed(blog, EN, "One", "A")
    committed(blog, "Edit")
    git(blog, "clone", "--quiet", "--depth", "1", f"file://{blog}", str(tmp_path / "later"))
    assert states(tmp_path / "later") == {ZH: "outdated"}
    shutil.copytree(blog, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    assert states(tmp_path / "copy") == {ZH: "outdated"}


def test_a_checkout_with_crlf_is_as_current_as_any(blog: Path) -> None:
    for path in (EN, ZH):
        place = blog / path
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(blog / EN, (0, 0))
    assert states(blog) == {ZH: "current"}


def test_a_pin_of_an_unknown_version_is_untracked_and_a_sync_replaces_it(blog: Path) -> None:
    place = blog / ZH if "source_hash" in (blog / ZH).read_text() else blog / ".aiblog/translations.yaml"
    place.write_text(place.read_text().replace("v1-", "v2-"))
    assert states(blog) == {ZH: "untracked"}
    assert aiblog("translate-sync", "queue", folder=blog).returncode == 0
    assert (states(blog), "v1-" in place.read_text()) == ({ZH: "current"}, True)
