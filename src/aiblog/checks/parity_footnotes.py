"""The rule `parity-footnotes`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_footnotes(subject: Subject) -> Iterator[Place]:
    """A footnote of the source that a translation does not have, or the other way round.

    Bad: `By a tenth.[^1]⏎⏎[^1]: Measured. → 一成。`
    Good: `By a tenth.[^1]⏎⏎[^1]: Measured. → 一成。[^1]⏎⏎[^1]: 实测。`
    Why: what is said there was left out.
    """
    return differences(subject, "parity-footnotes")
