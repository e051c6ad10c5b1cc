"""Two sides of `.aiblog/translations.yaml` as one: each line that only one of them has changed is that side's."""

from __future__ import annotations

from aiblog.core.conflict import Hunk, parts
from aiblog.core.translations_file import links_in, with_links_in
from aiblog.errors import AiblogError


def merged_links(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Our side with the lines that theirs has added, changed or taken out since `base` (empty: nothing before both).

    None where both have changed a line in two ways, or one of the three cannot be read. Comments are our side's.
    """
    try:
        before, own, other = links_in(base), links_in(ours), links_in(theirs)
    except AiblogError:
        return None
    changed = {path for path in before | other if other.get(path) != before.get(path)}
    if any(own.get(path) not in (before.get(path), other.get(path)) for path in changed):
        return None
    return with_links_in(ours, {path: other.get(path) for path in sorted(changed)})


def settled_links(data: bytes, base: bytes | None) -> bytes | None:
    """The file without git's conflict markers; None where people have to decide, or a marker is not sure.

    `base` is the file before both sides, None where nobody knows it: then the markers tell, if their style has it.
    """
    hunks = parts(data.decode("utf-8", "surrogateescape"))
    sides: list[list[str]] = [[], [], []]
    for part in hunks:
        lines = (part.base or (), part.ours, part.theirs) if isinstance(part, Hunk) else (part, part, part)
        for side, own in zip(sides, lines, strict=True):
            side.extend(own)
    before, ours, theirs = ("".join(side).encode("utf-8", "surrogateescape") for side in sides)
    return merged_links(before if base is None else base, ours, theirs)
