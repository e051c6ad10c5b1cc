"""The workflow that `aiblog init --ci github` writes: by its schema, and its steps run as GitHub would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiblog import __version__
from support.program import aiblog, tree
from support.repositories import draft, git, made_blog, write

WORKFLOW = ".github/workflows/aiblog.yml"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = made_blog(tmp_path / "blog", remote=True)
    done = aiblog("init", "--ci", "github", "--yes", folder=folder)
    assert (done.returncode, done.stdout) == (0, f"{WORKFLOW}\n")
    return folder


def _steps(folder: Path) -> dict[str, dict[str, Any]]:
    steps = yaml.safe_load((folder / WORKFLOW).read_text(encoding="utf-8"))["jobs"]["blog"]["steps"]
    return {step["name"]: step for step in steps if "name" in step}


def _run(folder: Path, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One step by the shell that GitHub takes, with this aiblog on PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", _steps(folder)[name]["run"]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CI": "true", "GITHUB_ACTIONS": "true", "PATH": path, **environment},
    )


def test_the_workflow_is_one_by_githubs_schema(blog: Path) -> None:
    check = str(Path(sys.executable).with_name("check-jsonschema"))
    words = [check, "--builtin-schema", "vendor.github-workflows", str(blog / WORKFLOW)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_branch_that_is_watched_is_the_base_that_the_repository_has(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    git(folder, "branch", "--move", "main", "trunk")
    assert "base:" not in (folder / "aiblog.yaml").read_text(encoding="utf-8")
    aiblog("init", "--ci", "github", "--yes", folder=folder)
    assert '    branches: ["trunk"]\n' in (folder / WORKFLOW).read_text(encoding="utf-8")


def test_a_blog_in_order_passes_each_step(blog: Path) -> None:
    for name in ("All posts", "Indexes", "Translations"):
        done = _run(blog, name)
        assert done.returncode == 0, done.stdout + done.stderr
    assert _run(blog, "Posts that changed", BASE="main").returncode == 0


def test_a_pull_request_is_annotated_for_what_it_changed(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", "blog/new")
    path = draft(blog)
    write(blog, {path: (blog / path).read_text(encoding="utf-8") + "\n见[报告](./nowhere.md)。\n"})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "A draft")
    done = _run(blog, "Posts that changed", BASE="main")
    assert done.returncode == 1
    assert done.stdout == (f"::error file={path},line=11,col=7,title=link-missing::./nowhere.md does not exist\n")


def test_the_name_of_a_base_branch_is_data_and_no_command(blog: Path) -> None:
    step = _steps(blog)["Posts that changed"]
    assert "${{" not in step["run"]
    done = _run(blog, "Posts that changed", BASE='main"; touch stolen; echo "')
    assert done.returncode == 2
    assert not (blog / "stolen").exists()


def test_a_post_that_no_index_lists_and_an_outdated_translation_fail_their_steps(blog: Path) -> None:
    path = draft(blog)
    write(blog, {path: (blog / path).read_text(encoding="utf-8").replace("Draft", "Active")})
    assert _run(blog, "Indexes").returncode == 1
    aiblog("translate-stub", "new-post", folder=blog)
    zh = blog / path.replace(".md", "_zh.md")
    zh.write_text(zh.read_text(encoding="utf-8").replace("<!-- aiblog:todo -->\n", ""), encoding="utf-8")
    assert _run(blog, "Translations").returncode == 0
    write(blog, {path: (blog / path).read_text(encoding="utf-8") + "\nOne more paragraph.\n"})
    assert _run(blog, "Translations").returncode == 1


def test_a_workflow_that_is_there_stays(blog: Path) -> None:
    (blog / WORKFLOW).write_text("name: mine\n")
    before = tree(blog)
    done = aiblog("init", "--ci", "github", "--yes", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert tree(blog) == before


def test_a_new_blog_gets_it_with_its_other_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    done = aiblog("init", "--ci", "github", "--json", folder=tmp_path)
    assert WORKFLOW in json.loads(done.stdout)["created"]
    assert "--ci" in json.loads(done.stdout)["command"]
    assert f'AIBLOG: "aiblog=={__version__}"' in (tmp_path / WORKFLOW).read_text()


def test_a_blog_below_the_top_is_refused(tmp_path: Path) -> None:
    made_blog(tmp_path / "site" / "blog")
    (tmp_path / "site" / "blog" / ".git").rename(tmp_path / "site" / ".git")
    before = tree(tmp_path)
    done = aiblog("init", "--ci", "github", "--yes", folder=tmp_path / "site" / "blog")
    assert done.returncode == 2
    assert 'this blog lies in "blog"' in done.stderr
    assert tree(tmp_path) == before
