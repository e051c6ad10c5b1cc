"""The rule `case-collision`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from aiblog.checks.subject import Place
from aiblog.checks.whole import Whole
from aiblog.core.changes import folded
from aiblog.core.links import relative


def case_collision(whole: Whole) -> Iterator[tuple[str, Place]]:
    """A file below posts whose path is another one's but for upper and lower case or the Unicode form.

    Bad: `posts/2026-02-25/ROI.md and posts/2026-02-25/roi.md`
    Good: `posts/2026-02-25/roi.md and posts/2026-02-25/roi_zh.md`
    Why: macOS and Windows take the two for one: whoever clones the blog there loses one of them.
    """
    first: dict[str, str] = {}
    for path in whole.paths:
        twin = first.setdefault(folded(path), path)
        if twin != path:
            same = unicodedata.normalize("NFC", twin) == unicodedata.normalize("NFC", path)
            how = "the Unicode form" if same else "upper and lower case"
            yield path, Place(1, 1, f"{relative(path, twin)} differs from this path by {how} alone")
