"""The editor: found as git finds it, its failure told, its text read back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aiblog.adapters import editor
from aiblog.errors import AiblogError


def test_visual_comes_before_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    assert editor.name_of_editor() is None
    monkeypatch.setenv("EDITOR", "/usr/bin/vi")
    assert editor.name_of_editor() == "vi"
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor.name_of_editor() == "code"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "no editor is set"),
        ("false", 'the editor "false" failed with exit code 1'),
        ("no-such-editor -x", 'the editor "no-such-editor" could not be started'),
        ("sh -c 'kill -9 $$'", "was ended by signal 9"),
    ],
)
def test_an_editor_that_fails_is_told_with_the_file_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AiblogError) as caught:
        editor.open_files([tmp_path / "a b.md"])
    assert (caught.value.code, caught.value.exit_code, caught.value.written) == ("editor-failed", 4, True)
    assert said in caught.value.message
    assert caught.value.hints[0].endswith("'a b.md'")


def edits_with(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Makes a Python program the editor; its first argument is the file."""
    script = folder / "editor.py"
    script.write_text(code)
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")


def test_a_text_comes_back_without_the_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edits_with(
        monkeypatch,
        tmp_path,
        "import sys\npath = sys.argv[1]\ntext = open(path).read()\nassert text.startswith('before\\n\\n<!-- aiblog')\n"
        "assert text.endswith('\\n\\nthe last entry\\n')\nopen(path, 'w').write('\\n一 \\n\\n二\\n' + text)\n",
    )
    assert editor.written("before", "the last entry\n\n") == "一\n\n二\nbefore"


def test_a_text_has_only_the_line_breaks_that_were_written_and_no_mark_of_its_encoding(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edits_with(
        monkeypatch,
        tmp_path,
        "import sys\nopen(sys.argv[1], 'wb').write('\\ufeff一\\u2028二\\x0c三\\r\\n四'.encode())\n",
    )
    assert editor.written("") == "一\u2028二\x0c三\n四"


def test_a_text_that_is_not_utf_8_is_refused_and_not_guessed_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edits_with(monkeypatch, tmp_path, "import sys\nopen(sys.argv[1], 'wb').write('一句话'.encode('gbk'))\n")
    with pytest.raises(AiblogError) as caught:
        editor.written("")
    assert (caught.value.code, caught.value.message) == ("editor-failed", "what the editor has saved is not UTF-8")


def test_ctrl_c_is_the_editors_own_matter_and_sigterm_ends_both(tmp_path: Path) -> None:
    started, child = tmp_path / "started", tmp_path / "editor.py"
    child.write_text(
        "import signal, sys, time, pathlib\n"
        "signal.signal(signal.SIGINT, lambda *_: sys.exit(0))\n"
        f"pathlib.Path({str(started)!r}).write_text('x')\ntime.sleep(30)\n"
    )
    code = (
        "from pathlib import Path\nfrom aiblog.adapters.editor import open_files\n"
        "from aiblog.adapters.signals import Stopped, exits_on_signals\n"
        "try:\n    with exits_on_signals():\n        open_files([Path('x')])\n    print('went on')\n"
        "except Stopped as stopped:\n    print(stopped.exit_code)\n"
    )
    for number, said in ((signal.SIGINT, "went on\n"), (signal.SIGTERM, "143\n")):
        started.unlink(missing_ok=True)
        run = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "EDITOR": f"{sys.executable} {child}"},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        while not started.exists():
            time.sleep(0.01)
        if number == signal.SIGINT:
            os.killpg(run.pid, number)  # as a terminal does
        else:
            run.send_signal(number)
        assert run.communicate(timeout=20)[0] == said
