"""What a publish commits: editions, stubs, several posts, the words of an entry, linked files, the real blog."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import INDEX, OLD, commit_paths, draft, git, made_blog, show, state, write

BRANCH = "blog/2026-02-25-new-post"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A committed blog."""
    return made_blog(tmp_path / "blog")


def published(blog: Path, *words: str, given: str = "") -> dict[str, object]:
    """The JSON of a publish that works."""
    done = aiblog("publish", *words, "--yes", "--json", folder=blog, given=given)
    assert done.returncode == 0, done.stdout + done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_the_entry_byte_for_byte_with_words_of_ones_own(blog: Path) -> None:
    draft(blog)
    summary = "What it *is*:\n\n- one\n- two\n\n### Deeper\n\n```sh\n## no heading\n```\n\n"
    words = ["--index-title", "My [own] title", "--link-label", "en=Read `it`", "--summary-file", "-"]
    published(blog, "new-post", *words, given=summary)
    entry = f"## 2026-02-25: My \\[own\\] title\n\n- [Read `it`](./2026-02-25/new-post.md)\n\n{summary.rstrip()}\n\n"
    assert show(blog, "HEAD:posts/README.md") == INDEX.replace("## 2026-01-10", f"{entry}## 2026-01-10")


def test_a_summary_that_would_break_the_index_apart_is_refused(blog: Path) -> None:
    draft(blog)
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", "--summary", "One\n\n## Two\n", folder=blog)
    assert (done.returncode, "--summary" in done.stderr) == (2, True)
    assert state(blog) == before


def test_two_editions_then_a_third_later(blog: Path) -> None:
    aiblog(
        "new", "Two", "--slug", "two", "--date", "2026-02-25", "-t", "a", "--body", "-", folder=blog, given="Text.\n"
    )
    done = aiblog("translate-stub", "two", "--title", "二", folder=blog)
    assert done.returncode == 0, done.stderr
    translation = blog / "posts/2026-02-25/two_zh.md"
    stub = translation.read_text()
    refused = aiblog("publish", "two", "--yes", folder=blog)
    assert (refused.returncode, "stub" in refused.stderr, "--lang en" in refused.stderr) == (3, True, True)
    assert "status: Draft" in (blog / "posts/2026-02-25/two.md").read_text()
    let_through = published(blog, "two", "--allow", "stub")
    assert let_through["files"] == ["posts/2026-02-25/two.md", "posts/2026-02-25/two_zh.md", "posts/README.md"]
    assert show(blog, "HEAD:posts/2026-02-25/two_zh.md") == stub
    assert "two_zh" not in show(blog, "HEAD:posts/README.md")
    translation.write_text(stub.replace("<!-- aiblog:todo -->\n", "").replace("Text.", "正文。"))
    later = published(blog, "two")
    assert later["files"] == ["posts/2026-02-25/two_zh.md", "posts/README.md"]
    lines = show(blog, "HEAD:posts/README.md").split("\n")
    assert lines[4:6] == ["- [Two (English)](./2026-02-25/two.md)", "- [二 (Chinese)](./2026-02-25/two_zh.md)"]


def test_one_edition_only(blog: Path) -> None:
    draft(blog)
    write(
        blog, {"posts/2026-02-25/new-post_zh.md": "---\nstatus: Draft\ndate: 2026-02-25\ntags: a\n---\n\n# 新\n\n文\n"}
    )
    result = published(blog, "new-post", "--lang", "zh")
    assert result["files"] == ["posts/2026-02-25/new-post_zh.md", "posts/README.md"]
    assert "- [新 (Chinese)](./2026-02-25/new-post_zh.md)" in show(blog, "HEAD:posts/README.md")
    assert "status: Draft" in (blog / "posts/2026-02-25/new-post.md").read_text()
    assert git(blog, "status", "--porcelain") == "?? posts/2026-02-25/new-post.md"


def test_what_new_wrote_together_is_pinned_and_only_a_translation_has_its_own_message(blog: Path) -> None:
    words = ["new", "Both", "--slug", "both", "--date", "2026-02-25", "-l", "en", "-l", "zh", "-t", "a"]
    assert aiblog(*words, "--body", "-", folder=blog, given="Text.\n").returncode == 0
    translation = blog / "posts/2026-02-25/both_zh.md"
    published(blog, "both", "--lang", "en")
    text = translation.read_text()
    assert "source_hash" not in text
    translation.write_text("\n".join(line for line in text.split("\n") if "aiblog:todo" not in line) + "正文。\n")
    published(blog, "both")
    assert "source_hash: v1-" in show(blog, "HEAD:posts/2026-02-25/both_zh.md")
    assert git(blog, "show", "-s", "--format=%s") == "Add Chinese translation: Both"


UPDATES = [
    ("message: 'Add blog post: {title}'", "Add blog post: A new post", "Update blog post: A new post"),
    ("message: 'docs: add {slug}'", "docs: add new-post", "docs: update new-post"),
    ("message: 新增文章：{title}", "新增文章：A new post", "更新文章：A new post"),
    ("message: 文章《{title}》", "文章《A new post》", "文章《A new post》"),
    ("update_message: 改 {title} ({date})", "Add blog post: A new post", "改 A new post (2026-02-25)"),
]


@pytest.mark.parametrize(("setting", "first", "later"), UPDATES)
def test_the_message_says_that_a_published_post_is_updated(blog: Path, setting: str, first: str, later: str) -> None:
    settings = blog / "aiblog.yaml"
    settings.write_text(f"{settings.read_text()}git:\n  {setting}\n")
    path = draft(blog)
    git(blog, "add", path)
    git(blog, "commit", "--quiet", "-m", "A draft, committed")
    for message in (first, first, later):
        published(blog, "new-post")
        assert git(blog, "show", "-s", "--format=%s") == message
        write(blog, {path: (blog / path).read_text() + "\n更多。\n"})
        if git(blog, "rev-list", "--count", "main..") == "2":  # what a branch adds is an update once the base has it
            git(blog, "branch", "--force", "main")


def test_without_a_status_a_post_that_the_base_has_is_updated(blog: Path) -> None:
    settings = blog / "aiblog.yaml"
    settings.write_text("\n".join(line for line in settings.read_text().split("\n") if "status" not in line))
    write(blog, {"posts/2026-01-10/old.md": OLD + "\n更多。\n"})
    published(blog, "old")
    assert git(blog, "show", "-s", "--format=%s") == "Update blog post: An old post"


def test_several_posts_in_one_commit(blog: Path) -> None:
    draft(blog, "b", "Second", date="2026-02-24")
    draft(blog, "a", "First", date="2026-02-24")
    draft(blog, "c", "Third", date="2025-12-01")
    result = published(blog, "c", "b", "a")
    assert result["branch"] == "blog/2025-12-01-c"
    assert git(blog, "show", "-s", "--format=%s") == "Add blog post: Third"
    headings = [line for line in show(blog, "HEAD:posts/README.md").split("\n") if line.startswith("## ")]
    assert headings == [
        "## 2026-02-24: First",
        "## 2026-02-24: Second",
        "## 2026-01-10: An old post",
        "## 2025-12-01: Third",
        "## Contributing",
    ]
    assert len(commit_paths(blog)) == 4
    done = aiblog("publish", "a", "b", "--yes", "--summary", "x", folder=blog)
    assert (done.returncode, "describe one post" in done.stderr) == (2, True)


def test_a_link_to_an_edition_that_stays_behind_is_a_warning(blog: Path) -> None:
    aiblog(
        "new", "Two", "--slug", "two", "--date", "2026-02-25", "-t", "a", "--body", "-", folder=blog, given="Text.\n"
    )
    aiblog("translate-stub", "two", folder=blog)
    done = aiblog("publish", "two", "--lang", "en", "--yes", folder=blog)
    where = "posts/2026-02-25/two.md:9:17: link-unpublished"
    assert f"{where} ./two_zh.md is neither on main nor part of this publish\n" in done.stderr
    assert done.returncode == 0
    found = published(blog, "two", "--allow", "stub")["findings"]
    assert [finding["rule"] for finding in found] == ["stub"]


def test_a_blog_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    blog = made_blog(repository / "site")
    (blog / ".git").rename(repository / ".git")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "A folder")
    write(repository, {"posts/README.md": "not this blog's\n", "notes.txt": "mine\n"})
    git(repository, "add", "notes.txt")
    path = draft(blog)
    write(blog, {path: (blog / path).read_text() + "\n![d](./d.png)\n", "posts/2026-02-25/d.png": "x"})
    done = aiblog("publish", "2026-02-25/new-post.md", "--yes", "--json", folder=blog / "posts")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["files"] == ["posts/2026-02-25/d.png", path, "posts/README.md"]
    assert commit_paths(repository) == ["site/posts/2026-02-25/d.png", f"site/{path}", "site/posts/README.md"]
    assert git(repository, "status", "--porcelain") == "A  notes.txt\n?? posts/"
    again = aiblog("publish", "new-post", "--yes", "--json", folder=blog)
    assert json.loads(again.stdout)["files"] == []


def test_linked_files_come_along_and_other_files_of_the_folder_do_not(blog: Path) -> None:
    post = draft(blog)
    write(blog, {"posts/2026-02-25/data.csv": "1\n", "posts/2026-02-25/other.csv": "2\n", "docs/outside.md": "x\n"})
    draft(blog, "neighbour", "Neighbour")
    links = "[d](./data.csv) [n](./neighbour.md) [o](../../docs/outside.md) [old](../2026-01-10/old.md)\n"
    (blog / post).write_text((blog / post).read_text() + f"\n{links}")
    result = published(blog, "new-post")
    assert result["files"] == ["posts/2026-02-25/data.csv", post, "posts/README.md"]


def test_a_linked_file_that_git_ignores_stops_it(blog: Path) -> None:
    post = draft(blog)
    write(blog, {"posts/2026-02-25/build.log": "1\n", ".gitignore": "*.log\n"})
    (blog / post).write_text((blog / post).read_text() + "\n[log](./build.log)\n")
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "file-ignored" in done.stderr) == (3, True)
    assert state(blog) == before


def test_a_date_that_is_empty_is_filled_and_one_that_is_set_stays(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/new-post.md": "---\nstatus: Draft\ndate:\ntags: a\n---\n\n# New\n\nText.\n"})
    published(blog, "new-post")
    assert "\ndate: 2026-02-25\n" in show(blog, "HEAD:posts/2026-02-25/new-post.md")
    write(
        blog, {"posts/2026-02-26/other.md": "---\nstatus: Draft\ndate: 2026-02-20\ntags: a\n---\n\n# Other\n\nText.\n"}
    )
    assert "date-mismatch" in aiblog("publish", "other", "--yes", folder=blog).stderr
    published(blog, "other", "--allow", "date-mismatch")
    assert "\ndate: 2026-02-20\n" in show(blog, "blog/2026-02-26-other:posts/2026-02-26/other.md")


def test_a_status_people_set_on_a_listed_post_stays(blog: Path) -> None:
    old = blog / "posts/2026-01-10/old.md"
    old.write_text(old.read_text().replace("status: Active", "status: Archived") + "\nMore.\n")
    published(blog, "old")
    assert "status: Archived" in show(blog, "blog/2026-01-10-old:posts/2026-01-10/old.md")


def test_a_status_that_publishing_sets_is_no_finding_and_one_that_would_stay_is(blog: Path) -> None:
    path = draft(blog)
    (blog / path).write_text((blog / path).read_text().replace("Draft", "draft"))
    assert published(blog, "new-post")["findings"] == []
    assert "status: Active\n" in show(blog, f"HEAD:{path}")
    (blog / path).write_text((blog / path).read_text().replace("Active", "active"))
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "status-unknown" in done.stderr) == (3, True)


def test_a_dry_run_shows_the_diff_and_writes_nothing(blog: Path) -> None:
    draft(blog)
    before = state(blog)
    done = aiblog("publish", "new-post", "--dry-run", folder=blog)
    assert done.returncode == 0, done.stderr
    assert "+## 2026-02-25: A new post\n" in done.stdout
    assert "-status: Draft\n+status: Active\n" in done.stdout
    plan = json.loads(aiblog("publish", "new-post", "--dry-run", "--json", folder=blog).stdout)
    assert (plan["branch"], plan["commit"], plan["pushed"]) == (BRANCH, None, False)
    assert plan["files"] == ["posts/2026-02-25/new-post.md", "posts/README.md"]
    assert state(blog) == before


def test_a_dry_run_says_where_the_commit_goes_and_what_goes_there_as_it_is(blog: Path) -> None:
    path = draft(blog)
    assert (
        f"On branch {BRANCH}, from main: 1 post, 1 index."
        in aiblog("publish", "new-post", "--dry-run", folder=blog).stderr
    )
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    (blog / path).write_text((blog / path).read_text() + "\n还有。\n", encoding="utf-8")
    before = state(blog)
    done = aiblog("publish", "new-post", "--dry-run", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        f"In the commit as on the disk: {path}\n"
        f"On branch {BRANCH}: 1 post, 1 index. Your other changes stay as they are.\n"
    )
    assert aiblog("publish", "new-post", "--dry-run", "--quiet", folder=blog).stderr == ""
    assert aiblog("publish", "new-post", "--dry-run", "--json", folder=blog).stderr == ""
    assert state(blog) == before
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    done = aiblog("publish", "new-post", "--dry-run", folder=blog)
    assert (done.stdout, done.stderr) == ("", "Nothing to commit: it is all there.\n")


def test_without_yes_and_without_a_terminal_it_names_the_flag(blog: Path) -> None:
    draft(blog)
    before = state(blog)
    for given in ("", "y\ny\n"):
        done = aiblog("publish", "new-post", folder=blog, given=given)
        assert (done.returncode, "--yes" in done.stderr) == (2, True)
    done = aiblog("publish", "--yes", folder=blog)
    assert (done.returncode, "POST" in done.stderr) == (2, True)
    assert state(blog) == before


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--allow", "metadata-mising"], 'the nearest is "metadata-missing"'),
        (["--allow", "文"], 'no rule "文"; nothing was written\n  hint: aiblog check --list-rules'),
        (["--lang", "fr"], '"fr" is no language'),
        (["--lang", "zh"], 'no edition in "zh"'),
        (["--list", "nothing.md"], "no selection"),
        (["--link-label", "Label"], "LANG=TEXT"),
        (["--index-title", "a\nb"], "line break"),
        (["--base", "nowhere"], '"nowhere"'),
        (["--summary", "a", "--summary-file", "-"], "exclude each other"),
        (["--branch", "x", "--no-branch"], "exclude each other"),
        (["--message", " "], "empty"),
        (["--no-push", "--pr"], "exclude"),
        (["--summary-file", "missing.md"], "missing.md"),
    ],
)
def test_bad_words_are_refused(blog: Path, flags: list[str], says: str) -> None:
    draft(blog)
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", *flags, folder=blog)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert state(blog) == before


def test_a_chinese_title_is_the_commits_message_whatever_encoding_git_is_set_to(blog: Path) -> None:
    draft(blog, title="动态资源分配")
    git(blog, "config", "i18n.commitEncoding", "GBK")
    published(blog, "new-post")
    assert git(blog, "cat-file", "commit", "HEAD").partition("\n\n")[2] == "Add blog post: 动态资源分配"
    assert "\nencoding " not in git(blog, "cat-file", "commit", "HEAD")


def test_an_ambiguous_slug_is_refused_with_the_candidates(blog: Path) -> None:
    draft(blog)
    draft(blog, date="2026-02-26")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "2026-02-26/new-post, 2026-02-25/new-post" in done.stderr) == (2, True)
    assert published(blog, "2026-02-26/new-post")["branch"] == "blog/2026-02-26-new-post"
    git(blog, "switch", "--quiet", "main")
    assert published(blog, "posts/2026-02-25/new-post.md")["branch"] == BRANCH


def test_a_post_that_is_on_its_branch_only_is_found_there(blog: Path) -> None:
    draft(blog)
    published(blog, "new-post")
    git(blog, "switch", "--quiet", "main")
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, f"hint: git switch {BRANCH}\n" in done.stderr) == (2, True)
    assert "git switch" not in aiblog("publish", "other", "--yes", folder=blog).stderr


def test_a_blog_without_an_index_is_told_so(blog: Path) -> None:
    write(blog, {"aiblog.yaml": "posts: posts\n"})
    draft(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "no file lists every post of this blog" in done.stderr) == (0, True)
    assert commit_paths(blog) == ["posts/2026-02-25/new-post.md"]


def test_what_the_base_holds_already_makes_no_branch(blog: Path) -> None:
    refs = git(blog, "for-each-ref")
    result = published(blog, "old")
    assert (result["branch"], result["commit"], result["files"]) == (None, None, [])
    assert git(blog, "for-each-ref") == refs


def test_an_index_that_is_not_in_git_yet(blog: Path) -> None:
    draft(blog)
    git(blog, "rm", "--quiet", "--cached", "posts/README.md")
    git(blog, "commit", "--quiet", "-m", "Out")
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, "is not in git yet" in done.stderr) == (3, True)
    assert state(blog) == before


def test_the_markdown_rules_of_the_blog_also_hold_for_the_entry(blog: Path) -> None:
    write(blog, {".markdownlint.json": '{"MD013": {"line_length": 60}}\n'})
    draft(blog)
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", "--index-title", "word " * 15, folder=blog)
    assert done.returncode == 3, done.stderr
    assert "markdown MD013" in done.stderr
    assert "--index-title" in done.stderr
    assert state(blog) == before
    assert (
        aiblog(
            "publish", "new-post", "--yes", "--index-title", "word " * 15, "--allow", "markdown", folder=blog
        ).returncode
        == 0
    )


def test_what_can_be_mended_has_its_command_beside_the_refusal(blog: Path) -> None:
    write(blog, {".markdownlint.json": '{"MD004": {"style": "dash"}}\n'})
    draft(blog)
    path = "posts/2026-02-25/new-post.md"
    write(blog, {path: (blog / path).read_text() + "\n* 甲\n* 乙\n"})
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert (done.returncode, state(blog)) == (3, before)
    assert f"  hint: aiblog check {path} --fix\n" in done.stderr
    aiblog("check", path, "--fix", folder=blog)
    published(blog, "new-post")


def test_on_the_real_blog(corpus_copy: Path) -> None:
    blog = corpus_copy
    git(blog, "init", "--quiet", "--initial-branch=main")
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Begin")
    assert aiblog("init", folder=blog).returncode == 0
    git(blog, "add", "aiblog.yaml")
    git(blog, "commit", "--quiet", "-m", "aiblog.yaml")
    posts = json.loads(aiblog("list", "--json", folder=blog).stdout)["posts"]
    assert (len(posts), sum(len(post["editions"]) for post in posts)) == (21, 38)
    before = tree(blog)
    new = ["new", "Kueue at scale", "--slug", "kueue", "--date", "2026-02-25", "-t", "kueue"]
    assert aiblog(*new, "--body", "-", folder=blog, given="Some text.\n").returncode == 0
    assert aiblog("translate-stub", "kueue", "--title", "大规模 Kueue", folder=blog).returncode == 0
    translation = blog / "docs/blog/2026-02-25/kueue_zh.md"
    translation.write_text(
        translation.read_text().replace("<!-- aiblog:todo -->\n", "").replace("Some text.", "正文。")
    )
    chinese = [
        "new",
        "贡献开源的 ROI：2025 年调查报告解读",
        "--slug",
        "roi",
        "--date",
        "2026-02-26",
        "-l",
        "zh",
        "-t",
        "open-source",
    ]
    assert aiblog(*chinese, "--body", "-", folder=blog, given="正文。\n").returncode == 0
    published(blog, "kueue", "--summary", "How it behaves.")
    published(blog, "roi", "--no-branch")
    index = before["docs/blog/README.md"].decode()
    entries = (
        "## 2026-02-26: 贡献开源的 ROI：2025 年调查报告解读\n\n"
        "- [贡献开源的 ROI：2025 年调查报告解读 (Chinese)](./2026-02-26/roi_zh.md)\n\n"
        "## 2026-02-25: Kueue at scale\n\n"
        "- [Kueue at scale (English)](./2026-02-25/kueue.md)\n"
        "- [大规模 Kueue (Chinese)](./2026-02-25/kueue_zh.md)\n\n"
        "How it behaves.\n\n"
    )
    first = index.index("## 2025-12-22: OCI")
    expected = (index[:first] + entries + index[first:]).replace(
        "last_updated: 2025-12-22", "last_updated: 2026-02-26", 1
    )
    after = tree(blog)
    assert after.pop("docs/blog/README.md").decode() == expected
    assert {path for path in after if path not in before} == {
        "docs/blog/2026-02-25/kueue.md",
        "docs/blog/2026-02-25/kueue_zh.md",
        "docs/blog/2026-02-26/roi_zh.md",
    }
    assert {path: data for path, data in before.items() if path != "docs/blog/README.md"}.items() <= after.items()
    assert git(blog, "status", "--porcelain") == ""
