"""Every pair of the real blog, put under tracking, its source edited in each of the ways a person edits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.block_alignment import aligned
from aiblog.core.canonical import source_hash
from aiblog.core.document import document
from aiblog.core.post import require_post
from aiblog.core.source_diff import Change
from aiblog.core.text_blocks import TextBlock, text_blocks
from aiblog.core.translation_places import Place
from aiblog.workflows.status import status_of_blog
from aiblog.workflows.translate_diff import differences
from support.repositories import git
from support.translations import commit


class Tracked(NamedTuple):
    """A source and its translation, and the source's text as it is covered."""

    source: Path
    target: Path
    text: str


def tracked(blog: Path) -> list[Tracked]:
    """The pairs, pinned and committed; every second one is Chinese first."""
    pairs = []
    for chinese in sorted(blog.rglob("docs/blog/*/*_zh.md")):
        english = chinese.with_name(chinese.name.replace("_zh", ""))
        if english.exists():
            source, target = (chinese, english) if len(pairs) % 2 else (english, chinese)
            link = {"translation_of": f"./{source.name}", "source_hash": source_hash(source.read_bytes())}
            target.write_bytes(header.edited(target.read_bytes(), dict(link), list(link)))
            pairs.append(Tracked(source, target, source.read_text(encoding="utf-8")))
    assert len(pairs) >= 15
    git(blog, "init", "--quiet", "--initial-branch=main")
    commit(blog, "2026-02-01")
    return pairs


def states(blog: Blog, pairs: list[Tracked]) -> list[tuple[str, str | None]]:
    """State and kind of each pair's translation, as `status` has them."""
    found = status_of_blog(blog, blogs.posts(blog))
    by_path = {blog.root / each.target.path: each.state for each in found.translations if each.target}
    kinds = {blog.root / path: its.kind for path, its in found.behind.items()}
    return [(by_path[pair.target], kinds.get(pair.target)) for pair in pairs]


def changed(blog: Blog, pair: Tracked) -> tuple[tuple[Change, Place], ...]:
    """The changes that `translate-diff` shows."""
    posts = blogs.posts(blog)
    post = require_post(posts, "", pair.source.relative_to(blog.root).as_posix())
    (found,) = differences(blog, posts, post)
    assert found.knows_old_text
    return found.changes


def last_paragraph(text: str) -> TextBlock:
    return [block for block in text_blocks(text) if block.kind == "paragraph"][-1]


def with_a_word_more(text: str) -> str:
    """The text with a word before its last paragraph's first."""
    lines = text.split("\n")
    at = last_paragraph(text).first - 1
    lines[at] = f"{'其实' if lines[at][:1] > chr(0x2E80) else 'Indeed '}{lines[at]}"
    return "\n".join(lines)


def with_another_address(text: str) -> str:
    """The text with another destination of its last link; a text without a link as it is."""
    end = max((each.end for each in document(text).links if each.kind not in {"reference", "autolink"}), default=0)
    return f"{text[:end]}-2{text[end:]}" if end else text


def last_heading(text: str) -> TextBlock:
    return [block for block in text_blocks(text) if block.kind == "heading"][-1]


def with_a_new_section(text: str) -> str:
    """The text with a section before its last heading, of the same level."""
    lines = text.split("\n")
    heading = last_heading(text)
    new = [f"{'#' * heading.level} 新的一节 New", "", "Its text, 一句话.", ""]
    return "\n".join([*lines[: heading.first - 1], *new, *lines[heading.first - 1 :]])


def test_a_word_an_address_and_a_section_of_every_pair_are_told_apart_and_placed(corpus_copy: Path) -> None:
    pairs = tracked(corpus_copy)
    blog = blogs.opened(corpus_copy)
    assert states(blog, pairs) == [("current", None)] * len(pairs)
    edits = [(with_a_word_more, "minor"), (with_another_address, "links"), (with_a_new_section, "content")]
    for edit, kind in edits:
        for pair in pairs:
            pair.source.write_text(edit(pair.text), encoding="utf-8")
        edited = [pair for pair in pairs if edit(pair.text) != pair.text]
        assert len(edited) >= len(pairs) - 1
        assert states(blog, edited) == [("outdated", kind)] * len(edited)
        for pair in edited:
            assert_placed(blog, pair, kind)


def assert_placed(blog: Blog, pair: Tracked, kind: str) -> None:
    """The line to edit is that of the block that stands for the source's, or of the end of the one before."""
    translation = pair.target.read_text(encoding="utf-8")
    counterparts = {one.first: other for one, other in aligned(pair.text, translation) if one}
    changes = changed(blog, pair)
    if kind == "content":
        heading = counterparts[last_heading(pair.text).first]
        assert heading
        own = [block for block in text_blocks(translation) if block.kind != "definition"]
        behind = [block.last for block in own if block.last < heading.first][-1]
        assert [(change.what, place.after) for change, place in changes] == [("added", True)] * 2
        assert {place.line for _, place in changes} == {behind}, pair.target.name
        return
    ((change, place),) = changes
    there = counterparts[change.old_line]
    assert change.what == "changed"
    assert place.after is (there is None)
    assert there is None or there.first <= place.line <= there.last
