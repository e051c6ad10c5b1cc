"""A blog whose posts link to each other in both languages, for the commands that move them; and what they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.program import aiblog
from support.repositories import SETTINGS, git, state, write

HEAD = "---\nstatus: Active\ndate: {date}\ntags: a\n---\n\n"
ROI, ROI_ZH = "posts/2026-01-10/roi.md", "posts/2026-01-10/roi_zh.md"
QUEUES, QUEUES_ZH = "posts/2026-02-01/queues.md", "posts/2026-02-01/queues_zh.md"
FILES = {
    "aiblog.yaml": SETTINGS.replace("posts: posts\n", "posts: posts\narchive: old\n"),
    ROI: HEAD.format(date="2026-01-10")
    + '# Returns\n\nEnglish | [中文版](./roi_zh.md)\n\nSee [queues](../2026-02-01/queues.md#how "title").\n',
    ROI_ZH: HEAD.format(date="2026-01-10") + "# 回报\n\n[English](./roi.md) | 中文版\n\n![图](./images/图.png)\n",
    "posts/2026-01-10/images/图.png": "PNG",
    QUEUES: HEAD.format(date="2026-02-01")
    + "# Queues\n\nEnglish | [中文版](./queues_zh.md)\n\n## How\n\nAfter [returns](../2026-01-10/roi.md).\n",
    QUEUES_ZH: HEAD.format(date="2026-02-01")
    + "# 队列\n\n[English](./queues.md) | 中文版\n\n"
    + "参见[回报](../2026-01-10/roi_zh.md)，`[回报](../2026-01-10/roi_zh.md)`。\n",
    "posts/2026-02-03/notes_zh.md": HEAD.format(date="2026-02-03").replace("Active", "Draft") + "# 笔记\n\n正文。\n",
    "posts/README.md": "# Posts\n\n## 2026-02-01: Queues\n\n- [Queues](./2026-02-01/queues.md)\n"
    "- [队列](./2026-02-01/queues_zh.md)\n\nIts summary.\n\n"
    "## 2026-01-10: Returns\n\n- [Returns](./2026-01-10/roi.md)\n"
    "- [回报](./2026-01-10/roi_zh.md)\n\n一句话，人写的。\n",
    "README.md": "# Project\n\n## Blog\n\n- [Returns](./posts/2026-01-10/roi.md)\n\n## Licence\n\nFree.\n",
    "docs/说明.md": "# Notes\n\nSee [it](../posts/2026-01-10/roi.md) and [gone](../posts/2020-01-01/gone.md).\n",
}


def linked_blog(folder: Path) -> Path:
    """A committed blog on `main`: two published posts in two languages, a Chinese draft, a page that links to one."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, FILES)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    return folder


def done(blog: Path, *words: str, code: int = 0) -> str:
    """One run of aiblog off a terminal; what it printed, talk included."""
    ended = aiblog(*words, folder=blog)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def told(blog: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """What a run says under `--json`."""
    ended = aiblog(*words, "--json", folder=blog)
    assert ended.returncode == code, ended.stdout + ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


def refused(blog: Path, *words: str, code: int, says: str, look: Callable[[Path], object] = state) -> list[str]:
    """A run that is refused, says so, and changes nothing of what `look` sees; its hints."""
    before = look(blog)
    ended = aiblog(*words, folder=blog)
    assert (ended.returncode, ended.stdout) == (code, ""), ended.stdout + ended.stderr
    assert says in ended.stderr, ended.stderr
    assert "nothing was written" in ended.stderr
    assert look(blog) == before
    return [line.removeprefix("  hint: ") for line in ended.stderr.splitlines() if line.startswith("  hint: ")]


def assert_taken_back(blog: Path, before: object) -> None:
    """`undo` makes the blog what it was, bytes, modes, index and refs."""
    done(blog, "undo", "--yes")
    assert state(blog) == before


def text(blog: Path, path: str) -> str:
    """A file's text."""
    return (blog / path).read_text(encoding="utf-8")
