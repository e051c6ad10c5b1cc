"""The rules of one edition by their public names, and the run of them over one edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aiblog.checks.anchor_missing import anchor_missing
from aiblog.checks.date_future import date_future
from aiblog.checks.date_mismatch import date_mismatch
from aiblog.checks.emphasis_unclosed import emphasis_unclosed
from aiblog.checks.image_missing import image_missing
from aiblog.checks.lang_mismatch import lang_mismatch
from aiblog.checks.link_language import link_language
from aiblog.checks.link_missing import link_missing
from aiblog.checks.list_in_block_scalar import list_in_block_scalar
from aiblog.checks.metadata_invalid import metadata_invalid
from aiblog.checks.metadata_missing import metadata_missing
from aiblog.checks.metadata_order import metadata_order
from aiblog.checks.moved_link import moved_link
from aiblog.checks.parity_code import parity_code
from aiblog.checks.parity_footnotes import parity_footnotes
from aiblog.checks.parity_headings import parity_headings
from aiblog.checks.parity_images import parity_images
from aiblog.checks.parity_inline_code import parity_inline_code
from aiblog.checks.parity_length import parity_length
from aiblog.checks.parity_links import parity_links
from aiblog.checks.parity_lists import parity_lists
from aiblog.checks.parity_numbers import parity_numbers
from aiblog.checks.parity_paragraphs import parity_paragraphs
from aiblog.checks.parity_tables import parity_tables
from aiblog.checks.punctuation_half_width import punctuation_half_width
from aiblog.checks.reference_undefined import reference_undefined
from aiblog.checks.rule import Rule, named
from aiblog.checks.slug_invalid import slug_invalid
from aiblog.checks.source_language_left import source_language_left
from aiblog.checks.status_unknown import status_unknown
from aiblog.checks.stub import stub
from aiblog.checks.subject import Finds, Place, Subject
from aiblog.checks.switch_line import switch_line
from aiblog.checks.tags_style import tags_style
from aiblog.checks.todo_marker import todo_marker
from aiblog.checks.translation_source_missing import translation_source_missing
from aiblog.checks.updated_before_date import updated_before_date
from aiblog.checks.url_punctuation import url_punctuation
from aiblog.core.finding import Finding
from aiblog.core.settings import Settings
from aiblog.core.suppression import suppressions

RULES: Mapping[str, Rule[Finds]] = {
    **named(
        "error",
        metadata_missing,
        metadata_invalid,
        status_unknown,
        list_in_block_scalar,
        date_mismatch,
        translation_source_missing,
        lang_mismatch,
        slug_invalid,
        stub,
        todo_marker,
        link_missing,
        image_missing,
        moved_link,
        anchor_missing,
        reference_undefined,
        emphasis_unclosed,
        parity_images,
        parity_tables,
        parity_headings,
        parity_code,
    ),
    **named(
        "warning",
        tags_style,
        updated_before_date,
        date_future,
        link_language,
        switch_line,
        url_punctuation,
        parity_numbers,
        parity_lists,
        parity_footnotes,
    ),
    **named(
        "information",
        metadata_order,
        punctuation_half_width,
        parity_links,
        parity_inline_code,
        parity_paragraphs,
        parity_length,
        source_language_left,
    ),
}
"""Every rule of one edition by its public name, which `--allow` and `--select` take: the function's, with hyphens."""


def found(subject: Subject) -> Iterator[tuple[Finding, Place]]:
    """What the rules find in the edition that its settings have not turned off and no comment in it allows.

    By line, then column, then rule; each finding with the place that has its edits.
    """
    path = subject.edition.path
    chosen = subject.settings.check.of(path)
    places = {
        place.finding(path, name, rule.severity): place
        for name, rule in RULES.items()
        if not chosen.ignores(name)
        for place in rule.finds(subject)
    }
    for finding in sorted(places, key=lambda each: each[:5]):
        for each in admitted([finding], subject.settings, subject.data):
            yield each, places[finding]


def findings(subject: Subject) -> list[Finding]:
    """The findings alone; see `found`."""
    return [finding for finding, _ in found(subject)]


def admitted(findings: Iterable[Finding], settings: Settings, data: bytes) -> Iterator[Finding]:
    """Those findings of one file that the settings have not turned off and no comment in its bytes allows.

    Each as severe as the settings have it.
    """
    for each in findings:
        chosen = settings.check.of(each.path)
        if not chosen.ignores(each.rule) and not suppressions(data).cover(each.rule, each.line):
            yield each._replace(severity=chosen.severity_of(each.rule) or each.severity)
