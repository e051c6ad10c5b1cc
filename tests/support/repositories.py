"""Blogs in real repositories, and all of a repository's state that a command must leave alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

SETTINGS = """\
posts: posts
languages:
  en: {name: English, suffix: ""}
  zh: {name: Chinese, suffix: _zh, own_name: 中文版}
front_matter:
  status: {draft: Draft, published: Active}
  date: {}
  tags: {style: comma}
indexes:
  - path: posts/README.md
    style: sections
    complete: true
  - path: README.md
    style: list
    under: Blog
    complete: false
"""

INDEX = """\
# Posts

## 2026-01-10: An old post

- [An old post (English)](./2026-01-10/old.md)

Its summary.

## Contributing

Write something.
"""

SELECTION = """\
# Project

## Blog

- [Overview](./posts/README.md)
- [An old post](./posts/2026-01-10/old.md)

## Licence

Free.
"""

OLD = "---\nstatus: Active\ndate: 2026-01-10\ntags: a\n---\n\n# An old post\n\nText.\n"


def git(
    folder: Path,
    *words: str,
    given: bytes = b"",
    ok: Collection[int] = (0,),
    environment: Mapping[str, str] | None = None,
) -> str:
    """The output of a git command, without its final newline."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )
    assert done.returncode in ok, f"git {words}: {done.stderr.decode(errors='replace')}"
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def made_blog(folder: Path, *, remote: bool = False) -> Path:
    """A committed blog on `main` with one old post; with `remote` a bare one beside it, as `origin`."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(
        folder, {"aiblog.yaml": SETTINGS, "posts/README.md": INDEX, "README.md": SELECTION, "notes.txt": "one\ntwo\n"}
    )
    write(folder, {"posts/2026-01-10/old.md": OLD})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Begin")
    if remote:
        bare = folder.with_name(f"{folder.name}.git")
        git(folder, "clone", "--quiet", "--bare", ".", str(bare))
        git(folder, "remote", "add", "origin", str(bare))
        git(folder, "fetch", "--quiet", "origin")
    return folder


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Writes files below the folder."""
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def draft(folder: Path, slug: str = "new-post", title: str = "A new post", *, date: str = "2026-02-25") -> str:
    """A draft that is ready to be published; its path."""
    path = f"posts/{date}/{slug}.md"
    write(folder, {path: f"---\nstatus: Draft\ndate: {date}\ntags: a\n---\n\n# {title}\n\nText.\n"})
    return path


@dataclass(frozen=True)
class State:
    """What a person has: files, what is staged (intent to add and flags too), refs, HEAD, stashes, what is going on."""

    files: Mapping[str, tuple[int, bytes]]
    staged: Mapping[str, str]
    refs: Mapping[str, str]
    head: str
    stash: str
    going_on: tuple[str, ...]


def state(folder: Path, without: Collection[str] = ()) -> State:
    """The state of a repository, but for those paths."""
    git_dir = Path(git(folder, "rev-parse", "--absolute-git-dir"))
    files = {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
    staged: dict[str, str] = {}
    for line in git(folder, "-c", "core.quotePath=false", "ls-files", "-s", "-v").splitlines():
        meta, _, path = line.partition("\t")
        staged[path] = staged.get(path, "") + meta
    for line in git(
        folder, "-c", "core.quotePath=false", "status", "--porcelain=v2", "--untracked-files=no"
    ).splitlines():
        path = line.rpartition(" ")[2]
        staged[path] = staged.get(path, "") + line.split(" ")[1]
    refs = dict(
        line.split(" ") for line in git(folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    )
    marks = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "BISECT_LOG", "rebase-merge", "rebase-apply", "sequencer")
    return State(
        {path: held for path, held in files.items() if path not in without},
        {path: meta for path, meta in staged.items() if path not in without},
        refs,
        git(folder, "rev-parse", "--symbolic-full-name", "HEAD", ok=(0, 128))
        + git(folder, "rev-parse", "-q", "--verify", "HEAD", ok=(0, 1)),
        git(folder, "stash", "list"),
        tuple(name for name in marks if (git_dir / name).exists()),
    )


def assert_sound(folder: Path) -> None:
    """Nothing is broken or left behind: fsck is clean, no lock or stray file; git can list."""
    git(folder, "fsck", "--strict", "--no-dangling")
    git(folder, "branch", "--list")
    assert len(git(folder, "worktree", "list", "--porcelain").split("\n\n")) == 1
    common = Path(git(folder, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    assert [str(path) for path in common.rglob("*.lock")] == []
    assert [str(path) for path in folder.rglob("*.aiblog-*")] == []


def commit_paths(folder: Path, commit: str = "HEAD") -> list[str]:
    """The paths a commit changes."""
    return git(
        folder, "-c", "core.quotePath=false", "diff-tree", "-r", "--no-commit-id", "--name-only", commit
    ).splitlines()


def show(folder: Path, what: str) -> str:
    """A file as a commit or the index (`:path`) has it, with its final newline."""
    return subprocess.run(["git", "show", what], cwd=folder, capture_output=True, check=True).stdout.decode()
