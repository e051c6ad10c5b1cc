"""The rule `url-punctuation`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.bare_address import bare_addresses


def url_punctuation(subject: Subject) -> Iterator[Place]:
    """A bare address that Chinese punctuation or text follows without a space.

    Bad: `详见 https://example.org/a。`
    Good: `详见 <https://example.org/a>。`
    Why: GitHub takes all up to the next space for the address, which then leads nowhere.
    """
    text = subject.text
    for start, end, linked_end, sure in bare_addresses(text):
        if end == linked_end:
            continue
        swallowed = re.sub(r"\s+", " ", text[end:linked_end])
        swallowed = swallowed if len(swallowed) <= 24 else f"{swallowed[:20]}…"
        message = f'"{swallowed}" becomes part of the address before it; <…> around the address ends it'
        edits = subject.edits(start, end, f"<{text[start:end]}>") if sure else ()
        yield subject.place_at(start, message, edits)
