"""Plans with files that move: modes, emptied folders, names that differ by case alone, failures, kills."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from aiblog.adapters import files, journal
from aiblog.core import operation_record
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.operation import Step
from aiblog.errors import AiblogError
from support.case_insensitive import case_insensitive
from support.faults import ANOTHER
from support.program import aiblog
from support.repositories import git


def tree(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every file and folder below `root`, git's apart, as it is spelled: mode and bytes."""
    paths = (path for path in root.rglob("*") if ".git" not in path.relative_to(root).parts)
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mode & 0o777, path.read_bytes() if path.is_file() else None)
        for path in paths
    }


def made(root: Path, texts: dict[str, bytes], modes: dict[str, int] | None = None) -> Path:
    for path, data in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    for path, mode in (modes or {}).items():
        (root / path).chmod(mode)
    return root


def moved(old: str, new: str, before: bytes, after: bytes | None = None) -> list[FileChange]:
    return [FileChange(new, None, before if after is None else after, old), FileChange(old, before, None)]


TEXTS = {
    "posts/2026-01-10/长文.md": b"1\n",
    "posts/2026-01-10/run.sh": b"#!/bin/sh\n",
    "posts/2026-01-10/images/图.png": bytes(range(256)),
    "posts/README.md": b"index\n",
}
MODES = {"posts/2026-01-10/run.sh": 0o755, "posts/2026-01-10/长文.md": 0o640, "posts/2026-01-10/images/图.png": 0o444}
ARCHIVED = ChangeSet.of(
    [
        *moved("posts/2026-01-10/长文.md", "archive/2026/2026-01-10/长文.md", b"1\n", b"2\n"),
        *moved("posts/2026-01-10/run.sh", "archive/2026/2026-01-10/run.sh", b"#!/bin/sh\n"),
        *moved("posts/2026-01-10/images/图.png", "archive/2026/2026-01-10/images/图.png", bytes(range(256))),
        FileChange("posts/README.md", b"index\n", b"less\n"),
    ]
)


def test_what_moves_keeps_its_mode_there_and_back_and_emptied_folders_go(tmp_path: Path) -> None:
    root = made(tmp_path, TEXTS, MODES)
    before = tree(root)
    files.apply(root, ARCHIVED)
    after = tree(root)
    assert {path for path in after if not path.startswith("archive")} == {"posts", "posts/README.md"}
    for path, mode in MODES.items():
        assert after[path.replace("posts", "archive/2026")][0] == mode
    assert after["archive/2026/2026-01-10/长文.md"][1] == b"2\n"
    files.apply(root, ARCHIVED.reversed())
    assert tree(root) == before
    files.apply(root, ARCHIVED.reversed().reversed())
    assert tree(root) == after


def test_a_folder_that_holds_anything_stays_and_so_does_the_root(tmp_path: Path) -> None:
    root = made(tmp_path, {"a/b/c.md": b"1", "a/.DS_Store": b"x", "d/e/f.md": b"1"})
    files.apply(root, ChangeSet.of([FileChange("a/b/c.md", b"1", None), FileChange("d/e/f.md", b"1", None)]))
    assert sorted(tree(root)) == ["a", "a/.DS_Store"]
    files.apply(root, ChangeSet.of([FileChange("a/.DS_Store", b"x", None)]))
    assert root.is_dir()


def test_a_file_may_move_to_where_another_moves_away_from(tmp_path: Path) -> None:
    root = made(tmp_path, {"a": b"1", "b": b"2"}, {"a": 0o755, "b": 0o644})
    before = tree(root)
    chain = ChangeSet.of(
        [FileChange("b", b"2", b"1", "a"), FileChange("a", b"1", None), FileChange("c", None, b"2", "b")]
    )
    files.apply(root, chain)
    assert tree(root) == {"b": (0o755, b"1"), "c": (0o644, b"2")}
    files.apply(root, chain.reversed())
    assert tree(root) == before


def test_a_large_file_that_may_not_be_written_moves(tmp_path: Path) -> None:
    image = os.urandom(2**20) * 20
    root = made(tmp_path, {"a/图.png": image}, {"a/图.png": 0o444})
    files.apply(root, ChangeSet.of(moved("a/图.png", "b/图.png", image)))
    assert tree(root)["b/图.png"] == (0o444, image)
    assert not (root / "a").exists()


def failing_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """The disk is full at that flush, counted from 0, and has room again; whether it came to that."""
    real, calls = os.fsync, iter(range(10**6))
    hit: list[int] = []

    def full(descriptor: int) -> None:
        if next(calls) == number:
            hit.append(number)
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    return lambda: bool(hit)


def test_at_whichever_flush_it_fails_all_is_as_it_was(tmp_path: Path) -> None:
    for number in range(100):
        root = made(tmp_path / str(number), TEXTS, MODES)
        before = tree(root)
        with pytest.MonkeyPatch.context() as patch:
            was_hit = failing_at(number, patch)
            try:
                files.apply(root, ARCHIVED)
            except AiblogError:
                assert tree(root) == before
            if not was_hit():
                break
    assert number > 10


def test_every_folder_is_looked_at_before_the_first_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = made(tmp_path, TEXTS)
    before = tree(root)
    for locked in ("", "posts", "posts/2026-01-10", "posts/2026-01-10/images"):
        monkeypatch.setattr(os, "access", lambda path, _, locked=locked: Path(path) != root / locked)
        with pytest.raises(AiblogError, match="may not be written by you"):
            files.apply(root, ARCHIVED)
        assert tree(root) == before


def left_open(blog: Path, step: Step) -> None:
    folder = blog / ".git/aiblog"
    folder.mkdir(mode=0o700, exist_ok=True)
    data = operation_record.begun(0, 1, ["aiblog", "mv"], "", None) + operation_record.planned(step)
    (folder / "1.open").write_bytes(data)


def test_undo_and_undo_of_undo_give_modes_back_and_log_counts_files(tmp_path: Path) -> None:
    root = made(tmp_path / "blog", {**TEXTS, "aiblog.yaml": b"posts: posts\n"}, MODES)
    git(root, "init", "--quiet")
    before = tree(root)
    with journal.journalled(["aiblog", "archive"]):
        files.apply(root, ARCHIVED)
    after = tree(root)
    assert "4 files" in aiblog("log", folder=root).stdout
    shown = aiblog("undo", "--dry-run", folder=root).stdout
    assert "rename from archive/2026/2026-01-10/长文.md\nrename to posts/2026-01-10/长文.md\n" in shown
    for words, wanted in ((("undo",), before), (("undo", "2"), after), (("undo",), before)):
        ended = aiblog(*words, "--yes", folder=root)
        assert ended.returncode == 0, ended.stderr
        assert tree(root) == wanted


def test_what_goes_comes_back_with_its_mode(tmp_path: Path) -> None:
    root = made(tmp_path / "blog", {**TEXTS, "aiblog.yaml": b"posts: posts\n"}, MODES)
    git(root, "init", "--quiet")
    before = tree(root)
    with journal.journalled(["aiblog", "remove"]):
        files.apply(root, ChangeSet(tuple(FileChange(path, data, None) for path, data in TEXTS.items())))
    after = tree(root)
    for number, wanted in ((1, before), (2, after), (3, before)):
        ended = aiblog("undo", str(number), "--yes", folder=root)
        assert ended.returncode == 0, ended.stderr
        assert tree(root) == wanted


@pytest.mark.parametrize("done", range(len(ARCHIVED.changes)))
def test_a_move_that_was_killed_is_completed_with_its_modes(done: int, tmp_path: Path) -> None:
    root = made(tmp_path / "blog", {**TEXTS, "aiblog.yaml": b"posts: posts\n"}, MODES)
    git(root, "init", "--quiet")
    whole = made(tmp_path / "whole", {**TEXTS, "aiblog.yaml": b"posts: posts\n"}, MODES)
    files.apply(whole, ARCHIVED)
    order = sorted(ARCHIVED.changes, key=lambda each: (each.after is None, each.before is not None))
    files.apply(root, ChangeSet(tuple(order[:done])))
    before = tree(root)
    left_open(root, Step(ARCHIVED.changes))
    ended = aiblog(*ANOTHER, folder=root)
    assert ("is completed" in ended.stderr) == bool(done)
    assert tree(root) == (tree(whole) if done else before)


# names that differ by case or Unicode form alone


@pytest.fixture
def any_case(tmp_path: Path) -> Iterator[Path]:
    with case_insensitive(tmp_path) as folder:
        yield folder


TWINS: Sequence[tuple[dict[str, bytes], list[FileChange]]] = [
    ({"p/Foo.md": b"1\n"}, moved("p/Foo.md", "p/foo.md", b"1\n")),
    ({"p/Foo.md": b"1\n"}, moved("p/Foo.md", "p/foo.md", b"1\n", b"2\n")),
    (
        {"p/Images/图.png": b"1", "p/Images/Two.png": b"2", "p/a.md": b"x"},
        [
            *moved("p/Images/图.png", "p/images/图.png", b"1"),
            *moved("p/Images/Two.png", "p/images/two.png", b"2", b"3"),
        ],
    ),
    ({"p/Foo/a.md": b"1\n", "p/Foo/b.md": b"2\n"}, [*moved("p/Foo/a.md", "p/foo/c.md", b"1\n", b"2\n")]),
    ({"Foo/Foo.md": b"1\n"}, moved("Foo/Foo.md", "foo/foo.md", b"1\n", b"2\n")),
]


@pytest.mark.parametrize(("texts", "changes"), TWINS)
def test_names_are_spelled_otherwise_where_case_counts(
    texts: dict[str, bytes], changes: list[FileChange], tmp_path: Path
) -> None:
    _spelled_there_and_back(tmp_path / "root", texts, changes)


@pytest.mark.parametrize(("texts", "changes"), TWINS)
def test_names_are_spelled_otherwise_where_case_does_not_count(
    texts: dict[str, bytes], changes: list[FileChange], any_case: Path
) -> None:
    _spelled_there_and_back(any_case / "root", texts, changes)


def _spelled_there_and_back(root: Path, texts: dict[str, bytes], changes: list[FileChange]) -> None:
    made(root, texts)
    before, plan = tree(root), ChangeSet.of(changes)
    assert files.apply(root, plan) == plan
    after = tree(root)
    for change in changes:
        found = {path: held[1] for path, held in after.items()}.get(change.path)
        assert found == change.after
    files.apply(root, plan)
    assert tree(root) == after
    files.apply(root, plan.reversed())
    assert tree(root) == before


@pytest.mark.parametrize(("texts", "changes"), TWINS)
def test_names_are_spelled_as_before_after_a_failure_where_case_does_not_count(
    texts: dict[str, bytes], changes: list[FileChange], any_case: Path
) -> None:
    for number in range(100):
        root = made(any_case / str(number), texts)
        before = tree(root)
        with pytest.MonkeyPatch.context() as patch:
            was_hit = failing_at(number, patch)
            try:
                files.apply(root, ChangeSet.of(changes))
            except AiblogError:
                assert tree(root) == before
            if not was_hit():
                break
    assert number


@pytest.mark.parametrize("renamed", ["p/Foo.md", "p/foo.md"])
@pytest.mark.parametrize("held", [b"1\n", b"2\n"])
def test_a_name_that_a_killed_run_was_to_spell_otherwise_is_where_case_does_not_count(
    renamed: str, held: bytes, any_case: Path
) -> None:
    root = made(any_case / "blog", {renamed: held, "aiblog.yaml": b"posts: p\n", "p/README.md": b"x\n"})
    git(root, "init", "--quiet")
    index = FileChange("p/README.md", b"old\n", b"x\n")
    left_open(root, Step((*moved("p/Foo.md", "p/foo.md", b"1\n", b"2\n"), index)))
    ended = aiblog(*ANOTHER, folder=root)
    if (renamed, held) == ("p/Foo.md", b"2\n"):  # no state of ours
        assert "has been edited since" in ended.stderr
        return
    assert "left as it is" not in ended.stderr
    assert {path: text for path, (_, text) in tree(root).items() if path.startswith("p/")} == {
        "p/foo.md": b"2\n",
        "p/README.md": b"x\n",
    }


def test_what_a_killed_run_left_between_two_spellings_has_its_old_name_again(tmp_path: Path) -> None:
    root = made(tmp_path, {f"p/.Foo.md.aiblog-moved-{2**22 + 1}": b"1\n"})
    files.clear_leftovers(root, ["p/foo.md", "p/Foo.md"])
    assert [path for path in tree(root) if path != "p"] == ["p/Foo.md"]
    files.apply(root, ChangeSet.of(moved("p/Foo.md", "p/foo.md", b"1\n")))
    made(root, {f"p/.foo.md.aiblog-moved-{2**22 + 1}": b"0\n"})
    files.clear_leftovers(root, ["p/foo.md"])
    assert (root / "p/foo.md").read_bytes() == b"1\n"
