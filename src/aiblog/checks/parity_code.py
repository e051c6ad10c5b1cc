"""The rule `parity-code`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_code(subject: Subject) -> Iterator[Place]:
    """A block of code that a translation or its source lacks, or in another language; its comments may differ.

    Bad: `~~~sh⏎make⏎~~~ → ~~~yaml⏎make⏎~~~`
    Good: `~~~sh⏎make # All.⏎~~~ → ~~~bash⏎make # 全部。⏎~~~`
    Why: readers copy code, and follow steps of which one is missing.
    """
    return differences(subject, "parity-code")
