"""Whole commands over files that hold much of one thing: they end, and are no bug of aiblog."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.faults import FULL
from support.program import aiblog
from support.repositories import INDEX, SELECTION, SETTINGS, write

SIZE = 2**20 if FULL else 2**16
PIECES = [
    *"[-`|<*#>(!{&\\_~ \t中", "\r\n", "<!--", "[a](", "- ", "1. ", "](", "[\n", "-\n", "`\n", "|\n", "<\n", "*\n",
    "#\n", ">\n", "(\n", "中\n", "<!--\n", "[a](\n", "- a\n", "> > ", "{{ ", "<a ", "&amp;",
]  # fmt: skip


@pytest.mark.parametrize("words", [("list",), ("status",), ("check",), ("index", "--check")], ids=" ".join)
def test_a_command_over_posts_of_much_of_one_thing_ends(tmp_path: Path, words: tuple[str, ...]) -> None:
    head = "---\nstatus: Draft\ndate: 2026-02-25\ntags: a\n---\n\n# T\n\n"
    for number, piece in enumerate(PIECES):
        for suffix in ("", "_zh"):
            text = f"{head}{piece * (SIZE // len(piece))}\n"
            write(tmp_path, {f"posts/2026-02-25/p{number}{suffix}.md": text})
    write(tmp_path, {"aiblog.yaml": SETTINGS, "posts/README.md": f"{INDEX}{''.join(each * 500 for each in PIECES)}"})
    write(tmp_path, {"README.md": SELECTION})
    done = aiblog(*words, folder=tmp_path)  # it is stopped after a minute
    assert done.returncode in {0, 1}, done.stderr[-500:]
    assert done.stdout or words[0] == "index", done.stderr
