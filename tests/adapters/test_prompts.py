"""Case 15: questions on a real pseudo-terminal: where nobody is asked, what a paste and keys typed ahead do."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from aiblog.adapters.prompts import is_interactive, matching, pasted_line
from support.terminal import CTRL_C, DOWN, ENTER, SPACE, TAB, Terminal, pasted

START = (
    "import sys, time\nfrom aiblog.adapters.prompts import Choice, Terminal\nfrom aiblog.errors import Interrupted\n"
)


def asking(folder: Path, code: str, *, shell: str = "{}", columns: int = 80) -> Terminal:
    """A terminal in which `code` runs, with `t` to ask."""
    (folder / "ask.py").write_text(f"{START}t = Terminal()\n{code}\n")
    command = shell.format(f"{shlex.quote(sys.executable)} ask.py")
    return Terminal(folder=folder, program=["sh", "-c", command], columns=columns)


def test_without_a_terminal_nobody_is_asked() -> None:
    assert not is_interactive()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\n", "one"),
        ("\r\none\r\n  two\t three\n", "one two three"),
        ("贡献\n开源", "贡献 开源"),
        (" kept ", " kept "),
        ("a\u2028b\x85c", "a b c"),
    ],
)
def test_a_paste_becomes_one_line(text: str, line: str) -> None:
    assert pasted_line(text) == line


def test_what_begins_with_the_word_comes_before_what_holds_it() -> None:
    tags = [("kubernetes", "9"), ("gpu", "3"), ("Kueue", "2"), ("vgpu-kernel", "1")]
    assert [tag for tag, _ in matching(tags, "k")] == ["kubernetes", "Kueue", "vgpu-kernel"]
    assert matching(tags, "") == tags


def test_results_alone_go_to_standard_output(tmp_path: Path) -> None:
    with asking(tmp_path, "print(t.text('Title'))", shell="{} > out.txt") as terminal:
        terminal.answer("? Title", "贡献 ")
        assert terminal.exit_code() == 0
    assert (tmp_path / "out.txt").read_text() == "贡献\n"


def test_an_answer_that_will_not_do_stays_on_its_line_with_the_whole_reason(tmp_path: Path) -> None:
    problem = "'far too short: ' + 'words ' * 20 + 'to the end' if len(text) < 3 else None"
    code = f"print(repr(t.text('A', 'x', lambda text: {problem})))"
    with asking(tmp_path, code) as terminal:
        terminal.answer("? A x").wait_for("  far too short").wait_for("to the end")
        assert terminal.screen.split("\n")[0] == "? A x"
        terminal.type("yz", ENTER)
        assert terminal.exit_code() == 0
        assert terminal.screen == "? A xyz\n'xyz'"


def test_tab_completes_the_part_after_the_last_comma(tmp_path: Path) -> None:
    code = "print(repr(t.text('Tags', suggestions=[('kubernetes', '12'), ('kueue', '3'), ('llm', '1')])))"
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("? Tags").type("llm, ku", TAB).wait_for("kubernetes  12").wait_for("kueue       3")
        terminal.type(TAB, TAB, ENTER)
        assert terminal.exit_code() == 0
        assert terminal.last_line == "'llm, kueue'"


def test_choices_stand_in_columns_and_are_cut_to_the_terminal(tmp_path: Path) -> None:
    code = "print(t.select('Kind', [Choice('a', '文章', 'one'), Choice('b', 'longer', 'two ' * 30)], 'b'))"
    with asking(tmp_path, code, columns=40) as terminal:
        terminal.wait_for("? Kind").wait_for("❯")
        assert terminal.screen == "? Kind\n   文章    one\n ❯ longer  two two two two two two tw…"
        terminal.type("k", ENTER)
        assert terminal.exit_code() == 0
        assert terminal.last_line == "a"


def test_many_choices_are_filtered_by_typing(tmp_path: Path) -> None:
    code = "print(t.select('Post', [Choice(f'v{n}', f'post-{n}', 'Draft') for n in range(60)]))"
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("(type to filter)").type("t-42").wait_for("/ t-42").type(ENTER)
        assert terminal.exit_code() == 0
        assert terminal.screen == "? Post post-42\nv42"


def test_several_choices_come_back_in_the_lists_order(tmp_path: Path) -> None:
    choices = "[Choice('en', 'English'), Choice('de', 'German'), Choice('zh', 'Chinese')]"
    code = f"print(t.checkbox('Languages', {choices}, ['zh']))"
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("● Chinese").type(DOWN, SPACE, ENTER)
        assert terminal.exit_code() == 0
        assert terminal.screen == "? Languages German, Chinese\n['de', 'zh']"


def test_a_paste_chooses_and_confirms_nothing(tmp_path: Path) -> None:
    code = "print(t.select('Kind', [Choice('a', 'A'), Choice('b', 'B')]), t.confirm('Push?', False))"
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("? Kind").type(pasted("j\ny\n"), ENTER)
        terminal.wait_for("? Push?").type(pasted("y\ny"), ENTER)
        assert terminal.exit_code() == 0
        assert terminal.last_line == "a False"


@pytest.mark.parametrize(("fresh", "answer"), [(True, "stopped"), (False, "True")])
def test_keys_typed_ahead_answer_only_where_they_may(tmp_path: Path, *, fresh: bool, answer: str) -> None:
    code = (
        f"t.text('Title')\nt.note('working')\ntime.sleep(0.4)\n"
        f"try:\n    print(t.confirm('Push?', False, fresh={fresh}))\nexcept Interrupted:\n    print('stopped')"
    )
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("? Title").type("x", ENTER, "y").wait_for("working").type("y\n")
        terminal.wait_for("? Push?")
        terminal.type(CTRL_C if fresh else "")
        assert terminal.exit_code() == 0
        assert terminal.last_line == answer


def test_foreign_text_is_shown_as_text(tmp_path: Path) -> None:
    bad = "a\\x1b]0;owned\\x07\\u202eb"
    code = (
        f"t.note('{bad}')\nt.select('{bad}', [Choice('x', '{bad}', '{bad}')])\n"
        f"t.text('{bad}', '', lambda s: '{bad}' if not s else None, [('{bad}', '{bad}'), ('{bad}2', '')])"
    )
    with asking(tmp_path, code) as terminal:
        terminal.wait_for("❯").type(ENTER).wait_for("b\n? a").type(ENTER).wait_for("  a\\u{1B}").type("a", TAB)
        terminal.wait_for("owned\\u{7}\\u{202E}b2").type(TAB).wait_for("�b").type("x", ENTER)
        terminal.exit_code()
        assert b"\x1b]0;" not in terminal.transcript
        assert "\u202e".encode() not in terminal.transcript
