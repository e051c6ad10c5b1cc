"""A translation beside its source, in `check` and `publish` as whole commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog
from support.repositories import git, made_blog, state, write

EN, ZH = "posts/2026-02-25/gpu.md", "posts/2026-02-25/gpu_zh.md"
HEADER = "---\nstatus: {}\ndate: 2026-02-25\ntags: a\n---\n\n"
SOURCE = (
    "# GPU\n\nEnglish | [中文版](./gpu_zh.md)\n\n## Scale\n\nAt 65,000 nodes.\n\n![Queue](https://example.org/q.png)\n"
)
TRANSLATION = "# GPU\n\n[English](./gpu.md) | 中文版\n\n## 规模\n\n有 65 万个节点。\n"
IMAGE = "the image https://example.org/q.png of the source, line 15, is missing here"
NUMBER = "65,000 of the source, line 13, is nowhere in the translation"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = made_blog(tmp_path / "blog")
    write(folder, {EN: HEADER.format("Draft") + SOURCE, ZH: HEADER.format("Draft") + TRANSLATION})
    return folder


def test_publish_stops_at_an_image_that_is_lost(blog: Path) -> None:
    before = state(blog)
    done = aiblog("publish", "gpu", "--yes", folder=blog)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        f"{ZH}:11:1: parity-images {IMAGE}",
        "error: 1 finding stops the post; nothing was written",
        f"  hint: ${{EDITOR:-vi}} {ZH}",
        "  hint: aiblog publish gpu --yes --allow parity-images",
    ]
    assert state(blog) == before


def test_what_is_allowed_by_name_is_published(blog: Path) -> None:
    done = aiblog("publish", "gpu", "--yes", "--allow", "parity-images", "--json", folder=blog)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert {"parity-images", "parity-numbers"} == {each["rule"] for each in result["findings"]}
    files = git(blog, "show", "--name-only", "--format=", result["commit"]).split()
    assert {EN, ZH} <= set(files)


def test_a_source_alone_is_published_without_a_look_at_its_translation(blog: Path) -> None:
    assert aiblog("publish", "gpu", "--lang", "en", "--yes", folder=blog).returncode == 0


def test_check_finds_it_in_published_pairs_and_one_rule_can_be_chosen(blog: Path) -> None:
    assert "parity" not in aiblog("check", folder=blog).stdout
    write(blog, {EN: HEADER.format("Active") + SOURCE, ZH: HEADER.format("Active") + TRANSLATION})
    done = aiblog("check", "--select", "parity-numbers", folder=blog)
    assert (done.returncode, done.stdout) == (1, f"{ZH}:13:1: parity-numbers {NUMBER}\n")
    found = json.loads(aiblog("check", "--json", folder=blog).stdout)["findings"]
    severities = {each["rule"]: each["severity"] for each in found if each["rule"].startswith("parity")}
    assert severities == {"parity-images": "error", "parity-numbers": "warning", "parity-paragraphs": "information"}


def test_a_comment_in_the_translation_allows_it(blog: Path) -> None:
    text = TRANSLATION.replace("有 65", "<!-- aiblog:disable-next-line parity-numbers -->\n有 65")
    write(blog, {EN: HEADER.format("Active") + SOURCE, ZH: HEADER.format("Active") + text})
    assert aiblog("check", "--select", "parity-numbers", folder=blog).returncode == 0


def test_fixing_compares_what_the_fix_leaves(blog: Path) -> None:
    source = SOURCE.replace("# GPU\n", "# GPU\n\nSee https://example.org/a。后面 36 个。\n", 1)
    write(blog, {EN: HEADER.format("Active") + source, ZH: HEADER.format("Active") + TRANSLATION})
    done = aiblog("check", "--fix", "--select", "url-punctuation", "--select", "parity-numbers", folder=blog)
    assert "<https://example.org/a>" in (blog / EN).read_text(encoding="utf-8")
    assert "36 of the source, line 9, is nowhere in the translation" in done.stdout
