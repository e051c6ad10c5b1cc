"""How far rumdl, as aiblog sets it, finds what markdownlint-cli2 finds: a table for each rule, in Markdown.

    python bench/agreement.py FOLDER PROGRAM [RULES.json] [PATTERN]

FOLDER holds Markdown files, PROGRAM is a markdownlint-cli2. Both judge copies of the files by RULES.json, a
markdownlint configuration (default: the folder's own, else none: all rules). PATTERN chooses files (default: *.md).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from aiblog.adapters import markdownlint_cli2, rumdl
from aiblog.adapters.markdown_lint import linted
from aiblog.core.linted import Linted

Places = set[tuple[str, str, int]]
"""The linter's rule, the path, the line (0: the whole file): counted once, however often it is found there."""


def places(found: list[Linted], *, whole: bool = False) -> Places:
    return {(each.rule, each.finding.path, 0 if whole else each.finding.line) for each in found}


def compared(theirs: Places, ours: Places) -> list[Counter[str]]:
    """How much both find, only they, only we, by rule and in `all`."""
    counts = []
    for each in (ours & theirs, theirs - ours, ours - theirs):
        counts.append(Counter(rule for rule, _, _ in each))
        counts[-1]["all"] = len(each)
    return counts


def contents_of(folder: Path, pattern: str) -> dict[str, bytes]:
    """The files, each text once: packages carry copies of one another."""
    paths = sorted(path for path in folder.rglob(pattern) if path.is_file())
    once = {path.read_bytes(): path.relative_to(folder).as_posix() for path in reversed(paths)}
    return dict(sorted((path, data) for data, path in once.items()))


def version(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter((done.stdout or done.stderr).splitlines()), "?")


def main() -> None:
    folder, program = Path(sys.argv[1]), str(Path(sys.argv[2]).absolute())
    contents = contents_of(folder, sys.argv[4] if len(sys.argv) > 4 else "*.md")
    own = Path(sys.argv[3]) if len(sys.argv) > 3 else folder / ".markdownlint.json"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        if own.is_file():
            shutil.copy(own, root / ".markdownlint.json")
        else:
            (root / ".markdownlint.json").write_text("{}\n")
        ours = linted(root, contents)
        theirs = markdownlint_cli2.linted(program, root, contents, "markdown")
    print(f"{version([str(rumdl.program()), '--version'])}; {version([program, '--help'])}; {len(contents)} files.\n")
    lines = compared(places(theirs), places(ours))
    whole = compared(places(theirs, whole=True), places(ours, whole=True))
    sides = "both | only markdownlint-cli2 | only rumdl"
    print(f"| rule | lines: {sides} | files: {sides} |\n|{' --- |' * 7}")
    for rule in sorted({rule for count in lines for rule in count}):
        print(f"| {rule} | {' | '.join(str(count[rule]) for count in (*lines, *whole))} |")
    for what, (both, missed, more) in (("line", lines), ("file", whole)):
        recall, precision = both["all"] / (both["all"] + missed["all"]), both["all"] / (both["all"] + more["all"])
        print(f"\nBy rule and {what}: {recall:.0%} of what markdownlint-cli2 finds is found by rumdl,")
        print(f"{precision:.0%} of what rumdl finds by markdownlint-cli2.")
    alike = {path for _, path, _ in places(ours)} ^ {path for _, path, _ in places(theirs)}
    print(f"\nWhether a file passes is answered alike for {len(contents) - len(alike)} of {len(contents)}.")


if __name__ == "__main__":
    main()
