"""`aiblog tags`: the vocabulary with its near-duplicates; `tags rename`."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.program import AIBLOG, aiblog, tree
from support.terminal import ENTER, Terminal

SETTINGS = "posts: posts\narchive: old\nlanguages:\n  en: {}\n  zh: {}\n"
FILES = {
    "aiblog.yaml": SETTINGS,
    "posts/2026-03-02/roi_zh.md": "---\r\ntags: [gpu scheduling, '调度']  # mine\r\n---\r\n\r\n# 投资回报\r\n",
    "posts/2026-03-01/queue.md": "---\ntags: gpu-scheduling,queues\n---\n\n# Queues\n",
    "posts/2026-03-01/queue_zh.md": "---\ntags:\n- gpu-scheduling\n- gpu scheduling # both\n---\n\n# 队列\n",
    "posts/2026-02-01/gpu.md": '---\ntags: "GPU-Scheduling"\n---\n\n# GPU\n\ntags: gpu scheduling',
    "old/2020-01-01/first.md": "---\ntags: gpu scheduling, ancient\n---\n\n# First\n",
}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    root = tmp_path / "blog"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def test_tags_are_shown_by_use_and_another_spelling_names_the_command_that_ends_it(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("tags", folder=blog)
    assert done.returncode == 0
    assert done.stdout.split("\n") == [
        "gpu scheduling\t2\t-",
        "gpu-scheduling\t1\taiblog tags rename gpu-scheduling 'gpu scheduling'",
        "GPU-Scheduling\t1\taiblog tags rename GPU-Scheduling 'gpu scheduling'",
        "queues\t1\t-",
        "调度\t1\t-",
        "",
    ]
    assert done.stderr == "5 tags in 3 posts; 2 are another one, spelled differently.\n"
    assert tree(blog) == before


def test_json_has_counts_posts_and_groups(blog: Path) -> None:
    done = aiblog("tags", "--json", folder=blog)
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "ok": True,
        "tags": [
            {"tag": "gpu scheduling", "count": 2, "posts": ["2026-03-02/roi", "2026-03-01/queue"]},
            {"tag": "gpu-scheduling", "count": 1, "posts": ["2026-03-01/queue"]},
            {"tag": "GPU-Scheduling", "count": 1, "posts": ["2026-02-01/gpu"]},
            {"tag": "queues", "count": 1, "posts": ["2026-03-01/queue"]},
            {"tag": "调度", "count": 1, "posts": ["2026-03-02/roi"]},
        ],
        "near_duplicates": [["gpu scheduling", "gpu-scheduling", "GPU-Scheduling"]],
    }


def test_on_a_terminal_the_columns_line_up_with_chinese_tags_too(blog: Path) -> None:
    with Terminal("tags", folder=blog) as terminal:
        assert terminal.exit_code() == 0
    lines = terminal.screen.split("\n")[:5]
    assert lines[0] == "gpu scheduling  2"
    assert lines[1] == "gpu-scheduling  1  aiblog tags rename gpu-scheduling 'gpu scheduling'"
    assert {cell_len(line[: line.index("1")]) for line in lines[1:]} == {16}


def test_rename_changes_the_tags_own_text_in_every_edition_and_the_archive_stays(blog: Path) -> None:
    done = aiblog("tags", "rename", "gpu scheduling", "gpu-scheduling", "--yes", folder=blog)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "posts/2026-03-02/roi_zh.md\nposts/2026-03-01/queue_zh.md\n"
    after = dict(FILES)
    after["posts/2026-03-02/roi_zh.md"] = FILES["posts/2026-03-02/roi_zh.md"].replace("gpu sch", "gpu-sch")
    after["posts/2026-03-01/queue_zh.md"] = "---\ntags:\n- gpu-scheduling\n---\n\n# 队列\n"
    assert tree(blog) == {path: text.encode() for path, text in after.items()}


def test_a_second_run_does_nothing_and_exits_0(blog: Path) -> None:
    words = ("tags", "rename", "gpu scheduling", "gpu-scheduling")
    aiblog(*words, "--yes", folder=blog)
    before = tree(blog)
    done = aiblog(*words, folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == 'Nothing to rename: no post has "gpu scheduling".\n'
    done = aiblog(*words, "--json", folder=blog)
    assert json.loads(done.stdout) == {"ok": True, "from": "gpu scheduling", "to": "gpu-scheduling", "files": []}
    assert aiblog("tags", "rename", "queues", "queues", folder=blog).returncode == 0
    assert tree(blog) == before


def test_dry_run_shows_the_diff_and_writes_nothing(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("tags", "rename", "调度", "scheduling", "--dry-run", folder=blog)
    assert done.returncode == 0
    assert (
        "-tags: [gpu scheduling, '调度']  # mine\r\n+tags: [gpu scheduling, 'scheduling']  # mine"
        in done.stdout.replace("\\u{D}", "\r")
    )
    told = json.loads(aiblog("tags", "rename", "调度", "scheduling", "--dry-run", "--json", folder=blog).stdout)
    assert told["files"] == ["posts/2026-03-02/roi_zh.md"]
    assert "+tags: [gpu scheduling, 'scheduling']" in told["diff"]
    assert tree(blog) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("rename", "GPU scheduling", "x"), 'no post has the tag "GPU scheduling"; the nearest is "gpu scheduling"'),
        (("rename", "queue", "x"), 'no post has the tag "queue"; the nearest is "queues"'),
        (("rename", "nothing", "x"), 'no post has the tag "nothing"'),
        (("rename", "queues", "a,b"), 'tag "a,b": a comma separates tags'),
        (("rename", "queues", ""), "the tag is empty"),
        (("rename", "queues", "a\x1b[31m"), "holds a control character"),
        (("rename", "queues"), "OLD and NEW were wanted, each quoted where it has blanks (a name is missing)"),
        (("rename", "gpu", "scheduling", "gpu-scheduling"), "each quoted where it has blanks (3 names)"),
        (("renam", "queues", "x"), '"renam": rename OLD NEW, or nothing, was wanted'),
        (("rename", "queues", "x"), "this has to be confirmed, and there is no terminal to ask on; --yes was wanted"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_changes(blog: Path, words: tuple[str, ...], message: str) -> None:
    before = tree(blog)
    done = aiblog("tags", *words, folder=blog)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "nothing was written" in done.stderr
    assert tree(blog) == before


def test_the_hints_of_a_refusal_can_be_pasted(blog: Path) -> None:
    done = aiblog("tags", "rename", "gpu scheduling", "gpu-scheduling", folder=blog)
    assert "hint: aiblog tags rename 'gpu scheduling' gpu-scheduling --yes" in done.stderr
    done = aiblog("tags", "renam", "gpu scheduling", "x", folder=blog)
    assert "hint: aiblog tags rename 'gpu scheduling' x\n" in done.stderr


def test_on_a_terminal_the_diff_is_shown_and_a_person_confirms(blog: Path) -> None:
    words = ("tags", "rename", "GPU-Scheduling", "gpu scheduling")
    before = tree(blog)
    with Terminal(*words, folder=blog, columns=100) as terminal:
        terminal.wait_for('Rename "GPU-Scheduling" to "gpu scheduling", which 2 posts have already, in 1 file?').type(
            "n"
        )
        assert terminal.exit_code() == 0
        assert '-tags: "GPU-Scheduling"' in terminal.screen
        assert terminal.last_line == "Nothing was written."
    assert tree(blog) == before
    with Terminal(*words, folder=blog, columns=100) as terminal:
        terminal.wait_for("in 1 file?").type(ENTER)
        assert terminal.exit_code() == 0
        assert "Without questions:  aiblog tags rename --yes GPU-Scheduling 'gpu scheduling'" in terminal.screen
    assert (blog / "posts/2026-02-01/gpu.md").read_text().startswith('---\ntags: "gpu scheduling"\n---\n')


def test_a_tag_that_begins_with_a_hyphen_can_be_renamed_by_the_command_that_is_shown(blog: Path) -> None:
    (blog / "posts/2026-02-01/gpu.md").write_text("---\ntags: -GPU scheduling, a\n---\n\n# GPU\n")
    line = next(each for each in aiblog("tags", folder=blog).stdout.split("\n") if "-GPU" in each)
    command = line.split("\t")[2]
    assert command == "aiblog tags rename -- '-GPU scheduling' 'gpu scheduling'"
    done = subprocess.run(
        ["sh", "-c", command.replace("rename", "rename --yes")],
        cwd=blog,
        env={**os.environ, "PATH": f"{Path(AIBLOG).parent}:{os.environ['PATH']}"},
        check=False,
    )
    assert done.returncode == 0
    assert "tags: gpu scheduling, a\n" in (blog / "posts/2026-02-01/gpu.md").read_text()


def test_a_front_matter_that_cannot_be_read_is_named_and_the_others_are_renamed(blog: Path) -> None:
    (blog / "posts/2026-02-01/gpu.md").write_bytes(b"---\ntags: [a\n---\n\n# Broken\n")
    done = aiblog("tags", "rename", "queues", "queue", "--yes", folder=blog)
    assert (done.returncode, done.stdout) == (0, "posts/2026-03-01/queue.md\n")
    assert "posts/2026-02-01/gpu.md:" in done.stderr


def test_an_empty_blog_says_how_to_begin_and_one_without_tags_says_so(tmp_path: Path) -> None:
    done = aiblog("tags", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("No posts here yet.")
    (tmp_path / "aiblog.yaml").write_text("front_matter:\n  status: {}\n")
    done = aiblog("tags", "rename", "a", "b", folder=tmp_path)
    assert done.returncode == 2
    assert "this blog has no tags" in done.stderr


def test_the_real_blogs_tags_are_counted_and_one_is_renamed_in_its_files_alone(corpus_copy: Path) -> None:
    before = tree(corpus_copy)
    found = json.loads(aiblog("tags", "--json", folder=corpus_copy).stdout)
    assert len(found["tags"]) == 80
    assert found["tags"][0]["tag"] == "kubernetes"
    assert found["near_duplicates"] == []
    done = aiblog("tags", "rename", "ai-infrastructure", "AI 基础设施", "--yes", "--json", folder=corpus_copy)
    files = json.loads(done.stdout)["files"]
    after = tree(corpus_copy)
    assert {path for path in after if after[path] != before[path]} == set(files)
    for path in files:
        old, new = before[path].split(b"\n"), after[path].split(b"\n")
        assert len(old) == len(new)
        assert sum(one != other for one, other in zip(old, new, strict=True)) == 1
    aiblog("tags", "rename", "AI 基础设施", "ai-infrastructure", "--yes", folder=corpus_copy)
    assert tree(corpus_copy) == before
