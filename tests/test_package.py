"""The package: how it starts, what it loads for a command, what it declares and ships."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from aiblog import __version__
from support.program import aiblog

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOADS = "import sys; sys.argv[0] = 'aiblog'; from aiblog.__main__ import main; code = main(); \
print(*sys.modules, sep='\\n', file=open(sys.argv.pop(), 'w')); sys.exit(code)"
IMPORT_NAMES = {
    "GitPython": "git",
    "PyYAML": "yaml",
    "prompt-toolkit": "prompt_toolkit",
    "python-frontmatter": "frontmatter",
    "python-slugify": "slugify",
    "ruamel.yaml": "ruamel",
}
NOT_IMPORTED = {"rumdl"}
"""A program that is run."""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    assert aiblog("init", "--quiet", folder=folder).returncode == 0
    return folder


def loaded(*arguments: str, folder: Path) -> set[str]:
    """The top-level modules that a command has imported when it is done."""
    at = folder.parent / "loaded"
    program = LOADS.replace("sys.argv.pop()", repr(str(at)))
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in at.read_text().splitlines()}


@pytest.mark.parametrize("words", [["-m", "aiblog"], ["-c", "from aiblog.__main__ import main; main()"]])
def test_the_version_is_the_packages_own_however_it_is_started(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, *words, "--version"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == f"aiblog {__version__}\n"
    assert aiblog("-V", folder=tmp_path).stdout == f"aiblog {__version__}\n"


def test_the_version_is_told_without_the_command_line_library(blog: Path) -> None:
    assert not loaded("--version", folder=blog) & {"typer", "re", "dataclasses"}


def test_listing_loads_nothing_that_asks_or_knows_git(blog: Path) -> None:
    assert not loaded("list", folder=blog) & {"questionary", "prompt_toolkit", "git", "rich", "pyromark", "slugify"}


def test_a_new_post_with_its_slug_loads_no_git_no_prompts_and_no_pinyin(blog: Path) -> None:
    names = loaded("new", "Notes", "--slug", "notes", "--date", "2026-02-25", folder=blog)
    assert not names & {"questionary", "prompt_toolkit", "git", "rich", "pypinyin", "slugify"}


def test_a_title_of_latin_words_loads_no_pinyin(blog: Path) -> None:
    assert "pypinyin" not in loaded("new", "Notes on DRA", "--date", "2026-02-25", folder=blog)


def test_publishing_loads_no_prompts_and_no_pinyin(blog: Path) -> None:
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Lay out"]):
        subprocess.run(["git", *words], cwd=blog, check=True)
    assert aiblog("new", "Notes", "--date", "2026-02-25", "--body", "-", folder=blog, given="Text.").returncode == 0
    names = loaded("publish", "notes", "--yes", folder=blog)
    assert "git" in names
    assert not names & {"questionary", "prompt_toolkit", "rich", "pypinyin", "slugify"}


def test_every_library_that_is_declared_is_imported_and_has_its_file() -> None:
    declared = {re.split(r"[<>=;]", line)[0].strip() for line in PROJECT["project"]["dependencies"]} - NOT_IMPORTED
    contract = PROJECT["tool"]["importlinter"]["contracts"][1]
    placed = {line.split(" -> ")[1] for line in contract["ignore_imports"]}
    assert placed == {IMPORT_NAMES.get(name, name) for name in declared} == set(contract["forbidden_modules"])


@pytest.mark.parametrize("path", sorted((ROOT / "scaffolds").iterdir()), ids=lambda path: path.name)
def test_every_scaffold_has_both_languages_and_is_in_the_smoke_test(path: Path) -> None:
    assert {each.name for each in path.iterdir()} >= {"scaffold.yaml", "post.md", "post_zh.md"}
    kinds = re.search(r"for kind in (.*); do", (ROOT / "scripts" / "smoke.sh").read_text(encoding="utf-8"))
    assert kinds
    assert path.name in kinds[1].split()
