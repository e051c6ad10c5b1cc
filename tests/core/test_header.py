"""Case 17: front matter read and edited."""

import re
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from aiblog.core import header
from aiblog.core.lines import split_lines
from aiblog.errors import AiblogError

NASTY = [
    "---", "yes", "No", "on", "12:30", "1e3", "1.10", "0o7", "0x1F", ".5", "~", "null", "a: b", "a #b", "#x", "@x",
    "&a", "*a", "!tag", "%x", "`x`", "|", ">", "- a", "? a", "a:", "it's", 'say "hi"', "back\\slash", "'", '"', "=",
    "<<", "a,b", "[x]", "{x}", "2026-02-25 10:00:00", "1_000", "190:20:30", "emoji 🎉", "中文：标题", "x\u00a0y",
    "\ufeffx", "a\u2028b", "a\x85b", "tab\tx", "-", "--- x", "...", "+1", "-.inf", ".nan", "0b1", "1,2", "null ", "_x",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_read_back_as_the_same_string_by_two_yaml_parsers(text: str) -> None:
    line = f"key: {header.scalar(text)}\n"
    assert yaml.safe_load(line) == {"key": text}
    assert YAML(typ="safe", pure=True).load(line) == {"key": text}
    assert header.read(f"---\n{line}---\n".encode()).values == {"key": text}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_back_as_the_same_string(text: str) -> None:
    if header._DATE.fullmatch(text):
        return
    line = f"key: {header.scalar(text)}\n"
    assert yaml.safe_load(line) == {"key": text}
    assert YAML(typ="safe", pure=True).load(line) == {"key": text}


VALUES = st.sampled_from([
    "Draft", "2026-02-25", "a, b", '"quoted: x"', "'it''s'", "[a, b]", "", "yes", "|\n  text\n  more", "\n  - a\n  - b",
    "\n- a", "wrapped\n  over lines", ">-\n  folded\n\n  text", "x # comment", "{a: 1}", '"two # no comment\n  lines"',
    "wide\u3000space\u3000", "\n- a\n  - b", "https://example.org/x:y", "中文",
])  # fmt: skip


@st.composite
def headers(draw: st.DrawFn) -> bytes:
    keys = draw(
        st.lists(st.sampled_from(["status", "date", "tags", "maintainer", "x_y", "canonical_path", "中"]), unique=True)
    )
    lines = []
    for key in keys:
        lines += draw(st.sampled_from([[], ["# a comment"], [""]]))
        lines.append(f"{key}: {draw(VALUES)}".rstrip(" "))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    body = draw(st.sampled_from(["", "\n", "\n\n# Title\n", "\n\n# Title\n\nNo final newline", "\ntext"]))
    text = "\n".join(["---", *lines, "---"]).replace("\n", newline) + body.replace("\n", newline)
    return draw(st.sampled_from([b"", header.BOM])) + text.encode()


@given(headers())
@settings(max_examples=300, deadline=None)
def test_the_quick_reader_agrees_with_the_parser_wherever_it_answers(data: bytes) -> None:
    span = header._span(data, "")
    assert span
    text = data[span[0] : span[1]].decode()
    quick = header._read_plainly(text)
    if quick is not None:
        assert quick == header._parsed(text, "")


PLAIN_PIECES = [
    "status", "Active", "date", "x", ":", ": ", ": ", " ", "\n", "\n", "\r\n", "#", " #", "-", "'", ",", "https://a",
    "中文", "\u3000", "\xa0", "\t", "\x85", "\ufeff",
]  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(PLAIN_PIECES), max_size=6).map("".join), max_size=4).map("\n".join),
    st.sampled_from(["", "\n"]),
)
@settings(max_examples=500, deadline=None)
def test_lines_read_at_once_are_read_the_same_one_by_one(pieces: str, end: str) -> None:
    text = f"first: a {pieces}\nlast: {pieces}".replace("\r\n", "\n") + end
    at_once = header._read_plainly(text)
    assert at_once == (None if re.search(header._ODD, text) else header._read_by_line(text))
    if at_once is not None:
        assert at_once == header._parsed(text, "")


def spans_by_line(data: bytes) -> tuple[int, int, int] | str | None:
    """Where the front matter is, found line by line; "longer" or "open" where it has no end."""
    opening = len(header.BOM) if data.startswith(header.BOM) else 0
    lines = re.findall(rb"[^\n]*\n|[^\n]+", data[opening:])
    if not lines or not re.fullmatch(rb"---[ \t]*\r?\n?", lines[0]):
        return None
    start = position = opening + len(lines[0])
    for line in lines[1:]:
        if position > start + header.LARGEST:
            return "longer"
        if re.fullmatch(rb"---[ \t]*\r?\n?", line):
            return start, position, position + len(line)
        position += len(line)
    return "open"


LINES = [
    b"---",
    b"---",
    b"--- ",
    b"---\t",
    b"----",
    b"--- x",
    b"a: b",
    b"",
    b" ---",
    b"\r",
    b"x" * 16_000,
    b"y" * 378,
    b"z",
]


@given(
    st.lists(st.sampled_from(LINES), max_size=6),
    st.sampled_from([b"\n", b"\r\n"]),
    st.sampled_from([b"", header.BOM]),
    st.sampled_from([b"", b"\n", b"\r", b"---", b"---\r"]),
)
@settings(max_examples=500, deadline=None)
def test_the_end_of_a_front_matter_is_its_first_closing_line(
    lines: list[bytes], newline: bytes, bom: bytes, end: bytes
) -> None:
    data = bom + newline.join([b"---", *lines]) + end
    try:
        found = header._span(data, "post.md")
    except AiblogError as error:
        found = "longer" if "longer than 16 KiB" in error.message else "open"
    assert found == spans_by_line(data)


PIECES = [
    "a", "key", ":", ": ", " ", "\t", "- ", "#", " # c", "'", '"', "|", ">", "[", "]", "{", "}", ",", "&", "*", "!",
    "%", "@", "`", "?", "~", "\\", "中", "\u3000", "\xa0", "\x85", "\r\n", "\n", "\n  ", "\n- ", "\n  - ", "---", "<<",
]  # fmt: skip


def read_or_refused(call):
    """What the call returns; None where it was refused in the one way it may."""
    try:
        return call()
    except AiblogError as refused:
        if refused.code == "metadata-invalid" and refused.message.startswith("post.md:"):
            return None
        raise


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=500, deadline=None)
def test_any_header_is_read_as_the_parser_reads_it_and_edited_safely_or_refused(text: str) -> None:
    data = f"---\nfirst: 1\nstatus: {text}\nlast: z\n---\n\n# T\n".encode()
    before = read_or_refused(lambda: header.read(data, "post.md"))
    if before is None:
        return
    start, stop, _ = header._span(data, "") or (0, 0, 0)
    assert before.values == header._parsed(data[start:stop].decode(), "")
    after = read_or_refused(lambda: header.edited(data, {"status": "New: value"}, path="post.md"))
    if after is None:
        return
    assert header.read(after).values == {**before.values, "status": "New: value"}
    assert after.startswith(b"---\nfirst: 1\n")
    assert after[header.read(after).end :] == data[before.end :]


@given(
    headers(),
    st.sampled_from(["status", "date", "maintainer", "lang"]),
    st.sampled_from(["Active", "yes", "a: b", "2026-03-01"]),
)
@settings(max_examples=300, deadline=None)
def test_editing_one_value_keeps_every_other_byte(data: bytes, key: str, value: str) -> None:
    before = header.read(data)
    after = header.edited(data, {key: value}, ["status", "maintainer", "date", "tags"])
    assert header.edited(after, {key: value}) == after
    assert header.read(after).values == {**before.values, key: value}
    assert data[before.end :] == after[header.read(after).end :]
    own, new = lines_without(data, key), lines_without(after, key)
    assert own == new


def lines_without(data: bytes, key: str) -> bytes:
    """Every byte of the file but that key's own lines."""
    start, stop, _ = header._span(data, "") or (0, 0, 0)
    lines = split_lines(data[start:stop].decode())
    places = {found: number for number, line in enumerate(lines) if (found := header._key_of(line.encode()))}
    if key in places:
        del lines[places[key] : header._end(lines, places[key])]
    return data[:start] + "".join(lines).encode() + data[stop:]


def test_each_of_the_34_headers_of_the_real_blog_keeps_every_other_byte(corpus) -> None:
    files = [path for path in sorted((corpus / "docs" / "blog").glob("*/*.md")) if path.read_bytes().startswith(b"---")]
    assert len(files) == 34
    for path in files:
        data = path.read_bytes()
        for key in header.read(data, path.name).values:
            after = header.edited(data, {key: "Other"})
            assert lines_without(after, key) == lines_without(data, key), (path, key)
            assert header.edited(data, {key: header.read(data).values[key]}) == data
        assert header._read_plainly(data.split(b"---\n")[1].decode()) is not None, f"{path} needs a parser"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"---\ntitle: x\n", "not closed"),
        (b"---\na: 1\na: 2\n---\n", ':3: "a" twice'),
        (b"---\na: &x 1\nb: *x\n---\n", ":3: an alias"),
        (b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n", "an alias"),
        (b"---\n" + b"[" * 60_000 + b"\n---\n", "longer than 16 KiB"),
        (b"---\na: " + b"[" * 15_000 + b"\n---\n", "nested too deep"),
        (b"---\n? [a]\n: b\n---\n", "a key that is no text"),
        (b"---\n- a\n- b\n---\n", "mapping"),
        (b"+++\ntitle = 1\n+++\n", "TOML"),
        (b"---\ntitle: caf\xe9\n---\n", ":2: the front matter is not UTF-8"),
        (b"---\na: \x00\n---\n", "metadata"),
        (b"---\na: [b\n---\n", "post.md:"),
        (b"---\na: b: c\n---\n", ":2: "),
    ],
)
def test_a_front_matter_that_cannot_be_read_is_one_error_with_file_and_line(data: bytes, message: str) -> None:
    started = time.perf_counter()
    with pytest.raises(AiblogError) as error:
        header.read(data, "post.md")
    assert error.value.code == "metadata-invalid"
    assert error.value.message.startswith("post.md:")
    if message != "metadata":
        assert message in error.value.message
    with pytest.raises(AiblogError, match=r"^post\.md:"):
        header.edited(data, {"status": "x"}, path="post.md")
    assert time.perf_counter() - started < 10  # the bound is on hanging, not on speed


def test_keys_that_are_no_strings_and_bad_dates_stay_text() -> None:
    values = header.read(b"---\n1: x\nyes: on\ndate: 2026-99-99\n---\n").values
    assert values == {"1": "x", "yes": "on", "date": "2026-99-99"}


def test_a_file_without_front_matter_gets_one_after_its_bom() -> None:
    assert header.edited(b"\xef\xbb\xbf# T\r\n", {"a": "b"}) == b"\xef\xbb\xbf---\r\na: b\r\n---\r\n\r\n# T\r\n"
    assert header.edited(b"# T\n", {"a": None}) == b"# T\n"


def test_quotes_comments_and_gaps_stay_where_a_value_is_replaced() -> None:
    data = b"---\nstatus:   \"Draft\"  # for now\ntags: ['a', b]\ndate:\n---\n"
    after = header.edited(data, {"status": "Active", "date": "2026-02-25", "tags": ["a", "b, c"]})
    assert after == b'---\nstatus:   "Active"  # for now\ntags: [a, "b, c"]\ndate: 2026-02-25\n---\n'


def test_an_edit_that_would_change_another_value_is_refused_with_file_and_line() -> None:
    data = b"---\nfirst: 1\nstatus: {a: 1,\nb: 2}\n---\n"
    with pytest.raises(AiblogError, match=r"^post\.md:3: the front matter is laid out so that"):
        header.edited(data, {"status": "Active"}, path="post.md")


def test_a_new_key_goes_where_the_blogs_own_order_puts_it() -> None:
    data = b"---\nstatus: x\ntags: y\n---\n"
    assert (
        header.edited(data, {"date": "2026-02-25"}, ["status", "date", "tags"])
        == b"---\nstatus: x\ndate: 2026-02-25\ntags: y\n---\n"
    )
    assert header.edited(data, {"lang": "zh"}, ["status"]).endswith(b"tags: y\nlang: zh\n---\n")
    assert header.edited(data, {"status": None}) == b"---\ntags: y\n---\n"


def test_a_rendered_header_holds_texts_and_lists() -> None:
    text = header.rendered({"status": "Draft", "maintainer": "", "tags": ["a", "yes"], "none": []})
    assert text == '---\nstatus: Draft\nmaintainer:\ntags:\n  - a\n  - "yes"\nnone: []\n---\n'


def test_a_switch_is_written_without_quotes_and_a_text_with_them() -> None:
    assert header.rendered({"draft": header.word("true"), "title": "true"}) == '---\ndraft: true\ntitle: "true"\n---\n'
    data = b"---\ndraft: true # yet\n---\n"
    assert header.edited(data, {"draft": header.word("false")}) == b"---\ndraft: false # yet\n---\n"
    assert header.word("Draft") == "Draft"
