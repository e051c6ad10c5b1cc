"""Start-up and the main commands, each as a ratio to `python -c pass` measured in turn with it.

Usage: python bench/startup.py [--blog DIR] [--runs N]

A ratio, since a machine's own speed and load fall on both. Every run of a command that writes has a fresh copy of
the blog, made outside the time. Prints a table; exit 1 where a row's medians are over its limit. The ratio of the
fastest runs stands beside: on a busy machine it says more.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from blog import write_blog
from measure import AIBLOG, run, shut_off

REAL_BLOG = Path(__file__).parents[2] / "shared" / "corpus" / "ai-infra"
PASS = (sys.executable, "-c", "pass")
POSTS = 21
"""Posts of the generated blog: as many as the real one has."""

BODY = "A sentence of the post.\n\n```sh\nmake demo\n```\n"
NEW = ("new", "Notes on topics", "--slug", "notes", "--date", "2026-02-25", "--tag", "kubernetes")
HAN_TITLE = ("new", "贡献开源的回报", "--date", "2026-02-25", "--tag", "kubernetes", "-l", "zh")
PUBLISH = ("publish", "notes", "--yes")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured: a command line, the blog it runs in, and how many `python -c pass` it may take."""

    name: str
    arguments: Sequence[str]
    blog: str
    limit: float
    writes: bool = True


ROWS = (
    Row("--version", ("--version",), "plain", 2, writes=False),
    Row("list", ("list",), "configured", 10, writes=False),
    Row("list, no aiblog.yaml", ("list",), "plain", 10, writes=False),
    Row("new --slug, one language", (*NEW, "-l", "en"), "configured", 10),
    Row("new --slug, two languages", (*NEW, "-l", "en", "-l", "zh"), "configured", 14),
    Row("new, slug from pinyin", HAN_TITLE, "configured", 36),
    Row("publish --yes, a commit", PUBLISH, "drafted", 22),
)


def main() -> int:
    """Measures every row; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--blog", type=Path, help="a blog to copy; default: the real one beside the checkout, or a made one"
    )
    parser.add_argument("--runs", type=int, default=15, help="runs of each row (default: 15)")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aiblog-bench-") as place:
        blogs = _blogs(Path(place), given.blog or (REAL_BLOG if REAL_BLOG.is_dir() else None))
        print(f"{'medians':28}{'took':>10}{'pass':>10}{'ratio':>8}{'limit':>8}   fastest")
        over = [row.name for row in ROWS if given.only in row.name and not _within(row, blogs, given.runs)]
    if over:
        print(f"over the limit: {', '.join(over)}")
    return 1 if over else 0


def _within(row: Row, blogs: dict[str, Path], runs: int) -> bool:
    """Measures one row and prints it; whether it is within its limit."""
    blog = blogs[row.blog]
    took, passed = [], []
    for number in range(runs + 2):  # the first two warm the caches
        folder = _copy(blog, blog.parent / "run") if row.writes else blog
        times = run(PASS, folder).seconds, run((AIBLOG, *row.arguments), folder).seconds
        if number > 1:
            passed.append(times[0])
            took.append(times[1])
    median, base = statistics.median(took), statistics.median(passed)
    ratio = median / base
    figures = f"{median * 1000:7.1f} ms{base * 1000:7.1f} ms{ratio:8.1f}{row.limit:8g}{min(took) / min(passed):10.1f}"
    print(f"{row.name:28}{figures}{'' if ratio <= row.limit else '  over'}", flush=True)
    return ratio <= row.limit


def _blogs(place: Path, real: Path | None) -> dict[str, Path]:
    """The blogs the rows run in, each a repository with one commit, alone in a folder of its own.

    `plain` as it is, `configured` with its aiblog.yaml, `drafted` with a draft that waits besides.
    """
    shut_off(place)
    plain, configured, drafted = (place / name / "blog" for name in ("plain", "configured", "drafted"))
    plain.parent.mkdir()
    if real:
        _copy(real, plain)
    else:
        write_blog(plain, POSTS)
    print(f"blog: {real.name if real else f'generated, {POSTS} posts'}; python {sys.version.split()[0]}")
    run(("git", "init", "--quiet"), plain)
    _commit(plain)
    _copy(plain, configured)
    run((AIBLOG, "init", "--yes"), configured)
    _commit(configured)
    _copy(configured, drafted)
    (place / "body.md").write_text(BODY, encoding="utf-8")
    run((AIBLOG, *NEW, "-l", "en", "--body", str(place / "body.md")), drafted)
    return {path.parent.name: path for path in (plain, configured, drafted)}


def _commit(folder: Path) -> None:
    run(("git", "add", "."), folder)
    run(("git", "commit", "--quiet", "--message", "The blog as it is"), folder)


def _copy(blog: Path, to: Path) -> Path:
    """A fresh copy that may be written to, in place of an older one."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(blog, to, symlinks=True)
    for path in [to, *to.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    os.sync()  # else the first fsync of what is measured would pay for the copy
    return to


if __name__ == "__main__":
    sys.exit(main())
