"""What 1 MiB of one sign costs the readers of foreign text: none of `[`, `-`, `` ` `` and `|` may take a second.

Usage: python bench/signs.py [--size N]

The readers are those of tests/support/readers.py. Of those of headers, indexes, layouts, settings, scaffolds and links,
and of all the rest (which mostly compare two such texts), the slowest with its sign, in seconds of the processor.
Exit 1 where one of the first is over the limit.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.readers import READERS, seconds

SIGNS = "[-`|"
LIMIT = 1.0
KINDS = ("header", "index", "layout", "settings", "scaffold", "link", "")
"""What a reader's name has in it; the last one is for all the rest."""


def main() -> int:
    """Measures; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--size", type=int, default=2**20, help="characters of one sign (default: 1048576)")
    given = parser.parse_args()
    READERS["document"]("# T\n\n[a](b.md)\n")  # what is imported late
    print(f"{given.size:,} characters of one sign; python {sys.version.split()[0]}")
    print(f"{'':20}{'seconds':>8}{'limit':>8}   sign and reader")
    over = False
    for kind in KINDS:
        names = [name for name in READERS if next(each for each in KINDS if re.search(each, name)) == kind]
        slowest, sign, name = max((seconds(name, sign * given.size), sign, name) for name in names for sign in SIGNS)
        over |= bool(kind) and slowest > LIMIT
        print(f"{kind or 'other':20}{slowest:>8.2f}{LIMIT if kind else '':>8}   {sign} {name}")
    return over


if __name__ == "__main__":
    sys.exit(main())
