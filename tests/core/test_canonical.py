"""The canonical hash of a source."""

import re
import unicodedata

import pytest

from aiblog.core.canonical import source_hash
from support.sources import SOURCE


@pytest.mark.parametrize(
    "other",
    [
        SOURCE.replace("paragraph\nover", "paragraph over"),
        re.sub("(?m)^- ", "* ", SOURCE),
        SOURCE.replace("\n", "\r\n"),
        "\ufeff" + SOURCE,
        "---\nstatus: Active\n---\n" + SOURCE,
        SOURCE.replace("# Title\n", "# Title\n\n[中文版](./x_zh.md)\n"),
        SOURCE.replace("# Title\n", "# Title\n\nEnglish | [中文版](./x_zh.md)\n"),
        SOURCE.replace("## Part", "<!-- aiblog:todo -->\n## Part"),
        SOURCE.replace("## Part", "<!-- aiblog:todo Say who did it,\nand when. -->\n\n## Part"),
        SOURCE.replace("One paragraph", "One   paragraph"),
        SOURCE.replace("over two lines.", "over two lines.  "),
        SOURCE + "\n\n",
    ],
)
def test_the_hash_is_unchanged_by_what_a_translation_need_not_follow(other: str) -> None:
    assert source_hash(other.encode()) == source_hash(SOURCE.encode())


@pytest.mark.parametrize(
    "other",
    [
        SOURCE.replace("One", "A"),
        SOURCE.replace("./i.png", "./j.png"),
        SOURCE.replace("stays", "stays "),
        SOURCE.replace("quote", "quote\n\n    code"),
        SOURCE.replace("- b", "  - b"),
        SOURCE.replace("## Part", "### Part"),
        "---\ntitle: T\n---\n" + SOURCE,
        SOURCE.replace("- a", "1. a"),
        SOURCE.replace("paragraph\nover", "paragraph\n\nover"),
    ],
)
def test_the_hash_changes_with_the_content(other: str) -> None:
    assert source_hash(other.encode()) != source_hash(SOURCE.encode())


def test_indented_code_counts_byte_for_byte() -> None:
    assert source_hash(b"text\n\n    a  b\n") != source_hash(b"text\n\n    a b\n")
    assert source_hash(b"- item\n\n    a  b\n") == source_hash(b"- item\n\n    a b\n")


def test_a_paragraph_of_chinese_is_unwrapped_without_a_space() -> None:
    assert source_hash("# 标题\n\n第一行\n第二行\n".encode()) == source_hash("# 标题\n\n第一行第二行\n".encode())


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("在 Kubernetes 上\n运行 Pod\n", "在Kubernetes上运行Pod\n"),
        ("> 第一行\n> second line\n> - a\n", "> 第一行 second line\n> * a\n"),
        ("> 第一行\nsecond line\n", "> 第一行 second line\n"),
        ("- a\n  - b\n\n    c\n", "*   a\n    * b\n\n      c\n"),
        ("- a\n\n  ```\n    b\n  ```\n", "-   a\n\n    ```\n      b\n    ```\n"),
        ("see\n2024. It\n<https://example.org> <b>x</b>\n", "see 2024. It <https://example.org> <b>x</b>\n"),
        ("[^1]: a\n    b\n\n    c\n    d\n", "[^1]: a b\n\n    c d\n"),
        ("a\n<!-- aiblog:source\n\n```\nx\n\n-->\nb\n", "a\nb\n"),
        ("한국 말\n조각\n", "한국 말 조각\n"),
    ],
)
def test_breaks_spaces_beside_chinese_bullets_and_their_indents_do_not_count(text: str, same: str) -> None:
    assert source_hash(f"# T\n\n{text}".encode()) == source_hash(f"# T\n\n{same}".encode())


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("a `<!-- aiblog:todo` b\n\nc\n", "a `<!-- aiblog:todo` b\n\nd\n"),
        ("a `<!-- aiblog:todo -->` b\n", "a `` b\n"),
        ("a <!-- aiblog:todo b\n\nc\n", "a <!-- aiblog:todo b\n\nd\n"),
        ("> ```\n> a  b\n> ```\n", "> ```\n> a b\n> ```\n"),
        ("- a\n\n      b  c\n", "- a\n\n      b c\n"),
        ("<pre>\na  b\n\nc\n</pre>\n", "<pre>\na b\n\nc\n</pre>\n"),
        ("    # 注释 a\n", "    # 注释a\n"),
        ("# 题\n", "#题\n"),
        ("한국 말\n", "한국말\n"),
        ("- a\n\n  > b\n", "- a\n\n> b\n"),
        ("1. a\n2. b\n", "1. a 2. b\n"),
    ],
)
def test_code_structure_and_words_of_every_language_count(text: str, other: str) -> None:
    assert source_hash(f"# T\n\n{text}".encode()) != source_hash(f"# T\n\n{other}".encode())


def test_the_unicode_form_does_not_count() -> None:
    composed = "# Caf\u00e9\n"
    assert source_hash(composed.encode()) == source_hash(unicodedata.normalize("NFD", composed).encode())


def test_the_hash_is_pinned_because_it_stands_in_peoples_files() -> None:
    assert source_hash(SOURCE.encode()) == "v1-b77c02d5713f"
    assert source_hash("---\ntitle: 题\n---\n\n第一行\n第二行\n".encode()) == "v1-288cb7c0bae6"
