"""What killed runs have left is completed by the next run that writes, or left and said."""

from __future__ import annotations

from pathlib import Path

from aiblog.adapters import journal
from aiblog.core import operation_record
from aiblog.core.changes import FileChange
from aiblog.core.operation import Step
from support.faults import ANOTHER
from support.program import aiblog
from support.repositories import assert_sound, git, made_blog, state


def left_open(blog: Path, step: Step, command: str = "new") -> Path:
    """The entry of a run that was killed before it did anything of that step."""
    folder = blog / ".git/aiblog"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / "1.open"
    path.write_bytes(operation_record.begun(0, 1, ["aiblog", command], "", None) + operation_record.planned(step))
    return path


def test_what_differs_from_before_and_after_is_left_and_said_once(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (blog / "a.md").write_text("又一篇\n")
    left_open(blog, Step((FileChange("a.md", None, b"x"), FileChange("b.md", None, b"x"))))
    before = state(blog)
    assert '"a.md" has been edited since' in aiblog(*ANOTHER, folder=blog).stderr
    assert state(blog) == before
    assert "Note" not in aiblog(*ANOTHER, folder=blog).stderr
    assert "half done" in aiblog("log", folder=blog).stdout


def test_commands_that_only_read_change_nothing(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (blog / "a.md").write_text("x")
    entry = left_open(blog, Step((FileChange("a.md", None, b"x"), FileChange("b.md", None, b"x"))))
    before = state(blog)
    for command in ("list", "status", "check", "log", "tags", "doctor"):
        aiblog(command, folder=blog)
    aiblog("new", "A post", "--dry-run", folder=blog)
    assert state(blog) == before
    assert entry.exists()
    ended = aiblog(*ANOTHER, folder=blog)
    assert '"aiblog new" (operation 1), which was killed, is completed' in ended.stderr
    assert (blog / "b.md").read_text() == "x"


def test_a_run_that_is_at_work_is_left_alone(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    with journal.journalled(["aiblog", "new"]):
        journal.planned(blog, Step((FileChange("a.md", None, b"x"), FileChange("b.md", None, b"x"))))
        (blog / "a.md").write_text("x")
        ended = aiblog(*ANOTHER, folder=blog)
        assert (ended.returncode, ended.stderr) == (0, "No index has a conflict.\n")
        assert not (blog / "b.md").exists()
        ended = aiblog("undo", "--yes", folder=blog)
        assert ended.returncode == 3
        assert "is at work" in ended.stderr
    assert git(blog, "status", "--porcelain") == "?? a.md"
    assert_sound(blog)
