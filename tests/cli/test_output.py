"""Case 20: what is printed: colours, JSON, foreign text, streams that fail, commands that can be pasted."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aiblog.cli.output import Run, print_error, print_json, write
from aiblog.core.finding import Finding
from aiblog.errors import AiblogError
from support.program import AIBLOG


def test_an_error_is_a_sentence_with_hints_and_says_whether_something_was_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_error(AiblogError("usage", "a\x1b[31m", "aiblog list"), Run(Path()))
    print_error(AiblogError("editor-failed", "b", written=True), Run(Path()))
    out, err = capsys.readouterr()
    assert (out, err) == ("", "error: a\\u{1B}[31m; nothing was written\n  hint: aiblog list\nerror: b\n")


def test_an_error_as_json_carries_findings_and_what_was_kept(capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding("a.md", 1, 2, "stub", "waits")
    error = AiblogError("push-failed", "no", findings=[finding], kept={"branch": "b", "commit": "c"})
    print_error(error, Run(Path(), json=True))
    found = json.loads(capsys.readouterr().out)
    assert found == {
        "ok": False,
        "error": {
            "code": "push-failed",
            "message": "no",
            "hints": [],
            "findings": [finding.as_json()],
            "kept": {"branch": "b", "commit": "c"},
        },
    }


def test_json_holds_chinese_as_it_is_and_half_a_surrogate_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": "贡献"})
    print_json({"a": "\udcff"})
    out = capsys.readouterr().out
    assert "贡献" in out
    assert "\\udcff" in out


def test_quiet_silences_talk_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(Path(), quiet=True)
    run.say("talk")
    run.warn("warning")
    run.result("result")
    assert capsys.readouterr() == ("result\n", "warning\n")


def test_a_stream_that_lacks_a_character_shows_its_escape() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    write(stream, "é 贡\n")
    assert raw.getvalue() == b"\\xe9 \\u8d21\n"


@pytest.mark.parametrize(
    ("color", "environment", "coloured"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("never", {}, False),
        ("always", {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, color: str, environment: dict[str, str], *, coloured: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    styled = Run(Path(), color=color).styled("x", "red", stream)  # type: ignore[arg-type]
    assert styled == ("\x1b[31mx\x1b[0m" if coloured else "x")
    assert Run(Path()).styled("x", "red", io.StringIO()) == "x"


def test_a_diff_is_a_result_only_where_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Run(Path(), dry_run=True).diff("+a\x1bb\n")
    Run(Path()).diff("+a\n")
    assert capsys.readouterr() == ("+a\\u{1B}b\n", "+a\n")


def test_a_command_goes_where_the_run_goes_and_can_be_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my blog").mkdir()
    assert Run(tmp_path).command("new", "a b") == "aiblog new 'a b'"
    assert Run(tmp_path / "my blog").command("publish", "x") == "aiblog publish -C 'my blog' x"
    assert Run(tmp_path / "my blog").words("list") == ["aiblog", "list", "-C", "my blog"]


class Full(io.StringIO):
    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_full_standard_output_is_an_error_and_a_full_standard_error_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Full()
    monkeypatch.setattr(sys, "stdout", full)
    with pytest.raises(AiblogError) as caught:
        write(full, "x")
    assert (caught.value.code, caught.value.written) == ("output-failed", True)
    write(Full(), "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [[], ["--help"], ["list", "-h"], ["--version"], ["list"]])
def test_a_full_standard_output_is_exit_4_for_help_too(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "2026-02-25-a.md").write_text("# A\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([AIBLOG, *words], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.count(b"error: standard output could not be written")) == (4, 1)


@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["--help"], ["list", "--help"], ["--version"]])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "posts/2026-02-25").mkdir(parents=True)
    (tmp_path / "posts/2026-02-25/a.md").write_text("# A\n")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([AIBLOG, *words], cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, b"error" in done.stderr, b"Traceback" in done.stderr) == (0, False, False)


def test_a_line_break_in_a_word_of_a_command_leaves_it_on_one_line_that_can_be_pasted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["aiblog", "publish", "a\nb's c", "d"]
    print_error(AiblogError("usage", 'no "a\nb"', shlex.join(words)), Run(Path()))
    said = capsys.readouterr().err
    assert said.splitlines()[0] == 'error: no "a\\u{A}b"; nothing was written'
    hint = said.splitlines()[1].removeprefix("  hint: aiblog ")
    assert len(said.splitlines()) == 2
    if bash := shutil.which("bash"):
        done = subprocess.run([bash, "-c", f"printf '%s\\0' {hint}"], capture_output=True, text=True, check=True)
        assert done.stdout.split("\0")[:-1] == words[1:]
