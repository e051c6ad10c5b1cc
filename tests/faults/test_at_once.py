"""Cases 12 and 14: many runs at once, an editor that saves the index meanwhile: no entry is lost, one winner a slug."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from aiblog.adapters import journal
from aiblog.core.changes import FileChange
from aiblog.core.operation import Step
from aiblog.errors import AiblogError
from aiblog.workflows import undo
from faults.conftest import Tally
from support.faults import FULL
from support.layers import strace_lacks
from support.program import AIBLOG, aiblog
from support.repositories import assert_sound, draft, git, made_blog, show, state, write

AT_ONCE = 12 if FULL else 6
ROUNDS = 50 if FULL else 2
DATE = "2026-02-25"


def all_at_once(folder: Path, commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Exit code and complaint of each of those runs of aiblog, started together."""
    runs = [
        subprocess.Popen(
            [AIBLOG, *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ,
        )
        for words in commands
    ]
    ended = [(each.communicate(timeout=120)[1], each.returncode) for each in runs]
    for complaint, code in ended:
        assert "Traceback" not in complaint
        assert "bug in aiblog" not in complaint
        assert code in (0, 3), complaint
    return [(code, complaint) for complaint, code in ended]


def entries(text: str, slugs: Sequence[str]) -> list[str]:
    """Those of the slugs that an index lists, once each."""
    return [slug for slug in slugs if text.count(f"{slug}.md)") == 1]


def test_drafts_with_other_slugs_at_once_are_all_there(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    slugs = [f"post-{number}" for number in range(AT_ONCE)]
    commands = [("new", f"Title {slug}", "--slug", slug, "--date", DATE, "-l", "en", "-l", "zh") for slug in slugs]
    assert [code for code, _ in all_at_once(blog, commands)] == [0] * AT_ONCE
    folder = blog / "posts" / DATE
    assert sorted(os.listdir(folder)) == sorted(f"{slug}{lang}.md" for slug in slugs for lang in ("", "_zh"))
    assert_sound(blog)


def test_drafts_with_one_slug_at_once_have_one_winner(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    titles = [f"Title {number}" for number in range(AT_ONCE)]
    commands = [("new", title, "--slug", "post", "--date", DATE, "-l", "en", "-l", "zh") for title in titles]
    codes = [code for code, _ in all_at_once(blog, commands)]
    assert sorted(codes) == [0] + [3] * (AT_ONCE - 1)
    winner = titles[codes.index(0)]
    assert sorted(os.listdir(blog / "posts" / DATE)) == ["post.md", "post_zh.md"]
    assert f"# {winner}\n" in (blog / "posts" / DATE / "post.md").read_text()
    assert_sound(blog)


def test_the_same_draft_committed_at_once_is_one_commit_and_stays_on_the_disk(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    command = ("new", "A title", "--slug", "post", "--date", DATE, "--commit")
    codes = [code for code, _ in all_at_once(blog, [command] * 6)]
    assert 0 in codes
    assert git(blog, "rev-list", "--count", f"main..blog/{DATE}-post") == "1"
    assert git(blog, "status", "--porcelain") == ""
    assert git(blog, "symbolic-ref", "HEAD") == f"refs/heads/blog/{DATE}-post"
    assert_sound(blog)


def test_posts_published_at_once_to_branches_of_their_own(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    slugs = [f"post-{number}" for number in range(AT_ONCE)]
    for slug in slugs:
        draft(blog, slug, f"Title {slug}")
    commands = [("publish", slug, "--yes") for slug in slugs]
    codes = [code for code, _ in all_at_once(blog, commands)]
    assert 0 in codes
    for slug, code in zip(slugs, codes, strict=True):
        branch = git(blog, "rev-parse", "-q", "--verify", f"refs/heads/blog/{DATE}-{slug}", ok=(0, 1))
        assert bool(branch) == (code == 0), f"{slug}: exit {code}"
        if code == 0:
            assert entries(show(blog, f"{branch}:posts/README.md"), slugs) == [slug]
            assert git(blog, "rev-list", "--count", f"main..{branch}") == "1"
    here = git(blog, "symbolic-ref", "--short", "HEAD").removeprefix(f"blog/{DATE}-")
    assert entries(show(blog, ":posts/README.md"), slugs) == [here]
    assert git(blog, "diff", "--cached", "--name-only") == ""
    for slug, code in zip(slugs, codes, strict=True):
        if code:
            done = aiblog("publish", slug, "--yes", folder=blog)
            assert done.returncode == 0, done.stderr
    assert git(blog, "symbolic-ref", "--short", "HEAD") == f"blog/{DATE}-{here}"
    assert_sound(blog)


def test_posts_published_at_once_onto_one_branch_lose_no_entry(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    slugs = [f"post-{number}" for number in range(AT_ONCE)]
    for slug in slugs:
        draft(blog, slug, f"Title {slug}")
    stop = threading.Event()
    editor = threading.Thread(target=_edits_now_and_then, args=(blog / "posts/README.md", stop))
    editor.start()
    waiting, rounds = slugs, 0
    try:
        while waiting and rounds < 4 * AT_ONCE:  # the editor may be faster than all of them
            commands = [("publish", slug, "--yes", "--no-branch") for slug in waiting]
            codes = [code for code, _ in all_at_once(blog, commands)]
            done = [slug for slug, code in zip(waiting, codes, strict=True) if code == 0]
            listed = entries(show(blog, "HEAD:posts/README.md"), slugs)
            assert set(done) <= set(listed)
            assert sorted(entries(show(blog, ":posts/README.md"), slugs)) == sorted(listed)
            waiting = [slug for slug in waiting if slug not in done]
            rounds += 1
    finally:
        stop.set()
        editor.join()
    assert not waiting
    assert git(blog, "rev-list", "--count", "HEAD") == str(AT_ONCE + 1)
    assert git(blog, "diff", "--cached", "--name-only") == ""
    on_disk = (blog / "posts/README.md").read_text()
    assert sorted(entries(on_disk, slugs)) == sorted(slugs)
    assert on_disk.endswith(f"saved {on_disk.count('saved')}\n")
    assert_sound(blog)


def test_the_same_undo_at_once_is_done_once(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    before = state(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    codes = [code for code, _ in all_at_once(blog, [("undo", "--yes")] * AT_ONCE)]
    assert 0 in codes
    assert state(blog) == before
    told = json.loads(aiblog("log", "--json", folder=blog).stdout)["operations"]
    assert [(each["undoes"], each["undone_by"]) for each in told] == [(1, None), (None, told[0]["id"])]
    assert_sound(blog)


def test_a_run_that_waits_in_vain_for_another_one_names_it_and_writes_nothing(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    before = state(blog)
    new = ("new", "标题", "--slug", "title", "--date", DATE, "--commit")
    with journal.journalled(["aiblog", "publish", "文章"]):
        journal.planned(blog, Step((FileChange("a.md", None, b"x"),)))
        other = os.open(blog / ".git", os.O_RDONLY)
        fcntl.flock(other, fcntl.LOCK_EX)
        for code, complaint in all_at_once(blog, [("publish", "new-post", "--yes"), new]):
            assert code == 3
            assert f'another aiblog (process {os.getpid()}, "aiblog publish 文章") is at work' in complaint
            assert "for 10 s now" in complaint
        os.close(other)
        assert state(blog) == before
    for words in (("publish", "new-post", "--yes"), new):
        assert aiblog(*words, folder=blog).returncode == 0
    assert_sound(blog)


@pytest.mark.parametrize("lock", [".git", ".git/index.lock"])
def test_a_lock_that_is_given_back_soon_is_waited_for(lock: str, tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    calls = tmp_path / "calls"
    write(tmp_path, {"bin/git": f'#!/bin/sh\necho "$*" >> {calls}\nPATH=/usr/local/bin:/usr/bin:/bin exec git "$@"\n'})
    (tmp_path / "bin/git").chmod(0o755)
    held = os.open(blog / ".git", os.O_RDONLY)
    if lock == ".git":
        fcntl.flock(held, fcntl.LOCK_EX)
    else:
        (blog / lock).touch()
    environment = {**os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}
    process = subprocess.Popen([AIBLOG, "publish", "new-post", "--yes"], cwd=blog, env=environment)
    until = time.monotonic() + 60  # the commit is made in an index of its own, before the author's is touched
    reached = ("commit-tree", 1) if lock == ".git" else ("update-index", 2)
    while not calls.exists() or calls.read_text().count(reached[0]) < reached[1]:
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(1)
    assert process.poll() is None
    os.close(held)
    (blog / ".git/index.lock").unlink(missing_ok=True)
    assert process.wait(60) == 0
    assert_sound(blog)


@pytest.mark.parametrize(
    ("words", "path", "call"),
    [
        (("new", "标题", "--slug", "title", "--date", "2026-01-10"), "posts/2026-01-10/title.md", "link"),
        (("tags", "rename", "a", "b", "--yes"), "posts/2026-01-10/old.md", "fsync"),
    ],
    ids=["a new file", "an edited one"],
)
def test_what_an_author_saves_at_the_last_moment_stays(
    words: Sequence[str], path: str, call: str, tmp_path: Path
) -> None:
    if reason := strace_lacks():
        pytest.skip(reason)
    blog = made_blog(tmp_path / "blog")
    place = blog / path
    slow = ["strace", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:delay_enter=1000000"]
    process = subprocess.Popen([*slow, AIBLOG, *words], cwd=blog, stderr=subprocess.PIPE, encoding="utf-8")
    until = time.monotonic() + 60
    while not list(place.parent.glob(f".{place.name}.aiblog-*")):  # looked at, and built beside it
        assert time.monotonic() < until
        time.sleep(0.01)
    place.write_text("mine\n")
    complaint = process.communicate(timeout=60)[1]
    assert (process.returncode, "nothing was written" in complaint) == (3, True), complaint
    assert place.read_text() == "mine\n"
    assert git(blog, "status", "--porcelain").split(" ")[-1] == path


def test_an_undo_whose_branch_another_one_took_away_meanwhile_is_none(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "switch", "--quiet", "main")
    place = undo.require_place(blog)
    operations, _ = journal.operations(place)
    plan = undo.planned(place, operations, operations[0])
    assert plan
    git(blog, "branch", "--quiet", "-D", f"blog/{DATE}-new-post")
    before = state(blog)
    with journal.journalled(["aiblog", "undo"]), pytest.raises(AiblogError, match="moved meanwhile") as refused:
        undo.apply(plan)
    assert refused.value.code == "conflict"
    assert state(blog) == before
    assert len(journal.operations(place)[0]) == 1


@pytest.mark.parametrize("part", range(5 if FULL else 1))
def test_twelve_runs_at_once_round_by_round_lose_no_entry(part: int, tally: Tally, tmp_path: Path) -> None:
    for number in range(ROUNDS // 5 if FULL else ROUNDS):
        blog = made_blog(tmp_path / str(number) / "blog")
        waiting = [f"waiting-{each}" for each in range(4)]
        for slug in waiting:
            draft(blog, slug, f"题目 {slug}", date="2026-02-24")
        others = [f"post-{each}" for each in range(4)]
        titles = [f"Title {each}" for each in range(4)]
        both = ("-l", "en", "-l", "zh")
        commands = [
            *(("publish", slug, "--yes", "--no-branch") for slug in waiting),
            *(("new", f"Title {slug}", "--slug", slug, "--date", DATE, *both) for slug in others),
            *(("new", title, "--slug", "one", "--date", DATE, *both) for title in titles),
        ]
        codes = [code for code, _ in all_at_once(blog, commands)]
        published = [slug for slug, code in zip(waiting, codes[:4], strict=True) if code == 0]
        assert published
        for text in (show(blog, "HEAD:posts/README.md"), show(blog, ":posts/README.md"), _text(blog)):
            assert entries(text, waiting) == published
        assert git(blog, "rev-list", "--count", "HEAD") == str(len(published) + 1)
        assert codes[4:8] == [0] * 4
        assert sorted(codes[8:]) == [0, 3, 3, 3]
        winner = titles[codes[8:].index(0)]
        assert f"# {winner}\n" in (blog / "posts" / DATE / "one.md").read_text()
        assert sorted(os.listdir(blog / "posts" / DATE)) == sorted(
            f"{slug}{lang}.md" for slug in [*others, "one"] for lang in ("", "_zh")
        )
        assert_sound(blog)
        tally("12 at once", "rounds", 1, 0)


def _text(blog: Path) -> str:
    return (blog / "posts/README.md").read_text(encoding="utf-8")


def _edits_now_and_then(index: Path, stop: threading.Event) -> None:
    """An editor that adds a line at the index's end and saves it, as editors do: whole, by a rename."""
    count = 0
    while not stop.wait(0.15):
        text = index.read_text()
        aside = index.with_name(".edited")
        aside.write_text(f"{text}saved {count + 1}\n")
        if index.read_text() != text:  # a careful one: it asks where the file changed on the disk
            continue
        aside.replace(index)
        count += 1
