"""The rule `parity-images`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import differences
from aiblog.checks.subject import Place, Subject


def parity_images(subject: Subject) -> Iterator[Place]:
    """An image that a translation or its source lacks; one for the language (`roi_zh.png`) may stand in its place.

    Bad: `![ROI by year](./images/roi.png) → 每年的回报率`
    Good: `![ROI by year](./images/roi.png) → ![每年的回报率](./images/roi.png)`
    Why: readers of one language would miss what the text speaks of.
    """
    return differences(subject, "parity-images")
