"""The file that keeps what links translations to their sources: read strictly, edited line by line."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiblog.core.strict_yaml import mapping
from aiblog.core.translation_link import Link
from aiblog.core.translations_file import HEADING, line_of, links_in, with_links_in
from aiblog.errors import AiblogError

ZH = Link("zh", "./roi.md", "v1-0123456789ab")
FILE = """\
# 译文
posts/a_zh.md: {lang: zh, translation_of: ./a.md, source_hash: v1-0123456789ab}

# about c
posts/c_zh.md:   {translation_of: './c.md', lang: "zh"}  # 还没有 hash
""".encode()


def test_a_line_each_is_read() -> None:
    assert links_in(b"") == {}
    assert links_in(FILE) == {
        "posts/a_zh.md": Link("zh", "./a.md", "v1-0123456789ab"),
        "posts/c_zh.md": Link("zh", "./c.md"),
    }
    assert links_in(b"\xef\xbb\xbf" + FILE.replace(b"\n", b"\r\n")) == links_in(FILE)
    assert (line_of(FILE, "posts/c_zh.md"), line_of(FILE, "posts/b_zh.md")) == (5, None)


def test_a_new_line_goes_where_the_order_of_paths_has_it_and_all_others_stay() -> None:
    line = b"posts/b_zh.md: {lang: zh, translation_of: ./roi.md, source_hash: v1-0123456789ab}\n"
    lines = FILE.splitlines(keepends=True)
    assert with_links_in(FILE, {"posts/b_zh.md": ZH}) == b"".join([*lines[:2], line, *lines[2:]])
    first = line.replace(b"posts/b", "文章/a".encode()).replace("文章".encode(), b"aa")
    assert with_links_in(FILE, {"aa/a_zh.md": ZH}) == b"".join([lines[0], first, *lines[1:]])
    last = with_links_in(FILE.removesuffix(b"\n"), {"posts/d_zh.md": ZH})
    assert last == FILE + line.replace(b"posts/b", b"posts/d")
    assert with_links_in(b"", {"posts/b_zh.md": ZH}) == HEADING.encode() + line


def test_a_line_that_says_the_same_stays_as_it_is_and_one_that_changes_keeps_its_comment() -> None:
    assert with_links_in(FILE, links_in(FILE)) == FILE
    after = with_links_in(FILE.replace(b"\n", b"\r\n"), {"posts/c_zh.md": ZH})
    changed = "posts/c_zh.md: {lang: zh, translation_of: ./roi.md, source_hash: v1-0123456789ab}  # 还没有 hash\n"
    assert after == b"".join([*FILE.splitlines(keepends=True)[:4], changed.encode()]).replace(b"\n", b"\r\n")


def test_a_line_goes_and_nothing_else() -> None:
    assert with_links_in(FILE, {"posts/a_zh.md": None, "posts/x.md": None}) == FILE.replace(
        FILE.splitlines(keepends=True)[1], b""
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("posts/a_zh.md:", "a line for one translation was wanted"),
        ("  lang: zh", "a line for one translation was wanted"),
        ("posts/a_zh.md: {lang: zh translation_of: ./a.md}", 'has no "translation_of"'),
        ("posts/a_zh.md: {lang: zh, translation_of: ./a.md, hash: x}", 'unknown key "hash"'),
        ("posts/a_zh.md: {lang: zh, lang: en}", "a line for one translation was wanted"),
        ("posts/a_zh.md: {lang: zh}", 'has no "translation_of"'),
        ("posts/c_zh.md: {lang: zh, translation_of: ./a.md}", "stands here twice"),
        ("posts/a_zh.md: {lang: zh, translation_of: ./a.md", "a line for one translation was wanted"),
    ],
)
def test_what_is_no_such_line_is_refused_with_its_place(line: str, reason: str) -> None:
    text = f"posts/c_zh.md: {{lang: zh, translation_of: ./c.md}}\n{line}\n"
    with pytest.raises(AiblogError, match=reason) as refused:
        links_in(text.encode())
    assert refused.value.code == "settings-invalid"
    assert refused.value.message.startswith(".aiblog/translations.yaml:2: ")
    assert refused.value.hints == ("edit .aiblog/translations.yaml:2",)


def test_conflict_markers_are_refused_where_it_is_read_and_where_it_is_edited() -> None:
    text = FILE + b"<<<<<<< ours\n" + FILE + b"=======\n>>>>>>> theirs\n"
    for refused in (lambda: links_in(text), lambda: with_links_in(text, {"a.md": ZH})):
        with pytest.raises(AiblogError, match=r"translations\.yaml:6: git conflict markers") as error:
            refused()
        assert error.value.code == "conflict"


def test_bytes_that_are_no_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(AiblogError, match=r"translations\.yaml:6: the file is not UTF-8"):
        links_in(FILE + b"\xff\n")


paths = st.text("ab/_.- 中:#'\"{}[],&*!|>%@`é\\?=~", min_size=1, max_size=8).map(lambda text: f"{text}.md")
links = st.builds(Link, st.sampled_from(["zh", "en", "no"]), paths, st.sampled_from([None, "v1-0123456789ab"]))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(paths, links, max_size=5), st.dictionaries(paths, st.none() | links, max_size=5))
def test_whatever_the_paths_are_what_is_written_is_read_back_and_is_yaml(
    first: dict[str, Link], then: dict[str, Link | None]
) -> None:
    data = with_links_in(b"", first)
    assert links_in(data) == first
    after = with_links_in(data, then)
    assert links_in(after) == {path: link for path, link in (first | then).items() if link}
    assert with_links_in(after, then) == after
    written = {path: {key: value for key, value in link._asdict().items() if value} for path, link in first.items()}
    assert mapping(data.decode(), "x") == written
    assert list(links_in(data)) == sorted(first)


@given(
    paths=st.lists(st.sampled_from("abcdefgh文译"), unique=True, max_size=8),
    text=st.sampled_from([b"", FILE, FILE[:-1]]),
)
def test_many_links_at_once_are_as_one_after_the_other(paths: list[str], text: bytes) -> None:
    links = {f"posts/{name}_zh.md": ZH for name in paths}
    one_by_one = text
    for path, link in links.items():
        one_by_one = with_links_in(one_by_one, {path: link})
    assert with_links_in(text, links) == one_by_one


def test_a_last_line_without_a_newline_that_changes_stays_a_line_of_its_own() -> None:
    after = with_links_in(FILE.removesuffix(b"\n"), {"posts/d_zh.md": ZH, "posts/c_zh.md": ZH})
    assert links_in(after) == {**links_in(FILE), "posts/c_zh.md": ZH, "posts/d_zh.md": ZH}
