"""Cases 13 and 21: `aiblog publish` on a real pseudo-terminal: the questions, every way to stop, no push by mistake."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from support.program import aiblog
from support.repositories import INDEX, commit_paths, draft, git, made_blog, show, state, write
from support.terminal import CTRL_C, CTRL_D, CTRL_U, DOWN, ENTER, SPACE, UP, Terminal, pasted

BRANCH = "blog/2026-02-25-new-post"
QUESTIONS = (
    ("Which post", ENTER),
    ("Title in the index", ENTER),
    ("Link label (English)", ENTER),
    ("Summary for the index", ENTER),
    ("Also in the selections", ENTER),
    ("Publish it", ENTER),
)
"""Every question of a run without an editor, and what takes its suggestion."""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a remote and a draft that is ready."""
    folder = made_blog(tmp_path / "blog", remote=True)
    draft(folder)
    return folder


def test_a_whole_run_with_chinese_words_and_a_mistake(blog: Path) -> None:
    with Terminal("publish", folder=blog, columns=120, rows=50) as terminal:
        terminal.answer("Which post")
        terminal.wait_for("Title in the index").type(CTRL_U, ENTER).wait_for("the title is empty")
        terminal.type("动态资源分配", ENTER)
        terminal.wait_for("Link label (English)").type(CTRL_U, "读它", ENTER)
        terminal.wait_for("Summary for the index (empty: none)").type("## 标题", ENTER)
        terminal.wait_for('line 1 of the summary, "标题", is a heading of level 2').type(CTRL_U)
        terminal.answer("Summary for the index (empty: none)", "一句话。")
        terminal.wait_for("Also in the selections").type(SPACE, ENTER)
        terminal.wait_for("Publish it")
        assert "+## 2026-02-25: 动态资源分配" in terminal.screen
        assert f"On branch {BRANCH}, from main: 1 post, 2 indexes." in terminal.screen
        terminal.type(ENTER)
        assert terminal.exit_code() == 0
    lines = [line for line in terminal.screen.split("\n") if line.startswith(("?", "Checked", "Without"))]
    assert lines[:-1] == [
        "? Which post 2026-02-25  new-post",
        "Checked new-post: nothing wrong.",
        "? Title in the index 动态资源分配",
        "? Link label (English) 读它",
        "? Summary for the index (empty: none) 一句话。",
        "? Also in the selections README.md",
        "? Publish it Commit, nothing more",
    ]
    words = "--index-title '动态资源分配' --link-label 'en=读它' --summary '一句话。' --l"  # the line goes on below
    assert lines[-1] == f"Without questions:  aiblog publish new-post {words}"
    entry = "## 2026-02-25: 动态资源分配\n\n- [读它](./2026-02-25/new-post.md)\n\n一句话。\n\n"
    assert show(blog, "HEAD:posts/README.md") == INDEX.replace("## 2026-01-10", f"{entry}## 2026-01-10")
    assert git(blog, "branch", "--show-current") == BRANCH
    assert "refs/heads/blog" not in git(blog.with_name("blog.git"), "for-each-ref")


def test_rules_that_are_let_through_unasked_are_said(blog: Path) -> None:
    with Terminal("publish", "new-post", "--allow", "markdown", folder=blog) as terminal:
        terminal.wait_for("Checked new-post: nothing wrong, every Markdown rule let through.")
        terminal.wait_for("Title in the index").type(CTRL_C)
        assert terminal.exit_code() == 130


def test_the_command_that_was_printed_does_the_same(blog: Path) -> None:
    with Terminal("publish", "new-post", "--no-push", folder=blog, columns=200, rows=50) as terminal:
        terminal.wait_for("Title in the index").type(CTRL_U, "Mine", ENTER).answer("Link label").answer("Summary for")
        terminal.answer("Also in the selections").answer("Publish it")
        assert terminal.exit_code() == 0
    commit = git(blog, "rev-parse", f"{BRANCH}^{{tree}}")
    (command,) = (line for line in terminal.screen.split("\n") if line.startswith("Without questions:"))
    assert command == "Without questions:  aiblog publish new-post --index-title Mine --yes"
    git(blog, "switch", "--quiet", "main")
    git(blog, "branch", "--quiet", "-D", BRANCH)
    draft(blog)
    assert aiblog(*command.split()[3:], folder=blog).returncode == 0
    assert git(blog, "rev-parse", f"{BRANCH}^{{tree}}") == commit


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
@pytest.mark.parametrize(("stop", "code"), [(CTRL_C, 130), (CTRL_D, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_stopping_at_any_question_writes_nothing(
    blog: Path, number: int, stop: str | signal.Signals, code: int
) -> None:
    before = state(blog)
    with Terminal("publish", folder=blog, columns=120, rows=50) as terminal:
        for question, keys in QUESTIONS[:number]:
            terminal.wait_for(question).type(keys)
        terminal.wait_for(QUESTIONS[number][0])
        terminal.type(stop) if isinstance(stop, str) else terminal.send_signal(stop)
        assert terminal.exit_code() == code
    assert state(blog) == before


def test_no_is_an_answer(blog: Path) -> None:
    before = state(blog)
    with Terminal("publish", "new-post", folder=blog, columns=120, rows=50) as terminal:
        for question, keys in QUESTIONS[1:-1]:
            terminal.wait_for(question).type(keys)
        terminal.wait_for("Publish it").type(UP, ENTER)
        assert terminal.exit_code() == 0
    assert "Nothing was written." in terminal.screen
    assert state(blog) == before


def test_push_is_asked_and_text_typed_ahead_does_not_answer_it(blog: Path) -> None:
    with Terminal("publish", "new-post", folder=blog, columns=120, rows=50) as terminal:
        for question, keys in QUESTIONS[1:-2]:
            terminal.wait_for(question).type(keys)
        terminal.wait_for("Also in the selections").type(ENTER, DOWN, ENTER, DOWN, ENTER, "y\n")
        terminal.wait_for("Publish it")
        assert git(blog, "branch", "--list", BRANCH) == ""
        terminal.type(DOWN, ENTER)
        assert terminal.exit_code() == 0
    assert git(blog.with_name("blog.git"), "rev-parse", BRANCH) == git(blog, "rev-parse", BRANCH)


def test_a_paste_with_line_breaks_and_escape_sequences_is_one_line_of_text(blog: Path) -> None:
    with Terminal("publish", "new-post", folder=blog, columns=120, rows=50) as terminal:
        terminal.wait_for("Title in the index").type(CTRL_U, pasted("Two\nlines"), ENTER)
        for question, keys in QUESTIONS[2:]:
            terminal.wait_for(question).type(keys)
        assert terminal.exit_code() == 0
    assert "## 2026-02-25: Two lines\n" in show(blog, "HEAD:posts/README.md")


def test_a_summary_from_the_editor_with_the_newest_entry_as_a_model(blog: Path) -> None:
    editor = blog.parent / "editor"
    script = (
        "#!/bin/sh",
        f'cp "$1" {blog.parent}/model',
        r'printf "Words.\n\n- one\n" > new',
        'cat "$1" >> new',
        'mv new "$1"',
    )
    write(blog.parent, {"editor": "\n".join(script)})
    editor.chmod(0o755)
    with Terminal(
        "publish", "new-post", folder=blog, columns=120, rows=50, environment={"EDITOR": str(editor)}
    ) as terminal:
        for question, keys in QUESTIONS[1:]:
            terminal.wait_for(question).type(keys)
        assert terminal.exit_code() == 0
    assert "## 2026-01-10: An old post\n\n- [An old post (English)]" in (blog.parent / "model").read_text()
    assert "new-post.md)\n\nWords.\n\n- one\n\n## 2026-01-10" in show(blog, "HEAD:posts/README.md")


def test_a_summary_from_the_editor_that_will_not_do_is_opened_again_as_it_was_written(blog: Path) -> None:
    editor = blog.parent / "editor"
    first = r'grep -q 标题 "$1" || { printf "第一。\n\n## 标题\n" | cat - "$1" > new && mv new "$1"; exit; }'
    write(blog.parent, {"editor": f'#!/bin/sh\n{first}\nsed \'s/^## 标题/### 标题/\' "$1" > new && mv new "$1"\n'})
    editor.chmod(0o755)
    with Terminal(
        "publish", "new-post", folder=blog, columns=120, rows=50, environment={"EDITOR": str(editor)}
    ) as terminal:
        for question, keys in QUESTIONS[1:4]:
            terminal.wait_for(question).type(keys)
        terminal.wait_for('Line 3 of the summary, "标题", is a heading of level 2').wait_for("Open it again?").type("y")
        for question, keys in QUESTIONS[4:]:
            terminal.wait_for(question).type(keys)
        assert terminal.exit_code() == 0
    assert "new-post.md)\n\n第一。\n\n### 标题\n\n## 2026-01-10" in show(blog, "HEAD:posts/README.md")


def test_findings_stop_it_before_a_question_is_asked(blog: Path) -> None:
    post = blog / "posts/2026-02-25/new-post.md"
    post.write_text(post.read_text() + "\n<!-- aiblog:todo say more -->\n\n![Diagram](./missing.png)\n")
    before = state(blog)
    with Terminal("publish", "new-post", folder=blog, columns=120) as terminal:
        assert terminal.exit_code() == 3
    assert terminal.screen.split("\n") == [
        "posts/2026-02-25/new-post.md:11:1: todo-marker a guidance comment of the scaffold is still there",
        "posts/2026-02-25/new-post.md:13:12: image-missing ./missing.png does not exist",
        "error: 2 findings stop the post; nothing was written",
        "  hint: ${EDITOR:-vi} posts/2026-02-25/new-post.md",
        "  hint: aiblog publish new-post --allow image-missing --allow todo-marker",
    ]
    assert state(blog) == before


def test_what_is_published_already_is_not_asked_about_again(blog: Path) -> None:
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    before = state(blog)
    with Terminal("publish", "new-post", folder=blog, columns=120) as terminal:
        assert terminal.exit_code() == 0
    assert "Nothing to commit: it is all there." in terminal.screen
    assert state(blog) == before


def test_a_dry_run_on_a_terminal_asks_for_words_and_confirms_nothing(blog: Path) -> None:
    before = state(blog)
    with Terminal("publish", "new-post", "--dry-run", folder=blog, columns=120, rows=50) as terminal:
        for question, keys in QUESTIONS[1:-1]:
            terminal.wait_for(question).type(keys)
        assert terminal.exit_code() == 0
    assert "+## 2026-02-25: A new post" in terminal.screen
    assert state(blog) == before
    assert commit_paths(blog) == []


def test_no_question_has_a_colour_where_none_is_wanted(blog: Path) -> None:
    with Terminal("publish", "--color", "never", folder=blog) as terminal:
        for question, keys in QUESTIONS:
            terminal.wait_for(question).type(keys)
        assert terminal.exit_code() == 0
    looks = {each for own in re.findall(rb"\x1b\[([0-9;]*)m", terminal.transcript) for each in own.split(b";")}
    assert looks <= {b"", b"0", b"1", b"7"}  # bold, and white on black
