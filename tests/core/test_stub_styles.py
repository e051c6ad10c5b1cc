"""The styles of a stub's body."""

from __future__ import annotations

import re

from hypothesis import given, settings
from markdown_it import MarkdownIt

from aiblog.core.document import document
from aiblog.core.dropped import dropped
from aiblog.core.stub_seal import is_sealed, sealed
from aiblog.core.stub_styles import Original, Style, comments_body, outline_body, style_of, styled_body, without_markers
from aiblog.core.translation import TODO, todo_lines
from support.generated_markdown import bodies

SOURCE = """\
# Title

One paragraph with [a link](./x.md)
over two lines, and https://example.org/a.

- a <a href="y">z</a>
- b

## Part

> A quotation.

```sh
# stays
```

An ![image](i.png) in a line.

1. A list

   ```sh
   with code
   ```

| a |
| --- |
| c |

Last.

[ref]: ./x.md
"""


def original(body: str) -> Original:
    return Original(body, range(7, 8 + body.count("\n")), "./topic.md")


def test_comments_keep_the_source_text_above_each_block_that_waits() -> None:
    stub = comments_body("# 标题\n\n- a\n\n  b\n\n```sh\nx\n```\n")
    assert stub == (
        f"<!-- aiblog:source\n# 标题\n-->\n{TODO}\n# 标题\n\n"
        f"<!-- aiblog:source\n- a\n\n  b\n-->\n{TODO}\n- a\n\n  b\n\n```sh\nx\n```\n"
    )
    assert todo_lines(stub.encode()) == [4, 12]


def test_a_comment_with_the_source_text_ends_where_it_should_and_runs_nothing() -> None:
    body = "a --> b <!-- c --!> {{< x >}} {% y %} {# z #}  \n`<!-- aiblog:todo -->`\n"
    stub = comments_body(body)
    assert stub == (
        "<!-- aiblog:source\na --&gt; b &lt;!-- c --!&gt; { {< x >}} { % y %} { # z #}\n"
        f"`&lt;!-- aiblog:todo --&gt;`\n-->\n{TODO}\n{body}"
    )
    start, end = document(stub).comments[0]
    assert (start, stub[:end].count("\n"), stub[end - 4 : end]) == (0, 3, "\n-->")
    assert todo_lines(stub.encode()) == [5]
    assert without_markers(stub) == body


def test_a_fence_in_a_comment_with_the_source_text_hides_no_marker() -> None:
    body = "- a\n\n  ```\n  open\n\nText.\n"
    assert todo_lines(comments_body(body).encode())[0] == 7


def test_an_outline_says_what_it_leaves_out_and_keeps_its_links() -> None:
    assert (
        outline_body(SOURCE, original(SOURCE))
        == f"""\
{TODO}
# Title

<!-- aiblog:todo 6ae41f4c: 1 paragraph, 1 list; lines 9-13 of ./topic.md
[a link](./x.md)
https://example.org/a
<a href="y">z</a>
-->

{TODO}
## Part

<!-- aiblog:todo 040b32ef: 1 quotation; line 17 of ./topic.md -->

```sh
# stays
```

{TODO}
An ![image](i.png) in a line.

{TODO}
1. A list

   ```sh
   with code
   ```

{TODO}
| a |
| --- |
| c |

<!-- aiblog:todo ed6c5f13: 1 paragraph; line 35 of ./topic.md -->

[ref]: ./x.md
"""
    )


def test_what_an_outline_leaves_out_has_its_name_from_the_sources_own_text() -> None:
    changed = SOURCE.replace("./x.md", "./x_zh.md")
    (first, *_), (other, *_) = dropped(changed, SOURCE), dropped(SOURCE, SOURCE)
    assert first.id == other.id
    assert "[a link](./x_zh.md)" in first.text


def test_a_style_is_told_by_the_markers_outside_of_code() -> None:
    styles: list[Style] = ["inline", "outline", "comments"]
    assert [style_of(styled_body(SOURCE, style, original(SOURCE))) for style in styles] == styles
    for style in ("outline", "comments"):
        assert style_of(f"```\n{styled_body('Text.', style, original('Text.'))}\n```\n") == "inline"


def test_a_seal_holds_as_long_as_no_byte_of_the_body_changes() -> None:
    stub = sealed(outline_body(SOURCE, original(SOURCE)))
    assert stub.count("; as made: ") == 1
    assert is_sealed(stub)
    assert not is_sealed(stub.replace("Part", "部分"))
    assert not is_sealed(outline_body(SOURCE, original(SOURCE)))
    assert sealed("# Title\n") == "# Title\n"


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_the_markers_of_any_stub_come_off_again(body: str) -> None:
    for style in ("inline", "comments"):
        assert without_markers(styled_body(body, style, original(body))) == body
    outline = outline_body(body, original(body))
    assert style_of(outline) == ("outline" if dropped(body, body) else "inline")
    assert is_sealed(sealed(outline)) == bool(dropped(body, body))


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_a_reader_sees_the_same_with_comments_as_without(body: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render
    comments = re.compile(rf"<!-- aiblog:source\n.*?\n-->\n{TODO}\n", re.DOTALL)
    assert comments.sub("", page(comments_body(body))) == page(body)
