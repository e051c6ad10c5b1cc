"""Footnotes and inline code that a translation lacks, or has beyond its source."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.core.comparison import Comparison, Difference, beyond
from aiblog.core.shape_parts import Mark


def differing_notes(pair: Comparison) -> Iterator[Difference]:
    """The footnotes that one of the two texts lacks; where both have as many, their labels were translated too."""
    ours, theirs = pair.source.notes, pair.translation.notes
    if len({_label(each) for each in ours}) == len({_label(each) for each in theirs}):
        return
    for one in beyond(ours, map(_label, theirs), _label):
        message = f"the footnote [^{one.value}] of the source, line {one.line}, is missing in the translation"
        yield Difference("parity-footnotes", *pair.counterpart(one.line), message)
    for other in beyond(theirs, map(_label, ours), _label):
        yield Difference(
            "parity-footnotes", other.line, other.column, f"the footnote [^{other.value}] is none of the source's"
        )


def missing_code(pair: Comparison) -> Iterator[Difference]:
    """The inline code of the source that stands nowhere in the translation, each once; a part of other code counts."""
    there = "\n".join([*(_plain(each) for each in pair.translation.codes), *_in_texts(pair)])
    for one in beyond(pair.source.codes, (), _plain):
        if _plain(one) not in there:
            message = f"`{_plain(one)}` of the source, line {one.line}, is nowhere in the translation"
            yield Difference("parity-inline-code", *pair.counterpart(one.line), message)


def _in_texts(pair: Comparison) -> Iterator[str]:
    """What the translation writes without making it code."""
    return (" ".join(each.text.split()) for each in pair.translation.passages)


def _label(note: Mark) -> str:
    return note.value.lower()


def _plain(code: Mark) -> str:
    return " ".join(code.value.split())
