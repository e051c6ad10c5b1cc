"""Cases 1, 2, 3 and 5: what the author has beside the post stays, byte for byte, wherever the commit goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters.branches import Target
from aiblog.adapters.git import opened
from aiblog.adapters.switching import switched
from aiblog.errors import AiblogError
from support.program import aiblog
from support.repositories import INDEX, SELECTION, assert_sound, commit_paths, draft, git, made_blog, show, state, write

OWN = {"posts/2026-02-25/new-post.md", "posts/README.md"}
BRANCH = "blog/2026-02-25-new-post"
ENTRY = "## 2026-02-25: A new post\n\n- [A new post (English)](./2026-02-25/new-post.md)\n\n"


def with_entry(index: str) -> str:
    return index.replace("## 2026-01-10", f"{ENTRY}## 2026-01-10")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog whose author has something of everything in the works."""
    folder = made_blog(tmp_path / "blog")
    write(
        folder,
        {
            name: f"{name}\n"
            for name in ("both.txt", "cached.txt", "deleted.txt", "gone.txt", "staged.txt", "unstaged.txt")
        },
    )
    write(folder, {".gitignore": "ignored.txt\n", "mode.sh": "#!/bin/sh\n"})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "More files")
    write(folder, {"notes.txt": "to be stashed\n"})
    git(folder, "stash", "push", "--quiet", "--", "notes.txt")
    draft(folder)
    write(folder, {"staged.txt": "staged\n", "both.txt": "staged\n", "new-staged.txt": "staged\n"})
    git(folder, "add", "staged.txt", "both.txt", "new-staged.txt")
    write(folder, {"both.txt": "on disk\n", "unstaged.txt": "unstaged\n", "intended.txt": "intended\n"})
    write(folder, {"untracked.txt": "untracked\n", "ignored.txt": "ignored\n"})
    git(folder, "add", "--intent-to-add", "intended.txt")
    git(folder, "rm", "--quiet", "deleted.txt")
    git(folder, "rm", "--quiet", "--cached", "cached.txt")
    (folder / "gone.txt").unlink()
    git(folder, "update-index", "--assume-unchanged", "mode.sh")
    return folder


@pytest.mark.parametrize("where", ["base", "elsewhere", "current", "detached"])
def test_everything_else_stays_as_the_author_left_it(blog: Path, where: str) -> None:
    flags: list[str] = []
    if where == "elsewhere":
        git(blog, "switch", "--quiet", "-c", "feature")
    elif where == "detached":
        git(blog, "switch", "--quiet", "--detach")
    elif where == "current":
        flags = ["--no-branch"]
    before, base = state(blog, OWN), git(blog, "rev-parse", "main")
    done = aiblog("publish", "new-post", "--yes", *flags, folder=blog)
    assert done.returncode == 0, done.stderr
    after = state(blog, OWN)
    assert (after.files, after.staged, after.stash) == (before.files, before.staged, before.stash)
    target = "main" if where == "current" else BRANCH
    assert set(commit_paths(blog, target)) == OWN
    assert git(blog, "rev-parse", f"{target}^") == base
    assert show(blog, f"{target}:posts/README.md") == with_entry(INDEX)
    changed = {name: commit for name, commit in after.refs.items() if before.refs.get(name) != commit}
    assert set(changed) == {f"refs/heads/{target}"}
    stays = where in {"elsewhere", "detached"}
    assert (after.head == before.head) is stays
    assert (blog / "posts/README.md").read_text() == (INDEX if stays else with_entry(INDEX))
    assert "status: Active" in (blog / "posts/2026-02-25/new-post.md").read_text()
    if not stays:
        assert git(blog, "status", "--porcelain", *sorted(OWN)) == ""
    assert_sound(blog)
    done_once = state(blog)
    again = aiblog("publish", "new-post", "--yes", *flags, folder=blog)
    assert again.returncode == 0, again.stderr
    assert state(blog) == done_once


def test_git_goes_everywhere_afterwards_without_a_complaint(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", "feature")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    before = state(blog, OWN)
    done = aiblog("publish", "new-post", "--yes", "--switch", folder=blog)
    assert done.returncode == 0, done.stderr
    after = state(blog, OWN)
    assert (after.files, after.staged) == (before.files, before.staged)
    assert git(blog, "branch", "--show-current") == BRANCH
    assert (blog / "posts/README.md").read_text() == with_entry(INDEX)
    for words in (
        ["switch", "feature"],
        ["switch", "-"],
        ["switch", "main"],
        ["merge", "--quiet", "--ff-only", BRANCH],
    ):
        git(blog, *words)
    assert git(blog, "rev-parse", "main") == git(blog, "rev-parse", BRANCH)
    assert state(blog, OWN).files == before.files


def test_from_the_base_head_moves_as_git_switch_would_move_it(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert git(blog, "branch", "--show-current") == BRANCH
    assert git(blog, "reflog", "-1", "--format=%gs", "HEAD") == f"checkout: moving from main to {BRANCH}"
    git(blog, "switch", "--quiet", "-")
    assert git(blog, "branch", "--show-current") == "main"
    git(blog, "switch", "--quiet", "-")
    assert git(blog, "status", "--porcelain") == ""


def test_head_stays_where_the_branch_holds_more_of_the_post_than_this_publish(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    path = draft(blog)
    write(blog, {path: (blog / path).read_text() + "\n[Data](./data.csv)\n", "posts/2026-02-25/data.csv": "1\n"})
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "switch", "--quiet", "main")
    write(blog, {path: show(blog, f"{BRANCH}:{path}").replace("[Data](./data.csv)", "No data.")})
    before = state(blog, OWN)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert (git(blog, "branch", "--show-current"), "--switch" in done.stderr) == ("main", True)
    after = state(blog, OWN)
    assert (after.files, after.staged) == (before.files, before.staged)
    assert aiblog("publish", "new-post", "--yes", "--switch", folder=blog).returncode == 0
    assert git(blog, "status", "--porcelain") == ""
    assert (blog / "posts/2026-02-25/data.csv").read_text() == "1\n"


def test_switch_gives_way_for_own_files_only(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", "feature")
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    git(blog, "stash", "drop", "--quiet")
    (blog / "posts/README.md").write_text(f"{INDEX}\nMine.\n")
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", "--switch", folder=blog)
    assert done.returncode == 3
    assert "posts/README.md" in done.stderr
    assert state(blog) == before


def test_switch_gives_no_way_for_an_own_file_that_was_saved_meanwhile(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    git(blog, "switch", "--quiet", "-c", "feature")
    path = draft(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    write(blog, {path: "又改了\n"})
    before, repository = state(blog), opened(blog)
    commit = repository.branch(BRANCH)
    assert commit
    target = Target(f"refs/heads/{BRANCH}", commit, commit, "stays")
    with pytest.raises(AiblogError) as refused:
        switched(repository, target, commit, {path: (blog / path).read_bytes()})
    assert refused.value.code == "repository-state"
    assert state(blog) == before


@pytest.mark.parametrize("kind", ["unstaged", "staged", "staged and unstaged", "rm --cached", "deleted"])
def test_the_authors_own_edits_of_an_index_stay_theirs(tmp_path: Path, kind: str) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    index = blog / "posts/README.md"
    mine, other = INDEX.replace("Write something.", "My edit."), INDEX.replace("Its summary.", "Other words.")
    staged: str | None = INDEX
    if kind in {"staged", "staged and unstaged"}:
        index.write_text(mine)
        git(blog, "add", "posts/README.md")
        staged = mine
    if kind != "rm --cached":
        index.write_text(other if kind == "staged and unstaged" else mine)
    if kind == "rm --cached":
        git(blog, "rm", "--quiet", "--cached", "posts/README.md")
        staged = None
    if kind == "deleted":
        index.unlink()
    disk = index.read_text() if index.exists() else None
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert show(blog, "HEAD:posts/README.md") == with_entry(INDEX)
    assert set(commit_paths(blog)) == OWN
    if staged is None:
        assert git(blog, "ls-files", "posts/README.md") == ""
    else:
        assert show(blog, ":posts/README.md") == with_entry(staged)
    assert (index.read_text() if index.exists() else None) == (with_entry(disk) if disk is not None else None)
    assert_sound(blog)


def test_an_index_that_cannot_be_edited_in_one_of_its_three_copies_stops_it_all(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    (blog / "posts/README.md").write_text(f"<<<<<<< ours\n{INDEX}=======\n{INDEX}>>>>>>> theirs\n")
    before = state(blog)
    done = aiblog("publish", "new-post", "--yes", folder=blog)
    assert done.returncode == 3
    assert "posts/README.md" in done.stderr
    assert state(blog) == before


def test_an_entry_of_another_post_that_waits_in_the_index_is_not_in_the_commit(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    draft(blog, "waiting", "It waits", date="2026-02-20")
    waits = INDEX.replace(
        "## 2026-01-10", "## 2026-02-20: It waits\n\n- [It waits](./2026-02-20/waiting.md)\n\n## 2026-01-10"
    )
    (blog / "posts/README.md").write_text(waits)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert show(blog, "HEAD:posts/README.md") == with_entry(INDEX)
    assert (blog / "posts/README.md").read_text() == waits.replace("## 2026-02-20", f"{ENTRY}## 2026-02-20")


def test_a_selection_gets_its_entry_only_where_it_is_named(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    assert aiblog("publish", "new-post", "--yes", folder=blog).returncode == 0
    assert (blog / "README.md").read_text() == SELECTION
    done = aiblog("publish", "new-post", "--yes", "--list", "README.md", folder=blog)
    assert done.returncode == 0, done.stderr
    assert set(commit_paths(blog)) == {"README.md"}
    bullet = "- [A new post](./posts/2026-02-25/new-post.md)\n"
    assert (blog / "README.md").read_text() == SELECTION.replace("- [An old", f"{bullet}- [An old")
