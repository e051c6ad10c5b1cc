"""`aiblog remove`: a post goes, off a terminal and on one; who links to it is told, or led elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.moved_blogs import QUEUES, QUEUES_ZH, ROI, ROI_ZH, assert_taken_back, done, linked_blog, refused, told
from support.moved_blogs import text as text_of
from support.program import aiblog, tree
from support.repositories import state, write
from support.terminal import DOWN, ENTER, Terminal

LINKS = f"""\
docs/说明.md:3:10: ../posts/2026-01-10/roi.md leads nowhere then
{QUEUES}:13:17: ../2026-01-10/roi.md leads nowhere then
{QUEUES_ZH}:11:8: ../2026-01-10/roi_zh.md leads nowhere then
`--redirect-to POST` leads these links to another post.
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return linked_blog(tmp_path / "blog")


def test_a_whole_run_tells_who_links_to_it_and_takes_the_entries_out(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("remove", "roi", "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["posts/2026-01-10/images/图.png", ROI, ROI_ZH]
    assert ended.stderr == f"{LINKS}Entries go from README.md, posts/README.md.\n"
    assert not (blog / "posts/2026-01-10").exists()
    assert "roi" not in text_of(blog, "posts/README.md") + text_of(blog, "README.md")
    assert text_of(blog, QUEUES).endswith("[returns](../2026-01-10/roi.md).\n")
    assert_taken_back(blog, before)


def test_its_links_are_led_to_another_post(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("remove", "roi", "--redirect-to", "queues", "--yes", folder=blog)
    assert ended.returncode == 0, ended.stderr
    assert "leads nowhere" not in ended.stderr
    assert "[it](../posts/2026-02-01/queues.md)" in text_of(blog, "docs/说明.md")
    assert "[回报](./queues_zh.md)，" in text_of(blog, QUEUES_ZH)
    assert_taken_back(blog, before)


def test_an_entry_of_several_posts_loses_the_links_to_it_where_nothing_is_said_beside_them(blog: Path) -> None:
    both = "- [Queues](./posts/2026-02-01/queues.md) | [Returns](./posts/2026-01-10/roi.md)\n"
    page = text_of(blog, "README.md").replace("- [Returns](./posts/2026-01-10/roi.md)\n", both)
    write(blog, {"README.md": page})
    before = state(blog)
    assert "README.md:" not in done(blog, "remove", "roi", "--yes").replace("posts/README.md:", "")
    assert text_of(blog, "README.md") == page.replace(both, "- [Queues](./posts/2026-02-01/queues.md)\n")
    assert_taken_back(blog, before)
    page = page.replace(" | ", ", then ")
    write(blog, {"README.md": page})
    assert "README.md:5:" in done(blog, "remove", "roi", "--yes")
    assert text_of(blog, "README.md") == page


def test_outside_git_it_is_said_that_nothing_takes_it_back(tmp_path: Path) -> None:
    blog = linked_blog(tmp_path / "blog")
    (blog / ".git").rename(tmp_path / "git")
    assert "Outside git there is no `aiblog undo`: what goes is gone.\n" in done(blog, "remove", "roi", "--yes")
    refused(blog, "remove", "roi", "--yes", code=2, says='no post "roi"', look=tree)


def test_a_second_time_there_is_nothing_to_do(blog: Path) -> None:
    done(blog, "remove", "roi", "--yes")
    before = state(blog)
    for word in ("roi", "2026-01-10/roi", ROI_ZH):
        assert done(blog, "remove", word) == '"2026-01-10/roi" is removed already.\n'
    assert told(blog, "remove", "roi")["removed"] == []
    refused(blog, "mv", "roi", "returns", "--yes", code=2, says='no post "roi"')
    assert state(blog) == before


def test_json_has_what_goes_and_who_links_to_it(blog: Path) -> None:
    said = told(blog, "remove", "roi", "--dry-run")
    assert [each["to"] for each in said["posts"]] == [None]
    assert said["removed"] == ["posts/2026-01-10/images/图.png", ROI, ROI_ZH]
    assert (said["moved"], said["modified"]) == ([], ["README.md", "posts/README.md"])
    assert said["dangling"][0] == {
        "path": "docs/说明.md", "line": 3, "column": 10, "destination": "../posts/2026-01-10/roi.md"
    }  # fmt: skip
    assert f"--- a/{ROI}\n+++ /dev/null\n" in said["diff"]


@pytest.mark.parametrize(
    ("words", "code", "says", "hints"),
    [
        ((), 2, "a post is needed (POST)", ["aiblog remove POST --yes", "aiblog list"]),
        (("roi",), 2, "this has to be confirmed", ["aiblog remove roi --yes"]),
        (("rio", "--yes"), 2, 'no post "rio" in this blog', ["aiblog list"]),
        (("roi", "--redirect-to", "rio", "--yes"), 2, 'no post "rio" in this blog', ["aiblog list"]),
        (("roi", "--redirect-to", "2026-01-10/roi", "--yes"), 2, "is the post that goes", []),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_changes(
    blog: Path, words: tuple[str, ...], code: int, says: str, hints: list[str]
) -> None:
    assert refused(blog, "remove", *words, code=code, says=says) == hints


def test_on_a_terminal_no_is_the_first_answer(blog: Path) -> None:
    before = state(blog)
    with Terminal("remove", "roi", folder=blog, columns=110, rows=90) as terminal:
        terminal.wait_for("Remove it? (y/N)")
        assert LINKS in terminal.screen
        assert f"{ROI} goes" in terminal.screen
        assert terminal.screen.count("`--redirect-to POST` leads these links to another post.") == 1
        assert "-## 2026-01-10: Returns" in terminal.screen
        assert "-# Returns" not in terminal.screen
        terminal.type(ENTER)
        assert terminal.exit_code() == 0
        assert terminal.last_line == "Nothing was written."
    assert state(blog) == before
    with Terminal("remove", folder=blog, columns=110, rows=90) as terminal:
        terminal.wait_for("Which post").type(DOWN, DOWN, ENTER)
        terminal.wait_for("Remove it?").type("y")
        assert terminal.exit_code() == 0
        assert "Without questions:  aiblog remove roi --yes" in terminal.screen
        assert "Take it back:       aiblog undo" in terminal.screen
    assert_taken_back(blog, before)
