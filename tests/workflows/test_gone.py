"""moved-link: links to files that have moved, found by the journal, by git and by slug, in blogs on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters import files, journal
from aiblog.adapters.blog import opened
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.workflows import undo
from aiblog.workflows.check import Request, checked
from support.program import aiblog
from support.repositories import git, made_blog, state, write

HEAD = "---\nstatus: Active\ndate: 2026-02-25\ntags: a\n---\n\n"
PAGE = "posts/2026-02-25/page.md"
LINKS = frozenset({"moved-link", "link-missing", "image-missing", "switch-line", "file-unused"})
WAS, NOW = "posts/2026-01-20/费用.md", "posts/2026-02-01/价格.md"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = made_blog(tmp_path / "blog")
    write(folder, {WAS: f"{HEAD.replace('02-25', '01-20')}# 费用\n\n正文。\n" + "行\n" * 20})
    _commit(folder)
    _page(folder, "见[费用](../2026-01-20/费用.md#top)。\n")
    return folder


def _commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "x")


def _page(folder: Path, text: str) -> None:
    write(folder, {PAGE: f"{HEAD}# 页\n\n{text}"})


def _moved(folder: Path, before: str, after: str, *, by_git: bool = True) -> None:
    (folder / after).parent.mkdir(parents=True, exist_ok=True)
    if by_git:
        git(folder, "mv", before, after)
    else:
        (folder / before).rename(folder / after)


def _moved_by_aiblog(folder: Path, before: str, after: str, command: str = "mv") -> None:
    data = (folder / before).read_bytes()
    changes = ChangeSet((FileChange(after, None, data, before), FileChange(before, data, None)))
    with journal.journalled(["aiblog", command, "x"]):
        files.apply(folder, changes)


def _found(folder: Path, select: frozenset[str] = LINKS) -> list[str]:
    found = checked(opened(folder), Request(select=select)).findings
    return [f"{each.line}:{each.column} {each.rule} {each.message}" for each in found]


def _mended(folder: Path) -> str:
    files.apply(folder, checked(opened(folder), Request(select=LINKS, fix=True)).changes)
    assert _found(folder) == []
    return (folder / PAGE).read_text(encoding="utf-8").removeprefix(f"{HEAD}# 页\n\n")


def _said(how: str, now: str = "../2026-02-01/价格.md") -> list[str]:
    return [f"9:7 moved-link ../2026-01-20/费用.md has moved to {now} ({how})"]


def test_a_rename_in_a_commit_is_found_and_its_link_mended(blog: Path) -> None:
    _moved(blog, WAS, NOW)
    _commit(blog)
    assert _found(blog) == _said("renamed in git")
    assert _mended(blog) == "见[费用](../2026-02-01/价格.md#top)。\n"


def test_two_renames_in_a_row_and_a_staged_one_are_followed(blog: Path) -> None:
    for before, after in ((WAS, "posts/2026-01-21/b.md"), ("posts/2026-01-21/b.md", "c.md")):
        _moved(blog, before, after)
        _commit(blog)
    _moved(blog, "c.md", NOW)
    assert _found(blog) == _said("renamed in git")


def test_a_move_of_aiblogs_is_found_as_long_as_it_is_not_taken_back(blog: Path) -> None:
    _moved_by_aiblog(blog, WAS, "posts/2026-01-21/b.md", "redate")
    _moved_by_aiblog(blog, "posts/2026-01-21/b.md", NOW)
    assert _found(blog) == _said("by aiblog redate")
    place = undo.require_place(blog)
    done = aiblog("undo", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert _found(blog) == _said("by aiblog redate", "../2026-01-21/b.md")
    assert [each.undoes for each in journal.operations(place)[0]] == [2, None, None]


def test_what_aiblog_moved_and_git_moved_on_is_followed(blog: Path) -> None:
    _moved_by_aiblog(blog, WAS, "posts/2026-01-21/b.md")
    _commit(blog)
    _moved(blog, "posts/2026-01-21/b.md", NOW)
    assert _found(blog) == _said("by aiblog mv")


@pytest.mark.parametrize(
    "now", ["posts/2026-02-01/费用.md", "archive/2026-01-20/费用.md", "posts/2026-01-20/费用_en.md"]
)
def test_a_post_of_the_same_slug_and_language_is_found_whoever_moved_it(blog: Path, now: str) -> None:
    settings = blog / "aiblog.yaml"
    settings.write_text(f"archive: archive\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    _moved(blog, WAS, now, by_git=False)
    relative = f"../../{now}" if now.startswith("archive") else now.replace("posts", "..")
    assert _found(blog) == _said("found by its slug", relative)
    assert _mended(blog) == f"见[费用]({relative}#top)。\n"


def test_a_slug_names_no_file_where_no_post_has_been(blog: Path) -> None:
    _page(blog, "[a](../../guides/费用.md) [b](../../guides/old.md)\n")
    assert [each.split()[1] for each in _found(blog)] == ["link-missing", "link-missing"]


def test_where_there_may_be_two_files_nothing_is_mended(blog: Path) -> None:
    for date in ("2026-02-01", "2026-02-02"):
        write(blog, {f"posts/{date}/费用.md": f"{HEAD}# 费用\n"})
    (blog / WAS).unlink()
    before = state(blog)
    assert [each.split(" ")[1] for each in _found(blog)] == ["link-missing"]
    assert not checked(opened(blog), Request(select=LINKS, fix=True)).changes.changes
    assert state(blog) == before


def test_a_file_that_was_deleted_or_never_there_is_missing(blog: Path) -> None:
    git(blog, "rm", "--quiet", WAS)
    _commit(blog)
    _page(blog, "[a](../2026-01-20/费用.md) ![b](./nie.png)\n")
    assert [each.split(" ")[1] for each in _found(blog)] == ["link-missing", "image-missing"]


def test_every_form_of_a_link_is_led_on_in_its_habit_and_each_is_one_finding(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/img/a b.png": "png", "posts/2026-02-25/data.csv": "1,2,3\n" * 9})
    _commit(blog)
    _moved(blog, "posts/2026-02-25/img/a b.png", "posts/2026-02-25/images/c d.png")
    _moved(blog, "posts/2026-02-25/data.csv", "posts/2026-02-25/files/data.csv")
    text = (
        '![甲](img/a%20b.png \'题\') ![乙](<./img/a b.png>)\n\n<img src="img/a b.png" alt="">\n\n'
        "| [丙][d] |\n| --- |\n| [丁](./data.csv?raw=1) |\n\n[d]: ./data.csv\n"
    )
    _page(blog, f"{text}`![x](img/a%20b.png)`\n")
    assert [each.split(" ")[1] for each in _found(blog)] == ["moved-link"] * 5
    after = (
        text.replace("img/a%20b", "images/c%20d").replace("img/a b", "images/c d").replace("data.csv", "files/data.csv")
    )
    assert _mended(blog) == f"{after}`![x](img/a%20b.png)`\n"


def test_a_name_that_would_not_be_one_in_a_link_is_written_so_that_it_is(blog: Path) -> None:
    _moved(blog, WAS, "posts/2026-02-25/C# (1)?.md")
    assert _found(blog) == _said("renamed in git", "./C# (1)?.md")
    assert _mended(blog) == "见[费用](./C%23%20%281%29%3F.md#top)。\n"


def test_a_line_between_editions_that_leads_to_where_one_was_is_one_finding(blog: Path) -> None:
    was, now = "posts/2026-02-25/page-zh.md", "posts/2026-02-25/page_zh.md"
    write(blog, {was: f"{HEAD}# 页\n\n[English](./page.md) | 中文\n\n" + "正文。\n" * 9})
    _page(blog, "English | [中文](./page-zh.md)\n\n正文。\n")
    _commit(blog)
    _moved(blog, was, now)
    assert _found(blog) == ["9:16 moved-link ./page-zh.md has moved to ./page_zh.md (renamed in git)"]
    assert _mended(blog) == "English | [中文](./page_zh.md)\n\n正文。\n"


def test_a_name_of_another_case_stays_with_the_rules_of_what_is_missing(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/Data.csv": "1,2,3\n" * 9})
    _commit(blog)
    _moved(blog, "posts/2026-02-25/Data.csv", "posts/2026-02-25/data.csv")
    _page(blog, "[a](./Data.csv)\n")
    assert [each.split(" ")[1] for each in _found(blog, LINKS - {"file-unused"})] == ["link-missing"]


def test_a_blog_that_has_turned_the_rule_off_hears_of_the_link_as_missing(blog: Path) -> None:
    _moved(blog, WAS, NOW)
    settings = blog / "aiblog.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}check: {{ignore: [moved-link]}}\n", encoding="utf-8")
    assert [each.split(" ")[1] for each in _found(blog)] == ["link-missing"]


def test_a_blog_below_the_top_of_its_repository_and_one_in_none_are_looked_at(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made_blog(site)
    blog = site / "站点"
    write(blog, {"aiblog.yaml": "posts: posts\n", WAS: f"{HEAD}# 费用\n\n" + "行\n" * 20})
    _commit(site)
    _page(blog, "见[费用](../2026-01-20/费用.md#top)。\n")
    _moved(site, f"站点/{WAS}", f"站点/{NOW}")
    assert _found(blog) == _said("renamed in git")
    _moved(site, f"站点/{NOW}", "elsewhere.md")
    assert [each.split(" ")[1] for each in _found(blog)] == ["link-missing"], "outside the blog nothing is linked"
    alone = tmp_path / "alone"
    write(alone, {"aiblog.yaml": "posts: posts\n", "posts/2026-02-01/费用.md": f"{HEAD}# 费用\n"})
    _page(alone, "见[费用](../2026-01-20/费用.md#top)。\n")
    assert _found(alone) == _said("found by its slug", "../2026-02-01/费用.md")


def test_nothing_is_asked_of_journal_and_git_where_no_link_is_missing(blog: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec /usr/bin/env PATH="${{PATH#*:}}" git "$@"\n')
    shim.chmod(0o755)
    path = {"PATH": f"{shim.parent}:/usr/local/bin:/usr/bin:/bin"}
    aiblog("check", "--select", "moved-link", folder=blog, environment=path)
    assert not log.exists()
    other = "posts/2026-02-26/other.md"
    write(blog, {other: f"{HEAD}[a](../2026-01-20/费用.md) [b](./nie.md) [c](./nie.png)\n"})
    _moved(blog, WAS, NOW)
    done = aiblog("check", "--select", "moved-link", folder=blog, environment=path)
    assert done.stdout.count("moved-link") == 2
    assert [words.split(" -c ")[-1].split()[1] for words in log.read_text().splitlines()] == ["diff-index", "log"]


def test_publish_is_stopped_by_a_moved_link_unless_it_is_allowed(blog: Path) -> None:
    _moved(blog, WAS, NOW)
    before = state(blog)
    done = aiblog("publish", "page", "--yes", folder=blog)
    assert done.returncode == 3
    assert (
        f"{PAGE}:9:7: moved-link ../2026-01-20/费用.md has moved to ../2026-02-01/价格.md (renamed in git)"
        in done.stderr
    )
    assert "--allow moved-link" in done.stderr
    assert state(blog) == before
    done = aiblog("publish", "page", "--yes", "--allow", "moved-link", folder=blog)
    assert done.returncode == 0, done.stderr
