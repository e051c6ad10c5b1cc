"""Links that a translation lacks, or has beyond its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from aiblog.core.bare_address import ADDRESS
from aiblog.core.comparison import Comparison, Difference
from aiblog.core.localised import without_language
from aiblog.core.shape_parts import Mark, Shape

RULE = "parity-links"
Target = Callable[[str], str | None]
"""What a destination leads to, the same for all editions of a post; None for one that is not compared."""


def differing_links(pair: Comparison, source_target: Target, target: Target) -> Iterator[Difference]:
    """What only one of the two texts links to, each once: anchors of a page do not count, nor the language of a site.

    Args:
        pair: the texts.
        source_target: what a relative destination in the source leads to.
        target: the same in the translation.
    """
    ours, theirs = _links(pair.source), _links(pair.translation)
    for one in _beyond(ours, source_target, theirs, target):
        message = f"{one.value} of the source, line {one.line}, is linked nowhere in the translation"
        yield Difference(RULE, *pair.counterpart(one.line), message)
    for other in _beyond(theirs, target, ours, source_target):
        yield Difference(RULE, other.line, other.column, f"{other.value} is linked nowhere in the source")


def _links(shape: Shape) -> list[Mark]:
    """The links and the bare addresses."""
    bare = [
        Mark(each.line + each.text.count("\n", 0, match.start()), 1, match.group().rstrip(".,:;!?*_)"))
        for each in shape.passages
        if "://" in each.text
        for match in ADDRESS.finditer(each.text)
    ]
    return [*shape.links, *bare]


def _beyond(some: Sequence[Mark], own: Target, others: Sequence[Mark], its: Target) -> Iterator[Mark]:
    seen = {_key(each.value, its) for each in others} | {None}
    for each in some:
        key = _key(each.value, own)
        if key not in seen:
            seen.add(key)
            yield each


def _key(destination: str, target: Target) -> str | None:
    """What is compared of a destination; None for an anchor of the page itself."""
    plain = destination.partition("#")[0]
    if not plain:
        return None
    if re.match(r"https?://|//", plain, re.IGNORECASE):
        address = re.sub(r"^(?:https?:)?//(?:www\.)?", "", plain, flags=re.IGNORECASE)
        return without_language(address.rstrip("/") + "/").rstrip("/").lower()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain):
        return plain
    return target(plain)
