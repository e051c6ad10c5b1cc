"""Case 18: files: no link is followed, what is written is whole or not there, nobody else's bytes are lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aiblog.adapters import files
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.errors import AiblogError


def written(root: Path, **texts: str) -> None:
    changes = [FileChange(path, files.read(root, path), text.encode()) for path, text in texts.items()]
    files.apply(root, ChangeSet.of(changes))


def names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/passwd", ""])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(AiblogError) as caught:
        files.read(tmp_path, path)
    assert caught.value.code == "unsafe-path"


def test_links_devices_and_other_repositories_are_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "sub/.git").mkdir(parents=True)
    outside.mkdir()
    (outside / "a.md").write_text("theirs")
    (root / "folder").symlink_to(outside)
    (root / "link.md").symlink_to(outside / "a.md")
    os.mkfifo(root / "fifo.md")
    (root / "file").write_text("x")
    for path in ("folder/a.md", "folder/new.md", "link.md", "fifo.md", "file/a.md", "sub/a.md"):
        for act in (lambda path: files.read(root, path), lambda path: files.require_safe(root, path)):
            with pytest.raises(AiblogError) as caught:
                act(path)
            assert caught.value.code == "unsafe-path"
    for path in ("folder", "fifo.md", "file"):
        with pytest.raises(AiblogError):
            files.require_safe(root, path, folder=True)
    assert (outside / "a.md").read_text() == "theirs"


def test_new_folders_and_files_appear_with_everything_in_them(tmp_path: Path) -> None:
    written(tmp_path, **{"a/b/c.md": "c", "a/b/d.md": "d", "e.md": "e"})
    assert names(tmp_path) == ["a", "a/b", "a/b/c.md", "a/b/d.md", "e.md"]


def test_a_file_that_changes_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "a.md").chmod(0o640)
    written(tmp_path, **{"a.md": "new"})
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_a_file_that_was_saved_meanwhile_is_left_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    plan = ChangeSet((FileChange("new/b.md", None, b"b"), FileChange("a.md", b"old", b"new")))
    (tmp_path / "a.md").write_text("saved meanwhile")
    with pytest.raises(AiblogError) as caught:
        files.apply(tmp_path, plan)
    assert caught.value.code == "conflict"
    assert (tmp_path / "a.md").read_text() == "saved meanwhile"
    assert names(tmp_path) == ["a.md"]


def test_what_was_written_before_a_failure_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "b.md").write_text("old")
    plan = ChangeSet(
        (FileChange("a.md", b"old", b"new"), FileChange("n/c.md", None, b"c"), FileChange("b.md", b"old", b"x"))
    )
    real, calls = os.fsync, iter(range(100))

    def full_disk(descriptor: int) -> None:
        if next(calls) == 5:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(AiblogError) as caught:
        files.apply(tmp_path, plan)
    assert caught.value.code == "output-failed"
    assert (tmp_path / "a.md").read_text() == "old"
    assert (tmp_path / "b.md").read_text() == "old"
    assert not (tmp_path / "n/c.md").exists()
    assert not list(tmp_path.rglob(".*"))


def test_a_folder_that_appears_meanwhile_gets_the_files_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "rename", real)
        target.mkdir()
        (target / "other.md").write_text("another run's")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    written(tmp_path, **{"d/a.md": "a", "d/sub/b.md": "b"})
    assert names(tmp_path) == ["d", "d/a.md", "d/other.md", "d/sub", "d/sub/b.md"]


def test_what_a_killed_run_left_aside_goes_and_what_a_running_one_has_stays(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    dead = done.stdout.strip()
    (tmp_path / f".d.aiblog-{dead}/sub").mkdir(parents=True)
    (tmp_path / f".a.md.aiblog-{dead}").write_text("half")
    (tmp_path / f".a.md.aiblog-{os.getppid()}").write_text("another's")
    (tmp_path / ".a.md.aiblog-x").write_text("the author's")
    written(tmp_path, **{"d/b.md": "b", "a.md": "a"})
    assert names(tmp_path) == [".a.md.aiblog-" + str(os.getppid()), ".a.md.aiblog-x", "a.md", "d", "d/b.md"]


def test_a_removed_file_takes_its_empty_folder_along(tmp_path: Path) -> None:
    written(tmp_path, **{"d/a.md": "a"})
    files.apply(tmp_path, ChangeSet((FileChange("d/a.md", b"a", None),)))
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["a\0b", "长" * 300])
def test_a_name_that_no_file_can_have_is_not_there(tmp_path: Path, name: str) -> None:
    assert files.names_in(tmp_path, name) == []
    assert files.kind_of(tmp_path, f"{name}/c.md") is None
    assert files.find(tmp_path, f"{name}/c.md") is None
    with pytest.raises(AiblogError) as refusal:
        files.read(tmp_path, name)
    assert refusal.value.code == "unsafe-path"


def test_a_finder_of_many_files_sees_what_one_look_at_each_would(tmp_path: Path) -> None:
    root = tmp_path / "blog"
    for folder in ("a/b", "own/.git", "out"):
        (root / folder).mkdir(parents=True)
    for path in ("top.md", "a/one.md", "a/b/二.md", "own/x.md"):
        (root / path).write_text(path, encoding="utf-8")
    (tmp_path / "secret.md").write_text("secret")
    (root / "a/link.md").symlink_to(root / "top.md")
    (root / "a/away").symlink_to(tmp_path)
    os.mkfifo(root / "a/pipe.md")
    paths = ["top.md", "a/one.md", "a/b/二.md", "a/b/none.md", "none/x.md", "own/x.md", "a/link.md", "a/away/secret.md"]
    paths += [
        "../secret.md",
        "a/../../secret.md",
        "a/b/..",
        f"{tmp_path}/secret.md",
        "a",
        "a/",
        "",
        ".",
        "a/pipe.md",
        "a/\0",
    ]
    for order in (paths, paths[::-1]):
        find = files.finder(root)
        assert [find(path) for path in order] == [files.find(root, path) for path in order]
    assert files.finder(root)("a/b/二.md") == "a/b/二.md".encode()


def test_a_link_out_of_the_blog_is_not_looked_behind(tmp_path: Path) -> None:
    root = tmp_path / "blog"
    (root / "a").mkdir(parents=True)
    (tmp_path / "blog-2").mkdir()
    (tmp_path / "blog-2/秘密.md").write_text("secret")
    (root / "a/away").symlink_to(tmp_path / "blog-2")
    (root / "a/within").symlink_to(root / "a")
    (root / "a/nowhere").symlink_to(root / "none")
    assert files.names_in(root, "a/away") == files.names_in(root, "..") == []
    assert [files.kind_of(root, f"a/{name}") for name in ("away", "away/秘密.md", "away/none")] == ["file"] * 3
    assert [files.kind_of(root, f"a/{name}") for name in ("within", "within/away", "nowhere")] == [
        "folder",
        "file",
        None,
    ]
