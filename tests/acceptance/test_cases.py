"""The table of cases that the tool must pass: `cases.md` names a test for each clause of each row."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROWS = range(1, 23)


def clauses() -> list[tuple[int, str, str]]:
    """The rows of `cases.md`: number, path of the test's file below `tests`, its name."""
    found = re.findall(r"(?m)^\| (\d+) \| .+ \| (\S+\.py)::(\S+) \|$", (TESTS / "acceptance/cases.md").read_text())
    return [(int(number), path, name) for number, path, name in found]


def test_every_clause_of_the_table_has_its_test() -> None:
    text = (TESTS / "acceptance/cases.md").read_text()
    assert len(clauses()) == sum(line.startswith("| ") for line in text.splitlines()) - 2
    assert sorted({number for number, _, _ in clauses()}) == list(ROWS)
    for _, path, name in clauses():
        assert (TESTS / path).is_file(), path
        assert f"\ndef {name}(" in (TESTS / path).read_text(encoding="utf-8"), f"{path} has no {name}"


def test_a_module_names_the_cases_that_its_tests_are_for() -> None:
    named: dict[str, set[int]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        begins = re.match(r'"""Cases? ([\d, and]+)', path.read_text(encoding="utf-8"))
        if begins:
            named[path.relative_to(TESTS).as_posix()] = {int(number) for number in re.findall(r"\d+", begins[1])}
    listed: dict[str, set[int]] = {}
    for number, path, _ in clauses():
        listed.setdefault(path, set()).add(number)
    lacks = {path: sorted(rows - named.get(path, set())) for path, rows in listed.items()}
    assert {path: rows for path, rows in lacks.items() if rows} == {}
