"""The documentation: its sessions are what the program prints, its tables what it knows, its links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from aiblog.cli.app import COMMANDS
from aiblog.errors import EXIT_CODES
from aiblog.workflows.findings import ALL_RULES
from support.program import AIBLOG
from support.sessions import run_again

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
WRITE = os.environ.get("WRITE_SESSIONS")
"""Set, the sessions that differ are written into their documents (`make sessions`)."""

document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


@document
def test_every_session_is_what_the_program_prints_now(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NO_COLOR", "1")
    text = path.read_text(encoding="utf-8")
    now = run_again(text, tmp_path / "places")
    if WRITE and now != text:
        path.write_text(now, encoding="utf-8")
    assert now == text, f"{path.name} is out of step; `make sessions` writes it anew"


def test_every_error_code_is_explained_with_its_exit_code() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\d+) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {code: int(number) for code, number in rows} == EXIT_CODES
    assert len(rows) == len(EXIT_CODES)


def test_every_exit_code_is_explained() -> None:
    rows = re.findall(r"^\| (\d+) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(row) for row in rows} == {0, 1, 130, *EXIT_CODES.values()}


def test_every_rule_of_publish_is_explained() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [rule for rule in ALL_RULES if f"`{rule}`" not in page] == []


@document
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(path: Path) -> None:
    text = _without_code(path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.is_file(), target
        assert not anchor or anchor in _anchors(linked.read_text(encoding="utf-8")), target


@document
def test_every_command_and_flag_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, rest in re.findall(r"\baiblog(?: -C \S+)? ([a-z][a-z-]+)((?: [^`\n]*)?)", _only_code(text)):
        assert name in COMMANDS, f"aiblog {name}"
        for flag in re.findall(r"(?<=\s)--?[a-z][a-z-]*", re.sub(r"(['\"]).*?\1|\s#.*", "", rest)):
            assert re.search(rf"{flag}\b(?!-)", _help(name)), f"aiblog {name} {flag}"


def _without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", _without_blocks(text))


def _without_blocks(text: str) -> str:
    return re.sub(r"^(`{3,}).*?^\1$|<!--.*?-->", "", text, flags=re.DOTALL | re.MULTILINE)


def _only_code(text: str) -> str:
    """The commands of sessions and `sh` blocks, and what stands between backticks in the prose."""
    blocks = re.findall(r"^(`{3,})(?:sh|console)\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)
    lines = [line for _, block in blocks for line in block.splitlines() if re.match(r"\$ |aiblog ", line)]
    prose = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    return "\n".join([*lines, *re.findall(r"`([^`\n]+)`", prose)])


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", _without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cache
def _help(command: str) -> str:
    return subprocess.run([AIBLOG, command, "--help"], capture_output=True, encoding="utf-8", check=True).stdout
