"""What a linter found, with the edits that mend it."""

from __future__ import annotations

from typing import NamedTuple

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding


class Linted(NamedTuple):
    """A linter's finding: its own rule (`MD009`), and the edits that mend it, all of them or none."""

    finding: Finding
    rule: str
    edits: tuple[Edit, ...] = ()
