"""Findings for programs that read them: workflow commands of GitHub Actions, and SARIF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from aiblog import __version__
from aiblog.core.finding import Finding
from aiblog.core.title import visible

if TYPE_CHECKING:
    from aiblog.checks.description import Description

ANNOTATIONS = {"error": "error", "warning": "warning", "information": "notice"}
LEVELS = {"error": "error", "warning": "warning", "information": "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def workflow_commands(findings: Iterable[Finding], prefix: str) -> Iterator[str]:
    """A workflow command for each finding, which GitHub shows beside the line, without a final newline.

    `prefix` is the blog's root below the repository's top, with a final `/`: GitHub's paths begin there.
    """
    for each in findings:
        where = f"file={_property(prefix + each.path)},line={each.line},col={each.column},title={_property(each.rule)}"
        yield f"::{ANNOTATIONS[each.severity]} {where}::{_text(each.message)}"


def _text(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(text)  # a log of GitHub's is a terminal too


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


def sarif_log(findings: Sequence[Finding], rules: Sequence[Description], prefix: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log of one run; `prefix` as in `workflow_commands`."""
    order = {rule.name: number for number, rule in enumerate(rules)}
    driver = {"name": "aiblog", "version": __version__, "rules": [_rule(each) for each in rules]}
    results = [_result(each, order[each.rule], prefix) for each in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Description) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.finds},
        "help": {"text": f"Why: {rule.why}\nBad: {rule.bad}\nGood: {rule.good}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(each: Finding, number: int, prefix: str) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415 - start-up: only for this format

    file = {"uri": quote(prefix + each.path, errors="surrogateescape")}
    region = {"startLine": each.line, "startColumn": each.column}
    return {
        "ruleId": each.rule,
        "ruleIndex": number,
        "level": LEVELS[each.severity],
        "message": {"text": each.message},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
    }
