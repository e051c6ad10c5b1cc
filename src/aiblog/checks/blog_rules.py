"""The rules of the whole blog by their public names, and the run of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aiblog.checks.case_collision import case_collision
from aiblog.checks.file_unused import file_unused
from aiblog.checks.index_conflict import index_conflict
from aiblog.checks.index_dead_link import index_dead_link
from aiblog.checks.index_draft import index_draft
from aiblog.checks.index_moved_link import index_moved_link
from aiblog.checks.index_stale_title import index_stale_title
from aiblog.checks.index_twice import index_twice
from aiblog.checks.index_unlisted import index_unlisted
from aiblog.checks.name_reserved import name_reserved
from aiblog.checks.path_stray import path_stray
from aiblog.checks.rule import Rule, named
from aiblog.checks.rules import admitted
from aiblog.checks.subject import Place
from aiblog.checks.tag_near_duplicate import tag_near_duplicate
from aiblog.checks.tag_once import tag_once
from aiblog.checks.twin_slug import twin_slug
from aiblog.checks.whole import Finds, Whole
from aiblog.core.finding import Finding

BLOG_RULES: Mapping[str, Rule[Finds]] = {
    **named(
        "error",
        index_conflict,
        index_unlisted,
        index_draft,
        index_twice,
        index_dead_link,
        index_moved_link,
        index_stale_title,
        case_collision,
        name_reserved,
    ),
    **named("warning", path_stray, twin_slug, file_unused),
    **named("information", tag_near_duplicate, tag_once),
}
"""Every rule of the whole blog by its public name: the function's, with hyphens."""


def found_in(whole: Whole) -> Iterator[tuple[Finding, Place]]:
    """What the rules find in the blog that its settings have not turned off and no comment in the file allows.

    Each finding with the place that has its edits.
    """
    for name, rule in BLOG_RULES.items():
        for path, place in rule.finds(whole):
            finding = place.finding(path, name, rule.severity)
            data = whole.read(path) if path.endswith(".md") else None
            for each in admitted([finding], whole.settings, data or b""):
                yield each, place
