"""What many posts cost: `list` against `cat`, `check` against markdownlint-cli2, growth, memory.

Usage: python bench/scale.py [--only WORD] [--runs N] [--small N] [--large N]

On generated blogs of 1,000 and 10,000 posts, two files of 6 kB each. aiblog keeps nothing from one run to the next, so
each of its runs is cold; the files themselves are in the system's page cache, for `cat` and markdownlint-cli2 too.
Medians of runs made in turn; for growth the processors' seconds, fewest of the runs, which other load touches least.
Prints a table; exit 1 where a row is over its limit.

markdownlint-cli2 is the one that AIBLOG_MARKDOWNLINT_CLI2 names, or the one on PATH; without it its row is left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from blog import edit_sources, write_blog
from measure import AIBLOG, Run, run, shut_off

CAT = ("sh", "-c", "find docs -type f -name '*.md' -print0 | xargs -0 cat")
LIST, LIST_JSON, CHECK = (AIBLOG, "list"), (AIBLOG, "list", "--json"), (AIBLOG, "check")
STATUS, INDEX = (AIBLOG, "status"), (AIBLOG, "index", "--check")
MEGABYTES = 200
GROWTH = 10
"""Ten times the posts may take ten times as long, what a command takes in a blog of one post included."""


class Blogs(NamedTuple):
    """The blogs measured: one of a single post (what it takes is start-up), a smaller and a larger one.

    Every translation is tracked; ten are outdated, by a commit of its own.
    """

    single: Path
    small: Path
    large: Path


class Timed(NamedTuple):
    """A command run some times in a blog: the median of its seconds, the fewest of processors, the most megabytes."""

    seconds: float
    processor: float
    megabytes: float


class Row(NamedTuple):
    """A figure, its limit, and what it was made from."""

    figure: float
    limit: float
    source: str


def main() -> int:
    """Measures every row; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument(
        "--runs", type=int, default=9, help="runs of each command (default: 9; of a slow one 3 at most)"
    )
    parser.add_argument("--small", type=int, default=1_000, help="posts of the smaller blog (default: 1000)")
    parser.add_argument("--large", type=int, default=10_000, help="posts of the larger blog (default: 10000)")
    given = parser.parse_args()
    markdownlint = os.environ.get("AIBLOG_MARKDOWNLINT_CLI2") or shutil.which("markdownlint-cli2")
    rows = _rows(given.runs, markdownlint, f"{given.small:,} posts", f"{given.large:,} posts")
    with tempfile.TemporaryDirectory(prefix="aiblog-bench-") as place:
        shut_off(Path(place))
        blogs = Blogs(*(_blog(Path(place) / str(posts), posts) for posts in (1, given.small, given.large)))
        print(f"generated blogs, two files a post; page cache warm; python {sys.version.split()[0]}")
        print(f"{'':44}{'figure':>8}{'limit':>8}   from")
        over = [name for name, row in rows.items() if given.only in name and not _within(name, row(blogs))]
    if not markdownlint:
        print("left out: check / markdownlint-cli2, which is neither on PATH nor named by AIBLOG_MARKDOWNLINT_CLI2")
    if over:
        print(f"over the limit: {', '.join(over)}")
    return 1 if over else 0


def _rows(runs: int, markdownlint: str | None, small: str, large: str) -> dict[str, Callable[[Blogs], Row]]:
    """The rows by name, each as a function that measures it."""
    few = min(runs, 3)
    lint = {} if not markdownlint else {
        f"check / markdownlint-cli2, {small}": lambda blogs: _ratio(
            blogs.small, CHECK, (markdownlint, "docs/**/*.md"), 0.25, few
        )
    }  # fmt: skip
    return {
        f"list / cat, {small}": lambda blogs: _ratio(blogs.small, LIST, CAT, float("inf"), runs),
        f"list / cat, {large}": lambda blogs: _ratio(blogs.large, LIST, CAT, 1.5, runs),
        f"list, {large} / {small}": lambda blogs: _growth(blogs, LIST, runs),
        f"list, MB, {large}": lambda blogs: _memory(blogs.large, LIST),
        f"list --json, MB, {large}": lambda blogs: _memory(blogs.large, LIST_JSON),
        **lint,
        f"check, {large} / {small}": lambda blogs: _growth(blogs, CHECK, 1),
        f"check, MB, {large}": lambda blogs: _memory(blogs.large, CHECK),
        f"status / list, {small}": lambda blogs: _ratio(blogs.small, STATUS, LIST, 3, runs),
        f"status, {large} / {small}": lambda blogs: _growth(blogs, STATUS, few),
        f"index --check, {large} / {small}": lambda blogs: _growth(blogs, INDEX, few),
    }


def _within(name: str, row: Row) -> bool:
    """Prints the row; whether it is within its limit."""
    within = row.figure <= row.limit
    limit = "-" if row.limit == float("inf") else f"{row.limit:g}"
    print(f"{name:44}{row.figure:8.2f}{limit:>8}   {row.source}{'' if within else '  over'}", flush=True)
    return within


def _ratio(blog: Path, command: Sequence[str], other: Sequence[str], limit: float, runs: int) -> Row:
    """How long the command takes, as a ratio to another in the same blog."""
    its, others = _in_turn(runs, (command, blog), (other, blog))
    return Row(its.seconds / others.seconds, limit, f"{its.seconds:.3f} s / {others.seconds:.3f} s")


def _growth(blogs: Blogs, command: Sequence[str], runs: int) -> Row:
    """How long the command takes in the larger blog, as a ratio to the smaller; beside it the same without start-up."""
    single, small, large = (each.processor for each in _in_turn(runs, *((command, blog) for blog in blogs)))
    aside = (large - single) / (small - single)
    return Row(large / small, GROWTH, f"{large:.3f} s / {small:.3f} s; what one post takes aside: {aside:.1f}")


def _memory(blog: Path, command: Sequence[str]) -> Row:
    (its,) = _in_turn(1, (command, blog))
    return Row(its.megabytes, MEGABYTES, f"the largest process, {its.seconds:.1f} s")


def _in_turn(runs: int, *commands: tuple[Sequence[str], Path]) -> list[Timed]:
    """Each command in its folder, one after the other, so many times; of several a first one is not counted."""
    measured = [[run(command, folder, (0, 1)) for command, folder in commands] for _ in range(runs + (runs > 1))]
    return [_timed(one) for one in zip(*measured[runs > 1 :], strict=True)]


def _timed(runs: Sequence[Run]) -> Timed:
    processor, megabytes = min(each.processor for each in runs), max(each.megabytes for each in runs)
    return Timed(statistics.median(each.seconds for each in runs), processor, megabytes)


def _blog(root: Path, posts: int) -> Path:
    """A blog of so many posts in a repository with one commit, with its aiblog.yaml."""
    root.mkdir()
    write_blog(root, posts)
    run(("git", "init", "--quiet"), root)
    run((AIBLOG, "init", "--yes"), root)
    run(("git", "add", "."), root)
    run(("git", "commit", "--quiet", "--message", "The blog as it is"), root)
    edit_sources(root, min(posts // 10, 10))
    run(("git", "commit", "--quiet", "--all", "--allow-empty", "--message", "Words that changed"), root)
    return root


if __name__ == "__main__":
    sys.exit(main())
