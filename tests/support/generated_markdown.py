"""Markdown as nobody writes it, for the tests of translations: blocks of every kind, one after the other."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        *("text", "more of it", "中文，一句。", "a `code` b", "[link](./x.md)", "**bold**", "<b>x</b>"),
        *("[a][r]", "![i](y.png) z", "https://example.org/a", "<!-- aside --> b", "--> c", "{{ tag }}"),
        *("<a href='u'>l</a>", "a[^1]", "1.5 万"),
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=3)


def _indented(lines: list[str], first: str) -> list[str]:
    rest = " " * len(first)
    return [f"{first if not number else rest}{line}" if line else "" for number, line in enumerate(lines)]


def _items(children: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    marker = st.sampled_from(["- ", "* ", "1. ", "2) "])
    items = st.tuples(marker, st.lists(children, min_size=1, max_size=3), st.booleans())
    return items.map(
        lambda parts: [
            line
            for number, each in enumerate(parts[1])
            for line in ([""] if number and parts[2] else []) + _indented(each, parts[0])
        ]
    )


FENCED = st.tuples(st.sampled_from(["```", "~~~", "````"]), st.sampled_from(["", "sh", "go {1}"]), LINES).map(
    lambda parts: [parts[0] + parts[1], *parts[2], "", "<!-- aiblog:todo -->", parts[0]]
)
QUOTED = LINES.map(lambda lines: [f"> {line}" for line in lines])
HEADING = st.tuples(st.integers(1, 4), WORDS).map(lambda parts: [f"{'#' * parts[0]} {parts[1]}"])
PLAIN = st.sampled_from(
    [
        *(["---"], ["![i](a.png)"], ["    indented"], ["Under", "==="], ["<!-- a", "", "comment -->"], ["[r]: ./r.md"]),
        *(["| a | b |", "| --- | --- |", "| c | 中 |"], ["<details>", "<summary>More</summary>"], ["</details>"]),
        *(["[^1]: A note", "    that goes on"], ["<pre>", "", "x</pre>"]),
        ["<!-- markdownlint-disable-next-line MD013 -->", "long"],
        *(
            ["> [!NOTE]", "> 注意"],
            ["> - a", ">   b"],
            ["- ```", "  x", "  ```"],
            ["<div>", "</div>"],
            ["***"],
            ["- [x] done", "- [ ] 待办"],
        ),
    ]
)
NESTED = st.recursive(LINES | FENCED | QUOTED, _items, max_leaves=5)
BLOCKS = st.lists(PLAIN | HEADING | NESTED | _items(NESTED), max_size=7)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A body of any blocks, parted by one blank line or several or none, with LF or CRLF, with a final newline or not.

    A definition has a blank line below it: a marker there would make a list of what was none.
    """
    lines: list[str] = []
    for block in draw(BLOCKS):
        parted = st.sampled_from([1, 1, 2] if block[-1].startswith("[r]:") else [1, 1, 1, 0, 2])
        lines += [*block, *[""] * draw(parted)]
    body = "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    return body.replace("\n", "\r\n") if draw(st.booleans()) else body
