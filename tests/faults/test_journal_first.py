"""Case 11: before a run changes anything, its entry in the journal is on the disk, as system calls show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.faults import Scenario, run
from support.layers import strace_lacks
from support.scenarios import DRAFTING, MENDING, MOVING, PUBLISHING, UNDOING

TRACED = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,unlink,unlinkat,rmdir"


def calls(trace: str, blog: Path) -> Iterator[tuple[str, str, bool]]:
    """The calls that have to do with the blog, but for new objects of git's: name, what with, whether the journal."""
    for line in trace.splitlines():
        found = re.match(r"\d+ +(\w+)\((.*)", line)
        if found and str(blog) in found[2] and "/.git/objects/" not in found[2]:
            yield found[1], found[2], "/.git/aiblog" in found[2]


@pytest.mark.parametrize(
    "scenario",
    [DRAFTING[0], DRAFTING[2], PUBLISHING[0], PUBLISHING[5], MENDING[1], MOVING[1], UNDOING[0], UNDOING[4]],
    ids=lambda each: each.name,
)
def test_the_journal_is_on_the_disk_before_anything_changes(scenario: Scenario, tmp_path: Path) -> None:
    if reason := strace_lacks():
        pytest.skip(reason)
    blog, trace = tmp_path / "blog", tmp_path / "trace"
    scenario.made(blog)
    recorder = ("strace", "-f", "-qq", "-y", "-e", f"trace={TRACED}", "-o", str(trace))
    assert run(scenario.arguments, blog, before=recorder).returncode == 0
    begun, waiting, changes = False, set(), 0
    for name, what, of_journal in calls(trace.read_text(errors="replace"), blog):
        if not of_journal:
            for_hooks = "/.git/worktrees" in what or (not begun and re.search(r"/\.git/(logs/)?refs", what))
            if for_hooks or name in {"fsync", "fdatasync"}:
                continue  # a work tree and a branch for hooks to see
            assert begun, f"{name}({what}) without a journal"
            assert not waiting, f"{name}({what}) before {waiting} of the journal was flushed"
            changes += 1
        elif name.startswith(("write", "pwrite")):
            waiting.add("what was written")
        elif ".open" in what and name.startswith(("link", "rename")):
            if ".done" in what:
                break
            begun = True
            assert "what was written" not in waiting
            waiting.add("the name")
        elif name == "fsync":
            waiting.discard("the name" if re.search(r"/aiblog>", what) else "what was written")
    assert begun
    assert changes
