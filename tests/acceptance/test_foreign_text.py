"""Cases 15 and 20: nothing that a blog, its repository or an argument holds controls a terminal, or deceives on it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aiblog.cli import app
from aiblog.core import operation_record
from aiblog.core.changes import FileChange
from aiblog.core.operation import RefMove, Step
from support.program import aiblog
from support.repositories import INDEX, draft, git, made_blog, write
from support.terminal import ENTER, Terminal

EVIL = "\x1b[2J\x1b]0;x\x07\u202e\u200b\x9b"
NAME = f"na{EVIL}me\nFORGED"
BIDI = "b\u202e\u200b"
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

FRONT = "status: Draft\ndate: 2026-02-25\ntags: a\n"
ESCAPED = r"""status: "Dr\eaft\nFORGED"
date: "2026\u202E"
tags: ["a\e[2J", "b\u202E", "B\u202E", "c\nFORGED", "d\0"]
"k\e\nFORGED": v
title: "T\e\nFORGED"
translation_of: "./x\e\nFORGED.md"
source_hash: "v1-\eFORGED"
canonical_path: "../x\e\nFORGED.md"
"""
LINKS = f"[x](./go{EVIL}ne.md) ![i](./im{EVIL}g.png) <a href='./h{EVIL}.md'>h</a> [y](#an{EVIL}) [z][un{EVIL}]"
POSTS = {
    NAME: (FRONT, f"# Ti{EVIL}tle\n\n{LINKS}\n\n<!-- aiblog:todo -->\n"),
    "escaped": (ESCAPED, "# T\n\nText.\n"),
    "raw": (f"{FRONT}x{EVIL}: [\n", "# T\n"),
    "plain": (FRONT, f"# Pl{EVIL}ain\n\n## A{EVIL}\n\n### B\n\n[x](./{EVIL}.md)\n\nText.\n"),
    "plain_zh": (f"{FRONT}lang: zh\ntranslation_of: ./plain.md\nsource_hash: v1-0\n", f"# 题{EVIL}\n\n- 中{EVIL}\n"),
    "good": (FRONT, "# Good\n\nText.\n"),
    "lines\nFORGED": (FRONT, "# Good\n\n[a](gone.md)\n"),
    "half\udc80": (FRONT, "# Half\n\n[a](gone.md)\n"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog whose names, titles, tags, links, settings and scaffolds hold what a terminal would obey."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_NAME", "Ada")
            patch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")
        blog = made_blog(tmp_path_factory.mktemp("hostile") / "blog", remote=True)
        write(
            blog, {f"posts/2026-02-25/{slug}.md": f"---\n{head}---\n\n{body}" for slug, (head, body) in POSTS.items()}
        )
        entry = (
            f"## 2026-02-25: X{EVIL}\n\n- [x{EVIL}](./2026-02-25/gone{EVIL}.md)\n- [y](./2026-02-25/pl%1Bain.md)\n\n"
        )
        write(blog, {"posts/README.md": INDEX.replace("## Contributing", f"{entry}## Contributing")})
        write(blog, {".markdownlint.json": json.dumps({"default": True, f"x{EVIL}": 1})})
        write(
            blog,
            {f"scaffolds/k{EVIL}/scaffold.yaml": "description: D\n", f"scaffolds/k{EVIL}/post.md": "{{ x\x1b }}\n"},
        )
        write(blog, {"scaffolds/odd/scaffold.yaml": 'description: "D\\e\\nFORGED"\nquestions: [{name: "a\\e"}]\n'})
        write(blog, {"scaffolds/odd/post.md": f"# {{{{ title }}}}\n{{{{ a{EVIL} }}}}\n"})
        git(blog, "add", "-A")
        git(blog, "commit", "--quiet", "-m", f"S{EVIL}ubject")
        git(blog, "branch", f"feature/{BIDI}")
    return blog


E1 = f"x{EVIL}\nFORGED"
COMMANDS: dict[str, list[list[str]]] = {
    "list": [[], *([f"--{flag}={E1}"] for flag in ("tag", "lang", "since", "sort", "status")), [f"--{E1}"]],
    "status": [[], [f"--fail-on={E1}"], [E1]],
    "check": [
        [], ["--fix", "--dry-run"], ["--format", "github"], [NAME], [E1], ["half\udc80"], [f"--select={E1}"],
        [f"--since={E1}"],
    ],
    "index": [["--check"], ["--dry-run"], ["--resolve"], [E1]],
    "tags": [[], ["rename", "a\x1b[2J", "z", "--dry-run"], ["rename", E1, E1]],
    "doctor": [[]],
    "init": [["--dry-run"], ["--merge-driver", "--dry-run", f"--path={E1}"]],
    "new": [
        [E1], ["T", f"--slug={E1}"], ["T", f"--date={E1}"], ["T", f"--lang={E1}"], ["T", f"--scaffold={E1}"],
        ["T", "--scaffold=odd"], ["T", f"--scaffold=k{EVIL}"], ["T", f"--tag={E1}"], ["T", f"--set={E1}={E1}"],
        ["T", f"--from={E1}"], ["T", f"--body={E1}"], ["T", f"--branch={E1}"],
    ],
    "publish": [
        [NAME, "--yes", "--dry-run"], ["escaped", "--yes"], ["raw", "--yes"], ["plain", "--yes"], [E1, "--yes"],
        ["lines\nFORGED", "--yes"], ["half\udc80", "--yes"],
        *(["good", "--yes", f"--{flag}={E1}"] for flag in ("branch", "base", "list", "summary", "date")),
        *(["good", "--yes", f"--{flag}={E1}"] for flag in ("index-title", "allow", "lang", "link-label")),
        ["good", "--yes", f"--base=feature/{BIDI}", "--dry-run"], ["good", "--yes", "--push", f"--branch=blog/{BIDI}"],
    ],
    "translate-stub": [
        [NAME], [E1], ["plain"], ["good", f"--to={E1}"], ["good", f"--title={E1}"], ["raw", "--to=zh"],
        ["escaped", "--to=zh", "--dry-run"], ["lines\nFORGED", "--to=zh", "--dry-run"], ["lines\nFORGED"],
    ],
    "mv": [
        [], [E1], [NAME], [NAME, "x", "--dry-run"], ["good", E1, "--yes"], ["plain", "plainer", "--dry-run"],
        [E1, E1, "--yes"], ["good", "x", f"--branch={E1}", "--yes"],
        ["good", "x", "--commit", f"--branch={E1}", "--yes"],
        ["lines\nFORGED", "x", "--dry-run"], ["half\udc80", "x", "--dry-run"],
    ],
    "redate": [
        [NAME], ["plain", E1, "--yes"], [NAME, "2026-02-26", "--dry-run"], ["escaped", "2026-02-26", "--dry-run"],
    ],
    "archive": [[E1], [NAME, "plain", "--yes"], [f"--before={E1}"], ["--before=2026-03-01", "--dry-run"]],
    "unarchive": [[E1], [NAME], ["--all"]],
    "remove": [
        [E1], [NAME, "--dry-run"], ["plain", "--dry-run"], ["plain", f"--redirect-to={E1}", "--yes"],
        ["plain", f"--redirect-to={NAME}", "--dry-run"], ["lines\nFORGED"],
    ],
    "migrate": [[], [f"--path={E1}"], ["--path={slug}{lang}.md", "--dry-run"], ["--repair", "--dry-run"]],
    E1: [[]],
}  # fmt: skip


OTHERS = [[], ["plain"], [E1], ["lines\nFORGED"]]
"""What a command is asked that has no words of its own above."""


@pytest.mark.parametrize("command", [*app.COMMANDS, E1], ids=[*app.COMMANDS, "unknown"])
def test_nothing_of_it_comes_out_raw_or_begins_a_line(hostile: Path, command: str) -> None:
    for words in COMMANDS.get(command, OTHERS):
        arguments = [word.encode("utf-8", "surrogateescape") for word in (command, *words)]
        done = aiblog(*arguments, folder=hostile)
        for text in (done.stdout, done.stderr):
            raw = RAW.search(text)
            assert raw is None, (words, raw, text)
            assert not re.search("^FORGED", text, re.MULTILINE), (words, text)
            assert "bug in aiblog" not in text, (words, text)


@pytest.mark.parametrize(
    "settings",
    [
        r'"k\e\nFORGED": v', r'posts: "../x\e\nFORGED"', r'posts: "p\e\nFORGED"', r'timezone: "x\e\nFORGED"',
        r'languages: {"e\e\nFORGED": {}}', r'languages: {en: {name: "E\e\nFORGED"}}', r'path: "{x\e\nFORGED}"',
        r'indexes: [{path: "x\e\nFORGED.md", style: list}]', r'git: {branch: "b\e\nFORGED{slug}"}', "posts: \x1b[2J",
        f"posts: {EVIL}\nposts: {EVIL}", f"posts: {BIDI}",
    ],
)  # fmt: skip
def test_settings_too(tmp_path: Path, settings: str) -> None:
    write(tmp_path, {"aiblog.yaml": f"{settings}\n", "posts/2026-02-25/a.md": "# A\n"})
    for command in ("list", "doctor"):
        done = aiblog(command, folder=tmp_path)
        assert done.returncode in {0, 1, 2, 3}
        assert not RAW.search(done.stdout + done.stderr)
        assert not re.search("^FORGED", done.stdout + done.stderr, re.MULTILINE)


def test_a_branch_has_its_whole_name_though_that_holds_what_elsewhere_ends_a_line(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    for name in ("另\u2028一", "另\x85二"):
        git(blog, "branch", name)
    made = aiblog("new", "三", "--slug=three", "--commit", "--no-input", folder=blog)
    assert made.returncode == 0, made.stderr
    git(blog, "branch", "第\u2029四")
    refused = aiblog("undo", "--yes", folder=blog)
    assert refused.returncode == 3
    assert r'"第\u{2029}四" has the commit too' in refused.stderr
    assert git(blog, "rev-parse", "HEAD") == git(blog, "rev-parse", "第\u2029四")


def test_the_journal_too(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    write(blog, {f"{BIDI}.md": "x", f"{BIDI}2.md": "edited"})
    commit = git(blog, "commit-tree", "-p", "main", "-m", "On it", "main^{tree}")
    folder = blog / ".git/aiblog"
    folder.mkdir()
    files = (FileChange(f"{BIDI}.md", None, b"x"), FileChange(f"{BIDI}2.md", None, b"2"), FileChange("new", None, b"x"))
    ref = RefMove(f"refs/heads/{BIDI}", None, commit)
    for name, step in {
        "1.done": Step(files[:1], refs=(ref,)),
        "2.done": Step(files),
        "3.open": Step(files[1:]),
    }.items():
        data = operation_record.begun(0, 2**22 + 1, ["aiblog", E1, EVIL], "", None) + operation_record.planned(step)
        (folder / name).write_bytes(data)
    (folder / "4.done").write_bytes(b"x")
    git(blog, "branch", BIDI, commit)
    runs = [["log"], ["undo", "--dry-run"], ["index"], ["undo", "1", "--dry-run"], ["undo", "2", "--yes"]]
    for words in [[*words, f"--color={colour}"] for words in runs for colour in ("always", "never")]:
        done = aiblog(*words, folder=blog)
        text = re.sub("\x1b\\[[0-9]*m", "", done.stdout + done.stderr)
        assert not RAW.search(text), (words, text)
        assert not re.search("^FORGED", text, re.MULTILINE), (words, text)
        assert "Traceback" not in text
        assert r"\u{202E}" in text or words == ["index", "--color=never"], (words, text)
    with Terminal("undo", "1", folder=blog, columns=200) as terminal:
        terminal.wait_for("Take back ").type("n", ENTER)
        assert terminal.exit_code() == 0
    assert r"\u{202E}" in terminal.screen
    assert "\u202e".encode() not in terminal.transcript


def test_what_a_hook_a_remote_and_gh_say_too(tmp_path: Path) -> None:
    says = "#!/bin/sh\nprintf '%b' 'https://x/\\033[2J\\0342\\0200\\0256\\n' >&{}\nexit {}\n"
    blog = made_blog(tmp_path / "blog", remote=True)
    draft(blog)
    environment = {"PATH": f"{tmp_path}/bin:/usr/local/bin:/usr/bin:/bin"}
    for place, stream, code, exit_code in (
        (".git/hooks/pre-commit", 2, 1, 4), ("../blog.git/hooks/pre-receive", 1, 1, 4), ("../bin/gh", 2, 1, 4),
        ("../bin/gh", 1, 0, 0),
    ):  # fmt: skip
        write(blog, {place: says.format(stream, code)})
        (blog / place).chmod(0o755)
        done = aiblog("publish", "new-post", "--yes", "--pr", folder=blog, environment=environment)
        assert done.returncode == exit_code, done.stderr
        assert not RAW.search(done.stdout + done.stderr)
        assert "receive" in place or r"https://x/\u{1B}[2J\u{202E}" in done.stdout + done.stderr, done.stderr
        (blog / place).unlink()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_the_shell_is_offered_too(hostile: Path, shell: str) -> None:
    line = "aiblog publish "
    environment = {"_AIBLOG_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": "2"}
    environment |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = aiblog(folder=hostile, environment=environment)
    assert "good" in done.stdout
    assert not RAW.search(done.stdout + done.stderr)
    assert "FORGED" not in done.stdout
