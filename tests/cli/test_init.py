"""`aiblog init` as a person and a script meet it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from aiblog.core.settings_yaml import parsed
from support.program import aiblog, tree
from support.terminal import CTRL_C, DOWN, ENTER, Terminal


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return root


@pytest.fixture
def unclear(repository: Path) -> Path:
    """Two posts that keep their date under one key, one under another."""
    for name, key in {"a": "date", "b": "last_updated", "c": "last_updated"}.items():
        path = repository / "posts" / "2026-01-02" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{key}: 2026-01-02\n---\n\n# {name}\n")
    return repository


def test_off_a_terminal_it_writes_and_says_what_it_read(unclear: Path) -> None:
    (unclear / "posts" / "2026-01-02" / "d_en.md").write_text("# D\n")
    done = aiblog("init", folder=unclear / "posts")
    assert (done.returncode, done.stdout) == (0, "../aiblog.yaml\n")
    assert done.stderr == (
        "Read 4 posts (4 files) and 0 indexes.\n"
        "  posts      posts/{date}/{slug}{lang}.md  (4 of 4 files)\n"
        '  languages  en "" (3 files, and 1 as "_en") · zh "_zh" (no file yet)\n'
        "  title      the first heading  (4 of 4 files)\n"
        "  metadata   date, last_updated\n"
        "Strays, left as they are:\n"
        "  1 file named _en\n"
        "    2026-01-02/d_en.md\n"
        "  1 file without metadata\n"
        "    2026-01-02/d_en.md\n"
        "A new post has its date in `date`; --date-key chooses another.\n"
        "Next:               aiblog list\n"
    )
    again = aiblog("init", folder=unclear)
    assert (again.returncode, again.stdout) == (0, "")
    assert "Nothing to add to aiblog.yaml." in again.stderr


def test_json_has_the_settings_and_the_command(unclear: Path) -> None:
    done = aiblog("init", "--json", "--date-key", "last_updated", folder=unclear)
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert {name: value for name, value in found.items() if name != "settings"} == {
        "ok": True,
        "path": "aiblog.yaml",
        "created": ["aiblog.yaml"],
        "modified": [],
        "posts": 3,
        "files": 3,
        "strays": [],
        "command": ["aiblog", "init", "--date-key", "last_updated"],
    }
    assert found["settings"]["front_matter"] == {"date": {"role": "updated"}, "last_updated": {"role": "date"}}


@pytest.mark.parametrize("json_too", [True, False])
def test_a_dry_run_shows_and_writes_nothing(repository: Path, json_too: bool) -> None:
    done = aiblog("init", "--dry-run", *(["--json"] if json_too else []), folder=repository)
    assert done.returncode == 0
    if json_too:
        assert json.loads(done.stdout)["created"] == ["posts/README.md", ".markdownlint.json", "aiblog.yaml"]
    else:
        assert "+++ b/aiblog.yaml\n" in done.stdout
        assert "+posts: posts\n" in done.stdout
    assert tree(repository) == {}


def test_on_a_terminal_an_empty_repository_is_asked_for_its_languages(repository: Path) -> None:
    with Terminal("init", folder=repository) as terminal:
        terminal.answer("This blog is written in", DOWN)
        terminal.answer("Write posts/README.md, .markdownlint.json and aiblog.yaml?")
        assert terminal.exit_code() == 0
        assert "Without questions:  aiblog init --lang zh --lang en --yes" in terminal.screen
        assert terminal.last_line == "Next:               aiblog new"
    assert [each.code for each in parsed((repository / "aiblog.yaml").read_text()).languages] == ["zh", "en"]


def test_the_command_it_names_asks_nothing(repository: Path) -> None:
    with Terminal("init", "--lang", "zh", "--lang", "en", "--yes", folder=repository) as terminal:
        assert terminal.exit_code() == 0
        assert "?" not in terminal.screen
        assert "Without questions" not in terminal.screen


def test_on_a_terminal_an_unclear_date_is_asked_for(unclear: Path) -> None:
    with Terminal("init", folder=unclear) as terminal:
        terminal.wait_for("A new post has its date in").wait_for("2 files")
        terminal.type(DOWN, ENTER).answer("Write aiblog.yaml?")
        assert terminal.exit_code() == 0
        assert "aiblog init --date-key last_updated --yes" in terminal.screen
    assert "last_updated: {role: date}" in (unclear / "aiblog.yaml").read_text()


@pytest.mark.parametrize(("keys", "code", "words"), [("n", 0, "Nothing was written."), (CTRL_C, 130, "interrupted")])
def test_a_no_or_an_interrupt_at_the_end_writes_nothing(unclear: Path, keys: str, code: int, words: str) -> None:
    before = tree(unclear)
    with Terminal("init", "--date-key", "date", folder=unclear) as terminal:
        terminal.wait_for("Write aiblog.yaml?").type(keys)
        assert terminal.exit_code() == code
        assert words in terminal.screen
    assert tree(unclear) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--lang", "Chinese"), '--lang "Chinese": a language code such as en, zh or pt-br was wanted'),
        (("--date-key", "when"), '--date-key "when": one of these was wanted: last_updated, date'),
    ],
)
def test_a_flag_that_will_not_do_is_refused(unclear: Path, arguments: tuple[str, ...], message: str) -> None:
    before = tree(unclear)
    done = aiblog("init", *arguments, folder=unclear)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "nothing was written" in done.stderr
    assert tree(unclear) == before


def test_a_configuration_with_an_unknown_key_names_line_and_nearest(repository: Path) -> None:
    (repository / "aiblog.yaml").write_text("posts: posts\nindexs: []\n")
    done = aiblog("init", "--json", folder=repository)
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "settings-invalid"
    assert error["message"].startswith('aiblog.yaml:2: unknown key "indexs"; did you mean "indexes"?')
    assert tree(repository) == {"aiblog.yaml": b"posts: posts\nindexs: []\n"}
