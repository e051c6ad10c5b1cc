"""`aiblog index`: what it finds, what it brings up to date, what it leaves to people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import INDEX, SELECTION, draft, git, made_blog, state, write

GONE = "## 2026-01-05: Gone\n\n- [Gone (English)](./2026-01-05/gone.md)\n\n"


def text(title: str, status: str = "Active") -> str:
    return f"---\nstatus: {status}\ndate: 2026-02-25\ntags: a\n---\n\n# {title}\n\nText.\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A committed blog in which nothing is wrong."""
    return made_blog(tmp_path / "blog")


def checked(blog: Path, *words: str) -> tuple[int, list[str]]:
    """The exit code of `--check`, and what it prints; it writes nothing."""
    before = state(blog)
    done = aiblog("index", "--check", *words, folder=blog)
    assert state(blog) == before
    return done.returncode, done.stdout.splitlines()


def updated(blog: Path) -> str:
    """The complete index brought up to date, after a look that a second run does nothing."""
    done = aiblog("index", folder=blog)
    assert done.returncode == 0, done.stderr
    before = tree(blog)
    again = aiblog("index", "--json", folder=blog)
    assert (again.returncode, json.loads(again.stdout)["files"]) == (0, [])
    assert tree(blog) == before
    return (blog / "posts/README.md").read_text(encoding="utf-8")


def test_where_nothing_is_wrong_nothing_is_said_or_written(blog: Path) -> None:
    assert checked(blog) == (0, [])
    before = state(blog)
    done = aiblog("index", folder=blog)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Every index is up to date.\n")
    assert state(blog) == before


def test_a_post_that_is_not_listed_is_found_and_entered_in_the_index_s_own_shape(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/one.md": text("One [x]"), "posts/2026-02-25/one_zh.md": text("一：新")})
    write(blog, {"posts/2025-12-01/old-too.md": text("Old, too"), "posts/2026-02-26/later.md": text("L", "Draft")})
    assert checked(blog) == (
        1,
        [
            "posts/README.md:1:1: index-unlisted 2025-12-01/old-too is published, and not listed",
            "posts/README.md:1:1: index-unlisted 2026-02-25/one is published, and not listed",
        ],
    )
    assert aiblog("index", "--check", folder=blog).stderr == "To mend what can be: aiblog index\n"
    new = (
        "## 2026-02-25: One [x]\n\n- [One [x] (English)](./2026-02-25/one.md)\n"
        "- [一：新 (Chinese)](./2026-02-25/one_zh.md)\n\n"
    )
    old = "## 2025-12-01: Old, too\n\n- [Old, too (English)](./2025-12-01/old-too.md)\n\n"
    assert updated(blog) == INDEX.replace("## 2026-01-10", f"{new}## 2026-01-10").replace("## Contr", f"{old}## Contr")
    assert (blog / "README.md").read_text() == SELECTION
    assert checked(blog) == (0, [])


def test_an_edition_that_is_new_is_linked_in_the_post_s_entry_and_a_stub_is_not(blog: Path) -> None:
    write(blog, {"posts/2026-01-10/old_zh.md": text("旧文")})
    stub = text("Vieux").replace("tags: a", "tags: a\ntranslation_of: ./old.md") + "\n<!-- aiblog:todo -->\nText.\n"
    assert checked(blog) == (0, [])
    new = "- [旧文 (Chinese)](./2026-01-10/old_zh.md)\n"
    assert updated(blog) == INDEX.replace("old.md)\n", f"old.md)\n{new}")
    git(blog, "checkout", "posts/README.md")
    write(blog, {"posts/2026-01-10/old_zh.md": stub})
    assert updated(blog) == INDEX


def test_links_that_moved_lead_to_the_post_again_in_selections_too(blog: Path) -> None:
    git(blog, "mv", "posts/2026-01-10", "posts/2026-01-12")
    code, found = checked(blog)
    assert code == 1
    message = "the entry links to posts/2026-01-10/old.md; the post is at posts/2026-01-12/old.md now"
    assert found == [
        f"posts/README.md:5:3: index-moved-link {message}", f"README.md:6:3: index-moved-link {message}",
    ]  # fmt: skip
    assert updated(blog) == INDEX.replace("2026-01-10", "2026-01-12")
    assert (blog / "README.md").read_text() == SELECTION.replace("/2026-01-10/", "/2026-01-12/")
    assert checked(blog) == (0, [])


def test_a_title_that_was_the_post_s_becomes_the_present_one_and_people_s_words_stay(blog: Path) -> None:
    write(blog, {"posts/2026-01-10/old.md": text("A former post")})
    git(blog, "commit", "--quiet", "-am", "Another title")
    write(blog, {"posts/2026-01-10/old.md": text("新的标题")})
    code, found = checked(blog)
    assert (code, len(found)) == (1, 2)
    assert found[0] == (
        'posts/README.md:3:16: index-stale-title "An old post" is a former title of the post; it is "新的标题" now'
    )
    assert updated(blog) == INDEX.replace("An old post", "新的标题")
    write(blog, {"posts/README.md": INDEX.replace("An old post", "Our own words")})
    assert checked(blog) == (0, [])
    assert updated(blog) == INDEX.replace("An old post", "Our own words")


def test_a_former_title_is_known_through_a_rename(blog: Path) -> None:
    git(blog, "mv", "posts/2026-01-10/old.md", "posts/2026-01-10/older.md")
    write(blog, {"posts/README.md": INDEX.replace("old.md", "older.md"), "README.md": "# P\n\n## Blog\n"})
    git(blog, "commit", "--quiet", "-am", "Rename")
    path = blog / "posts/2026-01-10/older.md"
    path.write_text(path.read_text().replace("# An old post", "# Older"))
    assert [line.split(": ")[1].split(" ")[0] for line in checked(blog)[1]] == ["index-stale-title"] * 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ("could not open '/dev/null' for reading and writing: Permission denied", 3, "could not open '/dev/null'"),
        ("detected dubious ownership in repository at '/blog'", 3, "git does not trust the repository"),
        ("", 4, "git rev-parse failed"),
    ],
    ids=["a git that cannot begin", "an owner it does not trust", "a git that is killed"],
)
def test_where_git_does_not_read_the_history_former_titles_are_not_taken_for_people_s_words(
    blog: Path, tmp_path: Path, words: str, code: int, says: str
) -> None:
    write(blog, {"posts/2026-01-10/old.md": text("新的标题")})
    fails = f'echo "fatal: {words}" >&2; exit 128' if words else "kill -9 $$"
    write(tmp_path, {"bin/git": f"#!/bin/sh\n[ $1 = version ] && PATH=/usr/bin:/bin exec git version\n{fails}\n"})
    (tmp_path / "bin/git").chmod(0o755)
    environment = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}
    before = tree(blog)
    for command in (["index"], ["index", "--check"], ["check", "--fix"]):
        done = aiblog(*command, folder=blog, environment=environment)
        assert (done.returncode, says in done.stderr) == (code, True), done.stderr
        assert tree(blog) == before


def test_an_entry_without_a_post_goes_if_it_says_nothing_more(blog: Path) -> None:
    write(blog, {"posts/README.md": INDEX.replace("## 2026-01-10", f"{GONE}## 2026-01-10")})
    code, found = checked(blog)
    assert (code, found) == (
        1, ["posts/README.md:5:3: index-dead-link the entry links to posts/2026-01-05/gone.md, which is not there"]
    )  # fmt: skip
    assert updated(blog) == INDEX


def test_an_entry_without_a_post_stays_if_people_wrote_into_it_and_is_reported(blog: Path) -> None:
    page = INDEX.replace("## 2026-01-10", f"{GONE}中文。\n\n## 2026-01-10")
    write(blog, {"posts/README.md": page})
    assert updated(blog) == page
    done = aiblog("index", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("posts/README.md:5:3: index-dead-link ")
    done = aiblog("index", "--check", folder=blog)
    assert (done.returncode, done.stderr) == (1, "")  # what cannot be mended has no hint


def test_the_entry_of_a_draft_goes_and_a_selection_keeps_it_with_a_warning(blog: Path) -> None:
    write(blog, {"posts/2026-01-10/old.md": text("An old post", "Draft")})
    assert checked(blog) == (
        1,
        [
            "posts/README.md:5:3: index-draft 2026-01-10/old is a draft, and is listed",
            "README.md:6:3: index-draft 2026-01-10/old is a draft, and is listed",
        ],
    )
    assert updated(blog) == INDEX  # its summary is people's
    write(blog, {"posts/README.md": INDEX.replace("Its summary.\n\n", "")})
    assert updated(blog) == "# Posts\n\n## Contributing\n\nWrite something.\n"
    assert checked(blog) == (0, ["README.md:6:3: index-draft 2026-01-10/old is a draft, and is listed"])


def test_a_complete_list_is_kept_by_date_and_to_its_limit(blog: Path) -> None:
    config = (blog / "aiblog.yaml").read_text().replace("complete: false", "complete: true\n    limit: 2")
    write(blog, {"aiblog.yaml": config, "posts/2026-02-01/a.md": text("A"), "posts/2026-01-20/b.md": text("B")})
    code, found = checked(blog, "README.md")
    assert (code, [line.split("index-")[1][:17] for line in found]) == (1, ["unlisted 2026-01-", "unlisted 2026-02-"])
    updated(blog)
    assert (
        "- [Overview](./posts/README.md)\n- [A](./posts/2026-02-01/a.md)\n- [B](./posts/2026-01-20/b.md)\n\n"
        in (blog / "README.md").read_text()
    )
    assert checked(blog) == (0, [])


def test_it_works_from_a_folder_in_the_blog_and_for_one_index(blog: Path) -> None:
    git(blog, "mv", "posts/2026-01-10", "posts/2026-01-12")
    done = aiblog("index", "--check", "README.md", folder=blog / "posts")
    assert done.stdout.startswith("README.md:5:3: index-moved-link ")
    assert done.stderr == "To mend what can be: aiblog index\n"
    done = aiblog("index", "../README.md", folder=blog / "posts")
    assert (done.returncode, done.stdout) == (0, "../README.md\n")
    assert (blog / "posts/README.md").read_text() == INDEX


def test_a_path_that_is_no_index_is_said(blog: Path) -> None:
    before = state(blog)
    done = aiblog("index", "notes.txt", folder=blog)
    assert done.returncode == 2
    assert '"notes.txt" is no index of this blog' in done.stderr
    assert '"posts/README.md", "README.md"' in done.stderr
    assert state(blog) == before


def test_a_dry_run_shows_the_plan_and_writes_nothing(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/one.md": text("One")})
    before = state(blog)
    done = aiblog("index", "--dry-run", folder=blog)
    assert (done.returncode, "+## 2026-02-25: One\n" in done.stdout) == (0, True)
    done = aiblog("index", "--dry-run", "--json", folder=blog)
    result = json.loads(done.stdout)
    assert (result["ok"], result["files"], result["findings"]) == (True, ["posts/README.md"], [])
    assert "+## 2026-02-25: One\n" in result["diff"]
    assert state(blog) == before


def test_json_is_one_object_with_the_findings(blog: Path) -> None:
    write(blog, {"posts/2026-02-25/one.md": text("One")})
    done = aiblog("index", "--check", "--json", folder=blog)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout) == {
        "ok": False,
        "files": [],
        "findings": [
            {
                "path": "posts/README.md", "line": 1, "column": 1, "rule": "index-unlisted", "severity": "error",
                "message": "2026-02-25/one is published, and not listed", "fixable": False,
            }
        ],
    }  # fmt: skip


def test_an_index_that_is_not_there_or_has_conflict_markers_is_refused(blog: Path) -> None:
    for page, said in (
        (None, "is not there"),
        ("# Posts\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "conflict marker"),
    ):
        (blog / "posts/README.md").unlink(missing_ok=True)
        if page is not None:
            write(blog, {"posts/README.md": page})
        before = state(blog)
        for words in (["index"], ["index", "--check"]):
            done = aiblog(*words, folder=blog)
            assert (done.returncode, said in done.stderr) == (3, True)
        assert state(blog) == before


def test_without_git_and_without_settings_it_reads_what_there_is(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    entries = "".join(f"## 2026-01-{day}: N{day}\n\n- [N{day}](./2026-01-{day}/n{day}.md)\n\n" for day in range(10, 30))
    write(blog, {f"posts/2026-01-{day}/n{day}.md": text(f"N{day}") for day in range(10, 30)})
    write(blog, {"posts/README.md": f"# Posts\n\n{entries}"})
    done = aiblog("index", "--check", folder=blog)
    assert (done.stdout, done.stderr) == ("", "Every index is up to date.\n")
    write(blog, {"posts/2026-02-01/new.md": text("New")})
    done = aiblog("index", "--check", folder=blog)
    assert (done.returncode, "2026-02-01/new is published" in done.stdout) == (1, True)
    assert not (blog / "aiblog.yaml").exists()


def test_a_blog_without_an_index_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-01-10/old.md": text("Old")})
    done = aiblog("index", "--check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("No index is known")


def test_the_real_blog_is_silent(corpus_copy: Path) -> None:
    git(corpus_copy, "init", "--quiet")
    git(corpus_copy, "add", ".")
    git(corpus_copy, "commit", "--quiet", "-m", "All of it")
    assert aiblog("index", "--check", folder=corpus_copy).stdout == ""
    assert aiblog("init", "--no-input", folder=corpus_copy).returncode == 0
    done = aiblog("index", "--check", folder=corpus_copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Every index is up to date.\n")
    before = tree(corpus_copy)
    assert aiblog("index", folder=corpus_copy).stderr == "Every index is up to date.\n"
    assert tree(corpus_copy) == before


ARCHIVED = "# Archive\n\n## 2024-05-01: 旧文\n\n- [旧文 (Chinese)](./2024-05-01/old_zh.md)\n"


@pytest.fixture
def with_archive(blog: Path) -> Path:
    """The same with an archive, whose index lists every post there but one."""
    settings = (blog / "aiblog.yaml").read_text(encoding="utf-8")
    own = "  - path: archive/README.md\n    style: sections\n    complete: true\n"
    write(blog, {"aiblog.yaml": settings.replace("posts: posts\n", "posts: posts\narchive: archive\n") + own})
    write(blog, {"archive/2024-05-01/old_zh.md": text("旧文"), "archive/2023-05-01/older.md": text("Older")})
    write(blog, {"archive/README.md": ARCHIVED})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "An archive")
    return blog


def test_an_index_in_the_archive_lists_the_posts_there_and_no_others(with_archive: Path) -> None:
    missing = "archive/README.md:1:1: index-unlisted 2023-05-01/older is published, and not listed"
    assert checked(with_archive) == (1, [missing])
    assert updated(with_archive) == INDEX
    new = "\n## 2023-05-01: Older\n\n- [Older (English)](./2023-05-01/older.md)\n"
    assert (with_archive / "archive/README.md").read_text(encoding="utf-8") == ARCHIVED + new


def test_a_post_is_published_into_the_indexes_that_are_not_the_archive_s(with_archive: Path) -> None:
    draft(with_archive)
    done = aiblog("publish", "new-post", "--yes", "--json", folder=with_archive)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == ["posts/2026-02-25/new-post.md", "posts/README.md"]
    assert json.loads(aiblog("status", "--json", folder=with_archive).stdout)["unlisted"] == []


def test_the_archive_s_index_is_not_missed_before_a_post_is_archived(with_archive: Path) -> None:
    git(with_archive, "rm", "--quiet", "-r", "archive")
    assert checked(with_archive) == (0, [])
    assert updated(with_archive) == INDEX
    assert aiblog("check", folder=with_archive).stdout == ""
    assert (
        "archive/README.md  (made with the first post that is archived)" in aiblog("doctor", folder=with_archive).stdout
    )
    write(with_archive, {"archive/2024-05-01/old_zh.md": text("旧文")})
    missing = aiblog("index", "--check", folder=with_archive)
    assert (missing.returncode, 'the index "archive/README.md" is not there' in missing.stderr) == (3, True)
