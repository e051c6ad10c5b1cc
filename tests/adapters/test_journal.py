"""The journal on the disk: whose it is, what is kept, and what stands in a run's way."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from aiblog.adapters import files, journal, turns, writing
from aiblog.adapters.git import opened
from aiblog.adapters.turns import taken_turn
from aiblog.core import operation_record
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.operation import Step
from aiblog.errors import AiblogError
from support.program import AIBLOG, aiblog
from support.repositories import git, made_blog, state


def place_of(blog: Path) -> journal.Place:
    place = journal.find_place(blog)
    assert place is not None
    return place


def written(blog: Path, path: str, text: bytes = b"x\n") -> None:
    """One operation that writes a file."""
    with journal.journalled(["aiblog", "new"]):
        files.apply(blog, ChangeSet.of([FileChange(path, None, text)]))


def numbers(blog: Path) -> list[int]:
    return [each.number for each in journal.operations(place_of(blog))[0]]


def test_it_lies_where_git_says_and_nobody_else_reads_it(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    git(blog, "worktree", "add", "--quiet", str(tmp_path / "linked"))
    for root in (blog, tmp_path / "linked"):
        said = git(root, "rev-parse", "--path-format=absolute", "--git-path", "aiblog")
        assert place_of(root).folder == Path(said)
        assert place_of(root / "posts").folder == Path(said)
        written(root, "a.md")
        assert Path(said).stat().st_mode & 0o077 == 0
        assert (Path(said) / "1.done").stat().st_mode & 0o077 == 0
    git(blog, "init", "--quiet", "--separate-git-dir", str(tmp_path / "apart"))
    assert place_of(blog).folder == tmp_path / "apart/aiblog"
    assert journal.find_place(tmp_path) is None
    (tmp_path / "no/.git").mkdir(parents=True)
    assert journal.find_place(tmp_path / "no") is None


def test_the_oldest_go_by_number_age_and_size_and_the_last_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = made_blog(tmp_path / "blog")
    monkeypatch.setattr(journal, "KEPT", 3)
    for number in range(5):
        written(blog, f"{number}.md")
    assert numbers(blog) == [5, 4, 3]
    old = place_of(blog).folder / "4.done"
    then = time.time() - (journal.DAYS + 1) * 86400
    os.utime(old, (then, then))
    written(blog, "5.md")
    assert numbers(blog) == [6, 5]
    monkeypatch.setattr(journal, "SIZE", 1000)
    written(blog, "large.md", b"x" * 2000)
    assert numbers(blog) == [7]
    written(blog, "8.md")
    assert numbers(blog) == [8]


def test_an_entry_that_is_open_stays_however_old_it_is(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    with journal.journalled(["aiblog", "new"]):
        files.apply(blog, ChangeSet.of([FileChange("a.md", None, b"x")]))
        entry = place_of(blog).folder / "1.open"
        os.utime(entry, (0, 0))
        for name in ("b", "c"):
            subprocess.run([AIBLOG, "new", name, "--slug", name, "--date", "2026-02-25"], cwd=blog, check=True)
        assert entry.exists()


def test_what_was_put_back_leaves_no_entry(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    with journal.journalled(["aiblog"]) as run:
        done = files.apply(blog, ChangeSet.of([FileChange("a.md", None, b"x")]))
        files.apply(blog, done.reversed())
    assert not run.wrote
    assert numbers(blog) == []
    assert os.listdir(place_of(blog).folder) == []


def test_a_write_that_fails_leaves_no_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = made_blog(tmp_path / "blog")
    changes = ChangeSet.of([FileChange("a.md", None, b"x"), FileChange("notes.txt", b"one\ntwo\n", b"")])
    monkeypatch.setattr(writing, "_require_unchanged", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(AiblogError), journal.journalled(["aiblog"]):
        files.apply(blog, changes)
    assert os.listdir(place_of(blog).folder) == []


def test_a_damaged_entry_is_said_and_left_out(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    for name in ("a.md", "b.md"):
        written(blog, name)
    entry = place_of(blog).folder / "2.done"
    entry.write_bytes(entry.read_bytes().replace(b"b.md", b"c.md"))
    (place_of(blog).folder / "3.open").write_bytes(b"\xff" * 50)
    ended = aiblog("log", folder=blog)
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 1)
    assert '"2.done" cannot be read' in ended.stderr
    ended = aiblog("undo", "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert '"3.open" cannot be read' in ended.stderr
    assert not (blog / "a.md").exists()
    assert (blog / "b.md").exists()
    assert "3.open" not in aiblog("undo", "--yes", folder=blog).stderr


@pytest.mark.parametrize("path", ["../outside.md", "/tmp/outside.md", "link/outside.md", ".git/config"])
def test_an_entry_that_leads_out_of_the_blog_is_refused(path: str, tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (tmp_path / "outside").mkdir()
    (blog / "link").symlink_to(tmp_path / "outside")
    written(blog, "a.md")
    for state_of, change in (("done", (b"x", None)), ("open", (None, b"x"))):
        shutil.rmtree(place_of(blog).folder)
        place_of(blog).folder.mkdir(mode=0o700)
        data = operation_record.begun(0, 1, ["aiblog"], "", None)
        data += operation_record.planned(Step((FileChange("b.md", None, b"x"), FileChange(path, *change))))
        (place_of(blog).folder / f"1.{state_of}").write_bytes(data)
        (blog / "b.md").write_bytes(b"x")
        before = state(blog)
        ended = aiblog("undo", "1", "--yes", folder=blog)
        assert ended.returncode == 3, ended.stderr
        assert "Traceback" not in ended.stderr
        assert state(blog) == before
        assert os.listdir(tmp_path / "outside") == []
        assert not (tmp_path / "outside.md").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_the_journal_of_somebody_else_is_neither_written_nor_believed(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    written(blog, "a.md")
    os.chown(place_of(blog).folder / "1.done", 12345, 12345)
    assert journal.operations(place_of(blog)) == ([], ["1.done"])
    os.chown(blog / ".git", 12345, 12345)
    written(blog, "b.md")
    assert os.listdir(place_of(blog).folder) == ["1.done"]
    for command in (("log",), ("undo", "--yes")):
        ended = aiblog(*command, folder=blog)
        assert ended.returncode == 3
        assert "belongs to somebody else" in ended.stderr


def test_a_journal_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (tmp_path / "elsewhere").mkdir()
    place_of(blog).folder.symlink_to(tmp_path / "elsewhere")
    written(blog, "a.md")
    assert (blog / "a.md").exists()
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_turn_that_does_not_come_names_who_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = opened(made_blog(tmp_path / "blog"))
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with journal.journalled(["aiblog", "publish", "文章"]):
        journal.planned(repository.root, Step((FileChange("a.md", None, b"x"),)))
        monkeypatch.setattr(journal, "number_now", lambda: None)  # as another process sees it
        other = os.open(repository.git_dir, os.O_RDONLY)
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(AiblogError) as raised, taken_turn(repository):
            pass
        os.close(other)
    assert f'(process {os.getpid()}, "aiblog publish 文章")' in raised.value.message


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = made_blog(tmp_path / "blog")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal.os, "write", full)
    with pytest.raises(AiblogError) as raised, journal.journalled(["aiblog"]):
        files.apply(blog, ChangeSet.of([FileChange("a.md", None, b"x")]))
    assert raised.value.code == "output-failed"
    assert not (blog / "a.md").exists()
