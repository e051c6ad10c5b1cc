"""`aiblog redate`: a post of another date, off a terminal and on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.moved_blogs import ROI, ROI_ZH, assert_taken_back, done, linked_blog, refused, told
from support.moved_blogs import text as text_of
from support.program import aiblog
from support.repositories import git, state, write
from support.terminal import CTRL_U, DOWN, ENTER, Terminal

NEW, NEW_ZH = "posts/2026-02-20/roi.md", "posts/2026-02-20/roi_zh.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return linked_blog(tmp_path / "blog")


def test_a_whole_run_moves_the_folder_and_sets_the_date(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("redate", "roi", "2026-02-20", "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["posts/2026-02-20/images/图.png", NEW, NEW_ZH]
    assert not (blog / "posts/2026-01-10").exists()
    assert "date: 2026-02-20\n" in text_of(blog, NEW_ZH)
    assert "[queues](../2026-02-01/queues.md#how" in text_of(blog, NEW)
    assert "[it](../posts/2026-02-20/roi.md)" in text_of(blog, "docs/说明.md")
    index = text_of(blog, "posts/README.md")
    assert index.index("## 2026-02-20: Returns") < index.index("## 2026-02-01: Queues")
    assert "- [回报](./2026-02-20/roi_zh.md)\n\n一句话，人写的。\n" in index
    assert_taken_back(blog, before)


def test_a_second_time_there_is_nothing_to_do(blog: Path) -> None:
    done(blog, "redate", "2026-01-10/roi", "2026-02-20", "--yes")
    before = state(blog)
    said = '"2026-01-10/roi" is of 2026-02-20 already: nothing to do.\n'
    assert done(blog, "redate", "2026-01-10/roi", "2026-02-20") == said
    assert done(blog, "redate", ROI_ZH, "2026-02-20") == said
    same = '"2026-02-20/roi" has that date already: nothing to do.\n'
    assert done(blog, "redate", "roi", "2026-02-20") == same
    assert told(blog, "redate", "roi", "2026-02-20")["posts"] == []
    assert state(blog) == before


def test_in_a_blog_without_dates_in_its_paths_the_front_matter_alone_changes(tmp_path: Path) -> None:
    page = "---\ntitle: 队列\ndate: 2026-01-10\n---\n\n正文。\n"
    write(tmp_path, {f"content/posts/{name}/index{end}.md": page for name in ("queues", "roi") for end in ("", ".zh")})
    ended = aiblog("redate", "roi", "2026-02-20", "--yes", folder=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "content/posts/roi/index.md\ncontent/posts/roi/index.zh.md\n"
    assert text_of(tmp_path, "content/posts/roi/index.md") == page.replace("01-10", "02-20")
    assert "has that date already" in done(tmp_path, "redate", "roi", "2026-02-20")


def test_a_post_whose_path_has_no_date_is_called_by_its_slug(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {"aiblog.yaml": 'posts: 文章\npath: "{slug}/index{lang}.md"\n'})
    write(tmp_path, {f"文章/{name}/index.md": "---\ndate: 2026-01-10\n---\n\n# 队列\n" for name in ("queues", "roi")})
    done(tmp_path, "mv", "roi", "returns", "--yes")
    assert done(tmp_path, "mv", "roi", "returns") == '"roi" is "returns" already: nothing to do.\n'
    refused(tmp_path, "mv", "queues", "returns", "--yes", code=3, says='the post "returns" is there already')


def test_today_and_tomorrow_are_dates(blog: Path) -> None:
    said = told(blog, "redate", "roi", "tomorrow", "--dry-run")
    date = said["posts"][0]["to"]["date"]
    assert said["command"] == ["aiblog", "redate", "roi", date, "--yes"]


@pytest.mark.parametrize(
    ("words", "says", "hints"),
    [
        ((), "a post is needed (POST)", ["aiblog redate POST DATE --yes", "aiblog list"]),
        (("roi",), "a date is needed (DATE)", ["aiblog redate roi DATE --yes"]),
        (("roi", "20.2.2026", "--yes"), 'DATE: "20.2.2026" is not a date; YYYY-MM-DD, today or tomorrow', []),
        (("roi", "2026-02-30", "--yes"), 'DATE: "2026-02-30" is not a date', []),
        (("roi", "2026-02-20"), "this has to be confirmed", ["aiblog redate roi 2026-02-20 --yes"]),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_changes(
    blog: Path, words: tuple[str, ...], says: str, hints: list[str]
) -> None:
    assert refused(blog, "redate", *words, code=2, says=says) == hints


def test_a_whole_run_on_a_terminal_with_a_mistake(blog: Path) -> None:
    before = state(blog)
    with Terminal("redate", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Which post").type(DOWN, DOWN, ENTER)
        terminal.wait_for("New date").type(ENTER).wait_for("that is its date now")
        terminal.type(CTRL_U, "20.2.2026").wait_for("not a date: write ")
        terminal.type(CTRL_U, "2026-02-20", ENTER).wait_for("Re-date it?")
        assert f"{ROI} → {NEW}" in terminal.screen
        terminal.type("y")
        assert terminal.exit_code() == 0
    assert "Without questions:  aiblog redate roi 2026-02-20 --yes" in terminal.screen
    assert (blog / NEW).is_file()
    assert_taken_back(blog, before)
