"""The seal of an outline: in its first marker, a hash of its body, which shows that nobody has edited it."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from aiblog.core.stub_styles import GAP, find_gap, harmless


def sealed(body: str) -> str:
    """The body of an outline (without a seal or switch line) with its seal; as it is where it leaves nothing out."""
    gap = find_gap(body)
    if gap is None:
        return body
    end = gap.end("path")
    return f"{body[:end]}; as made: {_digest(body)}{body[end:]}"


def is_sealed(body: str) -> bool:
    """Whether the body (without its switch line) holds its seal, and is as it was then."""
    gap = find_gap(body)
    if gap is None or gap["seal"] is None:
        return False
    return gap["seal"] == _digest(body[: gap.end("path")] + body[gap.end("seal") :])


def with_source_at(body: str, was: str, path: str, *, seal: Callable[[str], str] | None) -> str:
    """The body of an outline whose markers name its source by another path: `path` instead of `was`.

    With `seal` it is sealed anew: that gives a body without its switch line, which is no part of what is sealed.
    """

    def renamed(gap: re.Match[str]) -> str:
        start, end = (place - gap.start() for place in gap.span("path"))
        return gap[0][:start] + harmless(path) + gap[0][end:] if gap["path"] == harmless(was) else gap[0]

    body = GAP.sub(renamed, body)
    own, gap = find_gap(body), find_gap(seal(body)) if seal else None
    if own is None or gap is None or seal is None or own["seal"] is None:
        return body
    bare = seal(body)
    digest = _digest(bare[: gap.end("path")] + bare[gap.end("seal") :])
    return body[: own.start("seal")] + digest + body[own.end("seal") :]


def _digest(body: str) -> str:
    return sha256(body.encode("utf-8", "surrogateescape")).hexdigest()[:12]
