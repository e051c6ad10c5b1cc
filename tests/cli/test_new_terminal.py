"""Cases 13, 20 and 21: `aiblog new` on a real pseudo-terminal: the questions, mistakes, every way to stop."""

from __future__ import annotations

import os
import shlex
import signal
import stat
from pathlib import Path

import pytest

from support.program import AIBLOG, aiblog, tree
from support.terminal import CTRL_C, CTRL_D, CTRL_U, DOWN, ENTER, SPACE, TAB, Terminal, pasted

SETTINGS = """\
posts: posts
timezone: Asia/Shanghai
languages:
  en: {name: English, suffix: ""}
  zh: {name: Chinese, suffix: "_zh", own_name: 中文版}
front_matter:
  status: {draft: Draft, published: Active}
  author: {}
  date: {}
  tags: {style: comma}
"""

QUESTIONS = (
    ("Title", f"Notes on DRA{ENTER}"),
    ("Slug", ENTER),
    ("Date", f"{CTRL_U}2026-02-25{ENTER}"),
    ("translated-article", f"{DOWN * 6}{ENTER}"),
    ("Written first in", ENTER),
    ("Other languages", f"{SPACE}{ENTER}"),
    ("The report's address", f"https://example.org/report{ENTER}"),
    ("Author", ENTER),
    ("Tags", f"gpu{ENTER}"),
    ("More tags", ENTER),
    ("Write it", ENTER),
)
"""Every question of a whole run, in order: words that stand on the screen with it, and what is typed."""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "aiblog.yaml").write_text(SETTINGS)
    post = "---\nstatus: Active\nauthor: Ada\ndate: 2026-01-0{0}\ntags: {1}\n---\n\n# Post {0}\n"
    for number, tags in enumerate(("kubernetes, kueue", "kubernetes", "open-source"), 1):
        path = folder / f"posts/2026-01-0{number}/post-{number}.md"
        path.parent.mkdir(parents=True)
        path.write_text(post.format(number, tags))
    return folder


def answered(terminal: Terminal, *, until: int = len(QUESTIONS)) -> Terminal:
    """Answers the first questions, and waits for the next one."""
    for words, keys in QUESTIONS[:until]:
        terminal.wait_for(words).type(keys)
    return terminal.wait_for(QUESTIONS[until][0]) if until < len(QUESTIONS) else terminal


def kept_answers() -> list[Path]:
    return list((Path(os.environ["HOME"]) / ".local/state/aiblog").glob("new-*.json"))


def test_a_whole_run_in_english(blog: Path) -> None:
    with Terminal("new", folder=blog, columns=120) as terminal:
        answered(terminal)
        assert terminal.exit_code() == 0
        screen = terminal.screen
    assert screen == (
        "? Title Notes on DRA\n"
        "? Slug notes-on-dra\n"
        "? Date 2026-02-25\n"
        "? Kind of post report-digest\n"
        "? Written first in English\n"
        "? Other languages, as linked stubs Chinese\n"
        "? The report's address https://example.org/report\n"
        "? Author Ada Author\n"
        "? Tags (Tab completes, Enter ends) gpu\n"
        "  gpu is new to this blog\n"
        "? More tags\n"
        "\n"
        "posts/2026-02-25/notes-on-dra.md    English, the source\n"
        "  status: Draft\n"
        "  author: Ada Author\n"
        "  date: 2026-02-25\n"
        "  tags: gpu\n"
        "  # Notes on DRA\n"
        "posts/2026-02-25/notes-on-dra_zh.md    Chinese, a linked stub\n"
        "? Write it Yes\n"
        "posts/2026-02-25/notes-on-dra.md\n"
        "posts/2026-02-25/notes-on-dra_zh.md\n"
        "Without questions:  aiblog new --no-input 'Notes on DRA' --slug notes-on-dra --date 2026-02-25"
        " --lang en --lang zh --sca\n"
        "ffold report-digest --tag gpu --set source=https://example.org/report --set 'author=Ada Author'\n"
        "When it is written: aiblog publish notes-on-dra"
    )
    before = tree(blog)
    command = next(line for line in screen.replace("--sca\n", "--sca").split("\n") if line.startswith("Without"))
    again = aiblog(*shlex.split(command.partition("aiblog ")[2]), folder=blog)
    assert again.returncode == 0
    assert tree(blog) == before
    assert not kept_answers()


def test_a_whole_run_in_chinese_with_a_mistake_in_every_answer(blog: Path) -> None:
    with Terminal("new", folder=blog, environment={"EDITOR": "sh -c 'echo edited >> \"$0\"'"}) as terminal:
        terminal.wait_for("Title").type(ENTER).wait_for("  the title is empty")
        terminal.type("贡献开源", ENTER)
        terminal.wait_for("Slug gong-xian-kai-yuan").type("。").wait_for(
            "  letters a-z, digits and hyphens were wanted; from"
        )
        terminal.type(CTRL_U, ENTER).wait_for("  it is empty; from this: gong-xian-kai-yuan")
        terminal.type("readme").wait_for("  a file of that name is a page beside the posts; from this: readme-post")
        terminal.type(CTRL_U, "contributions", ENTER)
        terminal.wait_for("Date").type(CTRL_U, "25.2.2026", ENTER).wait_for("  not a date: write 20")
        terminal.type(CTRL_U, "tomorrow", ENTER)
        terminal.wait_for("translated-article").type(DOWN * 7, ENTER)
        terminal.wait_for("❯ Chinese").type(ENTER)  # the title is Chinese
        terminal.wait_for("Other languages").type(ENTER)
        terminal.wait_for("The original's address").type("example", ENTER).wait_for('"example" is no address')
        terminal.type(CTRL_U, "https://example.org/原文", ENTER)
        terminal.wait_for("Its licence").type(ENTER).wait_for("an answer is needed").type("CC BY 4.0", ENTER)
        terminal.wait_for("Its author").type("李雷", ENTER)
        terminal.wait_for("? Author Ada Author").type(CTRL_U, "韩梅梅", ENTER)
        terminal.wait_for("Tags").type("a\x1b[200~b\x1b[31mc\x1b[201~", ENTER).wait_for("holds a control character")
        terminal.type(CTRL_U, "ku", TAB).wait_for("kubernetes  2").type(TAB, ENTER)
        terminal.wait_for("? More tags").type("开源,Kubernets", ENTER)
        terminal.wait_for('"Kubernets" is new here. Take "kubernetes" (2 posts) instead?').type("n")
        terminal.wait_for("? More tags").type("-Kubernets", ENTER).wait_for("kubernetes, 开源 ")
        terminal.type(ENTER)
        terminal.wait_for("Write it").type(DOWN, ENTER)
        assert terminal.exit_code() == 0
    text = next(blog.rglob("contributions_zh.md")).read_text()
    assert "author: 韩梅梅\n" in text
    assert "tags: kubernetes, 开源\n" in text
    assert "\n\n# 贡献开源\n\n> 译自 <https://example.org/原文>。\n> 作者：李雷；许可：CC BY 4.0。\n" in text
    assert text.endswith("edited\n")


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_ctrl_c_at_any_question_writes_nothing_and_the_answers_are_offered_again(blog: Path, number: int) -> None:
    before = tree(blog)
    with Terminal("new", folder=blog) as terminal:
        answered(terminal, until=number).type(CTRL_C)
        assert terminal.exit_code() == 130
        assert terminal.last_line == "interrupted; nothing was written"
    assert tree(blog) == before
    assert len(kept_answers()) == (1 if number else 0)
    if not number:
        return
    assert stat.S_IMODE(kept_answers()[0].stat().st_mode) == 0o600
    with Terminal("new", folder=blog) as terminal:
        terminal.wait_for('Go on with "Notes on DRA", as answered last time?').type(ENTER)
        for place, (words, keys) in enumerate(QUESTIONS):
            if number > 8 and words == "More tags":
                continue  # the tags of last time stand there: one empty line ends them
            terminal.wait_for(words).type(ENTER if place < number else keys)
        assert terminal.exit_code() == 0
    assert "tags: gpu\n" in (blog / "posts/2026-02-25/notes-on-dra_zh.md").read_text()
    assert not kept_answers()


@pytest.mark.parametrize("number", [0, 1, 5, 10])
def test_ctrl_d_is_the_same(blog: Path, number: int) -> None:
    before = tree(blog)
    with Terminal("new", folder=blog) as terminal:
        answered(terminal, until=number).type(CTRL_D)
        assert terminal.exit_code() == 130
    assert tree(blog) == before


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
@pytest.mark.parametrize("number", [0, 3, 10])
def test_a_signal_at_a_question_ends_it_with_a_sane_terminal(
    blog: Path, sent: signal.Signals, code: int, number: int
) -> None:
    before = tree(blog)
    script = f'{shlex.quote(AIBLOG)} new; echo "code $?"; stty -a | grep -ow -- "-\\?\\(icanon\\|echo\\)"'
    with Terminal(folder=blog, program=["sh", "-c", script]) as terminal:
        answered(terminal, until=number)
        os.kill(_child_of(terminal.process.pid), sent)
        terminal.wait_for(f"code {code}").wait_for("icanon")
        assert terminal.exit_code() == 0
        assert "-icanon" not in terminal.screen
        assert "-echo" not in terminal.screen.split()
        assert b"\x1b[?2004l" in terminal.transcript  # bracketed pastes are off again
        assert terminal.transcript.rfind(b"\x1b[?25l") <= terminal.transcript.rfind(b"\x1b[?25h")
    assert tree(blog) == before
    assert len(kept_answers()) == (1 if number else 0)


@pytest.mark.parametrize("number", [1, 3, 10])
def test_a_terminal_that_is_closed_ends_the_run_and_keeps_the_answers(blog: Path, number: int) -> None:
    before = tree(blog)
    with Terminal("new", folder=blog) as terminal:
        assert answered(terminal, until=number).hang_up() == 129
    assert tree(blog) == before
    assert kept_answers()


def _child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def test_a_paste_of_several_lines_stays_one_answer(blog: Path) -> None:
    with Terminal("new", folder=blog) as terminal:
        terminal.wait_for("Title").type(pasted("\r\nNotes\r\n  on DRA\r\n")).wait_for("? Title Notes on DRA")
        terminal.type(ENTER).wait_for("? Slug notes-on-dra").type(CTRL_C)
        assert terminal.exit_code() == 130


def test_a_pasted_escape_sequence_is_refused_and_shown_as_text(blog: Path) -> None:
    with Terminal("new", folder=blog) as terminal:
        terminal.wait_for("Title").type(pasted("a\x1b]0;owned\x07b\u202e"), ENTER)
        terminal.wait_for("holds a control character")
        assert b"\x1b]0;owned" not in terminal.transcript
        terminal.type(CTRL_C)
        assert terminal.exit_code() == 130


def test_what_was_typed_ahead_does_not_confirm(blog: Path) -> None:
    before = tree(blog)
    with Terminal("new", folder=blog) as terminal:
        answered(terminal, until=9)
        terminal.type(ENTER * 6)  # the first one ends the tags
        terminal.wait_for("Write it").wait_for("No")
        assert tree(blog) == before
        terminal.type("k", ENTER)  # from the first choice up to the last
        assert terminal.exit_code() == 0
        assert "Nothing was written." in terminal.screen
    assert tree(blog) == before


def test_a_post_that_is_there_is_offered_to_be_opened(blog: Path) -> None:
    environment = {"EDITOR": "sh -c 'echo edited >> \"$0\"'"}
    with Terminal("new", "Post 1", "--date", "2026-01-01", folder=blog, environment=environment) as terminal:
        terminal.wait_for("? Slug post-1").type(ENTER)
        terminal.wait_for("2026-01-01/post-1 is there already").wait_for("open posts/2026-01-01/post-1.md").type(
            DOWN, ENTER
        )
        terminal.wait_for("choose another slug or date\n? Slug post-1").type(ENTER)
        terminal.wait_for("❯ open").type(ENTER)
        assert terminal.exit_code() == 0
    assert (blog / "posts/2026-01-01/post-1.md").read_text().endswith("# Post 1\nedited\n")
    assert not kept_answers()


def test_what_flags_say_is_not_asked(blog: Path) -> None:
    flags = ["--slug", "a", "--date", "2026-02-25", "-l", "en", "-s", "post", "-t", "", "--set", "author=Bo"]
    with Terminal("new", "All said", *flags, folder=blog) as terminal:
        assert terminal.exit_code() == 0
        assert terminal.screen.startswith("posts/2026-02-25/a.md\n")
    with Terminal("new", "--no-input", folder=blog) as terminal:
        assert terminal.exit_code() == 2
        assert "a title is needed, and --no-input forbids to ask" in terminal.screen


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"CI": "true"}, {"TERM": ""}])
def test_a_terminal_that_cannot_ask_is_none(blog: Path, environment: dict[str, str]) -> None:
    with Terminal("new", folder=blog, environment=environment) as terminal:
        assert terminal.exit_code() == 2
        assert "there is no terminal to ask on" in terminal.screen.replace("\n", "")


def test_colours_are_left_out_where_nobody_wants_them(blog: Path) -> None:
    for flags, environment in (((), {"NO_COLOR": "1"}), (("--color", "never"), {})):
        with Terminal("new", *flags, folder=blog, environment=environment) as terminal:
            terminal.wait_for("Title").type(ENTER).wait_for("the title is empty").type(CTRL_C)
            assert terminal.exit_code() == 130
            assert b"\x1b[31m" not in terminal.transcript
            assert b";36m" not in terminal.transcript
            assert b"38;" not in terminal.transcript


def test_answers_are_offered_again_where_the_post_could_not_be_written(blog: Path) -> None:
    before = tree(blog)
    with Terminal("new", "--commit", folder=blog) as terminal:
        answered(terminal)
        assert terminal.exit_code() == 3, "there is no repository to commit to"
    assert tree(blog) == before
    assert kept_answers()


def test_a_title_from_the_command_line_is_kept_with_the_answers(blog: Path) -> None:
    with Terminal("new", "By flag", folder=blog) as terminal:
        terminal.wait_for("? Slug by-flag").type("-2", ENTER).wait_for("? Date").type(CTRL_C)
        assert terminal.exit_code() == 130
    for arguments in ([], ["By flag"]):
        with Terminal("new", *arguments, folder=blog) as terminal:
            terminal.wait_for('Go on with "By flag", as answered last time?').type(ENTER)
            if not arguments:
                terminal.wait_for("? Title By flag").type(ENTER)
            terminal.wait_for("? Slug by-flag-2").type(CTRL_C)
            assert terminal.exit_code() == 130
    with Terminal("new", "Another", folder=blog) as terminal:
        terminal.wait_for("? Slug another").type(CTRL_C)
        assert terminal.exit_code() == 130


def test_damaged_answers_are_forgotten(blog: Path) -> None:
    with Terminal("new", folder=blog) as terminal:
        answered(terminal, until=2).type(CTRL_C)
        assert terminal.exit_code() == 130
    kept_answers()[0].write_bytes(b'{"title": ["x", 1], "slug": 3, \xff')
    with Terminal("new", folder=blog) as terminal:
        terminal.wait_for("? Title").type(CTRL_C)
        assert terminal.exit_code() == 130
        assert "last time" not in terminal.screen
