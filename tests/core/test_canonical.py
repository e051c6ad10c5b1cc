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


def test_the_unicode_form_does_not_count() -> None:
    composed = "# Caf\u00e9\n"
    assert source_hash(composed.encode()) == source_hash(unicodedata.normalize("NFD", composed).encode())


def test_the_hash_is_pinned_because_it_stands_in_peoples_files() -> None:
    assert source_hash(SOURCE.encode()) == "v1-b77c02d5713f"
    assert source_hash("---\ntitle: 题\n---\n\n第一行\n第二行\n".encode()) == "v1-288cb7c0bae6"
