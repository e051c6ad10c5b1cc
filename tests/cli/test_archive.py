"""`aiblog archive` and `aiblog unarchive`: posts to the archive and back, off a terminal and on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.moved_blogs import FILES, QUEUES, ROI, ROI_ZH, assert_taken_back, done, linked_blog, refused, told
from support.moved_blogs import text as text_of
from support.program import aiblog, tree
from support.repositories import git, state
from support.terminal import DOWN, ENTER, Terminal

KEPT, KEPT_ZH = "old/2026-01-10/roi.md", "old/2026-01-10/roi_zh.md"
FIRST = {path: text.encode() for path, text in FILES.items()}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return linked_blog(tmp_path / "blog")


def test_a_whole_run_moves_the_post_and_back_is_the_first_tree(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("archive", "roi", "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["old/2026-01-10/images/图.png", KEPT, KEPT_ZH]
    assert "[returns](../../old/2026-01-10/roi.md)" in text_of(blog, QUEUES)
    assert_taken_back(blog, before)
    done(blog, "archive", "roi", "--yes")
    assert done(blog, "unarchive", "roi", "--yes").startswith("posts/2026-01-10/images/图.png\n")
    assert tree(blog) == FIRST


def test_before_a_date_the_published_ones_go_and_drafts_stay(blog: Path) -> None:
    said = told(blog, "archive", "--before", "2026-03-01", "--dry-run")
    assert [each["from"]["slug"] for each in said["posts"]] == ["queues", "roi"]
    assert said["command"] == ["aiblog", "archive", "--before", "2026-03-01", "--yes"]
    ended = aiblog("archive", "--before", "2026-03-01", "--yes", folder=blog)
    assert ended.returncode == 0
    assert ended.stderr.startswith("1 draft stays: notes\n")
    assert done(blog, "archive", "--before", "2026-03-01") == ("1 draft stays: notes\nNothing to archive.\n")
    done(blog, "unarchive", "--all", "--yes")
    assert tree(blog) == FIRST
    assert done(blog, "unarchive", "--all") == "Nothing to bring back.\n"


def test_an_entry_that_comes_back_with_its_post_is_not_said_to_go(blog: Path) -> None:
    settings = (blog / "aiblog.yaml").read_text()
    own = "\n  - path: old/README.md\n    style: sections\n    complete: true\n"
    (blog / "aiblog.yaml").write_text(settings.replace("\nindexes:", f"\nindexes:{own.rstrip()}"))
    before = tree(blog)
    assert done(blog, "archive", "roi", "--yes").endswith(
        "Entries follow in README.md, old/README.md, posts/README.md.\n"
    )
    assert done(blog, "unarchive", "roi", "--yes").endswith("Entries follow in README.md, posts/README.md.\n")
    assert tree(blog) == before


def test_several_posts_are_one_operation(blog: Path) -> None:
    before = state(blog)
    done(blog, "archive", "roi", "queues", "notes", "--yes")
    assert sorted(path.name for path in (blog / "old").iterdir()) == ["2026-01-10", "2026-02-01", "2026-02-03"]
    assert_taken_back(blog, before)


def test_what_is_in_the_archive_already_stays_there(blog: Path) -> None:
    done(blog, "archive", "roi", "--yes")
    before = state(blog)
    for word in ("roi", "2026-01-10/roi", KEPT, ROI_ZH):
        assert done(blog, "archive", word) == "In the archive already: 2026-01-10/roi.\nNothing to archive.\n"
    assert told(blog, "archive", "roi")["moved"] == []
    assert state(blog) == before
    assert "In the archive already: 2026-01-10/roi.\n" in done(blog, "archive", "queues", "roi", "--yes")
    assert done(blog, "unarchive", "notes") == "Not in the archive: 2026-02-03/notes.\nNothing to bring back.\n"


def test_a_locale_without_chinese_commits_a_chinese_title_and_misses_no_link_in_a_chinese_name(blog: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    before = state(blog)
    ended = aiblog("archive", "roi", "--yes", folder=blog, environment=ascii_only)
    assert ended.returncode == 3
    assert "has no name in this locale (ascii); one with UTF-8 was wanted" in ended.stderr
    assert state(blog) == before
    git(blog, "rm", "--quiet", "docs/说明.md", "posts/2026-01-10/images/图.png")
    git(blog, "commit", "--quiet", "-m", "Latin names")
    ended = aiblog("archive", "notes", "--commit", "--yes", folder=blog, environment=ascii_only)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.isascii()
    assert git(blog, "log", "-1", "--format=%s") == "Archive blog post: 笔记"
    assert git(blog, "branch", "--show-current") == "blog/2026-02-03-archive-notes"
    assert git(blog, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "says", "hints"),
    [
        (("archive",), "a post is needed (POST)", ["aiblog archive POST --yes", "aiblog list"]),
        (("archive", "roi"), "this has to be confirmed", ["aiblog archive roi --yes"]),
        (("archive", "roi", "rio", "--yes"), 'no post "rio" in this blog', ["aiblog list"]),
        (("archive", "roi", "--before", "2026-02-01", "--yes"), "POST and --before exclude each other", []),
        (("archive", "--before", "soon", "--yes"), '--before: "soon" is not a date; YYYY-MM-DD was wanted', []),
        (("unarchive",), "a post is needed (POST)", ["aiblog unarchive POST --yes", "aiblog list"]),
        (("unarchive", "roi", "--all", "--yes"), "POST and --all exclude each other", []),
        (("unarchive", "rio", "--yes"), 'no post "rio" in this blog', ["aiblog list"]),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_changes(
    blog: Path, words: tuple[str, ...], says: str, hints: list[str]
) -> None:
    assert refused(blog, *words, code=2, says=says) == hints


def test_a_blog_without_an_archive_is_told_the_setting(blog: Path) -> None:
    settings = blog / "aiblog.yaml"
    settings.write_text(settings.read_text().replace("archive: old\n", ""))
    for words in (("archive", "roi"), ("unarchive", "--all"), ("archive", "--before", "2026-02-01")):
        hints = refused(blog, *words, "--yes", code=2, says="`archive: FOLDER` in aiblog.yaml was wanted")
        assert hints == ["${EDITOR:-vi} aiblog.yaml"]


def test_a_whole_run_on_a_terminal(blog: Path) -> None:
    before = state(blog)
    with Terminal("archive", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Which post").type(DOWN, DOWN, ENTER)
        terminal.wait_for("Move it to the archive?")
        assert f"{ROI} → {KEPT}" in terminal.screen
        assert state(blog) == before
        terminal.type(ENTER)
        assert terminal.exit_code() == 0
    assert "Without questions:  aiblog archive roi --yes" in terminal.screen
    with Terminal("unarchive", "--all", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Move it back from the archive?").type("y")
        assert terminal.exit_code() == 0
    assert tree(blog) == FIRST
    with Terminal("archive", "roi", "queues", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Move 2 posts to the archive?").type("n")
        assert terminal.exit_code() == 0
    assert tree(blog) == FIRST
