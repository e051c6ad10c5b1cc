"""The rule `parity-inline-code`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_inline_code(subject: Subject) -> Iterator[Place]:
    """Inline code of the source that stands nowhere in a translation.

    Bad: `` Run `make`. → 运行它。 ``
    Good: `` Run `make`. → 运行 `make`。 ``
    Why: names of commands and fields stay as they are in every language.
    """
    return differences(subject, "parity-inline-code")
