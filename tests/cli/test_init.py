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
        "`aiblog migrate --repair` gives files the names that the blog writes.\n"
        "A new post has its date in `date`; --date-key chooses another.\n"
        "Next:               aiblog list\n"
    )
    for words in ([], ["--dry-run"]):
        again = aiblog("init", *words, folder=unclear)
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


@pytest.fixture
def several(repository: Path) -> Path:
    """Posts in two folders, of nearly the same number; two styles of suffix, two places of titles in one of them."""
    for day in range(1, 5):
        write(repository, f"docs/2026-01-0{day}/a.md", f"---\ntitle: A{day}\n---\n\nText\n")
        write(repository, f"docs/2026-01-0{day}/a{'-zh' if day > 2 else '_zh'}.md", "---\ntags: x\n---\n\n# 甲\n")
        write(repository, f"笔记/2026-01-0{day}-n.md", f"# 笔记{day}\n")
    return repository


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_what_several_habits_are_nearly_as_usual_for_is_decided_by_majority_and_said(several: Path) -> None:
    done = aiblog("init", folder=several)
    assert done.returncode == 0
    assert done.stderr.startswith("The posts lie in `docs`; --posts chooses another.\nRead 4 posts (8 files)")
    assert "The name of a new zh file ends in `_zh.md`; --suffix chooses another.\n" in done.stderr
    assert "A new post has its title in the first heading; --title chooses another.\n" in done.stderr
    assert "  4 files outside the posts folder that are laid out like posts\n    笔记/2026-01-01-n.md\n" in done.stderr
    settings = parsed((several / "aiblog.yaml").read_text())
    assert (settings.posts, settings.languages[1].suffix, settings.title) == ("docs", "_zh", "heading")


@pytest.mark.parametrize("choices", [(("--posts", "笔记"), ("--path", "{date}-{slug}{lang}.md"))])
def test_each_question_has_a_flag(several: Path, choices: tuple[tuple[str, str], ...]) -> None:
    for given in (choices[0], (*choices[0], *choices[1])):
        done = aiblog("init", "--dry-run", "--json", *given, folder=several)
        settings = json.loads(done.stdout)["settings"]
        assert (settings["posts"], settings["path"]) == ("笔记", "{date}-{slug}{lang}.md")
        assert list(settings["languages"]) == ["zh", "en"]
    flags = ("--posts", "docs/", "--suffix", "zh=-zh", "--title", "title")
    found = json.loads(aiblog("init", "--json", *flags, folder=several).stdout)
    assert (found["settings"]["languages"]["zh"]["suffix"], found["settings"]["title"]) == ("-zh", "title")
    assert found["command"] == ["aiblog", "init", "--posts", "docs", "--suffix", "zh=-zh", "--title", "title"]
    again = aiblog("init", *flags, folder=several)
    assert (again.returncode, "Nothing to add" in again.stderr) == (0, True)


def test_on_a_terminal_what_is_unclear_is_asked(several: Path) -> None:
    with Terminal("init", folder=several) as terminal:
        terminal.wait_for("The posts lie in").wait_for("4 files").answer("The posts lie in")
        terminal.answer("The name of a new zh file ends in", DOWN)
        terminal.answer("A new post has its title in", DOWN)
        terminal.answer("Write aiblog.yaml?")
        assert terminal.exit_code() == 0
        words = "aiblog init --posts docs --suffix zh=-zh --title title --yes"
        assert words in " ".join(terminal.screen.split())
    settings = parsed((several / "aiblog.yaml").read_text())
    assert (settings.posts, settings.languages[1].suffix, settings.title) == ("docs", "-zh", "title")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--posts", "blog"), '--posts "blog": no post lies there; what was found is docs with {date}/{slug}{lang}.md'),
        (("--path", "{slug}.md"), '--path "{slug}.md": {lang} is missing'),
        (("--path", "{lang}/{slug}.md"), '--path "{lang}/{slug}.md": no post lies there'),
        (("--suffix", "zh"), '--suffix "zh": a language and its suffix were wanted, such as zh=_zh'),
        (("--suffix", "fr=_fr"), '--suffix "fr=_fr": one of the blog\'s languages'),
        (("--posts", "../blog"), '--posts "../blog": a folder of the blog was wanted, as its root sees it'),
        (("--posts", ""), '--posts "": a folder of the blog was wanted'),
        (("--title", "titel"), '--title "titel": no key of the posts; one of these was wanted: heading, title'),
        (("--suffix", "zh="), '--suffix "zh=": one of the blog\'s languages and a suffix of its own were wanted'),
    ],
)
def test_a_choice_that_no_post_follows_is_refused(several: Path, arguments: tuple[str, ...], message: str) -> None:
    before = tree(several)
    done = aiblog("init", *arguments, folder=several)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert tree(several) == before


@pytest.mark.parametrize(
    "flag",
    [("--posts", "x"), ("--title", "name"), ("--suffix", "zh=-zh"), ("--suffix", "fr="), ("--path", "{slug}{lang}.md")],
)
def test_what_the_configuration_says_is_chosen_no_more(several: Path, flag: tuple[str, str]) -> None:
    aiblog("init", folder=several)
    before = tree(several)
    done = aiblog("init", *flag, folder=several)
    assert done.returncode == 2
    assert f'{flag[0]} "{flag[1]}": aiblog.yaml says "' in done.stderr
    assert tree(several) == before


def test_a_new_blog_is_laid_out_as_the_flags_say(repository: Path) -> None:
    flags = ("--posts", "文章", "--path", "{date}-{slug}{lang}.md", "--suffix", "zh=.zh", "--title", "title")
    done = aiblog("init", *flags, folder=repository)
    assert (done.returncode, done.stdout.split()) == (0, ["文章/README.md", ".markdownlint.json", "aiblog.yaml"])
    settings = parsed((repository / "aiblog.yaml").read_text())
    assert (settings.posts, settings.path, settings.title) == ("文章", "{date}-{slug}{lang}.md", "title")
    assert settings.languages[1].suffix == ".zh"


def test_a_configuration_with_an_unknown_key_names_line_and_nearest(repository: Path) -> None:
    (repository / "aiblog.yaml").write_text("posts: posts\nindexs: []\n")
    done = aiblog("init", "--json", folder=repository)
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "settings-invalid"
    assert error["message"].startswith('aiblog.yaml:2: unknown key "indexs"; the nearest is "indexes"')
    assert tree(repository) == {"aiblog.yaml": b"posts: posts\nindexs: []\n"}
