"""Front matter led on when files move: own paths and sources of translations, every other byte kept."""

from __future__ import annotations

import pytest

from aiblog.core.moves import Moves
from aiblog.core.relinked_header import led_source, relinked_header
from aiblog.errors import AiblogError

BEFORE, AFTER = "blog/2026-01-01/roi_zh.md", "blog/2026-02-02/roi_zh.md"
SOURCE = "blog/2026-01-01/roi.md"


def led(text: str, moves: Moves, after: str = AFTER, prefix: str = "") -> str:
    """The text of the translation with its front matter led on."""
    files = {BEFORE, SOURCE}
    args = (BEFORE, after, moves, lambda path: "file" if path in files else None, ["canonical_path", "other"], prefix)
    return relinked_header(text.encode(), *args).decode()


ALONE = Moves({BEFORE: AFTER})
BOTH = Moves({BEFORE: AFTER, SOURCE: "blog/2026-02-02/roi.md"})


def test_a_key_that_has_the_own_path_follows_and_its_quotes_and_comment_stay() -> None:
    text = f"\ufeff---\r\ncanonical_path: '{BEFORE}' # 路径\r\nother: {SOURCE}\r\nmore: {BEFORE}\r\n---\r\n\r\n# 题\r\n"
    assert led(text, ALONE) == text.replace(f"'{BEFORE}'", f"'{AFTER}'")


def test_a_key_is_relative_to_the_root_of_the_blog() -> None:
    text = "---\ncanonical_path: 2026-01-01/roi_zh.md\nother: blog/2026-01-01/roi_zh.md\n---\n"
    assert led(text, ALONE, prefix="blog") == text.replace(" 2026-01-01", " 2026-02-02")


def test_the_source_is_named_from_the_new_folder() -> None:
    text = "---\nlang: zh # 中文\ntranslation_of: ./roi.md # from\n---\n"
    assert led(text, ALONE) == text.replace("./roi.md", "../2026-01-01/roi.md")
    assert led(text, BOTH) == text


def test_the_source_is_followed_by_a_translation_that_stays() -> None:
    text = "---\ntranslation_of: roi.md\n---\n"
    moved = {SOURCE: "blog/2026-01-01/return.md"}
    assert led(text, Moves(moved), BEFORE) == text.replace("roi", "return")


def test_a_source_that_was_not_there_stays() -> None:
    text = "---\ntranslation_of: ./other.md\n---\n"
    assert led(text, ALONE) == text
    assert (
        led_source("https://example.org/roi.md", BEFORE, AFTER, ALONE, lambda _: "file") == "https://example.org/roi.md"
    )


@pytest.mark.parametrize(
    "text", ["# 题\n", f"---\ncanonical_path: {BEFORE}\n", f"---\na: [\ncanonical_path: {BEFORE}\n---\n"]
)
def test_no_front_matter_and_one_that_cannot_be_read_stay(text: str) -> None:
    assert led(text, ALONE) == text


def test_one_that_cannot_be_edited_safely_is_an_error() -> None:
    with pytest.raises(AiblogError, match=r"roi_zh\.md:1: the front matter is laid out"):
        led(f"---\n{{canonical_path: {BEFORE}}}\n---\n", ALONE)
