"""The hooks for the pre-commit framework, run by the framework itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.repositories import draft, git, made_blog, write

ROOT = Path(__file__).parents[1]
PRE_COMMIT = str(Path(sys.executable).with_name("pre-commit"))


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with both hooks, which run the aiblog that is installed here: building one anew is the smoke test's."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    git(hooks, "init", "--quiet")
    (hooks / ".pre-commit-hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    git(hooks, "add", ".")
    git(hooks, "commit", "--quiet", "-m", "Hooks")
    folder = made_blog(tmp_path / "blog")
    own = "".join(f"      - id: {name}\n        language: system\n" for name in ("aiblog-check", "aiblog-index"))
    config = f"repos:\n  - repo: {hooks}\n    rev: {git(hooks, 'rev-parse', 'HEAD')}\n    hooks:\n{own}"
    write(folder, {".pre-commit-config.yaml": config})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Use the hooks")
    return folder


def _pre_commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [PRE_COMMIT, *words], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )


def test_a_blog_in_order_passes_both_hooks(blog: Path) -> None:
    done = _pre_commit(blog, "run", "--all-files")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 2


def test_a_commit_with_a_broken_link_is_stopped_and_one_elsewhere_is_not(blog: Path) -> None:
    _pre_commit(blog, "install")
    path = draft(blog)
    write(blog, {path: (blog / path).read_text(encoding="utf-8") + "\n见[报告](./nowhere.md)。\n"})
    git(blog, "add", ".")
    done = _pre_commit(blog, "run")
    assert done.returncode == 1
    assert f"{path}:11:7: link-missing ./nowhere.md does not exist" in done.stdout
    git(blog, "commit", "--quiet", "-m", "A broken draft", ok=(1,))
    git(blog, "reset", "--quiet")
    write(blog, {"posts/2026-01-10/old.md": (blog / "posts/2026-01-10/old.md").read_text() + "\nMore.\n"})
    git(blog, "add", "posts/2026-01-10/old.md")
    assert _pre_commit(blog, "run").returncode == 0


def test_a_published_post_that_no_index_lists_is_stopped(blog: Path) -> None:
    path = draft(blog)
    write(blog, {path: (blog / path).read_text(encoding="utf-8").replace("Draft", "Active")})
    git(blog, "add", ".")
    done = _pre_commit(blog, "run", "aiblog-index")
    assert done.returncode == 1
    assert "index-unlisted" in done.stdout
