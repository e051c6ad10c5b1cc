"""The rule `reference-undefined`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.document import document
from aiblog.core.markdown_events import label_key

_REFERENCE = re.compile(r"!?\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\[(?P<label>[^\[\]]*)\]", re.DOTALL)
_RANGES = re.compile(r"\^?(?:\w|\w-\w)*\w-\w(?:\w|\w-\w)*")
_INCLUDED = re.compile(r"\{%-?\s*include|\{\{[<%]|--8<--|\{\{#include")


def reference_undefined(subject: Subject) -> Iterator[Place]:
    """A link `[text][label]` or `[label][]` whose label is defined nowhere in the file.

    Bad: `[the report][roi-report]`
    Good: `[the report](./roi.md)`
    Why: readers would see the brackets, and have nothing to follow.
    """
    if b"][" not in subject.data:
        return
    text = subject.text
    undefined = document(text).undefined
    if not undefined or _INCLUDED.search(text):  # what is included may define it
        return
    lines = text.split("\n")
    for label, line, column in undefined:
        match = _REFERENCE.match("\n".join(lines[line - 1 : line + 4]), column - 1)
        if match and _is_meant(lines[line - 1][: column - 1], match["text"], label):
            yield Place(line, column, f"no line defines [{label_key(label)}]: …")


def _is_meant(before: str, shown: str, label: str) -> bool:
    """Whether a reference was meant: no index of an array, no row of citations, no character class, no template."""
    if re.search(r"[A-Za-z0-9_)\]]$", before) or not label.strip() or not shown.strip():
        return False
    if label.startswith("^") or shown.startswith(("^", "!")) or re.search(r"\{\{|\{%|\$\{", label):
        return False
    if shown.strip().isdecimal() or shown.strip() in {"x", "X"}:
        return False
    return not (_RANGES.fullmatch(label) and _RANGES.fullmatch(shown))
