"""`aiblog migrate`: a whole blog under another path pattern, and names that the blog does not write."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.moved_blogs import FILES, QUEUES, ROI, assert_taken_back, done, linked_blog, refused, told
from support.moved_blogs import text as text_of
from support.program import aiblog, tree
from support.repositories import git, state, write
from support.terminal import ENTER, Terminal

PATTERN = "{date}/{date}-{slug}{lang}.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return linked_blog(tmp_path / "blog")


def test_a_whole_run_moves_every_post_and_back_is_the_first_tree(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("migrate", "--path", PATTERN, "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[0] == "posts/2026-01-10/2026-01-10-roi.md"
    assert len(ended.stdout.splitlines()) == 5
    assert ended.stderr.splitlines()[-1] == "The pattern follows in aiblog.yaml."
    assert "- [Queues](./2026-02-01/2026-02-01-queues.md)" in text_of(blog, "posts/README.md")
    assert PATTERN in text_of(blog, "aiblog.yaml")
    assert "roi" in done(blog, "list")
    assert_taken_back(blog, before)
    done(blog, "migrate", "--path", PATTERN, "--yes")
    done(blog, "migrate", "--path", "{date}/{slug}{lang}.md", "--yes")
    after = {path: data for path, data in tree(blog).items() if path != "aiblog.yaml"}
    assert after == {path: text.encode() for path, text in FILES.items() if path != "aiblog.yaml"}


def test_a_second_time_there_is_nothing_to_do(blog: Path) -> None:
    done(blog, "migrate", "--path", PATTERN, "--yes")
    before = state(blog)
    assert done(blog, "migrate", "--path", PATTERN) == "Nothing to move.\n"
    assert done(blog, "migrate", "--repair") == "Nothing to move.\n"
    assert told(blog, "migrate", "--path", PATTERN)["moved"] == []
    assert state(blog) == before


def test_strays_get_the_names_that_the_blog_writes(blog: Path) -> None:
    write(blog, {"posts/2026-02-09/kueue_en.md": FILES[QUEUES], "posts/2026-02-09/kueue_zh.md": FILES[ROI]})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Strays")
    before = state(blog)
    said = told(blog, "migrate", "--repair", "--yes")
    assert said["moved"] == [["posts/2026-02-09/kueue_en.md", "posts/2026-02-09/kueue.md"]]
    assert_taken_back(blog, before)


@pytest.mark.parametrize(
    ("words", "says", "hints"),
    [
        (
            (),
            "a pattern (--path) or --repair is needed",
            ["aiblog migrate --repair", f"aiblog migrate --path '{PATTERN}'"],
        ),
        (
            ("--path", "{day}/{slug}{lang}.md", "--yes"),
            '"{day}" is unknown; {date}, {slug} and {lang} are known',
            [],
        ),
        (("--path", "{date}/{slug}{lang}", "--yes"), "it does not end in .md", []),
        (("--path", "../{slug}{lang}.md", "--yes"), "a path below the posts folder was wanted", []),
        (("--path", PATTERN), "this has to be confirmed", [f"aiblog migrate --path '{PATTERN}' --yes"]),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_changes(
    blog: Path, words: tuple[str, ...], says: str, hints: list[str]
) -> None:
    assert refused(blog, "migrate", *words, code=2, says=says) == hints


def test_the_real_blog_comes_back_to_the_byte(corpus_copy: Path) -> None:
    git(corpus_copy, "init", "--quiet")
    done(corpus_copy, "init", "--yes")
    settings = corpus_copy / "aiblog.yaml"
    settings.write_text(
        settings.read_text().replace("posts: docs/blog", "archive: docs/archive-blog\nposts: docs/blog")
    )
    git(corpus_copy, "add", ".")
    git(corpus_copy, "commit", "--quiet", "-m", "Begin")
    before = tree(corpus_copy)
    moves = [
        ("migrate", "--path", PATTERN),
        ("archive", "--before", "2025-12-15"),
        ("unarchive", "--all"),
        ("migrate", "--path", "{date}/{slug}{lang}.md"),
    ]
    for words in moves:
        done(corpus_copy, *words, "--yes")
        assert told(corpus_copy, *words)["moved"] == []
    assert tree(corpus_copy) == before
    for number in ("5", "4", "3", "2"):
        done(corpus_copy, "undo", number, "--yes")
    assert tree(corpus_copy) == before


def test_a_whole_run_on_a_terminal(blog: Path) -> None:
    before = state(blog)
    with Terminal("migrate", "--path", PATTERN, folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Move them?")
        assert f"{ROI} → posts/2026-01-10/2026-01-10-roi.md" in terminal.screen
        assert state(blog) == before
        terminal.type(ENTER)
        assert terminal.exit_code() == 0
    assert f"Without questions:  aiblog migrate --path '{PATTERN}' --yes" in terminal.screen
    assert_taken_back(blog, before)
