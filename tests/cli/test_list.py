"""`aiblog list`: filters, columns, JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.program import aiblog, tree
from support.terminal import Terminal

CONFIGURATION = """\
posts: posts
archive: old
languages:
  en: {}
  zh: {own_name: 中文版}
"""


def post(h1: str, status: str, tags: str) -> str:
    return f"---\nstatus: {status}\ntags: {tags}\n---\n\n# {h1}\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    for path, text in {
        "aiblog.yaml": CONFIGURATION,
        "posts/2026-02-25/roi_zh.md": post("贡献开源的 ROI", "Draft", "open-source, roi"),
        "posts/2026-02-25/abacus.md": post("Abacus", "Published", "[math, open-source]"),
        "posts/2026-01-02/agents.md": post("Zebra \\*agents\\*", "Published", "agents"),
        "posts/2026-01-02/agents_zh.md": post("智能体", "Published", "agents"),
        "old/2020-01-01/first.md": post("First", "Published", "old"),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def slugs(folder: Path, *arguments: str) -> list[str]:
    done = aiblog("list", "--json", *arguments, folder=folder)
    assert done.returncode == 0, done.stdout
    return [each["slug"] for each in json.loads(done.stdout)["posts"]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["abacus", "roi", "agents"]),
        (("--lang", "zh"), ["roi", "agents"]),
        (("-l", "en", "-l", "zh"), ["abacus", "roi", "agents"]),
        (("--status", "draft"), ["roi"]),
        (("--tag", "open-source"), ["abacus", "roi"]),
        (("-t", "ROI,agents"), ["roi", "agents"]),
        (("--since", "2026-02-25"), ["abacus", "roi"]),
        (("--until", "2026-02-24"), ["agents"]),
        (("--missing", "en"), ["roi"]),
        (("--archived",), ["first"]),
        (("--sort", "slug"), ["abacus", "agents", "roi"]),
        (("--sort", "title", "--limit", "2"), ["abacus", "agents"]),
        (("--limit", "1"), ["abacus"]),
        (("--lang", "zh", "--status", "published"), ["agents"]),
    ],
)
def test_each_filter_chooses_posts(blog: Path, arguments: tuple[str, ...], expected: list[str]) -> None:
    assert slugs(blog, *arguments) == expected


def test_json_is_one_object_with_what_the_files_say(blog: Path) -> None:
    done = aiblog("list", "--json", "--tag", "math", folder=blog / "posts")
    assert json.loads(done.stdout) == {
        "ok": True,
        "posts": [
            {
                "date": "2026-02-25",
                "slug": "abacus",
                "title": "Abacus",
                "status": "Published",
                "tags": ["math", "open-source"],
                "editions": {"en": "posts/2026-02-25/abacus.md"},
                "archived": False,
            }
        ],
    }
    assert done.stderr == ""


def test_off_a_terminal_a_line_has_tabs_between_its_parts(blog: Path) -> None:
    done = aiblog("list", "--missing", "en", folder=blog)
    assert done.stdout == "2026-02-25\troi\tzh\tDraft\t贡献开源的 ROI\n"
    assert done.stderr == ""


@pytest.mark.parametrize(("columns", "cut"), [(80, 21), (120, 11)])
def test_on_a_terminal_the_columns_line_up_and_only_titles_are_cut(corpus_copy: Path, columns: int, cut: int) -> None:
    with Terminal("list", folder=corpus_copy, rows=40, columns=columns) as terminal:
        assert terminal.exit_code() == 0
    lines = [line for line in terminal.screen.split("\n") if line.startswith("2025-")]
    assert len(lines) == 21
    titles = {cell_len(re.split("Active  |Draft   |-       (?=A)", line, maxsplit=1)[0]) for line in lines}
    assert titles == {cell_len("2025-12-17  dranet-kubernetes-network-driver     zh  ")}
    assert "2025-12-17  gpu-fault-detection                  zh  Active  Kubernetes GPU 故" in terminal.screen
    assert all(cell_len(line) <= columns for line in lines)
    assert sum(line.endswith("…") for line in lines) == cut


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--lang", "fr"), '"fr" is no language of this blog; one of these was wanted: en, zh'),
        (("--since", "25.2.2026"), '--since: "25.2.2026" is not a date; YYYY-MM-DD was wanted'),
        (("--limit", "0"), "--limit 0: 1 or more was wanted"),
        (("--limit", "x"), '--limit "x": a whole number was wanted'),
        (("--sort", "size"), '--sort "size": one of these was wanted: date, slug, title'),
    ],
)
def test_a_filter_that_will_not_do_is_refused(blog: Path, arguments: tuple[str, ...], message: str) -> None:
    done = aiblog("list", *arguments, folder=blog)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_nothing_to_list_is_said_and_is_no_error(blog: Path, tmp_path: Path) -> None:
    none = aiblog("list", "--tag", "nothing", folder=blog)
    assert (none.returncode, none.stdout, none.stderr) == (0, "", "None of 3 posts matches.\n")
    (tmp_path / "empty").mkdir()
    empty = aiblog("list", folder=tmp_path / "empty")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert empty.stderr == "No posts here yet. `aiblog init` lays out a blog, `aiblog new` writes a post.\n"
    without = aiblog("list", "--archived", folder=tmp_path / "empty")
    assert without.returncode == 2
    assert "this blog has no archive" in without.stderr


def test_a_front_matter_that_cannot_be_read_is_named_and_the_rest_listed(blog: Path) -> None:
    (blog / "posts/2026-01-02/agents.md").write_bytes(b"---\na: 1\na: 2\n---\n\n# Broken\n")
    (blog / "posts/2026-02-25/abacus.md").write_bytes(b"---\ntitle: caf\xe9\n---\n\n# Latin\n")
    done = aiblog("list", folder=blog)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert 'posts/2026-01-02/agents.md:3: "a" twice' in done.stderr
    assert "posts/2026-02-25/abacus.md:2: the front matter is not UTF-8" in done.stderr


def test_a_title_cannot_control_the_terminal(blog: Path) -> None:
    (blog / "posts/2026-02-25/abacus.md").write_text(post("\x1b[31mRed \u202etxet", "Published", "a"), encoding="utf-8")
    done = aiblog("list", "--tag", "a", folder=blog)
    assert done.stdout.endswith("\t\\u{1B}[31mRed \\u{202E}txet\n")


def test_links_and_other_repositories_are_not_followed(blog: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside" / "2026-03-01"
    outside.mkdir(parents=True)
    (outside / "foreign.md").write_text("# Foreign\n")
    (blog / "posts" / "2026-03-01").symlink_to(outside)
    (blog / "posts" / "2026-02-25" / "linked.md").symlink_to(outside / "foreign.md")
    nested = blog / "posts" / "2026-03-02"
    nested.mkdir()
    (nested / ".git").mkdir()
    (nested / "nested.md").write_text("# Nested\n")
    assert slugs(blog) == ["abacus", "roi", "agents"]


def test_other_layouts_are_listed_without_a_configuration(tmp_path: Path) -> None:
    for path in ("en/2026-01-02-a.md", "zh/2026-01-02-a.md", "zh/2026-01-03-b.md"):
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(post("T", "Draft", "x"))
    before = tree(tmp_path)
    done = aiblog("list", folder=tmp_path)
    assert done.stdout == "2026-01-03\tb\tzh\tDraft\tT\n2026-01-02\ta\tzh en\tDraft\tT\n"
    assert "read off the 3 files in content" in done.stderr
    assert tree(tmp_path) == before


def test_a_blog_without_dates_in_its_paths_has_them_in_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "aiblog.yaml").write_text("path: '{slug}/index{lang}.md'\n")
    for path, date in {"roi/index.md": "2026-02-25", "roi/index_zh.md": "", "late/index.md": "2026-03-01"}.items():
        (tmp_path / "posts" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "posts" / path).write_text(f"---\ndate: {date}\n---\n\n# T\n")
    done = aiblog("list", folder=tmp_path)
    assert done.stdout == "2026-03-01\tlate\ten\t-\tT\n2026-02-25\troi\ten zh\t-\tT\n"


def test_the_real_blog_has_21_posts_in_38_files(corpus_copy: Path) -> None:
    before = tree(corpus_copy)
    done = aiblog("list", "--json", folder=corpus_copy)
    posts = json.loads(done.stdout)["posts"]
    files = [path for each in posts for path in each["editions"].values()]
    assert (len(posts), len(files)) == (21, 38)
    assert sum(not (corpus_copy / path).read_bytes().startswith(b"---") for path in files) == 4
    assert tree(corpus_copy) == before


def test_where_the_path_has_no_date_what_is_none_in_the_front_matter_counts_as_none(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    (blog / "posts").mkdir(parents=True)
    dates = {
        "words": "February 25, 2026",
        "points": "26.2.2026",
        "good": "2026-02-25T09:00:00+08:00",
        "chinese": "2026年2月25日",
    }
    (blog / "aiblog.yaml").write_text(
        "posts: posts\npath: '{slug}{lang}.md'\nlanguages: {zh: {}}\nfront_matter: {date: {}}\n", encoding="utf-8"
    )
    for slug, date in dates.items():
        (blog / f"posts/{slug}.md").write_text(f"---\ndate: {date}\n---\n\n# 题\n", encoding="utf-8")
    listed = json.loads(aiblog("list", "--json", folder=blog).stdout)["posts"]
    assert [(each["date"], each["slug"]) for each in listed] == [
        ("2026-02-25", "good"),
        ("", "chinese"),
        ("", "points"),
        ("", "words"),
    ]
    assert slugs(blog, "--since", "2026-01-01") == ["good"]
    found = json.loads(aiblog("check", "--json", folder=blog).stdout)["findings"]
    assert {each["rule"] for each in found} == {"metadata-invalid"}
