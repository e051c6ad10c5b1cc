"""`aiblog undo` and `aiblog log`: what an operation did goes, what is the author's stays, to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from support.faults import Scenario
from support.program import aiblog
from support.repositories import INDEX, OLD, assert_sound, draft, git, made_blog, state, write
from support.scenarios import DRAFTING, NEW, PUBLISH, PUBLISHING, at_work, elsewhere, without_the_folder
from support.terminal import ENTER, Terminal


def stale_index(folder: Path) -> None:
    """A blog whose index lacks a published post."""
    at_work(folder)
    (folder / "posts/2026-02-25/new-post.md").write_text(OLD.replace("An old post", "Another"))


def mendable(folder: Path) -> None:
    """A blog with a link in the wrong case."""
    at_work(folder)
    (folder / "posts/2026-02-25/new-post.md").write_text(
        OLD.replace("Text.", "[另一篇](../2026-01-10/OLD.md)。").replace("2026-01-10\ntags", "2026-02-25\ntags")
    )


def without_settings(folder: Path) -> None:
    """A blog that nothing describes."""
    at_work(folder)
    (folder / "aiblog.yaml").unlink()


OTHERS = [
    Scenario("index", ("index",), stale_index),
    Scenario("check --fix", ("check", "--fix"), mendable),
    Scenario("tags rename", ("tags", "rename", "a", "云原生", "--yes"), at_work),
    Scenario("init", ("init", "--yes"), without_settings),
]


def done(folder: Path, *words: str, code: int = 0) -> str:
    """One run of aiblog; what it printed, talk included."""
    ended = aiblog(*words, folder=folder)
    assert ended.returncode == code, ended.stderr
    return ended.stdout + ended.stderr


def operations(folder: Path) -> list[dict[str, object]]:
    """What `log` tells."""
    found: list[dict[str, object]] = json.loads(aiblog("log", "--json", folder=folder).stdout)["operations"]
    return found


@pytest.mark.parametrize("scenario", [*DRAFTING, *PUBLISHING, *OTHERS], ids=lambda each: each.name)
def test_an_operation_is_taken_back_to_the_byte_and_done_again_by_undoing_the_undo(
    scenario: Scenario, tmp_path: Path
) -> None:
    blog = tmp_path / "blog"
    scenario.made(blog)
    before = state(blog)
    folders = sorted(path for path in blog.rglob("*") if path.is_dir() and ".git" not in path.parts)
    ended = aiblog(*scenario.arguments, folder=blog)
    assert ended.returncode in (0, 1), ended.stderr
    after = state(blog)
    assert after != before
    done(blog, "undo", "--yes")
    assert state(blog) == before
    assert sorted(path for path in blog.rglob("*") if path.is_dir() and ".git" not in path.parts) == folders
    assert "taken back already" in done(blog, "undo", "--yes")
    assert state(blog) == before
    done(blog, "undo", "2", "--yes")
    assert state(blog) == after
    assert [(each["id"], each["undoes"], each["undone_by"]) for each in operations(blog)] == [
        (3, 2, None),
        (2, 1, 3),
        (1, None, None),
    ]
    done(blog, "undo", "--yes")
    assert state(blog) == before
    assert_sound(blog)


def test_git_switch_goes_everywhere_after_an_undo(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    at_work(blog)
    git(blog, "branch", "topic")
    done(blog, *PUBLISH)
    done(blog, "undo", "--yes")
    assert git(blog, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert "moving from blog/2026-02-25-new-post to main" in git(blog, "reflog", "-1", "HEAD")
    git(blog, "switch", "--quiet", "topic")
    git(blog, "switch", "--quiet", "-")
    assert git(blog, "symbolic-ref", "HEAD") == "refs/heads/main"


def refused(blog: Path, *words: str, says: Sequence[str], code: str = "conflict") -> None:
    """An undo that is refused, and leaves everything as it is."""
    before, journal = state(blog), sorted(path.name for path in (blog / ".git/aiblog").iterdir())
    ended = aiblog("undo", *words, "--yes", "--json", folder=blog)
    assert ended.returncode == 3, ended.stdout
    error = json.loads(ended.stdout)["error"]
    assert error["code"] == code
    for text in says:
        assert text in error["message"] + "\n".join(error["hints"])
    assert state(blog) == before
    assert sorted(path.name for path in (blog / ".git/aiblog").iterdir()) == journal


def edited(blog: Path) -> None:
    place = blog / "posts/2026-02-25/new-post.md"
    place.write_text(place.read_text() + "更多。\n")


def committed_on_top(blog: Path) -> None:
    git(blog, "commit", "--quiet", "--allow-empty", "-m", "More")


def branched_off(blog: Path) -> None:
    git(blog, "branch", "more")


def base_moved(blog: Path) -> None:
    tree = git(blog, "rev-parse", "main^{tree}")
    git(blog, "update-ref", "refs/heads/main", git(blog, "commit-tree", "-p", "main", "-m", "Other", tree))


def gone_elsewhere(blog: Path) -> None:
    git(blog, "symbolic-ref", "HEAD", "refs/heads/topic")
    git(blog, "update-ref", "HEAD", "main")


def staged_more(blog: Path) -> None:
    edited(blog)
    git(blog, "add", "posts/2026-02-25/new-post.md")
    place = blog / "posts/2026-02-25/new-post.md"
    place.write_text(place.read_text().removesuffix("更多。\n"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (edited, ['"posts/2026-02-25/new-post.md" has been edited since']),
        (committed_on_top, ['the branch "blog/2026-02-25-new-post" has moved since', "git log"]),
        (branched_off, ['"more" has the commit too']),
        (base_moved, ['"main" has moved since', "git switch main"]),
        (gone_elsewhere, ["git switch blog/2026-02-25-new-post"]),
        (staged_more, ['"posts/2026-02-25/new-post.md" is staged otherwise since']),
    ],
    ids=["edited", "commit on top", "another branch", "base moved", "elsewhere", "staged"],
)
def test_what_would_lose_later_work_is_refused_with_what_stands_in_the_way(
    change: Callable[[Path], None], says: list[str], tmp_path: Path
) -> None:
    blog = tmp_path / "blog"
    at_work(blog)
    done(blog, *PUBLISH)
    change(blog)
    refused(blog, says=says)


def test_a_branch_that_is_checked_out_in_another_work_tree_stays(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    done(blog, *PUBLISH)
    git(blog, "switch", "--quiet", "main")
    git(blog, "worktree", "add", "--quiet", str(tmp_path / "other"), "blog/2026-02-25-new-post")
    refused(blog, says=["is checked out in another work tree", str(tmp_path / "other")], code="branch-exists")


def test_where_a_lock_keeps_the_branch_all_that_went_before_it_is_put_back(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    done(blog, *PUBLISH)
    lock = blog / ".git/refs/heads/blog/2026-02-25-new-post.lock"
    lock.touch()
    refused(blog, says=[".lock"], code="busy")
    lock.unlink()
    done(blog, "undo", "--yes")
    assert_sound(blog)


def test_of_many_later_edits_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    paths = [draft(blog, f"p{number}", f"文章 {number}") for number in range(10)]
    done(blog, "tags", "rename", "a", "云原生", "--yes")
    for path in paths:
        (blog / path).write_text((blog / path).read_text() + "更多。\n")
    edited = [f'"{path}" has been edited since' for path in reversed(paths)]
    refused(blog, says=[", ".join(edited[:8]) + ", and 2 more"])


def test_an_index_that_gained_another_entry_since_loses_its_own_alone(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog, "one", "第一篇")
    draft(blog, "two", "Two")
    done(blog, "publish", "one", "--yes", "--no-branch", "--summary", "总结。")
    path = blog / "posts/README.md"
    one = path.read_text()
    added = "## 2026-03-01: By hand\n\n- [By hand](./2026-03-01/hand.md)\n\n"
    path.write_text(one.replace("## 2026-02-25", f"{added}## 2026-02-25", 1))
    done(blog, "undo", "--yes")
    assert path.read_text() == INDEX.replace("## 2026-01-10", f"{added}## 2026-01-10", 1)
    assert git(blog, "diff", "--cached", "--name-only") == ""
    done(blog, "undo", "2", "--yes")
    assert path.read_text() == one.replace("## 2026-02-25", f"{added}## 2026-02-25", 1)


def test_an_index_whose_entry_was_reworded_since_is_refused(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    done(blog, "publish", "new-post", "--yes", "--no-branch", "--summary", "As it was.")
    path = blog / "posts/README.md"
    path.write_text(path.read_text().replace("As it was.", "Reworded."))
    refused(blog, says=['"posts/README.md" has been edited since'])


def test_an_operation_before_the_last_one_is_taken_back_by_its_number(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    done(blog, *NEW[:4], "--date", "2026-02-25")
    done(blog, "new", "Another", "--date", "2026-02-25")
    done(blog, "undo", "1", "--yes")
    assert sorted(path.name for path in (blog / "posts/2026-02-25").iterdir()) == ["another.md"]
    refused_number = aiblog("undo", "9", "--yes", folder=blog)
    assert refused_number.returncode == 2
    assert "the journal has no operation 9" in refused_number.stderr


def test_a_publish_and_the_draft_it_came_from_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    without_the_folder(blog)
    before = state(blog)
    done(blog, *NEW, "--commit")
    refused_first = done(blog, "publish", "new-post", "--lang", "en", "--allow", "todo-marker", "--yes")
    assert "blog/2026-02-25-new-post" in refused_first
    refused(blog, "1", says=["has moved since", "has been edited since"])
    done(blog, "undo", "--yes")
    done(blog, "undo", "1", "--yes")
    assert state(blog) == before


def test_after_git_switch_back_only_the_branch_goes_and_the_draft_is_there_again(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    path = draft(blog)
    before = state(blog)
    done(blog, *PUBLISH)
    git(blog, "switch", "--quiet", "main")
    assert not (blog / path).exists()
    done(blog, "undo", "--yes")
    assert state(blog) == before


def test_what_was_pushed_is_said_and_stays(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog", remote=True)
    draft(blog)
    done(blog, *PUBLISH, "--push")
    commit = git(blog, "rev-parse", "HEAD")
    plan = json.loads(done(blog, "undo", "--dry-run", "--json"))
    assert (plan["commit"], plan["pushed"]) == (commit, ["origin/blog/2026-02-25-new-post"])
    assert "origin/blog/2026-02-25-new-post has the commit still" in done(blog, "undo", "--yes")
    assert git(blog, "branch", "--list", "blog/*") == ""
    assert git(tmp_path / "blog.git", "rev-parse", "blog/2026-02-25-new-post") == commit
    done(blog, *PUBLISH, "--push")


def test_a_switch_by_git_is_gone_back_by_git_first(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    git(blog, "switch", "--quiet", "--create", "topic")
    git(blog, "commit", "--quiet", "--allow-empty", "-m", "On topic")
    draft(blog)
    before = state(blog)
    done(blog, *PUBLISH, "--switch")
    refused(blog, says=['"topic" was checked out before it', "git switch topic"])
    git(blog, "switch", "--quiet", "topic")
    done(blog, "undo", "--yes")
    assert state(blog) == before


@pytest.mark.parametrize("command", ["log", "undo"])
def test_outside_a_repository_there_is_no_journal(command: str, tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-01-10/old.md": OLD})
    done(tmp_path, "new", "A post", "--date", "2026-02-25")
    ended = aiblog(command, "--json", folder=tmp_path)
    assert ended.returncode == 3
    assert json.loads(ended.stdout)["error"]["code"] == "not-a-repository"


def test_off_a_terminal_yes_is_wanted_and_a_dry_run_shows_the_diff(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    done(blog, *NEW)
    before = state(blog)
    ended = aiblog("undo", folder=blog)
    assert ended.returncode == 2
    assert "aiblog undo --yes" in ended.stderr
    shown = done(blog, "undo", "--dry-run")
    assert "-# A new post" in shown
    plan = json.loads(aiblog("undo", "--dry-run", "--json", folder=blog).stdout)
    assert plan["files"] == ["posts/2026-02-25/new-post.md", "posts/2026-02-25/new-post_zh.md"]
    assert state(blog) == before
    assert [each["id"] for each in operations(blog)] == [1]


def test_on_a_terminal_the_last_line_of_a_publish_says_how_and_undo_asks_first(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    before = state(blog)
    with Terminal("publish", "new-post", "--yes", folder=blog, columns=120) as terminal:
        terminal.wait_for("Take it back:  aiblog undo")
        assert terminal.exit_code() == 0
    with Terminal("undo", folder=blog, columns=120) as terminal:
        terminal.wait_for("Take back aiblog publish new-post --yes, ")
        terminal.answer("Take back", "y", ENTER)
        assert terminal.exit_code() == 0
    assert state(blog) == before


def test_nothing_written_is_no_operation_and_a_clone_has_none(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    done(blog, "index")
    done(blog, "new", "A post", "--dry-run")
    assert operations(blog) == []
    assert not (blog / ".git/aiblog").exists()
    assert "Nothing to take back" in done(blog, "undo")


def test_credentials_in_a_command_are_not_kept(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    done(blog, "new", "A post", "--set", "source=https://ada:geheim@example.org/x", "--date", "2026-02-25")
    assert "geheim" not in json.dumps(operations(blog)[0]["command"])


def test_a_linked_work_tree_has_a_journal_of_its_own(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    git(blog, "worktree", "add", "--quiet", "-b", "topic", str(tmp_path / "linked"))
    linked = tmp_path / "linked"
    done(linked, *NEW)
    assert operations(blog) == []
    place = Path(git(linked, "rev-parse", "--path-format=absolute", "--git-path", "aiblog"))
    assert [path.name for path in place.iterdir()] == ["1.done"]
    done(linked, "undo", "--yes")
    assert git(linked, "status", "--porcelain") == ""


def test_elsewhere_the_branch_goes_and_head_stays(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    elsewhere(blog)
    done(blog, *PUBLISH)
    assert "goes." in done(blog, "undo", "--yes")
    assert git(blog, "symbolic-ref", "--short", "HEAD") == "topic"


def test_undo_a_second_time_names_the_one_before(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    at_work(blog)
    for slug in ("first", "second"):
        done(blog, "new", f"云原生 {slug}", "--slug", slug, "--date", "2026-03-01", "--lang", "en")
    done(blog, "undo", "--yes")
    said = "Nothing to take back: operation 2 is taken back already.\nTo do it again:  aiblog undo 3\n"
    assert done(blog, "undo", "--yes") == f"{said}The one before:  aiblog undo 1\n"
    done(blog, "undo", "1", "--yes")
    assert done(blog, "undo", "--yes") == said
