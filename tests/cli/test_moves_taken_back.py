"""Every command that moves posts, one after the other, and all of them taken back."""

from __future__ import annotations

import json
from pathlib import Path

from aiblog.core.settings_yaml import settings_text
from support.link_graph import link_graph
from support.living_blogs import dates_twice
from support.program import aiblog, tree
from support.repositories import git, write

MOVES = [
    ("mv", "2026-02-03/dranet", "device-drivers"),
    ("redate", "device-drivers", "2026-03-04"),
    ("migrate", "--path", "{date}-{slug}/index{lang}.md"),
    ("archive", "--before", "2026-02-05"),
    ("unarchive", "2024-02-08/lws"),
    ("remove", "2026-02-07/kueue"),
    ("migrate", "--path", "{date}/{slug}{lang}.md", "--repair"),
    ("unarchive", "--all"),
]


def test_undo_of_every_move_in_turn_gives_the_first_files(tmp_path: Path) -> None:
    blog = dates_twice()
    write(tmp_path, {**blog.files, "aiblog.yaml": settings_text(blog.settings), ".gitignore": ""})
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Begin")
    trees = [tree(tmp_path)]
    for words in MOVES:
        done = aiblog(*words, "--yes", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert tree(tmp_path) != trees[-1], words
        trees.append(tree(tmp_path))
        assert not [target for links in link_graph(tmp_path).values() for kind, target in links if kind == "broken"]
    log = json.loads(aiblog("log", "--json", folder=tmp_path).stdout)
    numbers = [str(each["id"]) for each in log["operations"]]
    assert len(numbers) == len(MOVES)
    for number in sorted(numbers, key=int, reverse=True):
        assert tree(tmp_path) == trees.pop()
        done = aiblog("undo", number, "--yes", folder=tmp_path)
        assert done.returncode == 0, done.stderr
    assert tree(tmp_path) == trees.pop()
