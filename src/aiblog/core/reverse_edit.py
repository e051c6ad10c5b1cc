"""An edit of a text taken back out of what the text has become since."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise


def without_edit(now: bytes, before: bytes, after: bytes) -> bytes | None:
    """`now` without what turned `before` into `after`: what others have changed since stays, to the byte.

    None where that is not sure: lines that the edit wrote are not there any more, stand there twice, or it only
    took lines away, whose place cannot be told.
    """
    old, new, lines = (text.splitlines(keepends=True) for text in (before, after, now))
    same = next(
        (at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new))
    )
    matcher = SequenceMatcher(
        None, old[same:], new[same:], autojunk=False
    )  # which may align what both begin with worse
    places = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        block = new[same + new_from : same + new_to]
        found = [at for at in range(len(lines) - len(block) + 1) if block and lines[at : at + len(block)] == block]
        if len(found) != 1 or not any(line.strip() for line in block):
            return None
        places.append((found[0], found[0] + len(block), old[same + old_from : same + old_to]))
    places.sort()
    if any(first[1] > second[0] for first, second in pairwise(places)):
        return None
    for start, end, put in reversed(places):
        lines[start:end] = put
    return b"".join(lines)
