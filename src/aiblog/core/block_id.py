"""What names a block of a stub: its text, not its place."""

from __future__ import annotations

from hashlib import sha256


def block_id(text: str) -> str:
    """Eight hexadecimal digits for a block's text, of its SHA-256; newlines and trailing space do not count.

    Blocks of the same text have the same one: it does not change when others are filled.
    """
    plain = "\n".join(line.rstrip() for line in text.split("\n"))
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:8]
