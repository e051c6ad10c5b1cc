"""How a blog's commits that add a post are worded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

_PREFIX = re.compile(r"[^:：{}]{1,40}(?:: +|：\s*)(?=\S)")
_PULL_REQUEST = re.compile(r"(?<!\s)\s*\(#\d+\)$")

SHORTEST = 4
"""Characters of a title at least that is looked for in a message: a shorter one may stand there by chance."""


def message_habit(subjects: Sequence[str], titles: Collection[str] = ()) -> tuple[str, str] | None:
    """The message most posts were committed with, `{title}` where theirs stands, and the evidence; None for no habit.

    By the posts' own titles where the messages have them (`新文章《{title}》`), else by what stands before a colon.
    """
    own = [title for title in titles if len(title) >= SHORTEST]
    for found in (_around(subjects, own), _prefixes(subjects)):
        counts = Counter(found)
        if counts:
            pattern, count = counts.most_common(1)[0]
            if count > 1 and count > len(subjects) / 2:
                return pattern, f"{count} of {len(subjects)} commits"
    return None


def _prefixes(subjects: Sequence[str]) -> Iterator[str]:
    return (f"{match.group()}{{title}}" for subject in subjects if (match := _PREFIX.match(subject)))


def _around(subjects: Sequence[str], titles: Sequence[str]) -> Iterator[str]:
    """The subjects with `{title}` in place of the longest title each has."""
    for subject in subjects:
        plain = _PULL_REQUEST.sub("", subject)
        title = max((title for title in titles if title in plain), key=len, default="")
        if title and not re.search(r"[{}]", plain.replace(title, "", 1)):
            yield plain.replace(title, "{title}", 1)
