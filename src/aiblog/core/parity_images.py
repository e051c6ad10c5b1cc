"""Images that a translation lacks, or has beyond its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from aiblog.core.comparison import Comparison, Difference
from aiblog.core.localised import file_name
from aiblog.core.shape_parts import Mark

RULE = "parity-images"


def differing_images(pair: Comparison) -> Iterator[Difference]:
    """The images that one of the two texts lacks; their folders do not count, nor a language in the name."""
    ours, theirs = pair.source.images, pair.translation.images
    for one in _beyond(ours, theirs):
        message = f"the image {one.value} of the source, line {one.line}, is missing here"
        yield Difference(RULE, *pair.counterpart(one.line), message)
    for other in _beyond(theirs, ours):
        yield Difference(RULE, other.line, other.column, f"the image {other.value} is none of the source's")


def _beyond(some: Sequence[Mark], others: Sequence[Mark]) -> Iterator[Mark]:
    """Those of some images that the others do not have, or not so often."""
    left = Counter(_name(each) for each in others)
    for each in some:
        if left[_name(each)]:
            left[_name(each)] -= 1
        else:
            yield each


def _name(image: Mark) -> str:
    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    return file_name(unquote(image.value)) or image.value
