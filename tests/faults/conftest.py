"""Counts the points that were tried, by command and layer, and prints them at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

Tally = Callable[[str, str, int, int], None]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Notes how many points of a command were tried in a layer, and how many failed."""

    def noted(command: str, layer: str, tried: int, failed: int) -> None:
        request.node.user_properties.append(("points", [command, layer, tried, failed]))

    return noted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A table: a line for each command, a column for each layer; `tried`, or `tried (failed)`."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for command, layer, tried, failed in _noted(terminalreporter):
        before = counts.get((command, layer), (0, 0))
        counts[command, layer] = (before[0] + tried, before[1] + failed)
    if not counts:
        return
    layers = sorted({layer for _, layer in counts})
    rows = [["", *layers, "all"]]
    for command in [*sorted({command for command, _ in counts}), "all"]:
        own = [_sum(counts, command, layer) for layer in [*layers, "all"]]
        rows.append([command, *("" if not tried else f"{tried} ({failed})" for tried, failed in own)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    terminalreporter.section("points tried (failed)")
    for row in rows:
        terminalreporter.write_line("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def _sum(counts: dict[tuple[str, str], tuple[int, int]], command: str, layer: str) -> tuple[int, int]:
    chosen = [both for (one, other), both in counts.items() if command in {one, "all"} and layer in {other, "all"}]
    return sum(tried for tried, _ in chosen), sum(failed for _, failed in chosen)


def _noted(terminalreporter: pytest.TerminalReporter) -> Iterator[tuple[str, str, int, int]]:
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", []):
                if name == "points" and report.when == "call":
                    yield tuple(value)
