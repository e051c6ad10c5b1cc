"""A run that was killed is seen to by the next one, whatever that does; what it then is can be taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aiblog.adapters import journal
from aiblog.core import operation_record
from aiblog.core.changes import FileChange
from aiblog.core.operation import Step
from support.faults import (
    FULL,
    KILLED,
    Scenario,
    Undisturbed,
    assert_all_done,
    assert_converges,
    assert_old_or_new,
    copied,
    git_killed_at,
    killed_at,
    points,
    remove_locks,
    run,
    undisturbed,
)
from support.program import aiblog
from support.repositories import assert_sound, git, made_blog, state
from support.scenarios import DRAFTING, PUBLISHING, UNDOING

ANOTHER = ("index", "--resolve")
"""A command that writes, and finds nothing to do."""


def seen_to(blog: Path, known: Undisturbed) -> None:
    """Another command completes or forgets what is left; then all operations are taken back, and nothing is changed."""
    done = run(ANOTHER, blog)
    assert done.returncode == 0, done.stderr
    assert "left as it is" not in done.stderr
    place = blog / ".git/aiblog"
    names = sorted(os.listdir(place)) if place.is_dir() else []
    assert not [name for name in names if name.endswith((".open", ".left"))]
    assert_old_or_new(blog, known)
    now = state(blog)
    assert now.files in (known.before.files, known.after.files)
    for _ in names:
        done = run(("undo", "--yes"), blog)
        assert done.returncode == 0, done.stderr
    back = state(blog)
    assert (back.files, back.staged, back.head) == (known.before.files, known.before.staged, known.before.head)
    made_for_hooks = dict.fromkeys(known.after.refs, known.before.refs["refs/heads/main"])
    assert {**made_for_hooks, **back.refs} == {**made_for_hooks, **known.before.refs}


@pytest.mark.parametrize("scenario", [*DRAFTING, *PUBLISHING], ids=lambda each: each.name)
def test_a_killed_run_is_completed_or_forgotten_by_any_other_and_goes_back_whole(
    scenario: Scenario, tmp_path: Path
) -> None:
    known = undisturbed(scenario, tmp_path)
    every = scenario.every + 6
    tried = 0
    for number in points(every=every, first=(3 * len(scenario.name)) % every + 1):
        blog = copied(known.blog, tmp_path / str(number) / "blog")
        if run(scenario.arguments, blog, killed_at(number, tmp_path)).returncode != KILLED:
            break
        try:
            seen_to(blog, known)
        except AssertionError as error:
            raise AssertionError(f"{scenario.name}, killed at step {number}: {error}") from error
        tried += 1
    assert tried


@pytest.mark.parametrize("scenario", UNDOING, ids=lambda each: each.name)
def test_an_undo_killed_at_any_step_is_completed_by_the_next_one(scenario: Scenario, tmp_path: Path) -> None:
    known = undisturbed(scenario, tmp_path)
    tried = 0
    for number in points(every=scenario.every, first=len(scenario.name) % scenario.every + 1):
        blog = copied(known.blog, tmp_path / str(number) / "blog")
        done = run(scenario.arguments, blog, killed_at(number, tmp_path))
        if done.returncode != KILLED:
            break
        try:
            assert_old_or_new(blog, known)
            assert_converges(scenario, blog, known)
        except AssertionError as error:
            raise AssertionError(f"{scenario.name}, killed at step {number}: {error}") from error
        tried += 1
    assert done.returncode == 0, done.stderr
    assert tried


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_git_killed_in_an_undo_is_a_failure_that_is_said_and_the_next_one_completes_it(
    when: str, tmp_path: Path
) -> None:
    scenario = UNDOING[-1]
    known = undisturbed(scenario, tmp_path)
    for number in range(1, 40, 1 if FULL else 5):
        blog = copied(known.blog, tmp_path / str(number) / "blog")
        done = run(scenario.arguments, blog, git_killed_at(number, when, tmp_path))
        try:
            assert "bug in aiblog" not in done.stderr
            if done.returncode == 0:
                assert_all_done(blog, known)
            assert_old_or_new(blog, known)
            remove_locks(blog)
            assert_converges(scenario, blog, known)
        except AssertionError as error:
            raise AssertionError(f"git killed {when} call {number}: {error}") from error


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
