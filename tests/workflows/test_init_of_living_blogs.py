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
    return laid(living, tmp_path)


def laid(living: Living, root: Path) -> Path:
    for path, text in living.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return root


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
    if not living.strays:
        assert aiblog("check", folder=root).returncode == 0
    again = aiblog("init", folder=root)
    assert (again.returncode, again.stdout) == (0, "")
    assert "Nothing to add to aiblog.yaml." in again.stderr


def test_without_a_configuration_the_posts_are_the_same(living: Living, root: Path) -> None:
    inferred = json.loads(aiblog("list", "--json", folder=root).stdout)
    aiblog("init", folder=root)
    assert json.loads(aiblog("list", "--json", folder=root).stdout)["posts"] == inferred["posts"]


@pytest.mark.parametrize(
    ("name", "slug", "path", "before", "after"),
    [
        ("hugo_bundles", "lws", "content/posts/lws/index.md", "draft: true\n", "draft: false\n"),
        (
            "every_language_named",
            "lws",
            "src/posts/2026-02-08/lws/index.en.md",
            "published: false\n",
            "published: true\n",
        ),
    ],
)
def test_a_switch_stays_a_switch_when_a_draft_is_published(
    name: str, slug: str, path: str, before: str, after: str, tmp_path: Path
) -> None:
    laid(LIVING[name](), tmp_path)
    aiblog("init", folder=tmp_path)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "commit", "--quiet", "--message", "All of it"], cwd=tmp_path, check=True)
    assert before in (tmp_path / path).read_text()
    done = aiblog("publish", slug, "--yes", "--allow", "markdown", folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n") > 0) == (0, True), done.stderr
    was = LIVING[name]().files[path]
    assert (tmp_path / path).read_text(encoding="utf-8") == was.replace(before, after)
    drafted = aiblog("new", "A topic", "--slug=topic", "--date=2026-03-01", "--lang=en", "--json", folder=tmp_path)
    assert before in (tmp_path / json.loads(drafted.stdout)["created"][0]).read_text()
