"""Stubs and the markers of what waits."""

import json
import subprocess
import sysconfig
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from aiblog.core import header
from aiblog.core.links import links
from aiblog.core.markdown import blocks
from aiblog.core.post import Edition
from aiblog.core.stub_styles import inline_body, without_markers
from aiblog.core.switch_line import without_switch_line
from aiblog.core.translation import TODO, is_stub, todo_lines, translated_links
from support.sources import SOURCE


def test_every_block_that_waits_has_one_marker_and_deleting_them_gives_the_source_back() -> None:
    stub = inline_body(SOURCE)
    assert stub.count(TODO) - 1 == 7  # H1, paragraph, H2, list, table, quotation, HTML with text; one stands in code
    assert without_markers(stub) == SOURCE
    assert [line for line in stub.split("\n") if line != TODO] == SOURCE.split("\n")


@pytest.mark.parametrize(
    "image", ["![a b](x.png)", "[![a](x.png)](y)", '<img src="x.png" alt="a b">', "![a](x)\n![b](y)"]
)
def test_an_image_on_its_own_does_not_wait(image: str) -> None:
    assert inline_body(f"{image}\n") == f"{image}\n"
    assert inline_body(f"{image} text\n") == f"{TODO}\n{image} text\n"


def test_a_title_takes_the_place_of_the_h1_and_does_not_wait() -> None:
    assert inline_body(SOURCE, "标题").startswith(f"# 标题\n\n{TODO}\nOne")
    assert inline_body("Title\n=====\n\nx\n", "标题") == f"标题\n=====\n\n{TODO}\nx\n"
    assert inline_body("\nx\n", "标题") == f"\n# 标题\n\n{TODO}\nx\n"


def test_a_comment_that_belongs_to_a_block_stays_directly_above_it() -> None:
    body = "<!-- markdownlint-disable-next-line MD013 -->\nlong\n\n<!-- aside -->\n\nx\n"
    assert inline_body(body) == (
        f"{TODO}\n<!-- markdownlint-disable-next-line MD013 -->\nlong\n\n<!-- aside -->\n\n{TODO}\nx\n"
    )


def test_markers_in_code_do_not_wait() -> None:
    text = f"{TODO}\n```\n{TODO}\n```\n`{TODO}` x\n| <!-- aiblog:todo say it --> |\n<!-- aiblog:todo over\nlines -->\n"
    assert todo_lines(text.encode()) == [1, 6, 7]


def test_a_stub_is_a_translation_that_waits() -> None:
    translation = Edition("x_zh.md", "zh", metadata={"translation_of": "./x.md"})
    assert is_stub(translation, TODO.encode())
    assert not is_stub(translation, b"# X\n")
    assert not is_stub(Edition("x.md", "en"), TODO.encode())


def test_links_lead_to_the_editions_of_the_language() -> None:
    text = "# T\n\n[a](../e/a.md#x) [b](../e/b.md) `[a](../e/a.md)` [z](./y.md)\n"
    twins = {"e/a.md": "e/a_zh.md", "d/y.md": "d/y_zh.md"}
    assert (
        translated_links(text, "d/x.md", "d/x_zh.md", twins)
        == "# T\n\n[a](../e/a_zh.md#x) [b](../e/b.md) `[a](../e/a.md)` [z](./y_zh.md)\n"
    )
    assert translated_links("[b](../e/b.md)", "en/d/x.md", "zh/x.md", {}) == "[b](../en/e/b.md)"


def rumdl(folder: Path) -> Counter[tuple[str, str]]:
    """How often each rule is broken in each file; rumdl's own rules left out."""
    program = Path(sysconfig.get_path("scripts")) / "rumdl"
    command = [program, "check", "--no-cache", "--output-format", "json", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = [(Path(each["file"]).name, each["rule"]) for each in json.loads(done.stdout)]
    return Counter((name, rule) for name, rule in found if rule < "MD057")


def test_a_stub_of_every_post_of_the_real_blog_keeps_its_structure_and_passes_as_its_source_does(
    corpus: Path, tmp_path: Path
) -> None:
    for name in ("plain", "stub"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".markdownlint.json").write_bytes((corpus / ".markdownlint.json").read_bytes())
    for path in sorted((corpus / "docs/blog").glob("*/*.md")):
        data = path.read_bytes()
        end = header.read(data).end
        head, source = data[:end].decode(), without_switch_line(data[end:].decode(), path.name)
        stub = inline_body(source)
        assert without_markers(stub) == source, path
        assert len(todo_lines(stub.encode())) == stub.count(TODO) > 5
        assert code(stub) == code(source)
        assert [link.destination for link in links(stub)] == [link.destination for link in links(source)]
        (tmp_path / "stub" / path.name).write_text(head + stub, encoding="utf-8")
        (tmp_path / "plain" / path.name).write_text(head + source, encoding="utf-8")
    assert not rumdl(tmp_path / "stub") - rumdl(tmp_path / "plain")


def code(body: str) -> list[str]:
    lines = body.split("\n")
    return ["\n".join(lines[block.start : block.end]) for block in blocks(body) if block.kind == "code"]


LINES = st.sampled_from(
    [
        *("# T", "## H", "text", "more", "", "", "- a", "  - b", "1. x", "> q", "```", "~~~", "| a | b |", "|---|---|"),
        *("    code", "![i](x.png)", "<b>x</b>", "<!-- c -->", "---", "中文", "[r]: x", "<details>", "\\", "==="),
    ]
)


@given(st.lists(LINES, max_size=14))
@settings(max_examples=300, deadline=None)
def test_any_body_becomes_a_stub_that_reads_the_same_and_comes_back(lines: list[str]) -> None:
    source = "\n".join(lines)
    stub = inline_body(source)
    assert without_markers(stub) == source
    assert rendered(stub).replace(f"{TODO}\n", "") == rendered(source)


def rendered(body: str) -> str:
    return MarkdownIt("commonmark").enable("table").render(body)
