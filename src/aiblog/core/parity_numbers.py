"""Numbers of a source that its translation does not have, however each language writes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from aiblog.core.comparison import Comparison, Difference

RULE = "parity-numbers"


def missing_numbers(pair: Comparison) -> Iterator[Difference]:
    """Each number that stands in the source's text and nowhere in the translation's; none in code or addresses."""
    from aiblog.core.numbers import missing, plain  # noqa: PLC0415 - start-up: only where there is a pair

    both = (pair.source, pair.translation)
    whole, other = (plain("\0".join(passage.text for passage in each.passages)) for each in both)
    texts: list[str] = []
    starts: list[int] = []
    for number in missing(whole, other):
        texts = texts or whole.split("\0")
        starts = starts or [0, *accumulate(len(text) + 1 for text in texts)]
        at = bisect_right(starts, number.start) - 1
        line = pair.source.passages[at].line + texts[at].count("\n", 0, number.start - starts[at])
        message = f"{number.written} of the source, line {line}, is nowhere in the translation"
        yield Difference(RULE, *pair.counterpart(line), message)
