"""What changed in a source since the text that its translation covers, block by block."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from aiblog.core.sequence_match import best_pairs, compared
from aiblog.core.text_blocks import TextBlock, TextKind, text_blocks
from aiblog.core.word_diff import changed_words, words

What = Literal["added", "removed", "changed", "moved"]
ChangeKind = Literal["links", "code", "minor", "content"]
KINDS: tuple[ChangeKind, ...] = ("links", "code", "minor", "content")
"""What a change asks of a translator, the least first."""

MINOR = 10
"""Words changed at most in a `minor` change, and in a source that is `outdated (minor)`."""


ALIKE = 0.3
"""The part of their words that two blocks share at least to be one block, edited."""

Pair = tuple[TextBlock | None, TextBlock | None]


class Change(NamedTuple):
    """One block of a source that changed.

    `kind` is `links` where only destinations changed, `code` where code or destinations did, `minor` up to ten words,
    else `content`; what moved, and a heading that came or went, is `content`. `words` counts what a translator finds
    changed (two Chinese characters are one word; code and destinations are none). `block` says what the block is,
    `section` the heading it stands under (`## Part`), in the text that has it. `old` and `new` are its canonical text,
    "" where it is not there. `line` and `old_line` are its first line in the new and the old text, counted from 1;
    where it is not there, the last line of the block before its place, 0 for none.
    """

    what: What
    kind: ChangeKind
    block: TextKind
    section: str
    old_line: int
    line: int
    old: str
    new: str
    words: int


def changes(old: str, new: str) -> list[Change]:
    """The changed blocks from one whole text of a source (or body) to another, in the order of the new one.

    None where both have the same hash, else at least one. A block that is elsewhere now is `moved`; one that was
    edited as well is `removed` and `added`.

    Raises:
        AiblogError: `metadata-invalid` where a front matter cannot be read.
    """
    before, after = text_blocks(old), text_blocks(new)
    if _canonical(before) == _canonical(after):
        return []
    pairs = list(_paired(before, after))
    moved = _moved(pairs)
    elsewhere = set(moved.values())
    found = []
    old_line = line = 0
    for was, now in pairs:
        if now and now in moved:
            origin = moved[now].first
            found.append(Change("moved", "content", now.kind, now.section, origin, now.first, now.text, now.text, 0))
        elif was is None and now:
            found.append(_change("added", was, now, old_line, now.first))
        elif was and now is None and was not in elsewhere:
            found.append(_change("removed", was, now, was.first, line))
        elif was and now and was.hashed != now.hashed:
            found.append(_change("changed", was, now, was.first, now.first))
        old_line, line = was.last if was else old_line, now.last if now else line
    return found


def kind_of(found: Sequence[Change]) -> ChangeKind | None:
    """What all the changes together ask of a translator; None where there are none."""
    strongest = max((each.kind for each in found), key=KINDS.index, default=None)
    return "content" if strongest == "minor" and sum(each.words for each in found) > MINOR else strongest


def _canonical(blocks: Sequence[TextBlock]) -> tuple[str, str]:
    """What the hash covers: the front matter's part, and the body's."""
    metadata = [block.hashed for block in blocks if block.kind == "metadata"]
    return "\n".join(metadata), "\n".join(block.hashed for block in blocks[len(metadata) :])


def _moved(pairs: Iterable[Pair]) -> dict[TextBlock, TextBlock]:
    """Where each block was that stands elsewhere now, in the same words."""
    gone: dict[str, deque[TextBlock]] = {}
    come = []
    for was, now in pairs:
        if was and now is None:
            gone.setdefault(was.hashed, deque()).append(was)
        elif now and was is None:
            come.append(now)
    return {now: gone[now.hashed].popleft() for now in come if gone.get(now.hashed)}


def _change(what: What, was: TextBlock | None, now: TextBlock | None, old_line: int, line: int) -> Change:
    block = now or was
    assert block is not None  # noqa: S101 - one of them is there
    words = changed_words(was.prose if was else "", now.prose if now else "")
    kind = _kind(was, now) or ("minor" if words <= MINOR else "content")
    words = 0 if kind in {"links", "code"} else words
    old, new = was.text if was else "", now.text if now else ""
    return Change(what, kind, block.kind, block.section, old_line, line, old, new, words)


def _kind(was: TextBlock | None, now: TextBlock | None) -> ChangeKind | None:
    """What is plain without counting words."""
    if was and now:
        return "links" if was.unlinked == now.unlinked else "code" if was.prose == now.prose else None
    one = was or now
    kinds: dict[TextKind, ChangeKind] = {"definition": "links", "code": "code", "heading": "content"}
    return kinds.get(one.kind) if one else None


def _paired(before: Sequence[TextBlock], after: Sequence[TextBlock]) -> Iterator[Pair]:
    """Each block of both texts once, with its counterpart; what is gone stands at its former place."""
    for equal, old, new in compared([block.hashed for block in before], [block.hashed for block in after]):
        left, right = before[old.start : old.stop], after[new.start : new.stop]
        yield from zip(left, right, strict=True) if equal else _similar(left, right)


def _similar(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Iterator[Pair]:
    """Blocks that were replaced by others: those that are alike as pairs, in order."""
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind and old[0].name == new[0].name:
        return iter([(old[0], new[0])])
    counted = [[Counter(words(block.text)) for block in blocks] for blocks in (old, new)]

    def likeness(left: int, right: int) -> float:
        if old[left].kind != new[right].kind or old[left].name != new[right].name:
            return 0
        one, other = counted[0][left], counted[1][right]
        alike = 2 * (one & other).total() / max(one.total() + other.total(), 1)
        return alike if alike >= ALIKE else 0

    matched = best_pairs(len(old), len(new), likeness)
    return ((None if left is None else old[left], None if right is None else new[right]) for left, right in matched)
