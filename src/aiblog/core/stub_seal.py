"""The seal of an outline: in its first marker, a hash of its body, which shows that nobody has edited it."""

from __future__ import annotations

from hashlib import sha256

from aiblog.core.stub_styles import find_gap


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


def _digest(body: str) -> str:
    return sha256(body.encode("utf-8", "surrogateescape")).hexdigest()[:12]
