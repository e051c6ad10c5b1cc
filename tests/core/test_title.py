"""Case 15: titles: refused, shown, and written so that they stay one heading and one link."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aiblog.core.title import escaped_title, first_heading, plain_title, title_error, visible

AWKWARD = [
    "---",
    "yes",
    "12:30",
    "1e3",
    'say "hi"',
    "it's",
    "# hash",
    "a # b",
    "C#",
    "x #",
    "#",
    "@me",
    "emoji 🎉 👩‍👩‍👧",
    "a](b)",
    "[a](b)",
    "![a](b)",
    "<img onerror=alert(1)>",
    "`",
    "``x`",
    "*a*",
    "_a_",
    "snake_case",
    "a*b",
    "&amp; &lt;",
    "a\\b",
    "\\",
    "C:\\new\\table",
    "x" * 200,
    "贡" * 86,
    "**草案（Draft）**组件",
    "https://example.org",
    "<https://example.org>",
    "1. x",
    "- x",
    "+ x",
    "> x",
    "a | b",
    "~~x~~",
    "$x$",
    "{{ author }}",
    "===",
    "***",
    "a  b",
    "!",
    "[x]",
    "[x][y]",
    "^1",
    "[^1]",
]


def text_of(markdown: str) -> tuple[int, int, str]:
    """Number of H1s and of links in the rendered Markdown, and its text."""
    page = MarkdownIt("commonmark").enable("strikethrough").render(markdown)
    text = html.unescape(re.sub(r"<[^>]*>", "", page)).strip()
    return page.count("<h1>"), page.count("<a "), text


@pytest.mark.parametrize("title", AWKWARD)
def test_a_title_stays_one_heading_and_one_link_and_is_read_back(title: str) -> None:
    assert title_error(title) is None
    escaped = escaped_title(title)
    assert plain_title(escaped) == title
    assert text_of(f"# {escaped}\n")[::2] == (1, title if title != "a  b" else "a  b")
    assert text_of(f"- [{escaped}](./x.md)\n")[1:] == (1, title)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=30))
@settings(max_examples=400, deadline=None)
def test_any_title_that_is_taken_stays_one_heading_and_one_link(title: str) -> None:
    title = " ".join(title.split())
    if title_error(title) or "`" in title:  # code spans have a test of their own
        return
    escaped = escaped_title(title)
    assert plain_title(escaped) == title
    assert text_of(f"# {escaped}\n")[::2] == (1, title)
    assert text_of(f"- [{escaped}](./x.md)\n")[1:] == (1, title)


@pytest.mark.parametrize("title", ["a `` b `", "``` a `b", "` `` ` c", "`a`` b"])
def test_backticks_that_close_no_span_are_text(title: str) -> None:
    assert plain_title(title).replace("`", "").split() == title.replace("`", "").split()


def test_a_closed_code_span_stays_code() -> None:
    assert escaped_title("Why `kubectl *` fails") == "Why `kubectl *` fails"
    assert plain_title("Why `kubectl *` fails") == "Why kubectl * fails"
    assert text_of("[" + escaped_title("a `](x)` b") + "](y)") == (0, 1, "a ](x) b")


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("a\nb", "line break"),
        ("a\x1b[31mb", "control"),
        ("a\u202eb", "bidirectional"),
        ("a\u200bb", "invisible"),
        ("a\ud800b", "surrogate"),
        ("a\u2028b", "line break"),
        ("\ufeffa", "invisible"),
    ],
)
def test_what_would_deceive_a_reader_is_refused_and_shown_escaped(title: str, reason: str) -> None:
    problem = title_error(title)
    assert problem
    assert reason in problem
    assert problem.isprintable()


def test_foreign_text_cannot_reach_the_terminal_raw() -> None:
    assert visible("a\x1b]0;x\x07\u202eb 中文 🎉") == "a\\u{1B}]0;x\\u{7}\\u{202E}b 中文 🎉"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n# A `b` #\n", ("A `b`", 1, 2)),
        ("```\n# no\n```\n# yes", ("yes", 3, 4)),
        ("<!-- # no\n# no\n-->\n# yes\r\n", ("yes", 3, 4)),
        ("Title\n=====\n", ("Title", 0, 2)),
        ("#no\n## no\n#\ttab", ("tab", 2, 3)),
        ("~~~ md\n# no\n~~\n# no\n~~~~\n# yes", ("yes", 5, 6)),
        ("# C#\n", ("C#", 0, 1)),
    ],
)
def test_the_first_h1_is_found_outside_code_and_comments(text: str, found: tuple[str, int, int]) -> None:
    heading = first_heading(text)
    assert heading
    assert (heading.text, heading.line, heading.end) == found


def test_a_body_without_an_h1_has_none() -> None:
    assert first_heading("## Two\n\ntext\n---\n") is None


@given(
    st.lists(
        st.sampled_from(["#", "##", "#", " ", " ", "\t", "C#", "a", "中文", "\\#", "\u3000", "`#`"]), max_size=8
    ).map("".join)
)
@settings(max_examples=500, deadline=None)
def test_an_h1_is_the_text_that_a_parser_has_for_it(line: str) -> None:
    heading = first_heading(line)
    tokens = MarkdownIt("commonmark").parse(line)
    is_h1 = bool(tokens) and tokens[0].tag == "h1"
    assert (heading is not None) == is_h1
    if heading is not None:
        assert heading.text.strip() == tokens[1].content.strip()
