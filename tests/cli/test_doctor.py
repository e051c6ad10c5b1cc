"""`aiblog doctor`: what the tool sees, and what to do about what will not work."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support.program import aiblog, tree
from support.repositories import SETTINGS, git, made_blog, state, write
from support.terminal import Terminal


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return made_blog(tmp_path / "blog", remote=True)


def seen(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Each thing by its name, the last of several."""
    done = aiblog("doctor", "--json", *words, folder=folder, environment={"EDITOR": "sh", **(environment or {})})
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert set(found) == {"ok", "checks"}
    assert all(set(each) == {"name", "state", "value", "hint"} for each in found["checks"])
    return {each["name"]: each for each in found["checks"]}


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)
    return folder / name


def test_a_blog_where_all_is_well_has_nothing_marked(blog: Path) -> None:
    before = state(blog)
    found = seen(blog)
    assert {name: each["state"] for name, each in found.items() if each["state"] != "ok"} == {}
    assert list(found) == [
        "aiblog", "python", "git", "linter", "editor", "root", "settings", "posts", "index", "markdown", "today",
        "repository", "branch", "base", "remote", "state", "identity", "hooks", "signing", "gh", "terminal",
    ]  # fmt: skip
    assert found["python"]["value"] == ".".join(map(str, sys.version_info[:3]))
    assert found["root"]["value"] == f"{blog}  (aiblog.yaml is there)"
    assert found["settings"]["value"] == "aiblog.yaml: posts posts/{date}/{slug}{lang}.md; languages en, zh"
    assert found["posts"]["value"] == "1 post in 1 file"
    assert found["identity"]["value"] == "Ada Author <ada@example.org>"
    assert found["hooks"]["value"] == "none"
    assert state(blog) == before


def test_off_a_terminal_a_line_has_tabs_between_name_state_value_and_hint(blog: Path) -> None:
    done = aiblog("doctor", folder=blog / "posts")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {len(line) for line in lines} == {4}
    assert ["editor", "warning", "none is set, so --edit opens nothing", "export EDITOR=vi"] in lines
    assert ["base", "ok", "main", "-"] in lines
    assert done.stderr == "1 warning.\n"


def test_on_a_terminal_what_will_not_work_is_marked_and_says_what_to_do(blog: Path) -> None:
    git(blog, "remote", "remove", "origin")
    with Terminal("doctor", folder=blog, rows=50, columns=100, environment={"EDITOR": "sh"}) as terminal:
        assert terminal.exit_code() == 0
    assert "remote      warning: none: --push has nowhere to go\n              hint: git remote add origin URL" in (
        terminal.screen
    )
    assert "terminal    questions are asked; 100 columns, utf-8, colours" in terminal.screen
    assert terminal.last_line == "1 warning."


def test_outside_git_what_needs_no_repository_is_seen(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"blog/2026-01-10/old_zh.md": "---\nstatus: Draft\n---\n\n# 旧文\n", "blog/2026-01-11/new_zh.md": "# 新\n"},
    )
    before = tree(tmp_path)
    found = seen(tmp_path)
    assert found["root"]["value"] == f"{tmp_path}  (where you are: no aiblog.yaml, no git)"
    assert found["settings"]["value"].startswith("inferred from the files: posts blog/{date}/{slug}{lang}.md;")
    assert found["settings"]["hint"] == "aiblog init"
    assert found["posts"]["value"] == "2 posts in 2 files"
    assert (found["repository"]["state"], found["repository"]["hint"]) == ("warning", "git init")
    assert "base" not in found
    assert tree(tmp_path) == before


def test_settings_that_will_not_do_are_named_and_git_is_looked_at_all_the_same(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(SETTINGS.replace("posts: posts", "post: posts"))
    found = seen(blog)
    assert found["settings"]["state"] == "error"
    assert "aiblog.yaml:1: " in found["settings"]["value"]
    assert found["settings"]["hint"] == "${EDITOR:-vi} aiblog.yaml"
    assert found["base"]["value"] == "main"
    assert "posts" not in found
    (blog / "aiblog.yaml").write_text(f"{SETTINGS}check: {{ignore: [link-mising]}}\n")
    assert 'no rule "link-mising"; the nearest is "link-missing"' in seen(blog)["settings"]["value"]


def test_an_edition_an_index_and_rules_that_cannot_be_read_are_errors(blog: Path) -> None:
    (blog / "posts/2026-01-10/old.md").write_text("---\na: [\n---\n")
    (blog / "posts/README.md").unlink()
    (blog / "README.md").unlink()
    (blog / ".markdownlint.json").write_text("{")
    found = seen(blog, "-C", "posts")
    assert found["posts"]["state"] == "error"
    assert "posts/2026-01-10/old.md:" in found["posts"]["value"]
    assert found["posts"]["hint"] == "${EDITOR:-vi} posts/2026-01-10/old.md"
    assert (found["index"]["state"], found["index"]["value"]) == ("error", "README.md is not there")
    assert found["markdown"]["state"] == "error"


def test_rules_that_would_have_to_be_run_are_said_to_count_as_none(blog: Path) -> None:
    (blog / ".markdownlint.cjs").write_text("module.exports = {}")
    found = seen(blog)
    assert found["markdown"]["state"] == "warning"
    assert ".markdownlint.cjs is a program" in found["markdown"]["value"]
    (blog / ".markdownlint.yaml").write_text("MD013: false\n")
    assert seen(blog)["markdown"]["value"] == "rules of .markdownlint.yaml"


def test_an_identity_is_never_invented(blog: Path) -> None:
    (Path(os.environ["HOME"]) / ".gitconfig").write_text("[user]\nname = 阿达\n")
    found = seen(blog)["identity"]
    assert (found["state"], found["value"]) == ("error", "git does not know who commits: user.email is not set")
    assert 'git config --global user.name "Your Name"' in found["hint"]
    found = seen(blog, environment={"EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "Bot"})["identity"]
    assert found["value"] == "阿达 <a@example.org>, committed by Bot <a@example.org>"


def test_hooks_are_named_and_those_of_the_pre_commit_framework_said_to_be(blog: Path) -> None:
    write(blog, {".pre-commit-config.yaml": "repos: []\n"})
    found = seen(blog)["hooks"]
    assert (found["state"], found["hint"]) == ("warning", "pre-commit install")
    hooks = blog / ".git" / "hooks"
    program(hooks, "pre-commit", "# File generated by pre-commit: https://pre-commit.com")
    program(hooks, "pre-push", "exit 1")
    (hooks / "commit-msg").write_text("not executable")
    found = seen(blog)["hooks"]
    assert (found["state"], found["value"]) == ("ok", "pre-commit (pre-commit framework), pre-push")
    git(blog, "config", "core.hooksPath", ".husky")
    program(blog / ".husky", "commit-msg", "exit 0")
    (blog / ".pre-commit-config.yaml").unlink()
    assert seen(blog)["hooks"]["value"] == "commit-msg"


def test_signing_is_on_where_git_signs_and_an_error_where_its_program_is_missing(blog: Path, tmp_path: Path) -> None:
    assert seen(blog)["signing"]["value"] == "off"
    git(blog, "config", "commit.gpgsign", "true")
    git(blog, "config", "gpg.program", str(tmp_path / "no-gpg"))
    found = seen(blog)["signing"]
    assert found["state"] == "error"
    assert "no-gpg" in found["value"]
    git(blog, "config", "gpg.program", str(program(tmp_path, "gpg", "exit 1")))
    assert seen(blog)["signing"]["value"] == f"on, by {tmp_path}/gpg"


def test_a_merge_in_progress_a_base_that_is_not_there_and_a_detached_head_are_said(blog: Path) -> None:
    (blog / ".git" / "MERGE_HEAD").write_text(git(blog, "rev-parse", "HEAD") + "\n")
    git(blog, "switch", "--quiet", "--detach", ok=(0, 128))
    found = seen(blog)
    assert found["state"]["state"] == "error"
    assert found["state"]["hint"] == "git status"
    (blog / ".git" / "MERGE_HEAD").unlink()
    git(blog, "switch", "--quiet", "--detach")
    (blog / "aiblog.yaml").write_text(f"{SETTINGS}git:\n  base: trunk\n  remote: elsewhere\n")
    found = seen(blog)
    assert found["branch"]["value"].startswith("none: HEAD is detached at ")
    assert (found["base"]["state"], found["remote"]["state"]) == ("error", "error")
    assert '"trunk"' in found["base"]["value"]
    assert '"elsewhere"' in found["remote"]["value"]


def test_a_remotes_password_is_not_shown(blog: Path) -> None:
    git(blog, "remote", "set-url", "origin", "https://ada:secret@example.org/notes.git")
    assert seen(blog)["remote"]["value"] == "origin  https://***@example.org/notes.git"


def test_a_base_behind_its_remote_is_said(blog: Path) -> None:
    write(blog, {"notes.txt": "three\n"})
    git(blog, "commit", "--quiet", "-am", "More")
    found = seen(blog)["base"]
    assert (found["state"], found["value"]) == ("warning", "main; 1 commit of main is not pushed")


def test_gh_is_looked_for_outside_the_repository_alone(blog: Path, tmp_path: Path) -> None:
    program(blog / "bin", "gh", f"touch {tmp_path}/ran; echo evil")
    path = os.environ["PATH"]
    found = seen(blog, environment={"PATH": f"{blog}/bin:{path}"})["gh"]
    assert "evil" not in found["value"]
    assert not (tmp_path / "ran").exists()
    program(tmp_path / "bin", "gh", 'echo "gh version 2.60.0 (2026-01-01)"; echo more')
    found = seen(blog, environment={"PATH": f"{tmp_path}/bin:{path}"})["gh"]
    assert (found["state"], found["value"]) == ("ok", "gh version 2.60.0 (2026-01-01)")


def test_without_git_the_rest_is_seen(blog: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = seen(blog, environment={"PATH": str(empty)})
    assert found["git"]["state"] == "error"
    assert found["repository"]["state"] == "error"
    assert found["posts"]["value"] == "1 post in 1 file"


def test_an_old_git_is_said_to_be_too_old_for_hooks(blog: Path, tmp_path: Path) -> None:
    real = next(each for each in os.environ["PATH"].split(":") if (Path(each) / "git").is_file())
    program(tmp_path / "bin", "git", f'[ "$1" = --version ] && exec echo git version 2.30.2; exec {real}/git "$@"')
    found = seen(blog, environment={"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"})["git"]
    assert (found["state"], found["value"]) == (
        "warning", "2.30.2; 2.36 or newer is wanted where a repository has hooks",
    )  # fmt: skip


def test_a_terminal_that_cannot_show_chinese_is_said(blog: Path) -> None:
    found = seen(blog, environment={"PYTHONIOENCODING": "ascii"})["terminal"]
    assert (found["state"], found["hint"]) == ("warning", "export LC_ALL=C.UTF-8")
    assert "nothing is asked" in found["value"]


def test_an_editor_that_cannot_be_found_and_a_zone_nobody_knows_are_errors(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(f"{SETTINGS}timezone: Asia/Shanghia\n")
    found = seen(blog, environment={"EDITOR": "no-such-editor --wait"})
    assert (found["editor"]["state"], found["editor"]["value"]) == (
        "error", '"no-such-editor" is set, and cannot be found',
    )  # fmt: skip
    assert found["today"]["state"] == "error"
    assert 'timezone "Asia/Shanghia" is not known' in found["today"]["value"]


def test_a_bare_repository_is_an_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare")
    assert seen(tmp_path / "bare")["repository"]["state"] == "error"


def test_the_real_blog_is_seen_and_stays_as_it_is(corpus_copy: Path) -> None:
    before = tree(corpus_copy)
    found = seen(corpus_copy)
    assert found["posts"]["value"] == "21 posts in 38 files"
    assert found["markdown"]["value"] == "rules of .markdownlint.json"
    assert tree(corpus_copy) == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in corpus_copy.rglob("*.md")} == {0o644}
