"""`aiblog check` as a whole command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import made_blog, write

BROKEN = "---\nstatus: Active\ndate: 2026-02-25\ntags: a\n---\n\n# 坏链接\n\n见[报告](./nowhere.md)。\n"
FOUND = "posts/2026-02-25/broken.md:9:7: link-missing ./nowhere.md does not exist"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = made_blog(tmp_path / "blog")
    write(folder, {"posts/2026-02-25/broken.md": BROKEN})
    return folder


def _links(folder: Path, *words: str) -> list[str]:
    return aiblog("check", "--select", "link-missing", *words, folder=folder).stdout.splitlines()


def test_findings_are_results_with_their_place_and_exit_1(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("check", "--select", "link-missing", folder=blog)
    assert (done.returncode, done.stdout) == (1, f"{FOUND}\n")
    assert done.stderr == "1 error in 2 files.\n"
    assert tree(blog) == before


def test_a_blog_with_nothing_wrong_says_so_and_exits_0(tmp_path: Path) -> None:
    done = aiblog("check", folder=made_blog(tmp_path / "blog"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing wrong in 1 file.\n")


def test_json_is_one_object_with_every_finding(blog: Path) -> None:
    done = aiblog("check", "--select", "link-missing", "--json", folder=blog)
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert said == {
        "ok": False,
        "findings": [
            {
                "path": "posts/2026-02-25/broken.md",
                "line": 9,
                "column": 7,
                "rule": "link-missing",
                "message": "./nowhere.md does not exist",
                "severity": "error",
                "fixable": False,
            }
        ],
        "checked": 2,
        "fixed": [],
    }
    assert aiblog("check", "--select", "link-missing", "--format", "json", folder=blog).stdout == done.stdout


def test_annotations_for_github_are_workflow_commands(blog: Path) -> None:
    done = aiblog("check", "--select", "link-missing", "--format", "github", folder=blog / "posts")
    place = "file=posts/2026-02-25/broken.md,line=9,col=7,title=link-missing"
    assert done.stdout == f"::error {place}::./nowhere.md does not exist\n"


def test_paths_are_shown_from_the_folder_the_person_is_in(blog: Path) -> None:
    assert _links(blog / "posts" / "2026-02-25") == [FOUND.removeprefix("posts/2026-02-25/")]
    assert _links(blog / "posts" / "2026-01-10") == [f"../{FOUND.removeprefix('posts/')}"]


def test_a_post_a_path_or_a_folder_is_checked_alone(blog: Path) -> None:
    assert _links(blog, "old") == []
    assert _links(blog, "broken") == [FOUND]
    assert _links(blog, "2026-02-25/broken") == [FOUND]
    assert _links(blog, "posts/2026-02-25/broken.md") == [FOUND]
    assert _links(blog, "posts/2026-02-25") == [FOUND]
    assert _links(blog, ".") == [FOUND]
    assert _links(blog, "posts/2026-01-10", "notes.txt") == []


def test_what_is_no_post_and_no_file_is_refused(blog: Path) -> None:
    done = aiblog("check", "brokn", folder=blog)
    assert done.returncode == 2
    assert 'the nearest is "broken"' in done.stderr


def test_rules_are_chosen_and_left_out_by_name(blog: Path) -> None:
    assert aiblog("check", "--ignore", "link-missing,markdown", folder=blog).stdout.count("link-missing") == 0
    assert _links(blog, "--ignore", "link-missing") == []
    done = aiblog("check", "--ignore", "link-mising", folder=blog)
    assert done.returncode == 2
    assert '--ignore: no rule "link-mising"; did you mean "link-missing"?' in done.stderr


def test_the_list_of_rules_says_what_each_finds(blog: Path) -> None:
    lines = aiblog("check", "--list-rules", folder=blog).stdout.splitlines()
    assert any(line.startswith("link-missing ") and "  error  " in line for line in lines)
    rules = json.loads(aiblog("check", "--list-rules", "--json", folder=blog).stdout)["rules"]
    assert len(rules) == len(lines)
    assert set(rules[0]) == {"name", "severity", "finds", "bad", "good", "why"}


def test_settings_turn_rules_off_and_say_how_much_they_matter(blog: Path) -> None:
    settings = (blog / "aiblog.yaml").read_text()

    def check_with(text: str) -> tuple[int, str]:
        (blog / "aiblog.yaml").write_text(f"{settings}{text}")
        done = aiblog("check", folder=blog)
        return done.returncode, done.stdout

    assert "link-missing" not in check_with("check: {ignore: [link-missing]}\n")[1]
    assert check_with("check:\n  severity: {link-missing: warning}\n") == (1, f"{FOUND}\n")
    assert check_with("check:\n  severity: {link-missing: information}\n") == (0, "")
    assert check_with("check:\n  paths:\n    'posts/2026-02-*': {ignore: [link-missing]}\n") == (0, "")
    assert check_with("check:\n  paths:\n    'posts/2026-01-*': {ignore: [link-missing]}\n") == (1, f"{FOUND}\n")
    code, _ = check_with("check: {ignore: [link-mising]}\n")
    assert code == 2


def test_information_is_counted_and_shown_where_it_is_asked_for(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(
        f"{(blog / 'aiblog.yaml').read_text()}check: {{severity: {{link-missing: information}}}}\n"
    )
    done = aiblog("check", folder=blog)
    assert "For your information, 1 more:  aiblog check --select link-missing" in done.stderr
    done = aiblog("check", "--select", "link-missing", folder=blog)
    assert (done.returncode, done.stdout) == (0, f"{FOUND}\n")


def test_a_comment_beside_the_link_allows_it(blog: Path) -> None:
    path = blog / "posts" / "2026-02-25" / "broken.md"
    path.write_text(BROKEN.replace("。\n", "。<!-- aiblog:disable-line link-missing -->\n"), encoding="utf-8")
    assert _links(blog) == []


def test_a_draft_may_wait_and_a_published_post_may_not(blog: Path) -> None:
    text = "---\nstatus: {}\ndate: 2026-02-25\ntags: a\n---\n\n# 草稿\n\n<!-- aiblog:todo What it is. -->\n"
    write(blog, {"posts/2026-02-25/broken.md": text.format("Draft")})
    assert aiblog("check", folder=blog).stdout == ""
    write(blog, {"posts/2026-02-25/broken.md": text.format("Active")})
    assert "todo-marker" in aiblog("check", folder=blog).stdout


def test_a_blog_without_settings_and_without_git_is_checked(tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-02-25/broken.md": BROKEN, "posts/2026-02-24/fine.md": BROKEN.replace("./no", "#no")})
    assert _links(tmp_path) == [FOUND]
