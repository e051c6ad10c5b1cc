"""One run at a time moves a branch, the index, HEAD and the disk."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from aiblog.adapters import turns
from aiblog.adapters.git import opened
from aiblog.adapters.turns import taken_turn
from aiblog.errors import AiblogError
from support.repositories import made_blog


def test_a_turn_that_does_not_come_is_busy_and_one_that_does_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = opened(made_blog(tmp_path / "blog"))
    before = sorted(os.listdir(repository.git_dir))
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    other = os.open(repository.git_dir, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(AiblogError, match="another aiblog is at work") as raised, taken_turn(repository):
        pass
    assert raised.value.code == "busy"
    os.close(other)
    with taken_turn(repository):
        assert sorted(os.listdir(repository.git_dir)) == before
    with taken_turn(repository):
        pass
