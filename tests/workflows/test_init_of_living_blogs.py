"""What `init` finds in blogs of other habits, and that the other commands then work there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from aiblog.core.learn import learned
from support.living_blogs import LIVING, Living
from support.program import aiblog, tree


@pytest.fixture(params=sorted(LIVING))
def living(request: pytest.FixtureRequest) -> Living:
    return LIVING[request.param]()


@pytest.fixture
def root(living: Living, tmp_path: Path) -> Path:
    """The blog on the disk, in a repository."""
    for path, text in living.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def test_its_conventions_are_found(living: Living) -> None:
    def read(path: str) -> bytes:
        return living.files[path].encode()

    found = learned(sorted(living.files), read, read)
    assert found.settings == living.settings
    assert (found.posts, found.strays, found.unclear) == (living.posts, living.strays, {})


def test_init_writes_them_and_the_other_commands_work_with_them(living: Living, root: Path) -> None:
    before = tree(root)
    assert aiblog("init", folder=root).returncode == 0
    assert {path: data for path, data in tree(root).items() if path != "aiblog.yaml"} == before
    listed = json.loads(aiblog("list", "--json", folder=root).stdout)
    assert len(listed["posts"]) == living.posts
    assert {each["date"][:8] for each in listed["posts"]} == {"2026-02-"}
    planned = json.loads(
        aiblog("new", "A topic", "--slug=topic", "--date=2026-03-01", "--dry-run", "--json", folder=root).stdout
    )
    assert planned["created"][0] == living.new
    again = aiblog("init", folder=root)
    assert (again.returncode, again.stdout) == (0, "")
    assert "Nothing to add to aiblog.yaml." in again.stderr


def test_without_a_configuration_the_posts_are_the_same(living: Living, root: Path) -> None:
    inferred = json.loads(aiblog("list", "--json", folder=root).stdout)
    aiblog("init", folder=root)
    assert json.loads(aiblog("list", "--json", folder=root).stdout)["posts"] == inferred["posts"]
