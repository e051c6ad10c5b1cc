"""Tables that a translation has with other rows or columns than its source, more of them, or fewer."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.sequence_match import paired
from aiblog.core.shape_parts import Table

RULE = "parity-tables"


def differing_tables(pair: Comparison) -> Iterator[Difference]:
    """The tables that one of the two texts lacks, and those of another size."""
    ours, theirs = pair.source.tables, pair.translation.tables
    for one, other in zip(ours, theirs, strict=True) if len(ours) == len(theirs) else _alike(pair):
        if one is not None and other is None:
            place = pair.counterpart(one.line)
            yield Difference(RULE, *place, f"a table of the source, line {one.line} ({_size(one)}), is missing here")
        elif other is not None and one is None:
            yield Difference(RULE, other.line, 1, f"a table ({_size(other)}) stands here that the source does not have")
        elif one is not None and other is not None and one[1:] != other[1:]:
            message = f"the table has {_size(other)}; that of the source, line {one.line}, has {_size(one)}"
            yield Difference(RULE, other.line, 1, message)


def _alike(pair: Comparison) -> list[tuple[Table | None, Table | None]]:
    """Which table is which, where there are more of them in one text."""
    places = {each: pair.counterpart(each.line)[0] for each in pair.source.tables}

    def likeness(one: Table, other: Table) -> float:
        near = 0.3 / (1 + abs(places[one] - other.line))
        return 0.1 + near + (one.columns == other.columns) + (one[1:] == other[1:])

    return paired(pair.source.tables, pair.translation.tables, likeness)


def _size(table: Table) -> str:
    rows = "1 row" if table.rows == 1 else f"{table.rows} rows"
    return f"{rows} and {table.columns} column{'' if table.columns == 1 else 's'}"
