"""All rules by their public names, and the run of them over one edition."""

from __future__ import annotations

from aiblog.checks.date_mismatch import date_mismatch
from aiblog.checks.markers import stub, todo_marker
from aiblog.checks.metadata_invalid import metadata_invalid
from aiblog.checks.metadata_missing import metadata_missing
from aiblog.checks.slug_invalid import slug_invalid
from aiblog.checks.subject import Rule, Subject
from aiblog.checks.targets import image_missing, link_missing
from aiblog.core.finding import Finding

RULES: dict[str, Rule] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        metadata_missing,
        metadata_invalid,
        date_mismatch,
        slug_invalid,
        stub,
        todo_marker,
        link_missing,
        image_missing,
    )
}
"""Every rule by its public name, which `--allow` takes: the function's own with hyphens."""


def findings(subject: Subject) -> list[Finding]:
    """What all rules find in the edition, by line, then column, then rule; each an error."""
    return sorted(
        Finding(subject.edition.path, line, column, name, message)
        for name, rule in RULES.items()
        for line, column, message in rule(subject)
    )
