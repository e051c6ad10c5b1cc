"""Blocks and links with their places."""

import pytest

from aiblog.core.links import links, relative, resolved, retargeted
from aiblog.core.markdown import blocks, is_one_link

PAGE = """\
---
x: "[no](no.md)"
---

# Title [one](./a.md)

Text ![two](img/a%20b.png "t (x)") and [three](<sp ace.md>) and [four](x_(y).md#z)
over [two
lines](./中文.md) `[no](no.md)` <!-- [no](no.md) -->

- item [five](five.md)
  | [six](six.md)
  > quoted [seven](seven.md)

| a | b |
| --- | --- |
| [eight](e.md) | [nine](n.md) \\| x [ten](t.md) |

```text
[no](no.md)
```

    [no](no.md)

[![eleven](i.png)](l.md)

<a href="h.html"><img src='s.png'></a>

[ref]: ./ref.md "Title"

See [ref] and <https://example.org> and [ext](https://example.org/a).
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_link_is_found_with_its_exact_place(newline: str) -> None:
    text = PAGE.replace("\n", newline)
    found = links(text)
    assert [link.destination for link in found] == [
        "./a.md",
        "img/a b.png",
        "sp ace.md",
        "x_(y).md#z",
        "./中文.md",
        "five.md",
        "six.md",
        "seven.md",
        "e.md",
        "n.md",
        "t.md",
        "i.png",
        "l.md",
        "h.html",
        "s.png",
        "./ref.md",
        "https://example.org/a",
    ]
    for link in found:
        assert text[link.start : link.end].strip("<>").replace("%20", " ") == link.destination
        assert text.split("\n")[link.line - 1][link.column - 1 :].startswith(text[link.start : link.end])


def test_rewriting_changes_the_destinations_alone() -> None:
    own = [link for link in links(PAGE) if resolved("a.md", link.destination)]
    targets = {link.start: f"new/{number} (x).md" for number, link in enumerate(own)}
    after = retargeted(PAGE, "a.md", targets)
    moved = [link for link in links(after) if resolved("a.md", link.destination)]
    assert [resolved("a.md", link.destination) for link in moved] == list(targets.values())
    back = {new.start: resolved("a.md", old.destination) or "" for old, new in zip(own, moved, strict=True)}
    assert retargeted(after, "a.md", back) == PAGE


def test_paths_are_resolved_and_made() -> None:
    assert resolved("a/b/c.md", "./d.md#x") == "a/b/d.md"
    assert resolved("a/b/c.md", "../../x.md") == "x.md"
    assert [resolved("a.md", to) for to in ("../x.md", "https://x", "#x", "/x.md", "mailto:x", "")] == [None] * 6
    assert relative("a/b/c.md", "a/b/d.md") == "./d.md"
    assert relative("a/b/c.md", "a/d.md") == "../d.md"
    assert relative("c.md", "a/d.md") == "./a/d.md"


def test_blocks_are_the_top_level_ones() -> None:
    kinds = [(block.kind, block.media) for block in blocks(PAGE.split("---\n", 2)[2])]
    assert kinds == [
        ("heading", False),
        ("paragraph", False),
        ("list", False),
        ("table", False),
        ("code", False),
        ("code", False),
        ("paragraph", True),
        ("paragraph", True),
        ("paragraph", False),
    ]


@pytest.mark.parametrize(
    ("label", "one"),
    [
        ("a", True),
        ("a `](x)` b", True),
        ("a](b", False),
        ("![a](b)", False),
        ("<b>x</b>", False),
        ("[a](b)", False),
        ("**a**", True),
        ("", False),
    ],
)
def test_a_label_is_one_link_or_not(label: str, one: bool) -> None:
    assert is_one_link(label) is one
