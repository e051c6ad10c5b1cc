"""A command line that the parser refuses: the command that was meant is offered, to be pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import aiblog


@pytest.mark.parametrize(
    ("line", "message", "hints"),
    [
        ("pubish x", 'no such command "pubish"', ["aiblog publish x", "aiblog --help"]),
        ("rename a b", 'no such command "rename"', ["aiblog mv a b", "aiblog --help"]),
        ("rm 回报", 'no such command "rm"', ["aiblog remove '回报'", "aiblog --help"]),
        ("restore x", 'no such command "restore"', ["aiblog --help"]),
        ("preview", 'no such command "preview"', ["aiblog --help"]),
        ("list --satus=x", 'no such option "--satus"', ["aiblog list --status=x", "aiblog list --help"]),
        ("list --zzz", 'no such option "--zzz"', ["aiblog list --help"]),
        ("--json list", None, []),
        ("-q list", "-q stands after the command's name", ["aiblog list -q", "aiblog list --help"]),
        ("list --title 题", 'no such option "--title"', ["aiblog list --help"]),
        ("list --sort 大小", '--sort "大小": one of these was wanted: date, slug, title', ["aiblog list --help"]),
        ("list --limit x", '--limit "x": a whole number was wanted', ["aiblog list --help"]),
        ("log --limit 0", "--limit 0: 1 or more was wanted", []),
        ("undo x", 'ID "x": a whole number was wanted', ["aiblog undo --help"]),
        ("new T --date", "--date: a value was wanted", ["aiblog new --help"]),
        ("list --quiet=1", "--quiet takes no value", ["aiblog list --help"]),
        (
            "new T --branch 文",
            "--branch and --no-branch say where --commit commits; --commit is missing",
            ["aiblog new T --branch '文' --commit"],
        ),
        (
            "new 贡献 of code -t go",
            '"of code" is more than was wanted',
            ["aiblog new '贡献 of code' -t go", "aiblog new --help"],
        ),
        ("new -t go A B", '"B" is more than was wanted', ["aiblog new -t go 'A B'", "aiblog new --help"]),
        ("new A --slug a B", '"B" is more than was wanted', ["aiblog new --help"]),
        ("list extra", '"extra" is more than was wanted', ["aiblog list --help"]),
    ],
)
def test_a_slip_is_named_and_the_command_that_was_meant_offered(
    tmp_path: Path, line: str, message: str | None, hints: list[str]
) -> None:
    done = aiblog(*line.split(), folder=tmp_path)
    assert done.returncode == 2
    if message is None:
        assert '"aiblog list --json"' in done.stdout
        return
    wanted = [f"error: {message}; nothing was written", *(f"  hint: {hint}" for hint in hints)]
    assert (done.stdout, done.stderr.splitlines()) == ("", wanted)


def test_aiblog_alone_is_its_help_with_whole_sentences(tmp_path: Path) -> None:
    alone = aiblog(folder=tmp_path)
    assert (alone.returncode, alone.stderr) == (0, "")
    assert alone.stdout == aiblog("--help", folder=tmp_path).stdout
    assert "...\n" not in alone.stdout.partition("Commands:")[2]
