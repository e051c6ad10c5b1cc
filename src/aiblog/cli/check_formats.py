"""Findings for programs that read them: workflow commands of GitHub Actions."""

from collections.abc import Iterable, Iterator

from aiblog.core.finding import Finding

LEVELS = {"error": "error", "warning": "warning", "information": "notice"}


def annotations(findings: Iterable[Finding]) -> Iterator[str]:
    """A workflow command for each finding, which GitHub shows beside the line; paths relative to the blog's root."""
    for each in findings:
        place = f"file={_property(each.path)},line={each.line},col={each.column},title={_property(each.rule)}"
        yield f"::{LEVELS[each.severity]} {place}::{_message(each.message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
