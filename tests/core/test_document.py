"""A file's headings, links, prose and HTML with their places."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.document import Document, Link, Undefined, document


def headings(text: str) -> list[tuple[int, int, str]]:
    return [tuple(heading) for heading in document(text).headings]


def places(text: str) -> list[tuple[str, str, str]]:
    """Each link's kind, destination, and how that is written."""
    return [(link.kind, link.destination, text[link.start : link.end]) for link in document(text).links]


def prose(text: str) -> list[str]:
    return [text[start:end] for start, end in document(text).texts]


def comments(text: str) -> list[str]:
    return [text[start:end] for start, end in document(text).comments]


def test_a_headings_text_is_what_a_reader_sees() -> None:
    text = """\
# `C++` & [links](x.md) *em* **strong** ~~gone~~ \\* &amp; <b>html</b> ![no alt](i.png) [^1]

## 中文：`代码` ##

Two
lines
===

[^1]: Note.
"""
    assert headings(text) == [
        (1, 1, "C++ & links em strong gone * & html  "),
        (3, 2, "中文：代码"),
        (5, 1, "Two\nlines"),
    ]


def test_a_heading_in_html_is_one() -> None:
    text = """\
# One

<h2 align="center">
  <img src="x.png"> Two &amp;
  more
</h2>

<h1>open

<!-- <h1>no</h1> -->

# Three
"""
    assert headings(text) == [(1, 1, "One"), (3, 2, "Two & more"), (12, 1, "Three")]
    assert places(text) == [("html", "x.png", "x.png")]


def test_headings_stand_in_quotations_and_lists_but_not_in_code_or_comments() -> None:
    text = "> ## Quoted\n\n- # Item\n\n```\n# no\n```\n\n    # no\n\n<!--\n# no\n-->\n\n#\n"
    assert headings(text) == [(1, 2, "Quoted"), (3, 1, "Item"), (15, 1, "")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_places_are_those_in_the_whole_file(newline: str, bom: str) -> None:
    text = f"{bom}---\ntitle: 标题 # no\nx: '[no](no.md)'\n---\n\n# 标题😀\n\n中文 [文](./中文.md)\n".replace(
        "\n", newline
    )
    found = document(text)
    assert [(each.line, each.text) for each in found.headings] == [(6, "标题😀")]
    (link,) = found.links
    assert (text[link.start : link.end], link.line, link.column) == ("./中文.md", 8, 8)
    assert prose(text) == ["标题😀", "中文 ", "文"]


def test_a_front_matter_that_yaml_refuses_is_still_no_text() -> None:
    assert document("---\na: [\n# no\n---\n\n# Yes\n").headings[0].text == "Yes"
    assert [each.text for each in document("---\na: b\n\n# Yes\n").headings] == ["Yes"]


def test_every_kind_of_link_has_its_destination_as_written() -> None:
    text = """\
[a](<sp ace.md> "t") ![b](b%20c.png 'x') [c](d\\(e.md) [d]( f_(g).md ) [e](
  next.md) [](<>) <https://例.org/x> <me@x.org> <a id=x href="h&amp;i.html">
<img src='s.png'> [*f*][Ref] [ref][] [REF] ![g][ref]

[ref]:
  ./ref%20x.md "Title"
[unused]: <u.md>
"""
    assert places(text) == [
        ("link", "sp ace.md", "<sp ace.md>"),
        ("image", "b c.png", "b%20c.png"),
        ("link", "d(e.md", "d\\(e.md"),
        ("link", "f_(g).md", "f_(g).md"),
        ("link", "next.md", "next.md"),
        ("link", "", "<>"),
        ("autolink", "https://例.org/x", "<https://例.org/x>"),
        ("autolink", "mailto:me@x.org", "<me@x.org>"),
        ("html", "h&i.html", "h&amp;i.html"),
        ("html", "s.png", "s.png"),
        *[("reference", "./ref x.md", "./ref%20x.md")] * 4,
        ("definition", "./ref x.md", "./ref%20x.md"),
        ("definition", "u.md", "<u.md>"),
    ]
    references = [(link.line, link.column) for link in document(text).links if link.kind == "reference"]
    assert references == [(3, 19), (3, 30), (3, 38), (3, 44)]


def test_footnotes_are_no_links_but_hold_some() -> None:
    text = "See[^1] and [^x].\n\n[^1]: ./no.md [yes](yes.md)\n"
    assert places(text) == [("link", "yes.md", "yes.md")]
    assert document(text).undefined == ()


def test_references_without_a_definition_are_told() -> None:
    text = "[text][nope] ![图][没有] [Both][] [alone] `[x][code]` \\[x][ok] [OK]\n\n[ok]: x.md\n"
    assert document(text).undefined == (
        Undefined("nope", 1, 1),
        Undefined("没有", 1, 14),
        Undefined("Both", 1, 23),
    )


def test_prose_is_neither_code_nor_html_nor_destination() -> None:
    text = """\
Text `code` **strong** <b>in</b> [label](dest "t") <https://x.org> <!-- c --> end
second \\* line &lt; *open

> quoted ![alt](i.png)

```sh
no
```

    no

<div>
no
</div>

| a | b\\|c |
| - | - |
"""
    assert prose(text) == [
        *["Text ", " ", "strong", " ", "in", " ", "label", " ", " ", " end", "second ", "* line &lt; *open"],
        *["quoted ", "alt", "a", "b", "|c"],
    ]


def test_emphasis_that_emphasises_nothing_is_text_and_an_escape_divides_it() -> None:
    text = "**重要：**文字 and **bold** \\*no *open `*`\n"
    stray = [
        at
        for start, end in document(text).texts
        for at in range(start, end)
        if text[at] == "*" and not (at == start and text[at - 1] == "\\")
    ]
    assert stray == [0, 1, 5, 6, text.index("*open")]


def test_names_in_html_are_anchors() -> None:
    text = '<a name=\'one\'></a> <A ID=two>x</A> `<a id=no>` <!-- <a id=no> -->\n\n<h2 class="x"\n  id="三">T</h2>\n'
    assert document(text).html_ids == {"one", "two", "三"}


def test_comments_have_their_spans() -> None:
    text = "<!-- 一\n二 -->\n\nText <!-- aiblog-ignore --> `<!-- no -->`\n\n```\n<!-- no -->\n```\n\n<!-- open\n\nend"
    assert comments(text) == ["<!-- 一\n二 -->", "<!-- aiblog-ignore -->", "<!-- open\n\nend"]


def test_a_file_is_parsed_once_for_all_who_ask() -> None:
    text = "# Once\n"
    assert document(text) is document(text)


def test_an_empty_file_holds_nothing() -> None:
    assert document("") == document("---\na: b\n---\n") == Document((), (), (), (), frozenset(), ())


@pytest.mark.parametrize("text", ["[", "-", "`", "|", "![", "<!--", "[a][b] ", "> ", "*_", '<a href="', "[a]: b\n"])
def test_much_of_one_thing_is_no_trap(text: str) -> None:
    assert document(text * (2**18 // len(text))) is not None


_PIECES = st.sampled_from(
    [
        *[
            "[a]",
            "(b.md)",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "x",
            "中",
            "😀",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            " ",
            "\t",
            "    ",
        ],
        *[
            "> ",
            "- ",
            "1. ",
            "# ",
            "===",
            "---",
            "`",
            "```\n",
            "*",
            "**",
            "_",
            "~~",
            "!",
            "|",
            "\n|--|\n",
            "\\",
            "&amp;",
        ],
        *["[^1]", "[ref]", "[ref]:", "\n[ref]: <y z>\n", '"t"', "%20", "\u00a0", "\u3000", "\0", "\ud800", "\udc80"],
        *["<!--", "-->", '<a href="q">', "<div>\n", "<https://x.org>", "<a@b.co>", "---\n", "\ufeff"],
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join) | st.text())
def test_any_text_has_links_that_read_back_and_prose_within_its_lines(text: str) -> None:
    found = document(text)
    for link in found.links:
        assert 0 <= link.start <= link.end <= len(text)
        assert read_back(link, text[link.start : link.end]) == link.destination
    for start, end in found.texts:
        assert start < end <= len(text)
        assert "\n" not in text[start:end]
    for start, end in found.comments:
        assert text.startswith("<!--", start)
        assert end <= len(text)


def read_back(link: Link, written: str) -> str:
    """Where a destination leads when its text stands in a document of its own."""
    around = {
        "link": f"[x]({written})",
        "image": f"![x]({written})",
        "definition": f"[x]: {written}",
        "reference": f"[x]: {written}",
        "html": f'<a href="{written}">',
        "autolink": written,
    }
    (again,) = document(around[link.kind]).links
    return again.destination


def test_every_destination_in_the_corpus_reads_back(corpus: Path) -> None:
    found = [
        (link, text)
        for path in corpus.rglob("*.md")
        for text in [path.read_text(encoding="utf-8")]
        for link in document(text).links
    ]
    assert len(found) > 1_000
    for link, text in found:
        assert read_back(link, text[link.start : link.end]) == link.destination
