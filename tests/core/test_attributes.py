"""Lines of `.gitattributes`: added once, everything else kept."""

from __future__ import annotations

import pytest

from aiblog.core.attributes import with_merge_driver


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"/a.md merge=x\n"),
        (b"", b"/a.md merge=x\n"),
        (b"* text", b"* text\n/a.md merge=x\n"),
        (b"* text\r\n", b"* text\r\n/a.md merge=x\r\n"),
        (b"/a.md merge=x", b"/a.md merge=x"),
        (b"a.md merge=x\n", b"a.md merge=x\n"),
        (b"a.md merge=y\n", b"a.md merge=y\n/a.md merge=x\n"),
        (b"\xff\n", b"\xff\n/a.md merge=x\n"),
    ],
)
def test_a_line_comes_once_and_in_the_file_s_own_newlines(before: bytes | None, after: bytes) -> None:
    assert with_merge_driver(before, ["a.md"], "x") == after
    assert with_merge_driver(after, ["a.md"], "x") == after


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("文 章/a.md", '"/文 章/a.md"'), ("a[1]*.md", r"/a\[1]\*.md"), ('a "b".md', r'"/a \"b\".md"')],
)
def test_a_path_means_itself_alone(path: str, pattern: str) -> None:
    assert with_merge_driver(None, [path], "x") == f"{pattern} merge=x\n".encode()


def test_without_an_index_there_is_no_file() -> None:
    assert with_merge_driver(None, [], "x") is None
