"""Every post of the real blog, in both directions and three styles: stub, mock translation, sync."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.markdown_lint import lint
from aiblog.checks.rules import RULES
from aiblog.core.fill import Fill
from aiblog.core.markdown_events import parsed
from aiblog.core.post import Post
from aiblog.core.stub_blocks import placed_body
from aiblog.core.stub_styles import Style, without_markers
from aiblog.core.translation import todo_lines
from aiblog.workflows.check import Request, checked
from aiblog.workflows.fill import planned_fill
from aiblog.workflows.look import Look
from aiblog.workflows.sync_pairs import pairs_of
from aiblog.workflows.translate import PlannedStub, Translate, planned, source_edition
from aiblog.workflows.translate_sync import planned as planned_sync
from support.mock_translation import mock_translation


@pytest.mark.parametrize("style", ["inline", "outline", "comments"])
@pytest.mark.parametrize(("source", "target"), [("en", "zh"), ("zh", "en")])
def test_every_post_becomes_a_stub_is_filled_and_synced_without_a_finding(
    corpus_copy: Path, source: str, target: str, style: Style
) -> None:
    blog, posts = single(corpus_copy, source, target)
    stubs = {post.name: stub for post, stub in stubbed(blog, posts, source, target, style)}
    assert len(stubs) > 5
    passes_as_its_source(blog, stubs)
    for stub in stubs.values():
        keeps_code_images_and_links(blog, stub)
    posts = blogs.posts(blog)
    for post in (each for each in posts if each.name in stubs):
        blocks = stubs[post.name].blocks
        fills = [Fill(each.id, mock_translation(each.text or "", target)) for each in blocks]
        plan = planned_fill(blog, posts, post, fills)
        assert (plan.waiting, plan.blocks) == ((), ())
        assert len(todo_lines(read(blog, plan.translation).encode())) == len(blocks)
        files.apply(blog.root, plan.changes)
    posts = blogs.posts(blog)
    look = Look(blog, posts)
    for post in (each for each in posts if each.name in stubs):
        plan_of_sync = planned_sync(blog, pairs_of(look, post), post.name, force=False)
        assert plan_of_sync.findings == ()
        files.apply(blog.root, plan_of_sync.changes)
    states = {each.state for post in posts if post.name in stubs for each in Look(blog, posts).translations(post)}
    assert states == {"current"}
    paths = frozenset(each.translation for each in stubs.values())
    for path in paths:  # as published ones, which the rules look at
        text = read(blog, path).replace("status: Draft", "status: Active", 1)
        (blog.root / path).write_text(text, encoding="utf-8")
    rules = frozenset(each for each in RULES if each.startswith(("parity-", "source-language-left")))
    assert checked(blog, Request(paths, rules)).findings == []


def single(root: Path, source: str, target: str) -> tuple[Blog, list[Post]]:
    """The blog with each post that has an edition in the source's language without that in the target's."""
    shutil.rmtree(root / "docs/archive-blog", ignore_errors=True)
    blog = blogs.opened(root)
    for post in blogs.posts(blog):
        if {source, target} <= {*post.editions}:
            (root / post.editions[target].path).unlink()
    return blogs.opened(root), [post for post in blogs.posts(blogs.opened(root)) if source in post.editions]


def stubbed(
    blog: Blog, posts: list[Post], source: str, target: str, style: Style
) -> Iterator[tuple[Post, PlannedStub]]:
    language = blog.settings.language(target)
    assert language is not None
    for post in posts:
        plan = planned(blog, posts, Translate(post, source_edition(post, source), language, style=style))
        files.apply(blog.root, plan.changes)
        yield post, plan


def read(blog: Blog, path: str) -> str:
    return (blog.root / path).read_text(encoding="utf-8")


def passes_as_its_source(blog: Blog, stubs: dict[str, PlannedStub]) -> None:
    """One run of the linter over all sources and stubs: no rule is broken more often in a stub."""
    contents = {path: read(blog, path).encode() for each in stubs.values() for path in (each.source, each.translation)}
    found: dict[str, Counter[str]] = {path: Counter() for path in contents}
    for finding in lint(blog.root, contents):
        found[finding.path][re.sub(r"\d+", "0", finding.message)] += 1
    assert not {
        each.translation: found[each.translation] - found[each.source]
        for each in stubs.values()
        if found[each.translation] - found[each.source]
    }


def keeps_code_images_and_links(blog: Blog, stub: PlannedStub) -> None:
    """Code and images as they are, and every link somewhere: those between editions lead to the other one's twin."""
    source, translation = (placed_body(read(blog, path).encode())[0] for path in (stub.source, stub.translation))
    assert spans(translation, "CodeBlock") == spans(source, "CodeBlock")
    assert spans(translation, "Image") == spans(source, "Image")
    kept = without_markers(translation) if "aiblog:source" in translation else translation
    missing = [link for link in spans(source, "Link") if link not in kept]
    assert all(re.search(r"\]\([^()]*\.md", link) for link in missing)


def spans(body: str, name: str) -> list[str]:
    return [body[each.start : each.end].rstrip() for each in parsed(body).events if each.name == name]
