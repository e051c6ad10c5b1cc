"""The missing edition of a post: its file, both switch lines, and what happens to one that is there."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.links import links
from aiblog.core.markdown import blocks
from aiblog.core.post import require_post
from aiblog.core.stub_styles import Style
from aiblog.core.translation import TODO, todo_lines
from aiblog.errors import AiblogError
from aiblog.workflows.translate import (
    PlannedStub,
    Translate,
    message,
    planned,
    source_edition,
    switch_style,
    target_languages,
)

CONFIG = """\
posts: docs/blog
languages:
  en: {name: English, suffix: ""}
  zh: {name: Chinese, suffix: "_zh", own_name: 中文版}
front_matter:
  status: {draft: Draft, published: Active}
  maintainer: {default: ada, required: true}
  date: {}
  last_updated: {}
  tags: {style: comma}
  canonical_path: {from: path}
"""

FOLDER = "docs/blog/2026-02-25"
ENGLISH, CHINESE = f"{FOLDER}/roi.md", f"{FOLDER}/roi_zh.md"

HEAD = """\
---
status: Active  # since Monday
maintainer: "ada"
date: 2026-02-25
last_updated: 2026-02-26
tags: open-source, roi
canonical_path: {path}
---

"""

TEXT = """\
# The ROI of open source

Numbers from [the report](./report.pdf), and [an older post](../2026-01-01/old.md#numbers).

![chart](./chart.png)

- one
- two

```sh
echo "[old](../2026-01-01/old.md)"   # stays
```
"""


def written(root: Path, texts: Mapping[str, str | bytes], config: str = CONFIG) -> blogs.Blog:
    for path, text in {"aiblog.yaml": config, **texts}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return blogs.opened(root)


def plan_of(
    blog: blogs.Blog,
    post: str = "roi",
    to: str | None = None,
    from_: str | None = None,
    title: str | None = None,
    style: Style | None = None,
) -> PlannedStub:
    posts = blogs.posts(blog)
    chosen = require_post(posts, post)
    source = source_edition(chosen, from_)
    language = target_languages(blog, chosen, source, to)[0]
    return planned(blog, posts, Translate(chosen, source, language, title, style))


def stubbed(
    blog: blogs.Blog, post: str = "roi", to: str | None = None, title: str | None = None, style: Style | None = None
) -> PlannedStub:
    plan = plan_of(blog, post, to, title=title, style=style)
    files.apply(blog.root, plan.changes)
    return plan


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def english(path: str = ENGLISH) -> dict[str, str]:
    return {path: HEAD.format(path=path) + TEXT}


def test_an_english_post_gets_its_chinese_edition(tmp_path: Path) -> None:
    blog = written(tmp_path, english())
    plan = stubbed(blog)
    source, stub = (tmp_path / ENGLISH).read_bytes(), (tmp_path / CHINESE).read_text()
    assert (plan.source, plan.translation) == (ENGLISH, CHINESE)
    assert plan.editions == {"en": ENGLISH, "zh": CHINESE}
    assert (plan.changes.created, plan.changes.modified) == ([CHINESE], [ENGLISH])
    assert (
        stub
        == f"""\
---
status: Draft  # since Monday
maintainer: "ada"
date: 2026-02-25
last_updated: 2026-02-26
tags: open-source, roi
canonical_path: {CHINESE}
lang: zh
translation_of: ./roi.md
source_hash: {source_hash(source)}
---

{TODO}
# The ROI of open source

[English](./roi.md) | 中文版

{TODO}
Numbers from [the report](./report.pdf), and [an older post](../2026-01-01/old.md#numbers).

![chart](./chart.png)

{TODO}
- one
- two

```sh
echo "[old](../2026-01-01/old.md)"   # stays
```
"""
    )
    heading = "# The ROI of open source\n\n"
    expected = HEAD.format(path=ENGLISH) + TEXT.replace(heading, f"{heading}English | [中文版](./roi_zh.md)\n\n")
    assert source.decode() == expected
    assert plan.waiting == (13, 18, 23)


def test_a_chinese_only_post_gets_its_english_edition_with_a_title(tmp_path: Path) -> None:
    blog = written(tmp_path, {CHINESE: HEAD.format(path=CHINESE) + "# 开源的 ROI\n\n正文。\n"})
    plan = stubbed(blog, title="The ROI of *open* source")
    stub = (tmp_path / ENGLISH).read_text()
    assert plan.editions == {"zh": CHINESE, "en": ENGLISH}
    pin = source_hash((tmp_path / CHINESE).read_bytes())
    assert f"lang: en\ntranslation_of: ./roi_zh.md\nsource_hash: {pin}\n" in stub
    body = f"# The ROI of \\*open\\* source\n\nEnglish | [中文版](./roi_zh.md)\n\n{TODO}\n正文。\n"
    assert stub.endswith(f"---\n\n{body}")
    assert "# 开源的 ROI\n\n[English](./roi.md) | 中文版\n\n正文。\n" in (tmp_path / CHINESE).read_text()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    blog = written(tmp_path, english())
    stubbed(blog)
    assert plan_of(blog).changes.changes == ()
    assert plan_of(blog, to="zh").changes.changes == ()


def test_links_lead_to_the_editions_in_that_language_outside_code_only(tmp_path: Path) -> None:
    old = {f"docs/blog/2026-01-01/old{suffix}.md": "# Old\n" for suffix in ("", "_zh")}
    stubbed(written(tmp_path, {**english(), **old}))
    stub = (tmp_path / CHINESE).read_text()
    assert "[an older post](../2026-01-01/old_zh.md#numbers)" in stub
    assert 'echo "[old](../2026-01-01/old.md)"   # stays' in stub
    assert "../2026-01-01/old.md#numbers" in (tmp_path / ENGLISH).read_text()


def test_in_language_folders_every_relative_link_still_leads_to_its_file(tmp_path: Path) -> None:
    config = 'posts: blog\npath: "{lang}/{date}-{slug}.md"\nlanguages: {en: {}, zh: {}}\n'
    text = "# T\n\n[i](2026-01-01-old.md) [o](2026-01-02-other.md) ![p](../img/p.png) <https://example.org>\n"
    posts = {
        "blog/en/2026-02-25-roi.md": text,
        "blog/en/2026-01-01-old.md": "# Old\n",
        "blog/zh/2026-01-01-old.md": "# 旧\n",
        "blog/en/2026-01-02-other.md": "# Other\n",
    }
    blog = written(tmp_path, posts, config)
    stubbed(blog)
    stub = (tmp_path / "blog/zh/2026-02-25-roi.md").read_text()
    assert "translation_of: ../en/2026-02-25-roi.md\n" in stub
    assert "[i](2026-01-01-old.md) [o](../en/2026-01-02-other.md) ![p](../img/p.png)" in stub
    assert "English | [中文](../zh/2026-02-25-roi.md)" in (tmp_path / "blog/en/2026-02-25-roi.md").read_text()
    assert plan_of(blog).changes.changes == ()


def test_a_source_with_crlf_and_a_bom_gives_a_stub_with_crlf_and_a_bom(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + (HEAD.format(path=ENGLISH) + TEXT).replace("\n", "\r\n").encode()
    stubbed(written(tmp_path, {ENGLISH: data}))
    for path in (ENGLISH, CHINESE):
        after = (tmp_path / path).read_bytes()
        assert after.startswith(b"\xef\xbb\xbf---\r\n")
        assert after.count(b"\n") == after.count(b"\r\n")
    assert (tmp_path / CHINESE).read_bytes().count(TODO.encode()) == 3


def test_a_source_without_front_matter_gives_one_that_the_blog_would_write(tmp_path: Path) -> None:
    stubbed(written(tmp_path, {ENGLISH: TEXT}))
    source = (tmp_path / ENGLISH).read_bytes()
    assert source.startswith(b"# The ROI")
    assert (
        (tmp_path / CHINESE)
        .read_text()
        .startswith(
            f"---\nstatus: Draft\nmaintainer: ada\ndate: 2026-02-25\ncanonical_path: {CHINESE}\n"
            f"lang: zh\ntranslation_of: ./roi.md\nsource_hash: {source_hash(source)}\n---\n\n{TODO}\n# The ROI"
        )
    )


def test_where_the_front_matter_holds_the_title_it_takes_the_new_one(tmp_path: Path) -> None:
    config = CONFIG + "title: title\n"
    head = "---\ntitle: 'Old: one'\nstatus: Active\n---\n\n"
    blog = written(tmp_path, {ENGLISH: f"{head}Text.\n"}, config)
    stubbed(blog, title="新的")
    stub = (tmp_path / CHINESE).read_text()
    assert stub.startswith("---\ntitle: '新的'\nstatus: Draft\n")
    assert stub.endswith(f"---\n\n[English](./roi.md) | 中文版\n\n{TODO}\nText.\n")
    assert plan_of(blog, title="新的").changes.changes == ()
    (tmp_path / ENGLISH).write_text((tmp_path / ENGLISH).read_text().replace("Text.", "More text."))
    assert stubbed(blog).changes.modified == [CHINESE]
    assert (tmp_path / CHINESE).read_text().startswith("---\ntitle: '新的'\nstatus: Draft\n")


def test_a_stray_suffix_is_that_languages_edition_and_the_new_file_gets_the_blogs_own(tmp_path: Path) -> None:
    stray = f"{FOLDER}/roi_en.md"
    blog = written(tmp_path, {stray: "# T\n\ntext\n"})
    plan = stubbed(blog)
    assert (plan.source, plan.translation) == (stray, CHINESE)
    assert "translation_of: ./roi_en.md\n" in (tmp_path / CHINESE).read_text()


def test_an_untouched_stub_is_made_again_when_its_source_has_changed(tmp_path: Path) -> None:
    old = {f"docs/blog/2026-01-01/old{suffix}.md": "# Old\n" for suffix in ("", "_zh")}
    blog = written(tmp_path, {**english(), **old})
    stubbed(blog)
    changed = (tmp_path / ENGLISH).read_text().replace("Numbers", "New numbers").replace("2026-02-26", "2026-03-01")
    (tmp_path / ENGLISH).write_text(changed)
    plan = stubbed(blog)
    assert plan.changes.modified == [CHINESE]
    again = (tmp_path / CHINESE).read_bytes()
    (tmp_path / CHINESE).unlink()
    stubbed(blog)
    assert (tmp_path / CHINESE).read_bytes() == again


def test_the_title_it_was_given_stays_when_a_stub_is_made_again(tmp_path: Path) -> None:
    blog = written(tmp_path, english())
    stubbed(blog, title="开源的回报")
    (tmp_path / ENGLISH).write_text((tmp_path / ENGLISH).read_text() + "\nOne more paragraph.\n")
    stubbed(blog)
    stub = (tmp_path / CHINESE).read_text()
    assert "---\n\n# 开源的回报\n" in stub
    assert stub.endswith(f"{TODO}\nOne more paragraph.\n")


def test_a_title_given_later_goes_into_an_untouched_stub(tmp_path: Path) -> None:
    blog = written(tmp_path, english())
    stubbed(blog)
    stubbed(blog, title="开源的回报")
    assert "---\n\n# 开源的回报\n" in (tmp_path / CHINESE).read_text()


EDITS = {
    "a paragraph translated": ("Numbers from", "数字来自"),
    "a marker deleted": (f"{TODO}\n- one", "- one"),
    "a list wrapped otherwise": ("- one\n", "* one\n"),
    "metadata of its own": ("tags: open-source, roi", "tags: 开源"),
    "its line between editions": ("[English](./roi.md) | 中文版", "[English](./roi.md)"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_stub_that_a_person_has_edited_is_left(tmp_path: Path, edit: str) -> None:
    blog = written(tmp_path, english())
    stubbed(blog)
    stub = (tmp_path / CHINESE).read_text()
    assert EDITS[edit][0] in stub
    (tmp_path / CHINESE).write_text(stub.replace(*EDITS[edit]))
    assert plan_of(blog).changes.changes == ()  # its source has not changed
    (tmp_path / ENGLISH).write_text((tmp_path / ENGLISH).read_text() + "\nMore.\n")
    before = tree(tmp_path)
    with pytest.raises(AiblogError, match="no longer as aiblog made it") as refused:
        plan_of(blog)
    assert refused.value.code == "translation-exists"
    assert refused.value.hints[0].startswith(f"edit {CHINESE}:")
    assert tree(tmp_path) == before


STYLES: list[Style] = ["inline", "outline", "comments"]


@pytest.mark.parametrize("title", [None, "开源的回报"])
@pytest.mark.parametrize("style", STYLES)
def test_a_stub_of_any_style_that_nobody_edited_is_made_again_in_that_style(
    tmp_path: Path, style: Style, title: str | None
) -> None:
    old = {f"docs/blog/2026-01-01/old{suffix}.md": "# Old\n" for suffix in ("", "_zh")}
    blog = written(tmp_path, {**english(), **old})
    stubbed(blog, title=title, style=style)
    changed = (tmp_path / ENGLISH).read_text().replace("Numbers", "New numbers").replace("2026-02-26", "2026-03-01")
    (tmp_path / ENGLISH).write_text(changed.replace("![chart]", "More.\n\n## Part\n\n![chart]"))
    assert stubbed(blog).changes.modified == [CHINESE]
    again = (tmp_path / CHINESE).read_bytes()
    assert plan_of(blog, style=style).changes.changes == ()
    (tmp_path / CHINESE).unlink()
    stubbed(blog, title=title, style=style)
    assert (tmp_path / CHINESE).read_bytes() == again


def test_another_style_makes_a_stub_that_nobody_edited_again_in_that_style(tmp_path: Path) -> None:
    blog = written(tmp_path, english())
    texts = {}
    for style in STYLES:
        (tmp_path / CHINESE).unlink(missing_ok=True)
        stubbed(blog, title="开源的回报", style=style)
        texts[style] = (tmp_path / CHINESE).read_bytes()
    assert len({*texts.values()}) == 3
    for style in STYLES:
        stubbed(blog, style=style)
        assert (tmp_path / CHINESE).read_bytes() == texts[style]
    (tmp_path / CHINESE).write_bytes(edited := texts["outline"].replace(b"the report", b"x"))
    assert plan_of(blog, style="inline").changes.changes == ()
    assert (tmp_path / CHINESE).read_bytes() == edited


EDITED_OUTLINES = {
    "a heading translated": ("# The ROI", "# 回报"),
    "prose written": (f"{TODO}\n# The", "前言。\n\n# The"),
    "metadata of its own": ("tags: open-source, roi", "tags: 开源"),
    "a link dropped": ("[the report](./report.pdf)\n", ""),
}


@pytest.mark.parametrize("edit", EDITED_OUTLINES)
def test_an_outline_that_a_person_has_edited_is_left(tmp_path: Path, edit: str) -> None:
    blog = written(tmp_path, english())
    stubbed(blog, style="outline")
    stub = (tmp_path / CHINESE).read_text()
    assert EDITED_OUTLINES[edit][0] in stub
    (tmp_path / CHINESE).write_text(stub.replace(*EDITED_OUTLINES[edit]))
    assert plan_of(blog).changes.changes == ()
    (tmp_path / ENGLISH).write_text((tmp_path / ENGLISH).read_text() + "\nMore.\n")
    with pytest.raises(AiblogError, match="no longer as aiblog made it"):
        plan_of(blog)


def test_an_outline_names_the_lines_of_the_source_and_its_blocks_have_their_text(tmp_path: Path) -> None:
    old = {f"docs/blog/2026-01-01/old{suffix}.md": "# Old\n" for suffix in ("", "_zh")}
    blog = written(tmp_path, {**english(), **old})
    stubbed(blog, style="outline")
    stub = (tmp_path / CHINESE).read_text()
    number = next(n for n, line in enumerate((tmp_path / ENGLISH).read_text().split("\n"), 1) if "Numbers" in line)
    assert f"1 paragraph; line {number} of ./roi.md; as made: " in stub
    assert "[the report](./report.pdf)\n[an older post](../2026-01-01/old_zh.md#numbers)\n-->\n" in stub
    (prose, *_) = [each for each in plan_of(blog).blocks if each.kind == "prose"]
    assert (
        prose.text == "Numbers from [the report](./report.pdf), and [an older post](../2026-01-01/old_zh.md#numbers)."
    )


def test_a_whole_translation_without_a_source_is_refused(tmp_path: Path) -> None:
    blog = written(tmp_path, {**english(), CHINESE: "# 题\n"})
    before = tree(tmp_path)
    with pytest.raises(AiblogError, match="names no source") as refused:
        plan_of(blog)
    assert refused.value.code == "translation-exists"
    assert tree(tmp_path) == before


def test_an_edition_that_new_wrote_beside_its_source_is_refused(tmp_path: Path) -> None:
    stub = f"---\nlang: zh\ntranslation_of: ./roi.md\n---\n\n# 题\n\n{TODO}\n"
    with pytest.raises(AiblogError, match="no source_hash") as refused:
        plan_of(written(tmp_path, {**english(), CHINESE: stub}))
    assert refused.value.code == "translation-exists"


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (b"---\nstatus: [\n---\n# T\n", "metadata-invalid", f"{ENGLISH}:"),
        (b"---\nstatus: x\n# T\n", "metadata-invalid", f"{ENGLISH}:1:"),
        (b"# T\n\n\xff\n", "metadata-invalid", f"{ENGLISH}:3:"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, data: bytes, code: str, reason: str
) -> None:
    with pytest.raises(AiblogError, match=reason) as refused:
        plan_of(written(tmp_path, {ENGLISH: data}))
    assert refused.value.code == code


THREE = CONFIG.replace("front_matter:", '  ja: {name: Japanese, suffix: "_ja"}\nfront_matter:')


def test_of_several_missing_languages_one_has_to_be_named_and_a_stub_is_no_source(tmp_path: Path) -> None:
    blog = written(tmp_path, english(), THREE)
    posts = blogs.posts(blog)
    assert [each.code for each in target_languages(blog, posts[0], posts[0].source, None)] == ["zh", "ja"]
    stubbed(blog, to="zh")
    with pytest.raises(AiblogError, match="is a stub itself") as refused:
        plan_of(blog, to="ja", from_="zh")
    assert refused.value.code == "usage"
    stubbed(blog, to="ja")
    assert "English | [中文版](./roi_zh.md) | [日本語](./roi_ja.md)" in (tmp_path / ENGLISH).read_text()
    with pytest.raises(AiblogError, match="in that language already"):
        plan_of(blog, to="en")
    (tmp_path / CHINESE).write_text((tmp_path / CHINESE).read_text().replace(TODO, ""))
    with pytest.raises(AiblogError, match="is a translation of"):
        plan_of(blog, to="ja", from_="zh")


def test_a_third_language_is_in_the_line_of_every_edition_and_their_other_bytes_stay(tmp_path: Path) -> None:
    chinese = "---\r\nstatus: Active\r\n---\r\n\r\n# 回报\r\n\r\n[英文](./roi.md)\r\n\r\n正文"
    blog = written(tmp_path, english() | {CHINESE: chinese}, THREE)
    plan = stubbed(blog, to="ja")
    assert plan.changes.modified == [ENGLISH, CHINESE]
    assert (tmp_path / CHINESE).read_bytes().decode() == chinese.replace(
        "[英文](./roi.md)", "[英文](./roi.md) | [日本語](./roi_ja.md)"
    )
    assert "[English](./roi.md) | [中文版](./roi_zh.md) | 日本語" in (tmp_path / f"{FOLDER}/roi_ja.md").read_text()
    assert plan_of(blog, to="ja").changes.changes == ()


def test_a_stub_that_nobody_edited_is_still_one_when_a_third_language_has_come(tmp_path: Path) -> None:
    blog = written(tmp_path, english(), THREE)
    stubbed(blog, to="zh")
    stubbed(blog, to="ja")
    assert plan_of(blog, to="zh").changes.changes == ()
    (tmp_path / ENGLISH).write_text((tmp_path / ENGLISH).read_text().replace("- one", "- another"))
    assert plan_of(blog, to="zh").changes.modified == [CHINESE]


def test_an_edition_that_cannot_be_read_keeps_the_others_from_nothing(tmp_path: Path) -> None:
    blog = written(tmp_path, english() | {CHINESE: "---\nstatus: [\n---\n\n# 回报\n"}, THREE)
    assert plan_of(blog, to="ja").changes.modified == [ENGLISH]


@pytest.mark.parametrize(
    ("stated", "line"),
    [("all", "English | [中文版](./roi_zh.md)\n"), ("others", "\n[中文版](./roi_zh.md)\n"), ("none", "")],
)
def test_the_settings_say_what_the_line_is(tmp_path: Path, stated: str, line: str) -> None:
    blog = written(tmp_path, english(), f"{CONFIG}switch_line: {stated}\n")
    stubbed(blog)
    source = (tmp_path / ENGLISH).read_text()
    assert line in source
    assert ("roi_zh.md" in source) is bool(line)
    assert ("](./roi.md)" in (tmp_path / CHINESE).read_text()) is bool(line)
    assert plan_of(blog).changes.changes == ()


def test_a_blog_with_one_language_says_where_the_next_one_is_declared(tmp_path: Path) -> None:
    with pytest.raises(AiblogError, match="has one language") as refused:
        plan_of(written(tmp_path, {"posts/2026-02-25/roi.md": "# T\n"}, "languages:\n  en: {suffix: ''}\n"))
    assert refused.value.hints == ("edit aiblog.yaml",)


def test_guidance_that_waits_in_the_source_waits_in_the_stub_and_is_told(tmp_path: Path) -> None:
    blog = written(tmp_path, {ENGLISH: "# T\n\n<!-- aiblog:todo Say who did it. -->\n"})
    plan = stubbed(blog)
    assert len(plan.unwritten) == 1
    assert (tmp_path / CHINESE).read_text().endswith("\n\n<!-- aiblog:todo Say who did it. -->\n")


def test_the_commits_message_is_the_blogs_own(tmp_path: Path) -> None:
    blog = written(tmp_path, {ENGLISH: "# About {slug}\n"})
    posts = blogs.posts(blog)
    language = target_languages(blog, posts[0], posts[0].source, None)[0]
    assert message(blog, Translate(posts[0], posts[0].source, language)) == "Add Chinese translation: About {slug}"


def test_the_line_between_editions_is_as_the_blogs_own_posts_have_it(tmp_path: Path) -> None:
    pair = {
        "docs/blog/2026-01-01/old.md": "# Old\n\n[简体中文](./old_zh.md)\n",
        "docs/blog/2026-01-01/old_zh.md": "# 旧\n\n[English version](./old.md)\n",
    }
    blog = written(tmp_path, {**english(), **pair})
    style = switch_style(blog)
    assert style is not None
    assert (style.alone, dict(style.labels)) == (True, {"zh": "简体中文", "en": "English version"})
    stubbed(blog)
    assert "\n\n[简体中文](./roi_zh.md)\n\n" in (tmp_path / ENGLISH).read_text()
    assert "\n\n[English version](./roi.md)\n\n" in (tmp_path / CHINESE).read_text()


def rumdl(folder: Path) -> Counter[tuple[str, str]]:
    """How often each rule is broken in each file; rumdl's own rules left out."""
    program = Path(sysconfig.get_path("scripts")) / "rumdl"
    command = [program, "check", "--no-cache", "--output-format", "json", "docs/blog"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = [(Path(each["file"]).name, each["rule"]) for each in json.loads(done.stdout)]
    return Counter((name, rule) for name, rule in found if rule < "MD057")


def test_every_single_post_of_the_real_blog_gets_a_stub_that_passes_as_its_source_does(corpus_copy: Path) -> None:
    blog = blogs.opened(corpus_copy)
    before, found_before = tree(corpus_copy), rumdl(corpus_copy)
    single = [post for post in blogs.posts(blog) if len(post.editions) == 1]
    assert len(single) >= 4
    for post in single:
        plan = stubbed(blog, post.name)
        source, stub = (corpus_copy / plan.source).read_text(), (corpus_copy / plan.translation).read_text()
        assert code(stub) == code(source)
        own = {f"./{Path(path).name}" for path in plan.editions.values()}
        assert destinations(stub) - own == destinations(source) - own
        assert len(todo_lines(stub.encode())) > 5
        assert plan_of(blog, post.name).changes.changes == ()
        (corpus_copy / plan.source).write_text(source + "\n更多。\n")
        assert stubbed(blog, post.name).changes.modified == [plan.translation]
        (corpus_copy / plan.source).write_text(source)
        stubbed(blog, post.name)
        assert (corpus_copy / plan.translation).read_text() == stub
    more = rumdl(corpus_copy) - found_before
    stubs = {Path(path).name for path in tree(corpus_copy).keys() - before.keys()}
    assert not {(name, rule) for name, rule in more if name not in stubs}
    assert all(count <= found_before[name.replace(".md", "_zh.md"), rule] for (name, rule), count in more.items())
    changed = {path for path, data in before.items() if (corpus_copy / path).read_bytes() != data}
    assert changed == {post.source.path for post in single}
    for path in changed:
        data = (corpus_copy / path).read_bytes()
        assert data[: header.read(data).end] == before[path][: header.read(before[path]).end]


def code(text: str) -> list[str]:
    lines = text.split("\n")
    return ["\n".join(lines[block.start : block.end]) for block in blocks(text) if block.kind == "code"]


def destinations(text: str) -> set[str]:
    return {link.destination for link in links(text)}
