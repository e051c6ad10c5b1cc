"""What a move of a whole blog costs: `migrate --dry-run` against parsing all its Markdown files once.

Usage: python bench/moving.py [--runs N] [--posts N]

On a generated blog of 1,000 posts, two files each, ten links in a file: to other posts, to the other edition, to files
that stay. The parser is the one that every rule of `check` reads a file by, in a process of its own that reads each
file once; beside it what it takes to find the links alone. The processors' seconds, fewest of the runs made in turn.
Prints a table; exit 1 where the first row is over its limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from blog import add_links, write_blog
from measure import AIBLOG, run, shut_off

PATTERN = "{date}/{date}-{slug}{lang}.md"
LIMIT = 4.0
PARSE, FIND = "--parse-all", "--find-links"


def main() -> int:
    """Measures; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--posts", type=int, default=1_000, help="posts of the blog (default: 1000)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aiblog-bench-") as place:
        shut_off(Path(place))
        blog = Path(place) / "blog"
        blog.mkdir()
        write_blog(blog, given.posts)
        add_links(blog, given.posts)
        for command in (("git", "init", "--quiet"), (AIBLOG, "init", "--yes"), ("git", "add", ".")):
            run(command, blog)
        run(("git", "commit", "--quiet", "--message", "The blog as it is"), blog)
        move = (AIBLOG, "migrate", "--path", PATTERN, "--dry-run")
        commands = [move, *((sys.executable, __file__, how) for how in (PARSE, FIND))]
        taken = [[run(command, blog).processor for command in commands] for _ in range(given.runs)]
    move_time, parse_time, find_time = (min(each) for each in zip(*taken, strict=True))
    print(f"{given.posts:,} posts, two files a post, ten links a file; python {sys.version.split()[0]}")
    print(f"{'':44}{'figure':>8}{'limit':>8}   from")
    for name, base, limit in (("parsing all files once", parse_time, LIMIT), ("finding all links", find_time, "")):
        seconds = f"{move_time:.2f} s / {base:.2f} s"
        print(f"{f'migrate --dry-run / {name}':44}{move_time / base:>8.2f}{limit:>8}   {seconds}")
    return 1 if move_time / parse_time > LIMIT else 0


def parse_all(how: str) -> None:
    """Reads each Markdown file below the current folder once, and parses it."""
    from aiblog.core.destination_spans import destination_spans  # noqa: PLC0415 - what is measured is the process
    from aiblog.core.markdown_events import parsed  # noqa: PLC0415

    for path in Path().rglob("*.md"):
        data = path.read_bytes()
        if how == PARSE:
            parsed(data.decode())
        else:
            destination_spans(data)


if __name__ == "__main__":
    if sys.argv[1:] in ([PARSE], [FIND]):
        parse_all(sys.argv[1])
    else:
        sys.exit(main())
