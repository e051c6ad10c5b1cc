"""A blog whose translations have no keys of aiblog's: `translations: sidecar`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from aiblog.core.canonical import source_hash
from support.program import AIBLOG, aiblog, tree
from support.repositories import SETTINGS, git, made_blog, show, state, write

SIDECAR = ".aiblog/translations.yaml"
HEADING = (
    "# Each translation's source, and the hash of the text of it that is covered: a line each, which aiblog writes.\n"
)
OTHER = "posts/2026-02-20/other_zh.md: {lang: zh, translation_of: ./other.md, source_hash: v1-000000000000} # 别人的\n"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A committed blog that keeps its links in the sidecar, without any so far."""
    root = made_blog(tmp_path / "blog")
    write(root, {"aiblog.yaml": f"{SETTINGS}translations: sidecar\n"})
    git(root, "commit", "-aqm", "Keep links apart")
    return root


def pair(blog: Path, slug: str = "queue", *, date: str = "2026-02-25") -> str:
    """A draft and its finished translation, as aiblog and a person write them; the line of the sidecar."""
    words = ["new", "Queues", "--slug", slug, "--date", date, "-t", "a", "--body", "-", "--no-input"]
    assert aiblog(*words, folder=blog, given="One two three.\n").returncode == 0
    assert aiblog("translate-stub", f"{date}/{slug}", "--title", "队列", folder=blog).returncode == 0
    place = blog / f"posts/{date}/{slug}_zh.md"
    place.write_text(place.read_text().replace("<!-- aiblog:todo -->\nOne two three.", "一二三。"))
    pin = source_hash((blog / f"posts/{date}/{slug}.md").read_bytes())
    return f"posts/{date}/{slug}_zh.md: {{lang: zh, translation_of: ./{slug}.md, source_hash: {pin}}}\n"


def states(blog: Path) -> dict[str, str]:
    found = json.loads(aiblog("status", "--json", folder=blog).stdout)
    return {each["target"] or f"{each['post']} {each['lang']}": each["state"] for each in found["translations"]}


def sidecar(blog: Path) -> str:
    return (blog / SIDECAR).read_text(encoding="utf-8")


def test_a_stub_has_none_of_the_keys_and_its_line_stands_in_the_sidecar(blog: Path) -> None:
    line = pair(blog)
    text = (blog / "posts/2026-02-25/queue_zh.md").read_text()
    assert text.startswith("---\nstatus: Draft\ndate: 2026-02-25\ntags: a\n---\n\n# 队列\n")
    assert sidecar(blog) == HEADING + line
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "current"
    before = tree(blog)
    again = aiblog("translate-stub", "queue", folder=blog)
    assert (again.returncode, tree(blog) == before) == (0, True)


def test_a_stub_that_nobody_edited_is_made_again_and_pinned_anew(blog: Path) -> None:
    pair(blog)
    (blog / "posts/2026-02-25/queue_zh.md").unlink()
    assert aiblog("translate-stub", "queue", folder=blog).returncode == 0
    source = blog / "posts/2026-02-25/queue.md"
    source.write_text(source.read_text().replace("three", "four"))
    done = aiblog("translate-stub", "queue", "--json", folder=blog)
    assert json.loads(done.stdout)["modified"] == ["posts/2026-02-25/queue_zh.md", SIDECAR]
    assert source_hash(source.read_bytes()) in sidecar(blog)
    assert "One two four." in (blog / "posts/2026-02-25/queue_zh.md").read_text()


def test_new_in_two_languages_writes_a_line_without_a_hash_and_publishing_pins_it(blog: Path) -> None:
    words = ["new", "Two", "--slug", "two", "--date", "2026-02-25", "-l", "zh", "-l", "en", "-t", "a", "--no-input"]
    assert aiblog(*words, folder=blog).returncode == 0
    assert sidecar(blog) == f"{HEADING}posts/2026-02-25/two.md: {{lang: en, translation_of: ./two_zh.md}}\n"
    before = tree(blog)
    assert (aiblog(*words, folder=blog).returncode, tree(blog) == before) == (0, True)
    for name in ("two.md", "two_zh.md"):
        place = blog / "posts/2026-02-25" / name
        lines = place.read_text().split("\n")
        place.write_text("\n".join(line for line in lines if "aiblog:todo" not in line) + "Text 正文。\n")
    done = aiblog("publish", "two", "--yes", "--json", folder=blog)
    assert SIDECAR in json.loads(done.stdout)["files"], done.stderr
    pin = source_hash((blog / "posts/2026-02-25/two_zh.md").read_bytes())
    line = f"posts/2026-02-25/two.md: {{lang: en, translation_of: ./two_zh.md, source_hash: {pin}}}\n"
    assert show(blog, f"HEAD:{SIDECAR}") == sidecar(blog) == HEADING + line
    assert git(blog, "status", "--porcelain") == ""


def test_a_publish_commits_its_own_lines_and_leaves_those_of_others_as_they_are(blog: Path) -> None:
    write(blog, {SIDECAR: HEADING + OTHER.replace("000000", "111111")})
    git(blog, "add", SIDECAR)
    git(blog, "commit", "-qm", "Others")
    write(blog, {SIDECAR: HEADING + OTHER.replace("000000", "222222")})
    git(blog, "add", SIDECAR)
    write(blog, {SIDECAR: HEADING + OTHER})
    line = pair(blog)
    done = aiblog("publish", "queue", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert show(blog, f"HEAD:{SIDECAR}") == HEADING + OTHER.replace("000000", "111111") + line
    assert show(blog, f":{SIDECAR}") == HEADING + OTHER.replace("000000", "222222") + line
    assert sidecar(blog) == HEADING + OTHER + line
    again = aiblog("publish", "queue", "--yes", "--json", folder=blog)
    assert json.loads(again.stdout)["files"] == []


def test_a_publish_beside_another_branch_leaves_the_sidecar_on_the_disk(blog: Path) -> None:
    line = pair(blog)
    git(blog, "switch", "--quiet", "-c", "elsewhere")
    write(blog, {SIDECAR: sidecar(blog).replace(HEADING, HEADING + OTHER)})
    before = sidecar(blog)
    assert aiblog("publish", "queue", "--yes", folder=blog).returncode == 0
    assert show(blog, f"blog/2026-02-25-queue:{SIDECAR}") == HEADING + line
    assert (sidecar(blog), git(blog, "rev-parse", "--abbrev-ref", "HEAD")) == (before, "elsewhere")


def test_a_draft_commits_its_own_lines_alone(blog: Path) -> None:
    write(blog, {SIDECAR: HEADING + OTHER})
    words = ["new", "Two", "--slug", "two", "--date", "2026-02-25", "-l", "en", "-l", "zh", "-t", "a"]
    assert aiblog(*words, folder=blog).returncode == 0
    assert aiblog(*words, "--commit", folder=blog).returncode == 0
    line = "posts/2026-02-25/two_zh.md: {lang: zh, translation_of: ./two.md}\n"
    assert show(blog, f"HEAD:{SIDECAR}") == HEADING + line
    assert sidecar(blog) == HEADING + OTHER + line
    assert git(blog, "show", "--format=", "--name-only", "HEAD").split() == [
        SIDECAR,
        "posts/2026-02-25/two.md",
        "posts/2026-02-25/two_zh.md",
    ]
    (blog / "posts/2026-02-25/two_zh.md").unlink()
    assert aiblog("translate-stub", "two", "--title", "二", "--commit", folder=blog).returncode == 0
    pin = source_hash((blog / "posts/2026-02-25/two.md").read_bytes())
    assert show(blog, f"HEAD:{SIDECAR}") == HEADING + line.replace("}", f", source_hash: {pin}}}")


def test_a_sidecar_that_git_ignores_stays_out_of_commits(blog: Path) -> None:
    write(blog, {".gitignore": ".aiblog/\n"})
    pair(blog)
    done = aiblog("publish", "queue", "--yes", "--json", folder=blog)
    assert SIDECAR not in json.loads(done.stdout)["files"]
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "current"


def test_a_folder_that_was_renamed_keeps_its_link_and_the_next_sync_writes_the_new_path(blog: Path) -> None:
    line = pair(blog)
    git(blog, "add", "-A")
    git(blog, "commit", "-qm", "Queue")
    git(blog, "mv", "posts/2026-02-25", "posts/2026-02-26")
    assert states(blog)["posts/2026-02-26/queue_zh.md"] == "current"
    done = aiblog("translate-sync", "queue", folder=blog)
    assert done.returncode == 0, done.stderr
    assert sidecar(blog) == HEADING + line.replace("2026-02-25", "2026-02-26")


def test_keys_in_the_front_matter_count_until_a_sync_moves_them(blog: Path) -> None:
    line = pair(blog)
    place = blog / "posts/2026-02-25/queue_zh.md"
    pin = line.split("source_hash: ")[1].split("}")[0]
    text = place.read_text().replace(
        "tags: a\n", f"tags: a\nlang: zh\ntranslation_of: ./queue.md\nsource_hash: {pin}\n"
    )
    place.write_text(text)
    write(blog, {SIDECAR: ""})
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "current"
    source = blog / "posts/2026-02-25/queue.md"
    source.write_text(source.read_text().replace("three", "four"))
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "outdated"
    assert aiblog("translate-sync", "queue", folder=blog).returncode == 0
    assert "translation_of" not in place.read_text()
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "current"


def test_a_whole_blogs_keys_go_into_the_sidecar_and_back_as_they_are(blog: Path) -> None:
    for slug in ("alpha", "beta"):
        pair(blog, slug)
    source = blog / "posts/2026-02-25/beta.md"
    source.write_text(source.read_text().replace("three", "four"))
    apart, settings = tree(blog), (blog / "aiblog.yaml").read_text()
    (blog / "aiblog.yaml").write_text(settings.replace("sidecar", "front_matter"))
    done = aiblog("translate-sync", "--all", "--assume-current", folder=blog)
    assert "2 translations had keys elsewhere, which stand in the front matter now" in done.stderr
    assert sidecar(blog) == HEADING
    assert (blog / "posts/2026-02-25/beta_zh.md").read_text().count("\nsource_hash: v1-") == 1
    expected = {"posts/2026-02-25/alpha_zh.md": "current", "posts/2026-02-25/beta_zh.md": "outdated"}
    assert {path: state for path, state in states(blog).items() if path in expected} == expected
    (blog / "aiblog.yaml").write_text(settings)
    assert aiblog("translate-sync", "--all", "--assume-current", folder=blog).returncode == 0
    assert tree(blog) == apart


def test_check_reads_the_keys_from_the_sidecar(blog: Path) -> None:
    line = pair(blog)
    write(blog, {SIDECAR: HEADING + line.replace("lang: zh", "lang: en").replace("./queue.md", "./gone.md")})
    done = aiblog("check", "queue", "--select", "lang-mismatch", "--select", "translation-source-missing", folder=blog)
    gone = f"translation_of in {SIDECAR} leads to ./gone.md, which does not exist"
    assert done.stdout.split("\n")[:2] == [
        f'posts/2026-02-25/queue_zh.md:1:1: lang-mismatch lang is "en" in {SIDECAR}; the file\'s name says "zh"',
        f"posts/2026-02-25/queue_zh.md:1:1: translation-source-missing {gone}; the post's other edition is ./queue.md",
    ]
    assert states(blog)["posts/2026-02-25/queue_zh.md"] == "moved"


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("posts/a_zh.md:\n  lang: zh\n", "settings-invalid", f"{SIDECAR}:1: "),
        (f"{HEADING}<<<<<<< HEAD\n=======\n{OTHER}>>>>>>> x\n", "conflict", f"{SIDECAR}:2: "),
    ],
)
def test_a_broken_sidecar_stops_every_command_with_its_line(blog: Path, content: str, code: str, place: str) -> None:
    pair(blog)
    write(blog, {SIDECAR: content})
    before = state(blog)
    for words in (["list"], ["status"], ["publish", "queue", "--yes"], ["translate-stub", "queue"]):
        error = json.loads(aiblog(*words, "--json", folder=blog).stdout)["error"]
        assert (error["code"], error["message"].startswith(place)) == (code, True)
    assert state(blog) == before


def test_a_sidecar_with_markers_in_git_alone_stops_a_publish_before_anything_is_written(blog: Path) -> None:
    pair(blog)
    good = sidecar(blog)
    write(blog, {SIDECAR: f"<<<<<<< a\n{good}=======\n>>>>>>> b\n"})
    git(blog, "add", SIDECAR)
    git(blog, "commit", "-qm", "Broken")
    write(blog, {SIDECAR: good})
    before = state(blog)
    done = aiblog("publish", "queue", "--yes", folder=blog)
    assert (done.returncode, "git conflict markers" in done.stderr) == (3, True)
    assert state(blog) == before


def test_a_symbolic_link_in_its_place_is_refused(blog: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (blog / ".aiblog").symlink_to(tmp_path / "elsewhere")
    words = ["new", "Two", "--slug", "two", "--date", "2026-02-25", "-l", "en", "-l", "zh"]
    done = aiblog(*words, folder=blog)
    assert (done.returncode, "symbolic link" in done.stderr) == (3, True)
    assert not (blog / "posts/2026-02-25").exists()


def test_init_takes_nothing_in_the_sidecars_folder_for_a_post(blog: Path) -> None:
    pair(blog)
    write(blog, {".aiblog/2026-02-25/x.md": "# X\n"})
    (blog / "aiblog.yaml").unlink()
    done = aiblog("init", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert ".aiblog" not in (blog / "aiblog.yaml").read_text() + done.stdout + done.stderr


def branches(blog: Path) -> tuple[str, str]:
    """Two branches from one base, each with a new translation at the end of the sidecar; both lines."""
    write(blog, {SIDECAR: HEADING + OTHER})
    git(blog, "add", "-A")
    git(blog, "commit", "-qm", "Others")
    lines = []
    for slug, date in (("alpha", "2026-02-25"), ("beta", "2026-02-26")):
        lines.append(pair(blog, slug, date=date))
        assert aiblog("publish", slug, "--yes", folder=blog).returncode == 0
        git(blog, "switch", "--quiet", "main")
    return lines[0], lines[1]


def test_the_merge_driver_takes_both_sides_lines(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(AIBLOG).parent}{os.pathsep}{os.environ['PATH']}")
    assert aiblog("init", "--merge-driver", "--yes", folder=blog).returncode == 0
    assert f"/{SIDECAR} merge=aiblog-index\n" in (blog / ".gitattributes").read_text()
    first, second = branches(blog)
    git(blog, "merge", "--quiet", "--no-edit", "blog/2026-02-25-alpha")
    git(blog, "merge", "--quiet", "--no-edit", "blog/2026-02-26-beta")
    assert show(blog, f"HEAD:{SIDECAR}") == HEADING + OTHER + first + second
    assert git(blog, "status", "--porcelain") == ""


def test_conflict_markers_of_two_added_lines_are_settled_and_of_one_changed_twice_left(blog: Path) -> None:
    first, second = branches(blog)
    git(blog, "merge", "--quiet", "--no-edit", "blog/2026-02-25-alpha")
    git(blog, "merge", "--quiet", "--no-edit", "blog/2026-02-26-beta", ok=(1,))
    refused = aiblog("status", folder=blog)
    assert (refused.returncode, "aiblog index --resolve" in refused.stderr) == (3, True)
    done = aiblog("index", "--resolve", folder=blog)
    assert (done.returncode, SIDECAR in done.stdout) == (0, True), done.stderr
    assert sidecar(blog) == HEADING + OTHER + first + second
    write(blog, {SIDECAR: f"<<<<<<< a\n{first}=======\n{first.replace('v1-', 'v1-0')}>>>>>>> b\n"})
    before = sidecar(blog)
    left = aiblog("index", "--resolve", folder=blog)
    assert (left.returncode, f"{SIDECAR}:1:1" in left.stdout, sidecar(blog)) == (1, True, before)
