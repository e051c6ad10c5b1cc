"""Posts read off the disk: from a file's first lines, or more of it where these do not say all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from aiblog.adapters import blog as blogs
from aiblog.core import header
from aiblog.core.layout import Found
from aiblog.core.settings import Settings

PIECES = [
    b"---\n", b"---", b"--- x\n", b"\n", b"\n", b"title: A title\n", b"date: 2026-02-25\n", b"tags:\n  - a\n",
    b"a: 1\na: 2\n", b"# Title\n", "# 贡献开源\n".encode(), b"Title\n", b"=====\n", b"```\n", b"<!--\n", b"-->\n",
    b"\xe4\xb8", b"# caf\xe9", b"\r\n", header.BOM, b"a sentence ",
]  # fmt: skip
FOUND = Found("post.md", "2026-02-25", "post", "en", "")


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join),
    st.integers(1, 80),
    st.sampled_from(["heading", "title"]),
)
@examples(max_examples=400, deadline=None)
def test_a_files_first_lines_say_what_the_whole_file_says_or_more_is_read(data: bytes, top: int, title: str) -> None:
    settings = Settings()._replace(title=title)
    read = iter([data[:top], data])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blogs, "head", lambda *_: next(read))
        assert blogs._edition("", settings, FOUND) == blogs._read_off(settings, FOUND, data)


def test_the_real_blog_is_read_the_same_from_whole_files(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blog = blogs.opened(corpus)
    first_lines = blogs.posts(blog)
    monkeypatch.setattr(blogs, "head", lambda path, *_: Path(path).read_bytes())
    assert first_lines == blogs.posts(blog)


@pytest.mark.parametrize("length", [100, 3000, 9000, 20_000])
def test_a_long_front_matter_is_read_whole_up_to_what_the_head_holds(tmp_path: Path, length: int) -> None:
    (tmp_path / "post.md").write_bytes(b"---\nsummary: " + b"x" * length + b"\n---\n\n# Title\n")
    edition = blogs._edition(f"{tmp_path}/", Settings(), FOUND)
    if length < header.LARGEST:
        assert (edition.title, len(str(edition.metadata["summary"]))) == ("Title", length)
    else:
        assert edition.problem == "post.md:1: the front matter is longer than 16 KiB"


def test_a_link_or_a_pipe_in_the_place_of_a_post_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("# Secret\n")
    (tmp_path / "post.md").symlink_to(tmp_path / "secret")
    linked = blogs._edition(f"{tmp_path}/", Settings(), FOUND)
    assert linked.title is None
    assert (linked.problem or "").startswith("post.md: the file cannot be read: ")
    (tmp_path / "post.md").unlink()
    os.mkfifo(tmp_path / "post.md")
    assert blogs._edition(f"{tmp_path}/", Settings(), FOUND).title is None
