"""`aiblog status`: what waits, and the command that comes next."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from aiblog.core.canonical import source_hash
from support.program import aiblog, tree
from support.terminal import Terminal

SETTINGS = """\
posts: posts
archive: old
languages:
  en: {}
  zh: {own_name: 中文版}
indexes:
  - path: posts/README.md
  - path: README.md
    style: list
    under: Blog
    complete: false
"""
INDEX = """\
# Posts

## 2026-03-01: Stub

- [Stub](./2026-03-01/stub.md)

## 2026-01-10: Outdated

- [Outdated](./2026-01-10/outdated.md)
"""


def text(h1: str, status: str = "Published", more: str = "", body: str = "Text.") -> str:
    return f"---\nstatus: {status}\n{more}---\n\n# {h1}\n\n{body}\n"


def pinned(of: str, covered: str) -> str:
    return f"translation_of: ./{of}\nsource_hash: {source_hash(covered.encode())}\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """One post in each state."""
    root = tmp_path / "blog"
    for path, content in {
        "aiblog.yaml": SETTINGS,
        "README.md": "# P\n\n## Blog\n\n- [当前](./posts/2026-01-09/current_zh.md)\n",
        "posts/README.md": INDEX,
        "posts/2026-03-02/roi_zh.md": text("贡献开源的 ROI", "Draft"),
        "posts/2026-03-01/stub.md": text("Stub"),
        "posts/2026-03-01/stub_zh.md": text(
            "桩", "Draft", pinned("stub.md", text("Stub")), "<!-- aiblog:todo -->\nOne.\n\n<!-- aiblog:todo -->\nTwo."
        ),
        "posts/2026-01-10/outdated.md": text("Outdated", body="Changed."),
        "posts/2026-01-10/outdated_zh.md": text("过时", more=pinned("outdated.md", text("Outdated"))),
        "posts/2026-01-09/current_zh.md": text("当前"),
        "posts/2026-01-09/current.md": text("Current", more=pinned("current_zh.md", text("当前"))),
        "posts/2026-01-08/untracked.md": text("Untracked"),
        "posts/2026-01-08/untracked_zh.md": text("未跟踪"),
        "old/2020-01-01/first.md": text("First", "Draft"),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")
    return root


def test_off_a_terminal_each_row_has_tabs_between_its_columns_and_the_next_step_last(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("status", folder=blog)
    assert done.returncode == 0
    assert done.stdout.split("\n") == [
        "roi\tmissing\tsource\taiblog translate-stub roi",
        "stub\tsource\tstub\tedit posts/2026-03-01/stub_zh.md:9    2 of 2 blocks wait",
        "outdated\tsource\toutdated\taiblog translate-diff outdated",
        "untracked\tsource\tuntracked\taiblog translate-sync untracked",
        "roi\t-\tdraft\taiblog publish roi",
        "untracked\tunlisted\tunlisted\taiblog publish untracked",
        "",
    ]
    assert done.stderr == (
        "1 missing, 1 stub, 1 outdated, 1 untracked, 1 draft, 1 unlisted; 1 current is not shown (--all).\n"
    )
    assert tree(blog) == before


def test_json_has_every_translation_and_the_posts_that_wait(blog: Path) -> None:
    done = aiblog("status", "--json", folder=blog / "posts")
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert set(found) == {"ok", "translations", "drafts", "unlisted"}
    assert found["translations"][0] == {
        "post": "2026-03-02/roi",
        "source": "posts/2026-03-02/roi_zh.md",
        "target": None,
        "lang": "en",
        "state": "missing",
        "kind": None,
        "since": None,
        "changes": [],
    }
    assert [(each["post"], each["lang"], each["state"]) for each in found["translations"][1:]] == [
        ("2026-03-01/stub", "zh", "stub"),
        ("2026-01-10/outdated", "zh", "outdated"),
        ("2026-01-09/current", "en", "current"),
        ("2026-01-08/untracked", "zh", "untracked"),
    ]
    assert found["drafts"] == [
        {
            "date": "2026-03-02",
            "slug": "roi",
            "title": "贡献开源的 ROI",
            "editions": {"zh": "posts/2026-03-02/roi_zh.md"},
        }
    ]
    assert [each["slug"] for each in found["unlisted"]] == ["untracked"]


def test_all_shows_the_current_ones_too(blog: Path) -> None:
    done = aiblog("status", "--all", folder=blog)
    assert "current\tcurrent\tsource\t-\n" in done.stdout
    assert done.stderr.endswith("; 1 current.\n")


def test_lang_chooses_translations_into_it_and_posts_in_it(blog: Path) -> None:
    found = json.loads(aiblog("status", "--json", "--lang", "en", folder=blog).stdout)
    assert [each["post"] for each in found["translations"]] == ["2026-03-02/roi", "2026-01-09/current"]
    assert found["drafts"] == []
    refused = aiblog("status", "--lang", "fr", folder=blog)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert '"fr" is no language of this blog' in refused.stderr


@pytest.mark.parametrize(
    ("states", "code"),
    [(("missing",), 1), (("draft,unlisted",), 1), (("stub", "--fail-on", "outdated"), 1), (("untracked",), 1)],
)
def test_fail_on_exits_1_where_one_of_the_states_is_there(blog: Path, states: tuple[str, ...], code: int) -> None:
    done = aiblog("status", "--json", "--fail-on", *states, folder=blog)
    assert done.returncode == code
    assert json.loads(done.stdout)["ok"] is False
    assert re.match(r"--fail-on: 1 \w+", done.stderr)


def test_fail_on_exits_0_where_none_is_there(blog: Path) -> None:
    (blog / "posts/2026-03-02/roi_zh.md").unlink()
    done = aiblog("status", "--quiet", "--fail-on", "missing,draft", folder=blog)
    assert (done.returncode, done.stderr) == (0, "")


def test_fail_on_of_a_state_nobody_knows_names_the_nearest(blog: Path) -> None:
    done = aiblog("status", "--fail-on", "mising,stub", folder=blog)
    assert (done.returncode, done.stdout) == (2, "")
    assert '--fail-on "mising": one of these was wanted' in done.stderr
    assert 'the nearest is "missing"' in done.stderr
    assert aiblog("status", "--fail-on", "current", folder=blog).returncode == 2


def test_fail_on_of_nothing_is_refused_rather_than_passed(blog: Path) -> None:
    done = aiblog("status", "--fail-on", "", folder=blog)
    assert done.returncode == 2
    assert "--fail-on: one of these was wanted: missing, ambiguous, moved, stub" in done.stderr


@pytest.mark.parametrize("columns", [60, 100])
def test_on_a_terminal_the_columns_line_up_below_their_names_and_commands_are_whole(blog: Path, columns: int) -> None:
    with Terminal("status", folder=blog, columns=columns) as terminal:
        assert terminal.exit_code() == 0
    lines = terminal.screen.split("\n")
    assert lines[0] == "post       en        zh         next"
    assert lines[1] == "roi        missing   source     aiblog translate-stub roi"
    between = "\n  " if columns == 60 else "   "
    assert f"outdated   source    outdated{between}aiblog translate-diff outdated" in terminal.screen
    assert "…" not in terminal.screen
    assert all(len(line) <= columns for line in lines)


def test_the_next_steps_can_be_pasted_where_the_person_is(blog: Path) -> None:
    done = aiblog("status", "-C", str(blog / "posts"), folder=blog)
    assert "\taiblog translate-stub -C posts roi\n" in done.stdout
    (blog / "posts/2020-02-02").mkdir()
    (blog / "posts/2020-02-02/roi_zh.md").write_text(text("更早"), encoding="utf-8")
    done = aiblog("status", folder=blog)
    assert "2026-03-02/roi\tmissing\tsource\taiblog translate-stub 2026-03-02/roi\n" in done.stdout
    ran = aiblog("translate-stub", "2026-03-02/roi", folder=blog)
    assert ran.returncode == 0
    assert "roi\tstub\tsource\tedit posts/2026-03-02/roi.md:" in aiblog("status", folder=blog).stdout


def test_with_three_languages_the_next_step_says_which(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(SETTINGS.replace("  en: {}\n", "  en: {}\n  fr: {}\n"), encoding="utf-8")
    done = aiblog("status", folder=blog)
    assert "roi\tmissing\tmissing\tsource\taiblog translate-stub roi --to en\n" in done.stdout


def test_where_every_index_is_a_selection_the_next_step_names_one(blog: Path) -> None:
    settings = SETTINGS.replace("  - path: posts/README.md\n", "")
    (blog / "aiblog.yaml").write_text(settings, encoding="utf-8")
    done = aiblog("status", folder=blog)
    assert "untracked\tunlisted\tunlisted\taiblog publish untracked --list README.md\n" in done.stdout


def test_a_blog_in_one_language_and_without_an_index_lacks_nothing(tmp_path: Path) -> None:
    (tmp_path / "aiblog.yaml").write_text("languages:\n  zh: {suffix: ''}\n", encoding="utf-8")
    (tmp_path / "posts/2026-03-01").mkdir(parents=True)
    (tmp_path / "posts/2026-03-01/a.md").write_text(text("一"), encoding="utf-8")
    done = aiblog("status", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing waits.\n")


def test_an_empty_blog_says_how_to_begin(tmp_path: Path) -> None:
    done = aiblog("status", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No posts here yet. `aiblog init` lays out a blog, `aiblog new` writes a post.\n"


def test_an_edition_that_cannot_be_read_is_named(blog: Path) -> None:
    (blog / "posts/2026-01-10/outdated.md").write_bytes(b"---\na: 1\na: 2\n---\n\n# Broken\n")
    done = aiblog("status", folder=blog)
    assert done.returncode == 0
    assert "outdated\tsource\tuntracked\taiblog translate-sync outdated\n" in done.stdout
    assert 'posts/2026-01-10/outdated.md:3: "a" twice' in done.stderr


def test_the_real_blog_lacks_four_translations_and_has_one_draft(corpus_copy: Path) -> None:
    before = tree(corpus_copy)
    found = json.loads(aiblog("status", "--json", folder=corpus_copy).stdout)
    states = [each["state"] for each in found["translations"]]
    assert {state: states.count(state) for state in states} == {"untracked": 17, "missing": 4}
    assert [each["slug"] for each in found["drafts"]] == ["ai-assisted-contributions"]
    assert found["unlisted"] == []
    assert tree(corpus_copy) == before
    with Terminal("status", folder=corpus_copy, rows=40, columns=120) as terminal:
        assert terminal.exit_code() == 0
    rows = [line for line in terminal.screen.split("\n") if "aiblog translate-stub" in line]
    assert {cell_len(line.partition("aiblog")[0]) for line in rows} == {54}


def test_an_index_that_lost_its_heading_is_said_and_stops_nothing(blog: Path) -> None:
    index = blog / "README.md"
    settings = (blog / "aiblog.yaml").read_text(encoding="utf-8")
    assert "under: Blog" in settings
    index.write_text(index.read_text(encoding="utf-8").replace("## Blog", "## Writing"), encoding="utf-8")
    done = aiblog("status", folder=blog)
    assert done.returncode == 0
    assert "what no index lists is not known" in done.stderr
    assert done.stdout
