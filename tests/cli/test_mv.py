"""`aiblog mv`: a post under another slug, off a terminal and on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.moved_blogs import (
    FILES,
    QUEUES,
    QUEUES_ZH,
    ROI,
    ROI_ZH,
    assert_taken_back,
    done,
    linked_blog,
    refused,
    told,
)
from support.moved_blogs import text as text_of
from support.program import aiblog, tree
from support.repositories import assert_sound, git, show, state, write
from support.terminal import CTRL_C, CTRL_U, DOWN, ENTER, Terminal

NEW, NEW_ZH = "posts/2026-01-10/returns.md", "posts/2026-01-10/returns_zh.md"
FOLLOWS = "8 links in 7 files follow.\nEntries follow in README.md, posts/README.md.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return linked_blog(tmp_path / "blog")


def renamed() -> dict[str, str]:
    """The blog's files as they are after `mv roi returns`."""
    files = {path.replace("/roi", "/returns"): text for path, text in FILES.items()}
    for path in (NEW, NEW_ZH, QUEUES, QUEUES_ZH, "posts/README.md", "README.md", "docs/说明.md"):
        files[path] = files[path].replace("/roi", "/returns")
    files[QUEUES_ZH] = files[QUEUES_ZH].replace(
        "`[回报](../2026-01-10/returns_zh.md)`", "`[回报](../2026-01-10/roi_zh.md)`"
    )
    return files


def test_a_whole_run_moves_every_edition_and_every_link_follows(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("mv", "roi", "returns", "--yes", folder=blog)
    assert (ended.returncode, ended.stdout) == (0, f"{NEW}\n{NEW_ZH}\n")
    assert ended.stderr == FOLLOWS
    assert tree(blog) == {path: text.encode() for path, text in renamed().items()}
    assert_taken_back(blog, before)
    assert_sound(blog)


def test_a_second_time_there_is_nothing_to_do(blog: Path) -> None:
    done(blog, "mv", "roi", "returns", "--yes")
    before = state(blog)
    for word in ("roi", "2026-01-10/roi", ROI_ZH):
        assert done(blog, "mv", word, "returns") == '"2026-01-10/roi" is "returns" already: nothing to do.\n'
    assert done(blog, "mv", "returns", "returns") == '"2026-01-10/returns" has that slug already: nothing to do.\n'
    assert told(blog, "mv", "roi", "returns")["moved"] == []
    refused(blog, "mv", "roi", "other", "--yes", code=2, says='it is "2026-01-10/returns" now')
    assert state(blog) == before
    done(blog, "undo", "--yes")
    refused(blog, "mv", "returns", "roi", "--yes", code=2, says='no post "returns" in this blog')


def test_a_chain_of_moves_is_followed(blog: Path) -> None:
    done(blog, "mv", "roi", "returns", "--yes")
    done(blog, "mv", "returns", "gains", "--yes")
    assert "already" in done(blog, "mv", "roi", "gains")
    assert "already" in done(blog, "mv", "returns", "gains")


def test_json_has_the_posts_the_files_and_the_counts(blog: Path) -> None:
    said = told(blog, "mv", "roi", "returns", "--yes")
    assert said == {
        "ok": True,
        "posts": [
            {
                "from": {"date": "2026-01-10", "slug": "roi", "editions": {"en": ROI, "zh": ROI_ZH}},
                "to": {"date": "2026-01-10", "slug": "returns", "editions": {"en": NEW, "zh": NEW_ZH}},
            }
        ],
        "moved": [[ROI, NEW], [ROI_ZH, NEW_ZH]],
        "created": [],
        "modified": ["README.md", "docs/说明.md", QUEUES, QUEUES_ZH, "posts/README.md"],
        "removed": [],
        "links": 8,
        "files": 7,
        "urls": 0,
        "dangling": [],
        "branch": None,
        "commit": None,
        "command": ["aiblog", "mv", "roi", "returns", "--yes"],
    }


def test_a_post_and_one_of_its_name_in_the_archive_are_told_apart_by_their_paths(blog: Path) -> None:
    old = "old/2026-01-10/roi.md"
    write(blog, {old: FILES[ROI]})
    for word, is_its in (("roi", "slug"), ("2026-01-10/roi", "name")):
        says = f'"{word}" is the {is_its} of 2 posts; one of these was wanted: {ROI}, {old}'
        refused(blog, "mv", word, "returns", "--yes", code=2, says=says)
    assert f"wanted: 2026-01-10/roi.md, ../{old}" in done(blog, "mv", "-C", "posts", "roi", "returns", code=2)
    before = state(blog)
    assert told(blog, "mv", old, "earlier", "--yes")["command"] == ["aiblog", "mv", old, "earlier", "--yes"]
    assert (blog / "old/2026-01-10/earlier.md").exists()
    assert_taken_back(blog, before)
    said = told(blog, "mv", "-C", "old", "2026-01-10/roi.md", "earlier", "--dry-run")
    assert said["command"] == ["aiblog", "mv", "-C", "old", "2026-01-10/roi.md", "earlier", "--yes"]
    with Terminal("mv", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("en  in the archive").type(DOWN, DOWN, DOWN, ENTER)
        terminal.answer("New slug", CTRL_U, "earlier", ENTER).answer("Rename it?", "y")
        assert terminal.exit_code() == 0
        assert f"aiblog mv {old} earlier --yes" in terminal.screen


def test_a_dry_run_prints_the_diff_and_writes_nothing(blog: Path) -> None:
    before = state(blog)
    ended = aiblog("mv", "roi", "returns", "--dry-run", folder=blog)
    assert ended.returncode == 0
    assert f"rename from {ROI}\nrename to {NEW}\n" in ended.stdout
    assert "+- [Returns](./2026-01-10/returns.md)\n+- [回报](./2026-01-10/returns_zh.md)\n" in ended.stdout
    assert ended.stderr == f"{ROI} → {NEW}\n{ROI_ZH} → {NEW_ZH}\n{FOLLOWS}"
    said = told(blog, "mv", "roi", "returns", "--dry-run")
    assert said["diff"] == ended.stdout
    assert (said["moved"], said["links"]) == ([[ROI, NEW], [ROI_ZH, NEW_ZH]], 8)
    assert state(blog) == before


def test_a_dry_run_names_the_branch_of_the_commit_and_refuses_what_the_commit_would(blog: Path) -> None:
    words = ("mv", "roi", "returns", "--commit", "--dry-run")
    before = state(blog)
    assert done(blog, *words).endswith(f"{FOLLOWS}On branch blog/2026-01-10-returns.\n")
    assert done(blog, *words, "--branch", "改名").endswith("On branch 改名.\n")
    said = told(blog, *words)
    assert (said["branch"], said["commit"]) == ("blog/2026-01-10-returns", None)
    refused(blog, *words, "--branch", "a..b", code=2, says='"a..b"')
    assert state(blog) == before
    git(blog, "switch", "--quiet", "-c", "other")
    assert done(blog, *words).endswith("On branch other.\n")
    refused(blog, *words, "--branch", "b", code=3, says='"b" can be made from the base')
    git(blog, "rm", "--quiet", "-r", "--cached", ".")
    git(blog, "commit", "--quiet", "-m", "Nothing")
    assert done(blog, *words).endswith("Nothing to commit: git has none of these files yet.\n")
    assert told(blog, *words)["branch"] is None


@pytest.mark.parametrize(
    ("words", "code", "says", "hints"),
    [
        ((), 2, "a post is needed (POST), and there is no terminal", ["aiblog mv POST SLUG --yes", "aiblog list"]),
        (("roi",), 2, "a new slug is needed (SLUG), and there is no terminal", ["aiblog mv roi SLUG --yes"]),
        (("roi", "returns"), 2, "this has to be confirmed", ["aiblog mv roi returns --yes"]),
        (("rio", "returns", "--yes"), 2, 'no post "rio"', ["aiblog list"]),
        (("roi", "a/b", "--yes"), 2, 'slug "a/b": letters a-z, digits and hyphens', ["aiblog mv roi a-b --yes"]),
        (("roi", "回报", "--commit"), 2, 'slug "回报": letters a-z', ["aiblog mv roi hui-bao --commit"]),
        (("roi", "readme", "--yes"), 2, 'slug "readme": a file of that name is', ["aiblog mv roi readme-post --yes"]),
        (("roi", "ROI", "--yes"), 2, "lower-case letters were wanted", []),
        (("roi", "returns", "--branch", "b", "--yes"), 2, "--branch b says how --commit commits", None),
        (("roi", "returns", "--message", "m", "--yes"), 2, "--message says how --commit commits", None),
        (("roi", "returns", "--commit", "--message", " ", "--yes"), 2, "--message is empty", None),
    ],
)  # fmt: skip
def test_what_will_not_do_is_refused_and_nothing_changes(
    blog: Path, words: tuple[str, ...], code: int, says: str, hints: list[str] | None
) -> None:
    found = refused(blog, "mv", *words, code=code, says=says)
    assert hints is None or found == hints


def test_a_slug_that_is_taken_is_refused(blog: Path) -> None:
    done(blog, "new", "Other", "--slug", "other", "--date", "2026-01-10", "--lang", "en")
    refused(blog, "mv", "roi", "other", "--yes", code=3, says="2026-01-10/other")


def test_of_two_posts_with_one_slug_the_date_says_which(blog: Path) -> None:
    done(blog, "new", "Again", "--slug", "roi", "--date", "2026-03-01", "--lang", "en")
    refused(blog, "mv", "roi", "again", "--yes", code=2, says='"roi" is the slug of 2 posts')
    assert done(blog, "mv", "2026-03-01/roi", "again", "--yes").startswith("posts/2026-03-01/again.md\n")
    assert (blog / ROI).is_file()


def test_from_another_folder_paths_are_relative_to_it(blog: Path) -> None:
    ended = aiblog("mv", "./roi_zh.md", "returns", "--yes", folder=blog / "posts/2026-01-10")
    assert (ended.returncode, ended.stdout) == (0, "returns.md\nreturns_zh.md\n")


def test_a_commit_on_a_branch_holds_the_move_and_what_else_is_changed_stays(blog: Path) -> None:
    (blog / "docs/说明.md").write_text(FILES["docs/说明.md"] + "\n还没写完。\n", encoding="utf-8")
    (blog / ROI).write_text(FILES[ROI].replace("# Returns", "# The returns"), encoding="utf-8")
    before = state(blog)
    said = told(blog, "mv", "roi", "returns", "--commit", "--yes")
    assert said["branch"] == git(blog, "branch", "--show-current") == "blog/2026-01-10-returns"
    assert said["commit"] == git(blog, "rev-parse", "HEAD")
    assert said["command"] == ["aiblog", "mv", "roi", "returns", "--commit", "--yes"]
    assert git(blog, "log", "-1", "--format=%s") == "Rename blog post: roi to returns"
    assert len(git(blog, "log", "--follow", "--oneline", "--", NEW_ZH).splitlines()) == 2
    assert show(blog, f"HEAD:{NEW}") == renamed()[NEW]
    assert "# The returns" in text_of(blog, NEW)
    assert text_of(blog, "docs/说明.md").endswith(
        "returns.md) and [gone](../posts/2020-01-01/gone.md).\n\n还没写完。\n"
    )
    assert git(blog, "status", "--porcelain", "-z").split("\0") == [" M docs/说明.md", f" M {NEW}", ""]
    assert "already" in done(blog, "mv", "roi", "returns", "--commit", "--yes")
    assert_taken_back(blog, before)


def test_branch_and_message_of_the_commit_can_be_given(blog: Path) -> None:
    words = ("--commit", "--branch", "改名", "--message", "改个名字", "--yes")
    said = done(blog, "mv", "roi", "returns", *words)
    assert git(blog, "log", "-1", "--format=%s", "改名") == "改个名字"
    assert "Committed: " in said
    done(blog, "undo", "--yes")
    git(blog, "branch", "taken")
    git(blog, "commit", "--quiet", "--allow-empty", "-m", "More")
    hints = refused(
        blog, "mv", "roi", "returns", "--commit", "--branch", "taken", "--yes", code=3, says='"taken" is there'
    )
    assert hints[1] == "aiblog mv roi returns --commit --yes --branch NAME"


def test_in_a_blog_below_the_top_the_rest_of_the_repository_follows(tmp_path: Path) -> None:
    top = tmp_path / "repository"
    top.mkdir()
    git(top, "init", "--quiet")
    write(top, {f"site/{path}": text for path, text in FILES.items()})
    write(
        top, {"说明.md": "[a](site/posts/2026-01-10/roi.md)\n", "site/notes.md": "[b](/site/posts/2026-01-10/roi.md)\n"}
    )
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "Begin")
    before = state(top)
    said = told(top, "mv", "-C", "site", "roi", "returns", "--commit", "--yes")
    assert (said["moved"][0], said["links"]) == ([ROI, NEW], 10)
    assert "../说明.md" in said["modified"]
    assert said["command"] == ["aiblog", "mv", "-C", "site", "roi", "returns", "--commit", "--yes"]
    assert text_of(top, "说明.md") == "[a](site/posts/2026-01-10/returns.md)\n"
    assert text_of(top, "site/notes.md") == "[b](/site/posts/2026-01-10/returns.md)\n"
    assert git(top, "status", "--porcelain") == ""
    assert "already" in done(top / "site/posts", "mv", "roi", "returns")
    done(top / "site", "undo", "--yes")
    assert state(top) == before


def test_outside_git_it_works_the_same(tmp_path: Path) -> None:
    blog = linked_blog(tmp_path / "blog")
    (blog / ".git").rename(tmp_path / "git")
    words = ("mv", "roi", "returns", "--commit", "--yes")
    refused(blog, *words, code=3, says="is not in a git repository", look=tree)
    done(blog, "mv", "roi", "returns", "--yes")
    assert tree(blog) == {path: text.encode() for path, text in renamed().items()}


def test_a_whole_run_on_a_terminal_with_a_mistake_in_every_answer(blog: Path) -> None:
    before = state(blog)
    with Terminal("mv", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Which post").type(DOWN, DOWN, ENTER)
        terminal.wait_for("New slug").type(ENTER).wait_for("that is its slug now")
        terminal.type(CTRL_U, "贡献 回报").wait_for("from this: gong-xian-hui-bao")
        terminal.type(CTRL_U, "Returns").wait_for("lower-case letters were wanted; from this: returns")
        terminal.type(CTRL_U, "returns", ENTER).wait_for("Rename it?")
        assert f"{ROI} → {NEW}" in terminal.screen
        assert state(blog) == before
        terminal.type("y")
        assert terminal.exit_code() == 0
        lines = terminal.screen.split("\n")
    assert "Without questions:  aiblog mv roi returns --yes" in lines
    assert lines[-1] == "Take it back:       aiblog undo"
    assert tree(blog) == {path: text.encode() for path, text in renamed().items()}


@pytest.mark.parametrize("answer", ["n", CTRL_C])
def test_no_writes_nothing(blog: Path, answer: str) -> None:
    before = state(blog)
    with Terminal("mv", "roi", "returns", folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Rename it?").type(answer)
        assert terminal.exit_code() == (0 if answer == "n" else 130)
        assert "othing was written" in terminal.screen
    assert state(blog) == before


@pytest.mark.parametrize("flags", [(), ("--commit",)])
def test_what_is_edited_while_a_person_reads_the_plan_is_not_lost(blog: Path, flags: tuple[str, ...]) -> None:
    with Terminal("mv", "roi", "returns", *flags, folder=blog, columns=110, rows=60) as terminal:
        terminal.wait_for("Rename it?")
        write(blog, {ROI: f"{FILES[ROI]}\n更多。\n"})
        before = state(blog)
        terminal.type("y")
        assert terminal.exit_code() == 3
        assert f'"{ROI}" changed while aiblog ran; nothing was written' in terminal.screen
    assert state(blog) == before


def test_a_flag_answers_its_question(blog: Path) -> None:
    with Terminal("mv", "roi", "returns", "--yes", folder=blog, columns=110) as terminal:
        assert terminal.exit_code() == 0
        assert "?" not in terminal.screen
    assert text_of(blog, NEW).startswith("---\n")
