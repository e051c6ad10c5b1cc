"""What a shell completes where a post is named: bash, with the script that `--show-completion` prints."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from support.program import AIBLOG, aiblog, tree
from support.repositories import write

SHOWN = """
COMP_WORDS=(aiblog "$@") COMP_CWORD=$#
_aiblog_completion "$0"
printf '%s\\n' "${COMPREPLY[@]}"
"""
POST = "# T\n\nText.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    paths = ("2026-01-10/roi", "2026-01-10/roi_zh", "2026-02-03/queues", "2026-02-10/queues", "2026-02-11/排队")
    settings = "posts: posts\narchive: old\nlanguages:\n  en: {suffix: ''}\n  zh: {suffix: _zh}\n"
    write(root, {"aiblog.yaml": settings, "old/2025-01-01/first.md": POST})
    write(root, {f"posts/{path}.md": POST for path in paths})
    return root


@cache
def printed_script() -> str:
    """What `eval` in a shell's own start-up file is given: typer looks for the shell that has started it."""
    script = ["bash", "--norc", "-c", '"$0" --show-completion && true', AIBLOG]
    return subprocess.run(script, capture_output=True, check=True, text=True).stdout


def completed(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last of those words, sorted; a word on standard error fails."""
    script = ["bash", "--norc", "-c", f"{printed_script()}{SHOWN}", AIBLOG, *words]
    ended = subprocess.run(script, cwd=folder, capture_output=True, check=True, text=True, timeout=60)
    assert ended.stderr == ""
    return sorted(filter(None, ended.stdout.split("\n")))


def test_a_post_is_completed_by_its_slug_or_with_its_date_where_two_have_it(blog: Path) -> None:
    before = tree(blog)
    live = ["2026-02-03/queues", "2026-02-10/queues", "roi", "排队"]
    for command in ("publish", "archive", "translate-stub", "translate-fill", "translate-diff", "translate-sync"):
        assert completed(blog, command, "") == live
    for command in ("mv", "redate", "remove"):
        assert completed(blog, command, "") == sorted([*live, "first"])
    assert completed(blog, "unarchive", "") == ["first"]
    assert completed(blog, "archive", "roi", "r") == ["roi"]
    assert completed(blog, "remove", "roi", "--redirect-to", "f") == ["first"]
    assert tree(blog) == before


def test_a_date_is_completed_to_the_posts_of_that_date(blog: Path) -> None:
    assert completed(blog, "mv", "2026-01") == ["2026-01-10/roi"]
    assert completed(blog, "mv", "2026-02-1") == ["2026-02-10/queues", "2026-02-11/排队"]


def test_the_blog_of_dash_c_is_completed_from(blog: Path, tmp_path: Path) -> None:
    assert completed(tmp_path, "-C", "blog", "mv", "r") == ["roi"]
    assert completed(tmp_path, "mv", "-C", "blog", "r") == ["roi"]
    assert completed(tmp_path, "-C", "blog/posts", "mv", "-C", "2026-01-10", "r") == ["roi"]


def test_commands_and_options_are_completed_as_before(blog: Path) -> None:
    assert completed(blog, "m") == ["migrate", "mv"]
    assert completed(blog, "mv", "--y") == ["--yes"]
    assert completed(blog, "mv", "roi", "r") == []


def test_a_blog_that_cannot_be_read_completes_nothing_and_says_nothing(blog: Path, tmp_path: Path) -> None:
    write(blog, {"aiblog.yaml": "post: ["})
    assert completed(blog, "mv", "") == []
    assert completed(tmp_path, "mv", "-C", "nowhere", "") == []


def test_a_name_that_a_shell_might_run_is_not_offered(blog: Path) -> None:
    names = ("$(touch x)", "a'b", "`id`", "-rf", "a b", "x;y")
    write(blog, {f"posts/2026-03-01/{name}.md": POST for name in names})
    assert completed(blog, "mv", "") == ["2026-02-03/queues", "2026-02-10/queues", "first", "roi", "排队"]


def test_fish_is_told_whether_there_is_anything_or_files_are_to_be_completed(blog: Path) -> None:
    for line, code in (("aiblog mv r", 0), ("aiblog mv posts/", 1)):
        asked = {"_AIBLOG_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
        ended = aiblog(folder=blog, environment={**asked, "_TYPER_COMPLETE_ARGS": line})
        assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", "")


def test_a_blog_without_settings_or_without_dates_in_its_paths_is_completed_too(blog: Path) -> None:
    (blog / "aiblog.yaml").unlink()
    assert "roi" in completed(blog, "mv", "r")
    settings = "posts: pages\npath: '{slug}{lang}.md'\nlanguages:\n  en: {suffix: ''}\n"
    write(blog, {"aiblog.yaml": settings, "pages/one.md": POST})
    assert completed(blog, "mv", "") == ["one"]
