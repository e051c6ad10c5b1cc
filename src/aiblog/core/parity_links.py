"""Links that a translation lacks, or has beyond its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from aiblog.core.bare_address import ADDRESS
from aiblog.core.comparison import Comparison, Difference, beyond
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
    own, its = partial(_key, target=source_target), partial(_key, target=target)
    for one in beyond(ours, map(its, theirs), own):
        message = f"{one.value} of the source, line {one.line}, is linked nowhere in the translation"
        yield Difference(RULE, *pair.counterpart(one.line), message)
    for other in beyond(theirs, map(own, ours), its):
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


def _key(link: Mark, target: Target) -> str | None:
    """What is compared of a link; None for an anchor of the page itself."""
    plain = link.value.partition("#")[0]
    if not plain:
        return None
    if re.match(r"https?://|//", plain, re.IGNORECASE):
        address = re.sub(r"^(?:https?:)?//(?:www\.)?", "", plain, flags=re.IGNORECASE)
        return without_language(address.rstrip("/") + "/").rstrip("/").lower()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain):
        return plain
    return target(plain)
