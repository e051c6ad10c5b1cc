"""The Markdown linter, against the real rumdl."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from aiblog.adapters import markdown_lint
from aiblog.adapters.markdown_lint import find_rules, lint
from aiblog.core.finding import Finding
from aiblog.errors import AiblogError

TRAILING = b"# x \n"
FOUND = "MD009 Trailing space found"


def _blog(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def _messages(found: list[Finding]) -> list[str]:
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("name", "on", "off"),
    [
        (".markdownlint.json", "{}", '{"MD009": false}'),
        (".markdownlint.jsonc", "{\n// all\n}", '{"no-trailing-spaces": false,}'),
        (".markdownlint.yaml", "default: true\n", "MD009: false\n"),
        (".markdownlint.yml", "MD033: false\n", "MD009: false\n"),
        (".markdownlint-cli2.jsonc", '{"config": {},}', '{"config": {"MD009": false}}'),
        (".markdownlint-cli2.yaml", "config: {}\n", "config:\n  MD009: false\n"),
        (".rumdl.toml", "[global]\n", '[global]\ndisable = ["MD009"]\n'),
        ("rumdl.toml", "[global]\n", '[global]\ndisable = ["MD009"]\n'),
        (".config/rumdl.toml", "[global]\n", '[global]\ndisable = ["MD009"]\n'),
        ("pyproject.toml", "[tool.rumdl]\n", '[tool.rumdl]\ndisable = ["MD009"]\n'),
    ],
)
def test_each_kind_of_configuration_is_the_one_that_judges(tmp_path: Path, name: str, on: str, off: str) -> None:
    _blog(tmp_path, {name: on})
    assert find_rules(tmp_path)
    assert lint(tmp_path, {"a.md": TRAILING}) == [Finding("a.md", 1, 4, "markdown", FOUND, fixable=True)]
    _blog(tmp_path, {name: off})
    assert lint(tmp_path, {"a.md": TRAILING}) == []


def test_a_blog_without_rules_has_no_findings(tmp_path: Path) -> None:
    _blog(
        tmp_path, {"pyproject.toml": "[tool.ruff]\n", ".markdownlint.cjs": "throw 1\n", ".editorconfig": "root=true\n"}
    )
    assert find_rules(tmp_path) is None
    assert lint(tmp_path, {"a.md": TRAILING}) == []


def test_the_bytes_given_are_linted_not_the_disk_and_nothing_is_written(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}", "docs/a.md": "# on disk \n\n\n\n", ".gitignore": "*\n"})
    before = sorted(tmp_path.rglob("*"))
    assert _messages(lint(tmp_path, {"docs/a.md": TRAILING, "docs/new/b.md": b"# x\n"})) == [FOUND]
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "docs/a.md").read_text() == "# on disk \n\n\n\n"


def test_hostile_names_come_back_as_they_are(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    names = [
        "a b/中文\n.md",
        "--fix.md",
        "-f.md",
        "@x.md",
        "*.md",
        "\x1b[31m.md",
        "\udcff.md",
        ".hidden/x.md",
        "C:\\x.md",
    ]
    found = lint(tmp_path, dict.fromkeys(names, TRAILING))
    assert sorted((each.path, each.message) for each in found) == sorted((name, FOUND) for name in names)
    assert [each.name for each in tmp_path.iterdir()] == [".markdownlint.json"]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("# x\n\n中文 \n".encode(), 3, 3),
        ("# x\r\n\r\n中文 \r\n".encode(), 3, 3),
        (b"\xef\xbb\xbf# x \n", 1, 4),
        (b"# x\n\na\0b \n", 3, 4),
        (b"# x\n\n\xff\xfe \n", 3, 3),
        (b"---\r\ndate: 2026-02-25\r\n---\r\n\r\n# x \r\n", 5, 4),
    ],
)
def test_line_and_column_are_the_files_own(tmp_path: Path, data: bytes, line: int, column: int) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    assert lint(tmp_path, {"a.md": data, "b.md": b"# y\n"}) == [
        Finding("a.md", line, column, "markdown", FOUND, fixable=True)
    ]


def test_a_long_line_is_counted_in_characters(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": '{"MD013": {"line_length": 120}}'})
    fits, long = "字" * 100 + " 字" * 10, "字" * 120 + " [字](https://example.org/x)"
    found = lint(tmp_path, {"a.md": f"# x\n\n{fits}\n\n{long}\n".encode()})
    assert [(each.line, each.column, each.message) for each in found] == [
        (5, 121, f"MD013 Line length {len(long)} exceeds 120 characters")
    ]


def test_headings_and_tables_are_judged_as_markdownlint_does(tmp_path: Path) -> None:
    page = b"# x\n\n## a\n\n### b\n\n## c\n\n### b\n\n| a | bb |\n|---|:-|\n| a | b |\n"
    _blog(tmp_path, {".markdownlint.json": "{}"})
    assert {message[:5] for message in _messages(lint(tmp_path, {"a.md": page}))} == {"MD024", "MD060"}
    _blog(tmp_path, {".markdownlint.json": '{"MD024": {"siblings_only": true}, "table-column-style": false}'})
    assert lint(tmp_path, {"a.md": page}) == []
    _blog(tmp_path, {".markdownlint.json": '{"default": false}'})
    assert lint(tmp_path, {"a.md": page}) == []


def test_rules_that_markdownlint_does_not_have_are_off_unless_the_blog_uses_rumdl_itself(tmp_path: Path) -> None:
    page = b"# x\n\n[a](missing.md)\n"
    _blog(tmp_path, {".markdownlint.json": "{}"})
    assert lint(tmp_path, {"a.md": page}) == []
    _blog(tmp_path, {".rumdl.toml": "[global]\n"})
    assert _messages(lint(tmp_path, {"a.md": page})) == ["MD057 Relative link 'missing.md' does not exist"]


def test_rules_are_extended_and_files_ignored_as_markdownlint_cli2_does(tmp_path: Path) -> None:
    _blog(tmp_path, {"config/base.json": '{"MD009": false}', ".markdownlint.json": '{"extends": "config/base.json"}'})
    assert lint(tmp_path, {"a.md": TRAILING}) == []
    _blog(tmp_path, {".markdownlint.json": "{}", ".markdownlint-cli2.jsonc": '{"ignores": ["old/**", "中文.md"]}'})
    found = lint(tmp_path, dict.fromkeys(["a.md", "old/deep/b.md", "中文.md"], TRAILING))
    assert [each.path for each in found] == ["a.md"]
    assert lint(tmp_path, {"old/b.md": TRAILING}) == []


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (".markdownlint.json", '{"MD009": ', ".markdownlint.json:1: the Markdown rules cannot be read"),
        (".markdownlint.yaml", "a: [", ".markdownlint.yaml:"),
        (
            ".markdownlint.json",
            '{"extends": "../x.json"}',
            '.markdownlint.json extends "../x.json"; a file of the blog',
        ),
        (".markdownlint.json", '{"extends": "package"}', '.markdownlint.json extends "package"; a file of the blog'),
        (".rumdl.toml", "x = ", "the Markdown linter rumdl failed: Config error"),
    ],
)
def test_rules_that_cannot_be_read_are_refused(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    _blog(tmp_path, {name: text})
    with pytest.raises(AiblogError) as caught:
        lint(tmp_path, {"a.md": TRAILING})
    assert caught.value.code == "check-failed"
    assert caught.value.message.startswith(sentence)


def test_a_linter_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    monkeypatch.setattr(markdown_lint, "_program", lambda: tmp_path / "rumdl")
    with pytest.raises(AiblogError, match="rumdl cannot be run") as caught:
        lint(tmp_path, {"a.md": TRAILING})
    assert caught.value.code == "check-failed"


def test_programs_that_a_configuration_names_are_not_run(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    tool = f'[code-block-tools.tools.evil]\ncommand = ["{shutil.which("touch")}", "{touched}"]\nstdin = true\n'
    languages = '[code-block-tools]\nenabled = true\n[code-block-tools.languages]\npython = { lint = ["evil"] }\n'
    page = "# x\n\n```python\nx = 1\n```\n"
    _blog(tmp_path, {".rumdl.toml": languages + tool, "a.md": page})
    assert lint(tmp_path, {"a.md": page.encode()}) == []
    assert not touched.exists()
    program = markdown_lint._program()
    subprocess.run([program, "check", "--no-cache", "a.md"], cwd=tmp_path, check=True, capture_output=True)
    assert touched.exists(), "the configuration is one that rumdl would run elsewhere"


def _corpus_contents(corpus: Path) -> dict[str, bytes]:
    paths = [*sorted((corpus / "docs/blog").rglob("*.md")), corpus / "README.md", corpus / "README.zh-CN.md"]
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}


def test_the_real_blog_by_its_own_rules(corpus: Path) -> None:
    rules = Counter(each.message[:5] for each in lint(corpus, _corpus_contents(corpus)))
    assert rules == {"MD060": 44, "MD013": 6, "MD022": 5, "MD009": 4, "MD041": 2, "MD051": 2, "MD012": 1, "MD026": 1}


def test_the_real_blogs_files_pass_and_fail_as_with_markdownlint(corpus: Path) -> None:
    arbiter = shutil.which("markdownlint-cli2")
    if arbiter is None:
        pytest.skip("markdownlint-cli2, the arbiter, is not installed")
    contents = _corpus_contents(corpus)
    done = subprocess.run([arbiter, *contents], cwd=corpus, capture_output=True, text=True, check=False)
    theirs = {line.split(":", 1)[0] for line in done.stderr.splitlines() if " MD" in line}
    assert theirs, done.stderr
    ours = {each.path for each in lint(corpus, contents)}
    assert theirs ^ ours <= {"docs/blog/2025-12-08/gke-65k-nodes_zh.md"}, "its long lines are HTML alone"
