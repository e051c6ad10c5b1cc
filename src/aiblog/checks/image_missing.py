"""The rule `image-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.checks.targets import missing


def image_missing(subject: Subject) -> Iterator[Place]:
    """A relative image whose file does not exist.

    Bad: `![ROI by year](./img/roi.png)`
    Good: `![ROI by year](./images/roi.png)`
    Why: readers would see a broken picture.
    """
    yield from missing(subject, images=True)
