"""Errors as they read from where the person is: paths, and hints that are pasted there."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.cli.output import Run
from aiblog.cli.told import tell_from
from aiblog.errors import AGAIN, AiblogError

POST = "posts/2026-02-25/a b.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    (tmp_path / "posts/2026-02-25").mkdir(parents=True)
    (tmp_path / "aiblog.yaml").write_text("posts: posts\n")
    (tmp_path / POST).write_text("")
    return tmp_path


def told(error: AiblogError, run: Run) -> tuple[str, ...]:
    tell_from(error, run)
    return (error.message, *error.hints)


def test_paths_in_a_sentence_are_relative_to_the_folder_the_person_is_in(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blog / "posts")
    sentence = f'aiblog.yaml:3: "{POST}" and "posts" are there already: {blog}/x'
    (message,) = told(AiblogError("conflict", sentence), Run(blog / "posts"))
    assert message == f'../aiblog.yaml:3: "2026-02-25/a b.md" and "posts" are there already: {blog}/x'


def test_json_keeps_paths_relative_to_the_root(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(blog / "posts")
    assert told(AiblogError("conflict", f'"{POST}"'), Run(blog / "posts", json=True)) == (f'"{POST}"',)


def test_a_file_to_edit_is_a_command_that_opens_the_editor(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(blog / "posts")
    hints = ("edit aiblog.yaml:3", f"edit {POST}:12", f"edit aiblog.yaml '{POST}'")
    assert told(AiblogError("conflict", "", *hints), Run(blog / "posts"))[1:] == (
        "${EDITOR:-vi} ../aiblog.yaml",
        "${EDITOR:-vi} '2026-02-25/a b.md'",
        "${EDITOR:-vi} ../aiblog.yaml '2026-02-25/a b.md'",
    )


def test_with_dash_c_a_hint_says_it_too(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(blog.parent)
    name = blog.name
    hints = (
        "aiblog list",
        "git add aiblog.yaml",
        f"rm '{POST}' && aiblog translate-stub x --to zh",
        f"aiblog publish -C {name} x",
        f"{AGAIN} --yes",
    )
    assert told(AiblogError("conflict", "", *hints), Run(blog))[1:] == (
        f"aiblog list -C {name}",
        f"git -C {name} add aiblog.yaml",
        f"rm '{name}/{POST}' && aiblog translate-stub -C {name} x --to zh",
        f"aiblog publish -C {name} x",
        f"{AGAIN} --yes",
    )
