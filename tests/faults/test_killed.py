"""Case 11: SIGKILL at the n-th file operation or start of a process; git killed before and after each of its calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.faults import (
    KILLED,
    Scenario,
    assert_all_done,
    assert_converges,
    assert_old_or_new,
    calls,
    copied,
    git_killed_at,
    killed_at,
    points,
    remove_locks,
    run,
    undisturbed,
)
from support.scenarios import DRAFTING, PUBLISHING


@pytest.mark.parametrize("scenario", [*DRAFTING, *PUBLISHING], ids=lambda each: each.name)
def test_a_run_killed_at_any_step_leaves_old_or_new_and_the_next_one_completes_it(
    scenario: Scenario, tmp_path: Path
) -> None:
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
@pytest.mark.parametrize("scenario", PUBLISHING, ids=lambda each: each.name)
def test_a_git_killed_at_any_call_is_a_failure_that_is_said_and_the_next_run_completes_it(
    scenario: Scenario, when: str, tmp_path: Path
) -> None:
    known = undisturbed(scenario, tmp_path)
    tried = 0
    for number in points(every=19, first=(len(scenario.name) + 3 * len(when)) % 19 + 1):
        blog = copied(known.blog, tmp_path / str(number) / "blog")
        done = run(scenario.arguments, blog, git_killed_at(number, when, tmp_path))
        if calls(tmp_path) < number:
            break
        try:
            assert "bug in aiblog" not in done.stderr
            assert done.returncode in (0, 3, 4), done.stderr
            if done.returncode == 0:  # git hung up after its work, or in the clearing up
                assert_all_done(blog, known)
            assert_old_or_new(blog, known)
            remove_locks(blog)
            assert_converges(scenario, blog, known)
        except AssertionError as error:
            raise AssertionError(f"{scenario.name}, git killed {when} call {number}: {error}") from error
        tried += 1
    assert done.returncode == 0, done.stderr
    assert tried
