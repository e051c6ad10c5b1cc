"""The table of cases that the tool must pass: a module's first line names those it tests (`Cases 4 and 6: …`)."""

from __future__ import annotations

import re
from pathlib import Path

ROWS = range(1, 23)


def test_every_row_of_the_table_has_its_tests() -> None:
    found: dict[int, list[str]] = {}
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        begins = re.match(r'"""Cases? ([\d, and]+)', path.read_text(encoding="utf-8"))
        for number in re.findall(r"\d+", begins[1]) if begins else []:
            found.setdefault(int(number), []).append(path.name)
    assert sorted(found) == list(ROWS)
