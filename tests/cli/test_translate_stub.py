"""`aiblog translate-stub` as a person and a script run it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from aiblog.core.translation import TODO
from support.terminal import AIBLOG, CTRL_C, DOWN, Terminal

CONFIG = """\
posts: posts
languages:
  en: {suffix: ""}
  zh: {suffix: "_zh", own_name: 中文版}
front_matter: {status: {draft: Draft, published: Active}, date: {}}
"""

POST = "---\nstatus: Active\ndate: 2026-02-25\n---\n\n# {title}\n\nText.\n\n- a\n- b\n"
ROI, ROI_ZH = "posts/2026-02-25/roi.md", "posts/2026-02-25/roi_zh.md"
ONLY_ZH, ONLY_ZH_EN = "posts/2026-03-01/gongxian_zh.md", "posts/2026-03-01/gongxian.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A small blog with an English-only and a Chinese-only post, no repository."""
    root = tmp_path / "blog"
    files = {"aiblog.yaml": CONFIG, ROI: POST.format(title="The ROI"), ONLY_ZH: POST.format(title="贡献开源")}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def aiblog(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [AIBLOG, "translate-stub", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def tree(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_the_path_is_the_result_and_the_next_steps_are_talk(blog: Path) -> None:
    done = aiblog(blog, "roi", "--title", "开源的回报")
    assert done.stdout == f"{ROI_ZH}\n"
    assert done.stderr == (
        f"{ROI} now has a line that leads to it.\n"
        f"To translate:       {ROI_ZH}:13    2 blocks wait\n"
        "When it is written: aiblog publish roi\n"
    )
    assert (blog / ROI_ZH).read_text().count(TODO) == 2


def test_a_second_run_does_nothing_and_says_so(blog: Path) -> None:
    aiblog(blog, "roi")
    before = tree(blog)
    done = aiblog(blog, "roi")
    assert (done.returncode, done.stdout) == (0, f"{ROI_ZH}\n")
    assert done.stderr.startswith("It is there already, and its source has not changed since.\n")
    assert tree(blog) == before


def test_an_untouched_stub_is_made_again_and_this_is_said(blog: Path) -> None:
    aiblog(blog, "roi")
    (blog / ROI).write_text((blog / ROI).read_text().replace("Text.", "Another text."))
    done = aiblog(blog, "roi")
    assert (done.returncode, done.stdout) == (0, f"{ROI_ZH}\n")
    assert done.stderr.startswith("Nobody had edited it, so it was made again from its source.\n")
    assert f"{TODO}\nAnother text.\n" in (blog / ROI_ZH).read_text()


def test_a_post_is_also_selected_by_the_path_of_its_file_from_the_folder_one_is_in(blog: Path) -> None:
    done = aiblog(blog / "posts/2026-03-01", "gongxian_zh.md")
    assert (done.returncode, done.stdout) == (0, "gongxian.md\n")
    assert (blog / ONLY_ZH_EN).is_file()


def test_as_json_it_names_source_and_translation(blog: Path) -> None:
    done = aiblog(blog, "gongxian", "--title", "Contributing", "--json")
    assert json.loads(done.stdout) == {
        "ok": True,
        "post": {
            "date": "2026-03-01",
            "slug": "gongxian",
            "title": "贡献开源",
            "editions": {"zh": ONLY_ZH, "en": ONLY_ZH_EN},
        },
        "source": ONLY_ZH,
        "translation": ONLY_ZH_EN,
        "blocks": [
            {"id": "f06dce27", "kind": "paragraph", "line": 14, "section": "Contributing", "text": "Text."},
            {"id": "4e11985d", "kind": "list", "line": 17, "section": "Contributing", "text": "- a\n- b"},
        ],
        "created": [ONLY_ZH_EN],
        "modified": [ONLY_ZH],
        "branch": None,
        "commit": None,
        "command": ["aiblog", "translate-stub", "gongxian", "--no-input", "--to", "en", "--title", "Contributing"],
    }
    assert done.stderr == ""


def test_a_dry_run_shows_the_diff_and_writes_nothing(blog: Path) -> None:
    before = tree(blog)
    done = aiblog(blog, "roi", "--dry-run")
    assert f"--- /dev/null\n+++ b/{ROI_ZH}\n" in done.stdout
    assert "\n+English | [中文版](./roi_zh.md)\n" in done.stdout
    assert tree(blog) == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, ["a post is needed (POST), and there is no terminal", "hint: aiblog translate-stub gongxian\n"]),
        (("--to", "zh"), 2, ["hint: aiblog translate-stub roi --to zh\n"]),
        (("ro",), 2, ['no post "ro"', "hint: aiblog list"]),
        (("roi", "--to", "xx"), 2, ['"xx" is no language of this blog', "en, zh"]),
        (("roi", "--to", "en"), 2, ["is in that language already"]),
        (("roi", "--from", "zh"), 2, ['has no edition in "zh"', "--from en"]),
        (("roi", "--title", "a\x1bb"), 2, ["a control character", "a\\u{1B}b"]),
        (("roi", "--branch", "x"), 2, ["--commit is missing"]),
        (("roi", "--edit", "--json"), 2, []),
        (("roi", "--style", "machine"), 2, ["inline"]),
        (("roi", "--commit"), 3, []),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    blog: Path, arguments: tuple[str, ...], code: int, words: list[str]
) -> None:
    before = tree(blog)
    done = aiblog(blog, *arguments)
    assert done.returncode == code
    for each in (*words, "nothing was written"):
        assert each in done.stderr + done.stdout
    assert "\x1b" not in done.stderr
    assert tree(blog) == before


def test_an_edited_stub_of_a_changed_source_is_refused_with_exit_3(blog: Path) -> None:
    aiblog(blog, "roi")
    (blog / ROI_ZH).write_text((blog / ROI_ZH).read_text().replace("Text.", "正文。"))
    (blog / ROI).write_text((blog / ROI).read_text().replace("Text.", "Another text."))
    before = tree(blog)
    done = aiblog(blog, "roi", "--json")
    assert done.returncode == 3
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "translation-exists"
    assert error["hints"] == [
        f"${{EDITOR:-vi}} {ROI_ZH}",
        f"rm {ROI_ZH} && aiblog translate-stub 2026-02-25/roi --to zh",
    ]
    assert tree(blog) == before


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_committed_from_the_base_it_is_a_draft_on_the_posts_branch(blog: Path) -> None:
    git(blog, "init", "-q")
    git(blog, "add", ".")
    git(blog, "commit", "-qm", "Begin")
    done = aiblog(blog, "roi", "--commit", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["branch"] == "blog/2026-02-25-roi"
    assert answer["commit"] == git(blog, "rev-parse", "blog/2026-02-25-roi").strip()
    assert git(blog, "log", "-1", "--format=%s", answer["commit"]) == "Add Chinese translation: The ROI\n"
    assert git(blog, "show", "--format=", "--name-only", answer["commit"]).split() == [ROI, ROI_ZH]
    assert git(blog, "status", "--porcelain") == ""
    again = json.loads(aiblog(blog, "roi", "--commit", "--json").stdout)
    assert again["commit"] == answer["commit"]


def test_on_a_terminal_it_asks_for_the_post_and_its_title(blog: Path) -> None:
    with Terminal("translate-stub", folder=blog, columns=120) as terminal:
        terminal.wait_for("Which post").answer("2026-02-25  roi", DOWN)
        terminal.answer("Title in Chinese (empty: The ROI waits)", "开源的回报")
        assert terminal.exit_code() == 0
    assert "# 开源的回报\n" in (blog / ROI_ZH).read_text()
    assert "Without questions:  aiblog translate-stub roi --no-input --to zh --title '开源的回报'" in terminal.screen


def test_an_empty_title_lets_the_sources_wait(blog: Path) -> None:
    with Terminal("translate-stub", "gongxian", folder=blog, columns=120) as terminal:
        terminal.answer("Title in English (empty: 贡献开源 waits)")
        assert terminal.exit_code() == 0
    assert f"{TODO}\n# 贡献开源\n" in (blog / ONLY_ZH_EN).read_text()
    assert "Without questions:  aiblog translate-stub gongxian --no-input --to en\n" in terminal.screen


def test_of_several_missing_languages_one_is_asked_for(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(CONFIG.replace("front_matter", '  ja: {suffix: "_ja"}\nfront_matter'))
    with Terminal("translate-stub", "roi", folder=blog, columns=120) as terminal:
        terminal.answer("Translate to", DOWN).answer("Title in Japanese")
        assert terminal.exit_code() == 0
    assert (blog / "posts/2026-02-25/roi_ja.md").is_file()
    assert "Without questions:  aiblog translate-stub roi --no-input --to ja" in terminal.screen
    off = aiblog(blog, "gongxian")
    assert off.returncode == 2
    assert "hint: aiblog translate-stub 2026-03-01/gongxian --to en\n" in off.stderr


def test_ctrl_c_at_a_question_writes_nothing(blog: Path) -> None:
    before = tree(blog)
    with Terminal("translate-stub", "roi", folder=blog) as terminal:
        terminal.wait_for("Title in Chinese").type(CTRL_C)
        assert terminal.exit_code() == 130
    assert tree(blog) == before


def test_the_editor_opens_the_new_edition(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = blog.parent / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {blog.parent}/opened\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", os.fspath(editor))
    assert aiblog(blog, "roi", "--edit").returncode == 0
    assert (blog.parent / "opened").read_text().strip().endswith(ROI_ZH)
