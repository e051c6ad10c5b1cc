"""The real blog moved to another pattern and partly to an archive, and back: its links hold, its bytes return."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiblog.core.moves import Moves
from support.link_graph import led_on, link_graph
from support.moves import all_posts, carried_out, relocations, requested
from support.program import aiblog, tree
from support.repositories import git
from support.translations import commit

NEW_PATTERN = "{date}/{date}-{slug}{lang}.md"
MAIN, ARCHIVE = "docs/blog/README.md", "docs/archive-blog/README.md"


@pytest.fixture
def blog(corpus_copy: Path, request: pytest.FixtureRequest) -> Path:
    """The real blog in git, with its settings and an archive; the parameter says whether that has an index."""
    git(corpus_copy, "init", "--quiet", "--initial-branch=main")
    assert aiblog("init", "--yes", folder=corpus_copy).returncode == 0
    place = corpus_copy / "aiblog.yaml"
    text = re.sub("(?m)^path:", "archive: docs/archive-blog  # 归档\npath:", place.read_text(encoding="utf-8"))
    if request.param:
        text = text.replace(
            "\nindexes:\n", f"\nindexes:\n  - path: {ARCHIVE}\n    style: sections\n    complete: true\n"
        )
    place.write_text(text, encoding="utf-8")
    commit(corpus_copy, "2026-02-01")
    return corpus_copy


@pytest.mark.parametrize("blog", [False, True], indirect=True)
def test_there_and_back_every_link_holds_and_every_byte_returns(blog: Path) -> None:
    first = tree(blog)
    pattern = re.search('(?m)^path: "(.*?)"', (blog / "aiblog.yaml").read_text(encoding="utf-8"))
    assert pattern
    moves = step(blog, pattern=NEW_PATTERN)
    assert len(moves.files) == 38
    old = [post.name for post in all_posts(blog) if post.date < "2025-12-15"]
    assert len(old) > 10
    archived = step(blog, relocations=relocations(blog, *old, archived=True))
    assert all(path.startswith("docs/archive-blog/") for path in archived.files.values())
    there = (blog / ARCHIVE).exists()
    step(blog, relocations=relocations(blog, *old, archived=False))
    step(blog, pattern=pattern[1])
    assert tree(blog) == first
    assert there is ("archive-blog/README.md" in first["aiblog.yaml"].decode())


def step(blog: Path, **asked: object) -> Moves:
    """One move of it, after which what was linked is still linked, and what was broken is as it was."""
    before = link_graph(blog)
    moves = carried_out(requested(blog, **asked)).moves
    merged = frozenset({MAIN, ARCHIVE})
    after = link_graph(blog)
    assert led_on(after, Moves({}), merged) == led_on(before, moves, merged)
    return moves
