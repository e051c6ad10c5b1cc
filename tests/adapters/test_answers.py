"""Answers of an interrupted run: kept for each blog, private, and never a reason to fail."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from platformdirs import user_state_path

from aiblog.adapters import answers


def stored() -> list[Path]:
    return sorted(user_state_path("aiblog", appauthor=False).glob("*"))


def test_answers_are_kept_for_each_blog_and_forgotten(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "贰"
    assert answers.kept(one) == {}
    assert answers.keep(one, {"title": "一", "tag": ["a", "b"]})
    assert answers.keep(two, {"title": "2"})
    assert answers.kept(one) == {"title": "一", "tag": ["a", "b"]}
    assert [stat.S_IMODE(path.stat().st_mode) for path in stored()] == [0o600, 0o600]
    answers.forget(one)
    answers.forget(one)
    assert answers.kept(one) == {}
    assert answers.kept(two) == {"title": "2"}
    assert not list(tmp_path.iterdir()), "nothing is kept in the blog itself"


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"a": 1, "b": {"c": 2}, "d": [3]}'])
def test_damage_is_no_answer(tmp_path: Path, data: bytes) -> None:
    answers.keep(tmp_path, {"title": "x"})
    stored()[0].write_bytes(data)
    assert answers.kept(tmp_path) == {}


def test_a_place_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert not answers.keep(tmp_path, {"title": "x"})
    assert answers.kept(tmp_path) == {}
    answers.forget(tmp_path)
