"""markdownlint-cli2 in place of rumdl: the real one where MARKDOWNLINT_CLI2 names it (`.ci/run` installs it)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aiblog.adapters.markdown_lint import corrected, lint, linted
from aiblog.adapters.markdownlint_cli2 import VARIABLE
from aiblog.core.finding import Finding
from aiblog.errors import AiblogError

PROGRAM = os.environ.get("MARKDOWNLINT_CLI2")
PAGE = "\ufeff# 😀 中文\t😀\n\n\n\n* 甲 \n".encode()


@pytest.fixture
def cli2(monkeypatch: pytest.MonkeyPatch) -> None:
    if not PROGRAM:
        pytest.skip("MARKDOWNLINT_CLI2 names no markdownlint-cli2")
    monkeypatch.setenv(VARIABLE, PROGRAM)


def _blog(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def _seen(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("cli2")
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_its_findings_have_our_columns_and_its_corrections_are_made(tmp_path: Path, newline: bytes) -> None:
    _blog(tmp_path, {".markdownlint.json": '{"MD010": {"spaces_per_tab": 2}}'})
    contents = {"文章/a.md": PAGE.replace(b"\n", newline), "b.md": b"# y\n"}
    assert lint(tmp_path, contents) == [
        Finding("文章/a.md", 1, 7, "markdown", "MD010 Hard tabs [Column: 8]"),
        Finding(
            "文章/a.md",
            3,
            1,
            "markdown",
            "MD012 Multiple consecutive blank lines [Expected: 1; Actual: 2]",
            fixable=True,
        ),
        Finding(
            "文章/a.md",
            4,
            1,
            "markdown",
            "MD012 Multiple consecutive blank lines [Expected: 1; Actual: 3]",
            fixable=True,
        ),
        Finding("文章/a.md", 5, 4, "markdown", "MD009 Trailing spaces [Expected: 0 or 2; Actual: 1]", fixable=True),
    ]
    mended = "\ufeff# 😀 中文\t😀\n\n* 甲\n".encode().replace(b"\n", newline)
    assert corrected(tmp_path, contents) == {"文章/a.md": mended}


@pytest.mark.usefixtures("cli2")
@pytest.mark.parametrize(
    ("text", "after"),
    [("# x\n\ny\n\n\n", "# x\n\ny\n"), ("# x\n\ny", "# x\n\ny\n"), ("# x\n\n*  y\r\n*  z\r\n", None)],
)
def test_ends_of_files_are_corrected(tmp_path: Path, text: str, after: str | None) -> None:
    mended = corrected(tmp_path, {"a.md": text.encode()})["a.md"].decode()
    assert mended == (after or "# x\n\n* y\r\n* z\r\n")


@pytest.mark.usefixtures("cli2")
def test_all_of_the_blogs_configuration_holds_and_nothing_of_the_blog_is_changed(tmp_path: Path) -> None:
    rule = (
        'module.exports = { names: ["no-foo"], description: "no foo", tags: ["x"], parser: "none", function: (p, e) => '
        'p.lines.forEach((line, i) => { if (line.includes("foo")) e({ lineNumber: i + 1 }); }) };'
    )
    options = (
        '{"customRules": ["./rules/foo.cjs"], "outputFormatters": [["missing"]], "globs": ["**/*.md"], "fix": true, '
        '"ignores": ["old/**"], "overrides": [], "noBanner": false}'
    )
    _blog(
        tmp_path,
        {
            "rules/foo.cjs": rule,
            ".markdownlint-cli2.jsonc": options,
            ".markdownlint.json": '{"extends": "./rules/base.json"}',
            "rules/base.json": '{"MD041": false}',
            "docs/.markdownlint.cjs": "module.exports = { MD026: false };",
            "docs/a.md": "## on disk \n",
            "c.md": "# not asked for!\n",
        },
    )
    before = _seen(tmp_path)
    found = lint(tmp_path, {"docs/a.md": b"# foo!\n", "b.md": b"foo\n\n## b!\n", "old/c.md": b"foo!\n"})
    assert [(each.path, each.line, each.message.split()[0]) for each in found] == [
        ("b.md", 1, "no-foo"),
        ("b.md", 3, "MD026"),
        ("docs/a.md", 1, "no-foo"),
    ]
    assert _seen(tmp_path) == before


@pytest.mark.usefixtures("cli2")
def test_hostile_names_are_files_like_others(tmp_path: Path) -> None:
    names = [
        "--fix.md",
        "-.md",
        "#a.md",
        "!b.md",
        "*.md",
        "a b/中文\n.md",
        ":c.md",
        "\\d.md",
        "\udcff.md",
        ".hidden/x.md",
    ]
    found = lint(tmp_path, dict.fromkeys(names, b"# x \n"))
    assert sorted({each.path for each in found}) == sorted(names)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("cli2")
def test_what_it_says_of_a_broken_configuration_is_said(tmp_path: Path) -> None:
    _blog(tmp_path, {".markdownlint.json": "{"})
    with pytest.raises(AiblogError, match=r"failed: .*\.markdownlint\.json") as caught:
        lint(tmp_path, {"a.md": b"# x\n"})
    assert caught.value.code == "check-failed"


def test_a_name_that_is_no_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "没有这个程序")
    with pytest.raises(
        AiblogError, match=f'{VARIABLE} is "没有这个程序"; a program markdownlint-cli2 was wanted'
    ) as caught:
        lint(tmp_path, {"a.md": b"# x\n"})
    assert caught.value.code == "check-failed"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo; echo 'Error: bad' >&2; exit 2", "failed: Error: bad"),
        ("exit 2", "failed: exit 2, and no findings"),
        ("exit 0", "failed: exit 0, and no findings"),
    ],
)
def test_a_program_that_fails_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    program = tmp_path / "lint"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(program))
    with pytest.raises(AiblogError) as caught:
        lint(tmp_path, {"a.md": b"# x\n"})
    assert caught.value.code == "check-failed"
    assert caught.value.message.endswith(sentence)


def test_an_empty_name_names_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert lint(tmp_path, {"a.md": b"# x \n"}) == []


def test_the_real_blogs_files_pass_and_fail_as_with_rumdl(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not PROGRAM:
        pytest.skip("MARKDOWNLINT_CLI2 names no markdownlint-cli2, the arbiter")
    paths = [*sorted((corpus / "docs/blog").rglob("*.md")), corpus / "README.md", corpus / "README.zh-CN.md"]
    contents = {path.relative_to(corpus).as_posix(): path.read_bytes() for path in paths}
    ours = linted(corpus, contents)
    monkeypatch.setenv(VARIABLE, PROGRAM)
    theirs = linted(corpus, contents)
    differing = {each.finding.path for each in ours} ^ {each.finding.path for each in theirs}
    assert differing <= {"docs/blog/2025-12-08/gke-65k-nodes_zh.md"}, "its long lines are HTML alone"
    there = {(each.finding.path, each.rule) for each in theirs}
    assert {(each.finding.path, each.rule) for each in ours} <= there, "no false one"
