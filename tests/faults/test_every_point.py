"""Case 11: every command that writes, hurt at every point of every layer: the invariants I1 to I4 hold after each.

`make faults` tries all points, `make test` some of each command.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pytest

from faults.conftest import Tally
from support.faults import FULL, KILLED, Scenario, Undisturbed, assert_said, assert_survived, undisturbed
from support.layers import (
    Point,
    copy_of,
    file_operations,
    folders,
    full_disk,
    git_calls,
    no_other_user,
    strace_lacks,
    system_calls,
)
from support.scenarios import DRAFTING, MENDING, MOVING, PUBLISHING, UNDOING, WRITING


class Layer(NamedTuple):
    """A way to hurt: its points for a scenario; in a bounded run `some` of those `often` hurt; why it is missing."""

    name: str
    points: Callable[[Undisturbed], Sequence[Point]]
    scenarios: Sequence[Scenario]
    often: Sequence[Scenario]
    some: int = 2
    lacks: Callable[[], str | None] = lambda: None


FEW = [
    *(DRAFTING[each] for each in (0, 6)),
    *(PUBLISHING[each] for each in (0, 1, 5, 8)),
    *MENDING,
    *(MOVING[each] for each in (0, 1, 2)),
    *(UNDOING[each] for each in (0, 4)),
]
LAYERS = [
    Layer("file operations", file_operations, WRITING, FEW),
    Layer("git", git_calls, WRITING, [PUBLISHING[0], PUBLISHING[5], MOVING[1], UNDOING[4]]),
    Layer("system calls", system_calls, FEW, [DRAFTING[0], PUBLISHING[0], MENDING[1]], 4, strace_lacks),
    Layer("full disk", full_disk, FEW, [DRAFTING[0], PUBLISHING[1]]),
    Layer("read-only", folders, FEW, [DRAFTING[6], PUBLISHING[0]], 2, no_other_user),
]
TABLE = [
    pytest.param(layer, scenario, id=f"{layer.name}-{scenario.name}", marks=pytest.mark.xdist_group(scenario.name))
    for scenario in [*FEW, *(each for each in WRITING if each not in FEW)]
    for layer in LAYERS
    if scenario in (layer.scenarios if FULL else layer.often)
]


@pytest.mark.parametrize(("layer", "scenario"), TABLE)
def test_after_a_fault_all_is_old_or_new_and_the_next_run_completes_it_or_takes_it_back(
    layer: Layer, scenario: Scenario, tally: Tally
) -> None:
    if reason := layer.lacks():
        pytest.skip(reason)
    known = undisturbed(scenario)
    points = layer.points(known)
    tried, failures = 0, []
    for point in points if FULL else chosen(points, layer.some, len(scenario.name)):
        with copy_of(known) as blog:
            try:
                done = point.hit(blog)
                if done is None:
                    continue
                tried += 1
                if not point.killed or done.returncode != KILLED:
                    assert_said(done, blog, known)
                killed = done.returncode == KILLED
                assert_survived(blog, known, killed=killed, undoable=point.undoable)
            except AssertionError as error:
                failures.append(f"{point.name}: {error}")
    tally(scenario.command, layer.name, tried, len(failures))
    if failures:
        pytest.fail(f"{len(failures)} of {tried} points\n\n" + "\n\n".join(failures[:5]), pytrace=False)
    assert tried or not points


def chosen(points: Sequence[Point], count: int, seed: int) -> Sequence[Point]:
    """That many points, each in a part of its own; others for another seed."""
    size = max(1, len(points) // count)
    return [points[start + seed % size] for start in range(0, len(points) - size + 1, size)][:count]
