"""What git tells of where files went: staged, in its history, in clones that lack a part of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aiblog.adapters.renames import renames
from aiblog.errors import AiblogError
from support.repositories import git, write

TEXT = "".join(f"第 {line} 行\n" for line in range(40))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    git(folder, "init", "--quiet")
    write(folder, {"a.md": TEXT, "中文 1.md": f"{TEXT}又\n", "other.md": "other\n"})
    _commit(folder)
    return folder


def _commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "x")


def _moved(folder: Path, before: str, after: str) -> None:
    (folder / after).parent.mkdir(parents=True, exist_ok=True)
    git(folder, "mv", before, after)


def test_a_rename_in_a_commit_and_one_that_is_staged_are_found(place: Path) -> None:
    _moved(place, "a.md", "b/a.md")
    _commit(place)
    _moved(place, "中文 1.md", "b/中文.md")
    wanted = {"a.md": ["b/a.md"], "中文 1.md": ["b/中文.md"]}
    assert renames(place, {"a.md", "中文 1.md", "never.md", "two\nlines.md"}) == wanted
    assert renames(place, {"a.md"}) == {"a.md": ["b/a.md"]}, "nothing that was not asked for"
    assert renames(place, set()) == {}


def test_many_files_are_found_at_once_wherever_they_went(place: Path) -> None:
    names = [f"文/{number}/{number}.md" for number in range(12)]
    write(place, {name: f"{TEXT}{name}\n" for name in names})
    _commit(place)
    for number, name in enumerate(names):
        _moved(place, name, f"elsewhere/{number}.md")
    _moved(place, "a.md", "b.md")
    _commit(place)
    wanted = {name: [f"elsewhere/{number}.md"] for number, name in enumerate(names)}
    assert renames(place, set(names)) == wanted
    assert renames(place, {*names, "a.md", "never/there.md"}) == {**wanted, "a.md": ["b.md"]}


def test_a_rename_that_changed_some_lines_or_came_by_a_merge_is_found(place: Path) -> None:
    git(place, "switch", "--quiet", "-c", "moves")
    _moved(place, "a.md", "b.md")
    (place / "b.md").write_text(TEXT.replace("第 1 行", "第一行"), encoding="utf-8")
    _commit(place)
    git(place, "switch", "--quiet", "main")
    write(place, {"a.md": TEXT.replace("第 40 行", "")})
    _commit(place)
    git(place, "merge", "--quiet", "--no-edit", "moves")
    assert renames(place, {"a.md"}) == {"a.md": ["b.md"]}


def test_names_that_were_used_again_are_told_back_to_their_deletion(place: Path) -> None:
    for name in ("b.md", "c.md"):
        _moved(place, "a.md", name)
        _commit(place)
        write(place, {"a.md": TEXT})
        _commit(place)
    git(place, "rm", "--quiet", "a.md")
    assert renames(place, {"a.md"}) == {}
    git(place, "reset", "--quiet", "--hard")
    _moved(place, "a.md", "d.md")
    _commit(place)
    assert renames(place, {"a.md"}) == {"a.md": ["d.md", "c.md", "b.md"]}


@pytest.mark.parametrize("name", ["log.follow", "diff.relative", "diff.noprefix", "log.showSignature"])
def test_configuration_of_gits_output_changes_nothing(place: Path, name: str) -> None:
    _moved(place, "a.md", "b/a.md")
    _commit(place)
    git(place, "config", name, "true")
    assert renames(place, {"a.md"}) == {"a.md": ["b/a.md"]}


def test_programs_that_the_repository_names_are_not_run(place: Path) -> None:
    _moved(place, "a.md", "b.md")
    _commit(place)
    _moved(place, "中文 1.md", "文.md")
    write(place, {"run.sh": "#!/bin/sh\ntouch ran\nexit 1\n", ".gitattributes": "*.md diff=x filter=x\n"})
    (place / "run.sh").chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "core.pager"):
        git(place, "config", key, str(place / "run.sh"))
    assert renames(place, {"a.md", "中文 1.md"}) == {"a.md": ["b.md"], "中文 1.md": ["文.md"]}
    assert not (place / "ran").exists()


def test_nothing_is_known_without_a_commit_or_a_repository(tmp_path: Path) -> None:
    assert renames(tmp_path, {"a.md"}) == {}
    git(tmp_path, "init", "--quiet")
    assert renames(tmp_path, {"a.md"}) == {}


def test_a_shallow_clone_tells_what_it_has(place: Path) -> None:
    _moved(place, "a.md", "b.md")
    _commit(place)
    _moved(place, "b.md", "c.md")
    _commit(place)
    clone = place.parent / "clone"
    git(place, "clone", "--quiet", "--depth=2", f"file://{place}", str(clone))
    assert renames(clone, {"a.md", "b.md"}) == {"b.md": ["c.md"]}


@pytest.mark.parametrize(("kept", "known"), [("blob:none", True), ("tree:0", False)])
def test_a_partial_clone_fetches_nothing_and_tells_of_files_whose_bytes_stayed(
    place: Path, kept: str, known: bool
) -> None:
    for before, after, more in (("a.md", "b.md", ""), ("中文 1.md", "文.md", "尾\n")):
        _moved(place, before, after)
        (place / after).write_text((place / after).read_text(encoding="utf-8") + more, encoding="utf-8")
        _commit(place)
    for name in ("b.md", "文.md"):
        (place / name).unlink()
    _commit(place)
    git(place, "config", "uploadpack.allowFilter", "true")
    clone = place.parent / "clone"
    git(place, "clone", "--quiet", f"--filter={kept}", f"file://{place}", str(clone))
    lacking = git(clone, "rev-list", "--objects", "--all", "--missing=print", "--no-object-names")
    assert "\n?" in lacking
    assert renames(clone, {"a.md", "中文 1.md"}) == ({"a.md": ["b.md"]} if known else {})
    assert git(clone, "rev-list", "--objects", "--all", "--missing=print", "--no-object-names") == lacking


def test_a_git_that_was_killed_is_a_failure(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\nkill -9 $$\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:/usr/bin:/bin")
    assert subprocess.run(["git", "log"], check=False).returncode == -9
    with pytest.raises(AiblogError) as raised:
        renames(place, {"a.md"})
    assert raised.value.code == "git-failed"
