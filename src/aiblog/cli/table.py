"""Tables: columns that line up on a terminal, Chinese ones too; elsewhere tabs between them, and `-` for nothing."""

import sys
from collections.abc import Sequence

from aiblog.cli.output import Run
from aiblog.core.title import visible

SHORTEST = 12
"""Columns that a last cell keeps on a terminal, however narrow."""


def print_table(run: Run, rows: Sequence[Sequence[str]], header: Sequence[str] = (), *, cut: bool = True) -> None:
    """Prints rows of foreign text as results, nothing where there are none.

    Args:
        run: the run.
        rows: cells, as many in each row; the last one of a row is as long as it is.
        header: the columns' names, shown on a terminal alone.
        cut: whether the last cell is cut to the terminal; one that is there to be pasted is not, and stands on a line
            of its own where the terminal is too narrow.
    """
    if not rows:
        return
    if not sys.stdout.isatty():
        run.result("\n".join(["\t".join([visible(cell) or "-" for cell in row]) for row in rows]))
        return
    safe = [[visible(cell) for cell in row] for row in rows]
    lines = _lined_up([list(header), *safe] if header else safe, cut=cut)
    if header:
        lines[0] = run.styled(lines[0], "bold", sys.stdout)
    run.result("\n".join(lines))


def _lined_up(rows: Sequence[list[str]], *, cut: bool) -> list[str]:
    from shutil import get_terminal_size  # noqa: PLC0415 - start-up: only for a table on a terminal

    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415

    widths = [max(map(cell_len, column)) for column in zip(*(row[:-1] for row in rows), strict=True)]
    room = max(get_terminal_size().columns - sum(widths) - 2 * len(widths), SHORTEST)
    lines = []
    for *cells, last in rows:
        shown = f"{set_cell_size(last, room - 1).rstrip()}…" if cut and cell_len(last) > room else last
        start = "  ".join(map(set_cell_size, cells, widths))
        alone = not cut and cell_len(last) > room
        lines.append(f"{start.rstrip()}\n  {last}" if alone else f"{start}  {shown}".rstrip())
    return lines
