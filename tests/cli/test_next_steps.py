"""The commands that a run ends with, taken at their word: each is pasted, and works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from support.program import aiblog, tree
from support.repositories import draft, git, made_blog, state
from support.terminal import ENTER, Terminal

MARKER = "\n<!-- aiblog:todo say more -->\n"


def line_after(words: str, text: str) -> list[str]:
    """The aiblog command that stands after these words, without `aiblog`."""
    match = re.search(f"^.*{words} +aiblog (.*)$", text, re.MULTILINE)
    assert match, text
    return shlex.split(match[1])


def test_the_push_and_the_switch_that_publish_offers_repeat_what_let_it_through(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog", remote=True)
    draft(blog)
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + MARKER)
    git(blog, "switch", "-c", "other")
    done = aiblog("publish", "new-post", "--allow", "todo-marker", "--branch", "mine", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    pushed = aiblog(*line_after("To push it:", done.stderr), folder=blog)
    assert (pushed.returncode, pushed.stdout) == (0, done.stdout)
    assert "mine" in git(blog, "ls-remote", "--heads", "origin")
    again = aiblog(*line_after("To push it:", done.stderr), folder=blog)
    assert "origin has it already." in again.stderr
    assert aiblog(*line_after("To go to the branch:", done.stderr), folder=blog).returncode == 0
    assert git(blog, "branch", "--show-current").strip() == "mine"


def test_the_hint_after_a_post_was_chosen_names_it(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + MARKER)
    before = state(blog)
    with Terminal("publish", folder=blog, columns=120) as terminal:
        terminal.wait_for("Which post").type(ENTER)
        assert terminal.exit_code() == 3
        assert "hint: aiblog publish new-post --allow todo-marker\n" in terminal.screen + "\n"
    assert state(blog) == before


def test_publish_without_anybody_to_ask_repeats_every_flag(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    before = state(blog)
    none = aiblog("publish", "--push", folder=blog)
    assert (none.returncode, none.stdout) == (2, "")
    assert "a post is needed (POST), and there is no terminal to ask on" in none.stderr
    assert "hint: aiblog publish --push POST --yes\n" in none.stderr
    unsure = aiblog("publish", "old", "--message", "Words", "--no-input", folder=blog)
    assert unsure.returncode == 2
    assert "hint: aiblog publish old --message Words --no-input --yes\n" in unsure.stderr
    assert state(blog) == before


def test_a_slug_that_two_posts_have_is_offered_with_its_date(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    done = aiblog("new", "An old post", "--slug", "old", "--date", "2026-03-01", "--lang", "en", folder=blog)
    assert line_after("When it is written:", done.stderr) == ["publish", "2026-03-01/old"]
    assert aiblog(*line_after("Chinese edition:", done.stderr), folder=blog).returncode == 0
    again = aiblog("new", "A second", "--date", "2026-03-02", "--lang", "en", folder=blog)
    before = tree(blog)
    assert "already" not in again.stderr
    again = aiblog("new", "A second", "--date", "2026-03-02", "--lang", "en", folder=blog)
    assert "It is there already, as this would write it.\n" in again.stderr
    assert tree(blog) == before


def test_a_new_blog_is_put_into_git_by_the_line_that_init_ends_with(tmp_path: Path) -> None:
    done = aiblog("-C", str(tmp_path), "init", folder=tmp_path.parent)
    match = re.search(r"^Into git: +(.*)$", done.stderr, re.MULTILINE)
    assert match, done.stderr
    for command in match[1].split(" && "):
        program, *words = shlex.split(command)
        assert program == "git"
        git(tmp_path.parent, *words)
    assert git(tmp_path, "status", "--porcelain") == ""
    more = aiblog("init", "--lang", "en,fr", folder=tmp_path)
    assert "+  fr: {name: French" in more.stderr
