"""Translations of posts that move: what they cover stays what it was, and stubs stay what the tool wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.post import require_post
from aiblog.core.stub_styles import Style
from aiblog.workflows import translate
from aiblog.workflows.status import status_of_blog
from support.moves import all_posts, carried_out, plan, relocations, requested, texts
from support.repositories import write

SETTINGS = """\
posts: posts
archive: archive
languages:
  en: {suffix: ""}
  zh: {suffix: _zh, own_name: 中文版}
front_matter:
  status: {draft: Draft, published: Active}
  date: {}
  canonical_path: {from: path}
"""

SOURCE = """\
---
status: Active
date: 2026-01-10
canonical_path: posts/2026-01-10/roi.md
---

# The return

Numbers from [the report](./report.pdf), and [an older post](../2026-01-05/old.md#numbers).

More [prose](../../notes.md) of two words.

- one
- [two](../2026-01-05/)

```sh
cat ../2026-01-05/old.md
```
"""
OLD = "---\nstatus: Active\ndate: 2026-01-05\n---\n\n# Old\n\nSee [the return](../2026-01-10/roi.md).\n"
WAYS = {
    "slug": {"slug": "returns"},
    "date": {"date": "2026-03-04"},
    "archive": {"archived": True},
    "all": {"slug": "returns", "date": "2026-03-04", "archived": True},
}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    write(tmp_path, {"aiblog.yaml": SETTINGS, "notes.md": "注\n", "posts/2026-01-05/old.md": OLD})
    write(tmp_path, {"posts/2026-01-05/old_zh.md": OLD.replace("Old", "旧文")})
    write(tmp_path, {"posts/2026-01-10/roi.md": SOURCE, "posts/2026-01-10/report.pdf": "%"})
    return tmp_path


def stub(blog: Path, style: Style | None = None, title: str | None = None) -> Path:
    """The Chinese edition made (again); its path."""
    post = next(each for each in all_posts(blog) if each.slug in {"roi", "returns"})
    opened = blogs.opened(blog)
    language = opened.settings.language("zh")
    assert language
    asked = translate.Translate(post, post.editions["en"], language, title, style)
    made = translate.planned(opened, all_posts(blog), asked)
    for change in made.changes.changes:
        (blog / change.path).write_bytes(change.after or b"")
    return blog / made.translation


def states(blog: Path) -> dict[str, str]:
    found = status_of_blog(blogs.opened(blog), all_posts(blog))
    return {each.target.path: each.state for each in found.translations if each.target}


def pinned(blog: Path, sidecar: bool = False) -> None:
    """The Chinese edition of the old post as a translation that covers its source."""
    source, target = blog / "posts/2026-01-05/old.md", blog / "posts/2026-01-05/old_zh.md"
    pin = source_hash(source.read_bytes())
    if sidecar:
        (blog / "aiblog.yaml").write_text(SETTINGS + "translations: sidecar\n")
        line = f"posts/2026-01-05/old_zh.md: {{lang: zh, translation_of: ./old.md, source_hash: {pin}}}\n"
        write(blog, {".aiblog/translations.yaml": f"# 译文\n{line}"})
    else:
        target.write_bytes(header.edited(target.read_bytes(), {"translation_of": "./old.md", "source_hash": pin}))


@pytest.mark.parametrize("sidecar", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_translation_covers_its_source_after_a_move_that_changes_only_a_link_in_that(
    blog: Path, way: str, sidecar: bool
) -> None:
    pinned(blog, sidecar)
    before = (blog / "posts/2026-01-05/old.md").read_bytes()
    carried_out(plan(blog, "roi", **WAYS[way]))
    assert (blog / "posts/2026-01-05/old.md").read_bytes() != before
    assert states(blog) == {"posts/2026-01-05/old_zh.md": "current"}


@pytest.mark.parametrize("sidecar", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_a_translation_that_moves_with_its_source_covers_it_and_one_that_is_outdated_stays_so(
    blog: Path, way: str, sidecar: bool
) -> None:
    pinned(blog, sidecar)
    to = {**WAYS[way], **({"slug": "elder"} if "slug" in WAYS[way] else {})}
    carried_out(plan(blog, "old", **to))
    assert list(states(blog).values()) == ["current"]
    source = blog / next(path for path in texts(blog) if path.endswith(("old.md", "elder.md")))
    source.write_text(source.read_text() + "\nOne more sentence of it.\n")
    assert list(states(blog).values()) == ["outdated"]
    carried_out(plan(blog, "elder" if "slug" in to else "old", slug="eldest", archived=False))
    assert list(states(blog).values()) == ["outdated"]


@pytest.mark.parametrize("outdated", [False, True])
@pytest.mark.parametrize("title", [None, "回报"])
@pytest.mark.parametrize("style", ["inline", "outline", "comments"])
@pytest.mark.parametrize("way", ["slug", "all"])
def test_a_stub_that_nobody_has_edited_can_still_be_made_again(
    blog: Path, way: str, style: Style, title: str | None, outdated: bool
) -> None:
    stub(blog, style, title)
    source = blog / "posts/2026-01-10/roi.md"
    if outdated:
        source.write_text(source.read_text().replace("More", "Some more"))
    carried_out(plan(blog, "roi", **WAYS[way]))
    (path,) = (path for path, state in states(blog).items() if state == "stub")
    moved = blog / path.replace("_zh", "")
    moved.write_text(moved.read_text() + "\nOne more sentence of it.\n")
    assert stub(blog) == blog / path
    carried_out(plan(blog, moved.stem, archived=False))
    path = path.replace("archive/", "posts/")
    made_again = (blog / path).read_bytes()
    (blog / path).unlink()
    stub(blog, style, title)
    assert (blog / path).read_bytes() == made_again


def test_an_edited_stub_keeps_every_byte_but_its_links_and_keys(blog: Path) -> None:
    path = stub(blog)
    text = path.read_text().replace("- one", "- 一")
    path.write_text(text)
    carried_out(plan(blog, "roi", slug="returns"))
    after = (blog / "posts/2026-01-10/returns_zh.md").read_text()
    assert header.read(after.encode()).values["source_hash"] == header.read(text.encode()).values["source_hash"]
    assert after == text.replace("roi", "returns")


def test_a_source_of_another_folder_is_named_where_it_is_now(blog: Path) -> None:
    target = blog / "posts/2026-01-10/roi_zh.md"
    write(blog, {"posts/2026-01-10/roi_zh.md": "---\nlang: zh\ntranslation_of: ../2026-01-05/old.md\n---\n\n# 旧\n"})
    carried_out(plan(blog, "old", date="2026-02-01"))
    assert "translation_of: ../2026-02-01/old.md\n" in target.read_text()
    carried_out(requested(blog, relocations=relocations(blog, "old", archived=True)))
    assert "translation_of: ../../archive/2026-02-01/old.md\n" in target.read_text()
    assert require_post(all_posts(blog), "roi").editions["zh"].translation_of
