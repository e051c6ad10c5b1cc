"""Scaffolds: read strictly, rendered as text; the packaged ones pass the linter in both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aiblog.core.language import default_language
from aiblog.core.scaffold import PLACEHOLDERS, Question, Scaffold, answer_error, parsed
from aiblog.core.title import escaped_title
from aiblog.errors import AiblogError

PACKAGED = Path(__file__).parents[2] / "scaffolds"
LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"))
KINDS = [
    "case-study",
    "event-guide",
    "how-to",
    "post",
    "project-intro",
    "release-highlights",
    "report-digest",
    "translated-article",
]
REAL_RULES = {
    **dict.fromkeys(("MD007", "MD029", "MD033", "MD034", "MD036", "MD025"), False),
    "MD013": {"line_length": 120, "code_blocks": False, "tables": False},
    "MD024": {"siblings_only": True},
}
"""The `.markdownlint.json` of a real blog."""

ANSWERS = {"source": "https://example.org/a/report_(2026)", "licence": "CC BY 4.0", "original_author": "李雷"}


def packaged(kind: str) -> Scaffold:
    files = {path.name: path.read_bytes() for path in (PACKAGED / kind).iterdir()}
    return parsed(kind, files, LANGUAGES, f"scaffolds/{kind}")


def rendered(kind: str, language: str, title: str = "A title") -> str:
    values = dict.fromkeys(PLACEHOLDERS, "x") | ANSWERS | {"title": title}
    return packaged(kind).rendered(language, values)


def test_these_kinds_are_packaged_each_in_english_and_chinese() -> None:
    assert sorted(path.name for path in PACKAGED.iterdir()) == KINDS
    for kind in KINDS:
        scaffold = packaged(kind)
        assert list(scaffold.templates) == ["en", "zh"]
        assert len(scaffold.description) <= 55, "it would be cut on a terminal of 80 columns"
    assert [question.name for question in packaged("translated-article").questions] == [
        "source",
        "licence",
        "original_author",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_have_the_same_shape_and_every_section_guides(kind: str) -> None:
    def shape(text: str) -> list[str]:
        lines = text.split("\n")
        return [line.split(" ")[0] for line in lines if line.startswith(("#", "|", ">", "<!-- aiblog:todo"))]

    english, chinese = rendered(kind, "en"), rendered(kind, "zh")
    assert shape(english) == shape(chinese)
    for section in english.split("\n## "):
        assert "<!-- aiblog:todo " in section
    assert english.startswith("# A title\n\n")
    assert english.endswith("-->\n")


@pytest.mark.parametrize("rules", [{}, REAL_RULES], ids=["the linter's defaults", "a real blog's rules"])
def test_every_scaffold_passes_the_markdown_linter(tmp_path: Path, rules: dict[str, object]) -> None:
    (tmp_path / ".markdownlint.json").write_text(json.dumps(rules))
    for kind in KINDS:
        for language in ("en", "zh"):
            (tmp_path / f"{kind}_{language}.md").write_text(rendered(kind, language, "Kubernetes v1.35：新版本的变化"))
    rumdl = Path(sys.executable).parent / "rumdl"
    done = subprocess.run(
        [rumdl, "check", "--no-cache", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_title_goes_in_once_as_text() -> None:
    title = "{{ slug }} `a` [b](c) *d*"
    assert rendered("post", "en", title).startswith(f"# {escaped_title(title)}\n")
    assert packaged("post").rendered("en", {"title": "x"}, heading=False).startswith("<!-- aiblog:todo Write")


def test_a_language_without_a_text_takes_the_one_of_its_base_or_the_first() -> None:
    scaffold = packaged("post")
    assert "正文" in scaffold.rendered("zh-TW", {"title": "x"})
    assert "Write the post" in scaffold.rendered("de", {"title": "x"})


def test_windows_newlines_and_a_bom_are_read() -> None:
    files = {"scaffold.yaml": b"\xef\xbb\xbfdescription: d\r\n", "post.md": b"\xef\xbb\xbf# {{title}}\r\n\r\nA\r\n"}
    assert parsed("k", files, LANGUAGES, "k").rendered("en", {"title": "T"}) == "# T\n\nA\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "k: scaffold.yaml is missing"),
        ({"scaffold.yaml": "description: d\n"}, "k: no template; post.md or post_en.md was wanted"),
        ({"scaffold.yaml": "tags: [a]\n", "post.md": ""}, "k/scaffold.yaml:1: description is missing"),
        ({"scaffold.yaml": "description: d\nrun: x\n", "post.md": ""}, 'k/scaffold.yaml:2: unknown key "run"'),
        ({"scaffold.yaml": "description: [d]\n", "post.md": ""}, "description: a text was wanted"),
        ({"scaffold.yaml": "description: d\ntags: a\n", "post.md": ""}, "tags: a list was wanted"),
        ({"scaffold.yaml": "description: d\ndescription: e\n", "post.md": ""}, "k/scaffold.yaml:2"),
        ({"scaffold.yaml": "description: d\n", "post.md": "a\n\n{{ titel }}\n"}, "k/post.md:3: unknown placeholder"),
        ({"scaffold.yaml": "description: d\n", "post.md": "{{ ''.__class__ }}"}, "k/post.md:1: unknown placeholder"),
        ({"scaffold.yaml": "description: d\n", "post.md": "{{7*7}}"}, "k/post.md:1: unknown placeholder"),
        ({"scaffold.yaml": "description: d\nquestions:\n  - ask: x\n", "post.md": ""}, 'question 1: "" is no name'),
        (
            {"scaffold.yaml": "description: d\nquestions:\n  - {name: title, ask: x}\n", "post.md": ""},
            '"title" is no name for a question',
        ),
        (
            {"scaffold.yaml": "description: d\nquestions:\n  - {name: a, ask: x, kind: shell}\n", "post.md": ""},
            'question "a": ask, kind (text or url)',
        ),
        (
            {
                "scaffold.yaml": "description: d\nquestions:\n  - {name: a, ask: x, front_matter: 'a: b'}\n",
                "post.md": "",
            },
            'front_matter "a: b" is no key',
        ),
    ],
)
def test_what_is_wrong_in_a_scaffold_is_named_with_its_file(files: dict[str, str], said: str) -> None:
    with pytest.raises(AiblogError) as caught:
        parsed("k", {name: text.encode() for name, text in files.items()}, LANGUAGES, "k")
    assert caught.value.code == "scaffold-invalid"
    assert said in caught.value.message


def test_a_file_that_is_no_text_is_named_with_its_line() -> None:
    with pytest.raises(AiblogError, match=r"k/post\.md:2: the file is not UTF-8"):
        parsed("k", {"scaffold.yaml": b"description: d\n", "post.md": b"a\n\xff\n"}, LANGUAGES, "k")


@pytest.mark.parametrize(
    ("answer", "fine"),
    [
        ("https://example.org/a?b=c#d", True),
        ("https://example.org/a_(b)", True),
        ("https://例子.中国/路径", True),
        ("", False),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("https://a b", False),
        ("https://a>b", False),
        ("https://a\x1b[31m", False),
        ("https://a\u202eb", False),
    ],
)
def test_an_address_is_an_address(answer: str, fine: bool) -> None:
    assert (answer_error(Question("a", "A", required=True, kind="url"), answer) is None) == fine
