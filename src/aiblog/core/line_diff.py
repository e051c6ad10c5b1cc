"""What differs between two texts, by lines, as a unified diff has it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

CONTEXT = 3
Opcode = tuple[str, int, int, int, int]


def unified(before: Sequence[str], after: Sequence[str], old: str, new: str) -> Iterator[str]:
    """The lines of a unified diff of two texts with those names; nothing where they are equal."""
    matcher = (
        _Replaced(before, after) if _only_replaced(before, after) else difflib.SequenceMatcher(None, before, after)
    )
    for number, group in enumerate(matcher.get_grouped_opcodes(CONTEXT)):
        if not number:
            yield f"--- {old}\n"
            yield f"+++ {new}\n"
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n"
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from (f" {line}" for line in before[start:end])
                continue
            yield from (f"-{line}" for line in before[start:end])
            yield from (f"+{line}" for line in after[new_start:new_end])


def _only_replaced(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the one text is the other with lines replaced by new ones, as links that are led on leave it."""
    if len(before) != len(after):
        return False
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    return {one for one, _ in pairs}.isdisjoint(other for _, other in pairs)


class _Replaced(difflib.SequenceMatcher[str]):
    """Texts with as many lines that are compared line by line: a thousand of them differ in no time."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(None, "", "")
        self.before, self.after = before, after

    def get_opcodes(self) -> list[Opcode]:  # type: ignore[override]
        """As those of difflib: equal and replaced lines in turn."""
        found: list[Opcode] = []
        start, number, last = 0, 0, len(self.before)
        while number < last:
            same = self.before[number] == self.after[number]
            while number < last and (self.before[number] == self.after[number]) == same:
                number += 1
            found.append(("equal" if same else "replace", start, number, start, number))
            start = number
        return found


def _range(start: int, end: int) -> str:
    """A hunk's range: where it begins, from 1, and how many lines it has unless it is one."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
