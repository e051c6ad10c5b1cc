"""The Markdown linter, against the real rumdl."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from aiblog.adapters import rumdl
from aiblog.adapters.markdown_lint import BATCH, corrected, find_rules, lint, linted
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
    mendable = b"\0" not in data and b"\xff" not in data
    assert lint(tmp_path, {"a.md": data, "b.md": b"# y\n"}) == [
        Finding("a.md", line, column, "markdown", FOUND, fixable=mendable)
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
    monkeypatch.setattr(rumdl, "program", lambda: tmp_path / "rumdl")
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
    program = rumdl.program()
    subprocess.run([program, "check", "--no-cache", "a.md"], cwd=tmp_path, check=True, capture_output=True)
    assert touched.exists(), "the configuration is one that rumdl would run elsewhere"


def _corpus_contents(corpus: Path) -> dict[str, bytes]:
    paths = [*sorted((corpus / "docs/blog").rglob("*.md")), corpus / "README.md", corpus / "README.zh-CN.md"]
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}


def test_the_real_blog_by_its_own_rules(corpus: Path) -> None:
    rules = Counter(each.message[:5] for each in lint(corpus, _corpus_contents(corpus)))
    assert rules == {"MD060": 44, "MD013": 6, "MD022": 5, "MD009": 4, "MD041": 2, "MD012": 1, "MD026": 1}


def test_more_files_than_one_call_takes_are_all_linted(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    contents = {f"{number:05}.md": TRAILING for number in range(2 * BATCH + 1)}
    assert [each.path for each in lint(tmp_path, contents)] == list(contents)


SPACED = "# 标题title\n\n用Kubernetes的1.34版：`code`中 [链接](x)与中文English\n"


def test_chinese_and_latin_text_that_touch_are_found_on_request_whatever_the_rules(tmp_path: Path) -> None:
    contents = {"a.md": SPACED.encode()}
    assert lint(tmp_path, contents) == []
    for rules in ({}, {".markdownlint.json": '{"default": false}'}, {".rumdl.toml": "[global]\nenable = []\n"}):
        found = lint(_blog(tmp_path, rules), contents, spacing=True)
        assert {(each.rule, each.severity, each.fixable) for each in found} == {("spacing", "warning", True)}
        assert [each.line for each in found] == [1, *[3] * 7]
        assert found[0] == Finding("a.md", 1, 5, *found[0][3:])
        assert found[0].message == 'MD089 Missing space between "标题" and "title"'
    mended = corrected(tmp_path, contents, spacing=True)
    assert mended["a.md"].decode() == ("# 标题 title\n\n用 Kubernetes 的 1.34 版：`code` 中 [链接](x) 与中文 English\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_corrections_are_made_where_readers_notice_nothing(tmp_path: Path, newline: str) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    before = "\ufeff---\ntags: [中文]\n---\n\n# 中文 \n\n\n## 二\n* a\n* b\n   - c\n+ d\n\n```sh\nx\ty\n```\n终"
    after = "\ufeff---\ntags: [中文]\n---\n\n# 中文\n\n## 二\n\n* a\n* b\n  * c\n+ d\n\n```sh\nx\ty\n```\n\n终\n"
    contents = {"a.md": before.replace("\n", newline).encode()}
    mended = corrected(tmp_path, contents)
    assert mended["a.md"].decode() == after.replace("\n", newline)
    assert corrected(tmp_path, mended) == {}


@pytest.mark.parametrize(
    "text",
    [
        "# x\n\n见https://example.org/x。中文\n",  # the angle brackets would go around the Chinese
        "# x\n\n中文   \n第二行\n",  # a line break
        "# x!\n",
        "# x\n\n```\ny\n```\n",
        "# x\n\n#标签\n",
        "# x\n\n```sh\n$ ls\n```\n",
    ],
)
def test_what_readers_would_notice_is_left_to_a_person(tmp_path: Path, text: str) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    contents = {"a.md": text.encode()}
    assert lint(tmp_path, contents)
    assert corrected(tmp_path, contents) == {}


def test_only_what_is_wanted_is_corrected(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": "{}"})
    contents = {"a.md": b"# x \n\n\n\nx \n"}
    assert corrected(tmp_path, contents, lambda each, _: each.line == 5) == {"a.md": b"# x \n\n\n\nx\n"}
    assert corrected(tmp_path, contents, lambda _, data: b"y" in data) == {}


def test_the_real_blog_is_corrected_as_far_as_no_reader_notices(corpus: Path) -> None:
    contents = _corpus_contents(corpus)
    mended = corrected(corpus, contents)
    left = linted(corpus, {**contents, **mended})
    assert Counter(each.rule for each in left) == {"MD013": 6, "MD041": 2, "MD026": 1}
    assert corrected(corpus, mended) == {}
