"""The rule `metadata-order`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiblog.checks.metadata_edits import lines_of
from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.edit import Edit, applied


def metadata_order(subject: Subject) -> Iterator[Place]:
    """Front-matter keys in another order than the blog's; those that the blog does not know stand anywhere.

    Bad: `maintainer: pacoxu⏎status: Draft`
    Good: `status: Draft⏎maintainer: pacoxu`
    Why: people find a value where it always stands, and two files are compared line by line.
    """
    ranks = {key.name: rank for rank, key in enumerate(subject.settings.front_matter)}
    keys = [key for key in subject.edition.metadata if key in ranks]
    wanted = sorted(keys, key=ranks.__getitem__)
    if keys != wanted:
        name, other = next(pair for pair in zip(keys, wanted, strict=True) if pair[0] != pair[1])
        message = f"{name} stands where {other} was wanted; the blog's order is {', '.join(wanted)}"
        line = header.line_of(subject.data, name) or 1
        yield Place(line, 1, message, _sorted(subject, keys, wanted))


def _sorted(subject: Subject, keys: Sequence[str], wanted: Sequence[str]) -> tuple[Edit, ...]:
    """What puts the keys' lines in order; none where a value has several lines, or a comment or a blank line is there.

    A comment belongs to a line that nobody can tell.
    """
    data = subject.data
    spans = {key: span for key in subject.edition.metadata if (span := lines_of(data, key))}
    start, end = min(spans.values(), default=(0, 0))[0], max(spans.values(), default=(0, 0))[1]
    lines = data[start:end].splitlines(keepends=True)
    whole = data[:start].count(b"\n") == 1 and data.startswith(b"---", end)
    if not whole or len(lines) != len(spans) or len(spans) != len(subject.edition.metadata):
        return ()
    place_of = dict(zip(keys, wanted, strict=True))
    moved = (spans[place_of.get(key, key)] for key in sorted(spans, key=spans.__getitem__))
    edit = Edit(start, end, b"".join(data[slice(*span)] for span in moved))
    same = header.read(applied(data, [edit])).values == subject.edition.metadata
    return (edit,) if same else ()
