"""What changed from one text to another, word by word; Chinese and Japanese character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from aiblog.core.line_pairs import line_pairs
from aiblog.core.sequence_match import compared

Op = Literal["equal", "delete", "insert"]

_CHARACTERS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = r"[^\W_]+"
_TOKEN = re.compile(
    rf"""
      \d{{4}}/\d\d?/\d\d?(?!\w)                                                       # a date
    | {_LETTERS} (?: (?: ['’._-] | (?<=\d),(?=\d{{3}}(?!\d)) | (?<=\d):(?=\d) ) {_LETTERS} )* (?: (?<=\d)[%‰％] )?
    | \s+
    | ([^\w\s])\1{{2,}}                                                                # a rule, a line of a table
    | .""",
    re.DOTALL | re.VERBOSE,
)
"""A word, a number with its separators and its sign, white space, one other sign or a run of it, or a character."""

_UNITS = frozenset("十百千万亿兆")
"""What a number in digits is counted in: `6.5 万`."""


@cache  # compiled where a text needs it: so many characters take longer than the rest of a start-up's expressions
def _character() -> re.Pattern[str]:
    return re.compile(f"([{_CHARACTERS}])")


class Part(NamedTuple):
    """A piece of a word diff: in both texts, in the old one alone, or in the new one alone."""

    op: Op
    text: str

    @property
    def marked(self) -> str:
        """The piece as people see it: `[-old-]`, `{+new+}`."""
        return {"delete": f"[-{self.text}-]", "insert": f"{{+{self.text}+}}"}.get(self.op, self.text)


class _Token(NamedTuple):
    """A word, a character or a sign, and the white space before it."""

    space: str
    text: str


def word_diff(old: str, new: str) -> list[Part]:
    """What leads from one text to another, in order; between two equal pieces first what goes, then what comes.

    The equal pieces with the new ones are the new text but for white space. White space that differs counts only where
    nothing else does. Texts that differ have a part that is not `equal`.
    """
    return list(_parts(_steps(old, new)))


def changed_words(old: str, new: str) -> int:
    """How many words a translator finds changed: of words replaced, the larger number of old and new ones.

    Two Chinese characters count as one word, punctuation as none.
    """
    halves = sum(max(_halves(step.old), _halves(step.new)) for step in _steps(old, new) if not step.equal)
    return (halves + 1) // 2


def words(text: str) -> list[str]:
    """The words, characters and signs of a text, as a word diff compares them."""
    return [token.text for token in _tokens(text)]


def excerpt(parts: Sequence[Part], context: int) -> list[Part]:
    """The diff with at most so many characters of what is equal on either side of a change, `…` for the rest."""
    shown = []
    for number, part in enumerate(parts):
        text = part.text
        if part.op == "equal":
            left, right = number > 0, number < len(parts) - 1
            if len(text) > context * (left + right) + 1:
                head = _cut(text[:context], at_end=True) if left else ""
                tail = _cut(text[-context:], at_end=False) if right else ""
                text = f"{head.rstrip()}…{tail.lstrip()}"
        shown.append(Part(part.op, text))
    return shown


def _cut(text: str, *, at_end: bool) -> str:
    """A piece of a text without the half of a word at its cut side."""
    if at_end:
        return re.sub(rf"(?<=\s){_LETTERS}$", "", text)
    return re.sub(rf"^{_LETTERS}(?=\s)", "", text)


class _Step(NamedTuple):
    """Words that are equal in both texts, or the old ones and those that replace them; either may be none."""

    equal: bool
    old: Sequence[_Token]
    new: Sequence[_Token]


def _steps(old: str, new: str) -> Iterator[_Step]:
    """The way from one text to the other: in no order two steps of one kind follow each other."""
    before, after = _tokens(old), _tokens(new)
    if old != new and _words(before) == _words(after):
        before, after = _with_spaces(before), _with_spaces(after)
    lines, others = _lines(before), _lines(after)
    for row, column in line_pairs([_words(line) for line in lines], [_words(line) for line in others]):
        own, its = [] if row is None else lines[row], [] if column is None else others[column]
        for equal, left, right in compared(_words(own), _words(its)):
            yield _Step(equal, own[left.start : left.stop], its[right.start : right.stop])


def _words(tokens: Iterable[_Token]) -> list[str]:
    return [token.text for token in tokens]


def _tokens(text: str) -> list[_Token]:
    """The words of a text. A newline is one of them; what the next line is indented by is that line's."""
    found, space = [], ""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word.isspace():
            first, *others = [word] if word.isascii() else [part for part in _character().split(word) if part]
            found += [_Token(space, first), *(_Token("", part) for part in others)]
            space = ""
        elif "\n" in word:
            at = word.rindex("\n") + 1
            found.append(_Token("", word[:at]))
            space = word[at:]
        else:
            space = word
    return [*found, _Token("", space)] if space else found


def _with_spaces(tokens: Iterable[_Token]) -> list[_Token]:
    """The same with the white space as words of their own."""
    return [_Token("", part) for token in tokens for part in token if part]


def _lines(tokens: Iterable[_Token]) -> list[list[_Token]]:
    lines: list[list[_Token]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if token.text.endswith("\n"):
            lines.append([])
    return lines


def _parts(steps: Iterable[_Step]) -> Iterator[Part]:
    """The steps as text. White space before a change stands with what is equal before it."""
    equal = ""
    for step in _readable(steps):
        if step.equal:
            equal += _text(step.new)
            continue
        equal += next((each[0].space for each in (step.new, step.old) if each and each[0].space), "")
        if equal:
            yield Part("equal", equal)
        equal = ""
        if step.old:
            yield Part("delete", _text(step.old)[len(step.old[0].space) :])
        if step.new:
            yield Part("insert", _text(step.new)[len(step.new[0].space) :])
    if equal:
        yield Part("equal", equal)


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(f"{token.space}{token.text}" for token in tokens)


def _readable(steps: Iterable[_Step]) -> list[_Step]:
    """Neighbours of one kind as one step; a lone sign or character between two longer changes counts as changed."""
    kept: list[_Step] = []
    waiting = _with_whole_numbers(steps)
    for number, step in enumerate(waiting):
        last = kept[-1] if kept else None
        after = waiting[number + 1] if number + 1 < len(waiting) else None
        if (
            last
            and after
            and step.equal
            and not last.equal
            and not after.equal
            and _is_lone(step)
            and _is_long(last, after)
        ):
            step = step._replace(equal=False)  # noqa: PLW2901
        if last and last.equal == step.equal:
            kept[-1] = _Step(step.equal, [*last.old, *step.old], [*last.new, *step.new])
        else:
            kept.append(step)
    return kept


def _with_whole_numbers(steps: Iterable[_Step]) -> list[_Step]:
    """The same with a number and what it is counted in (`6.5 万`) on one side, where either changed."""
    whole: list[_Step] = []
    for step in steps:
        last = whole[-1] if whole else None
        if last and step.equal and not last.equal and _is_number(last.old) and _is_number(last.new):
            count = next((at for at, token in enumerate(step.new) if token.text not in _UNITS), len(step.new))
            whole[-1] = _Step(False, [*last.old, *step.old[:count]], [*last.new, *step.new[:count]])
            step = _Step(True, step.old[count:], step.new[count:])  # noqa: PLW2901
        elif last and last.equal and _is_number(last.new) and _is_unit(step.old) and _is_unit(step.new):
            whole[-1] = _Step(True, last.old[:-1], last.new[:-1])
            step = _Step(False, [last.old[-1], *step.old], [last.new[-1], *step.new])  # noqa: PLW2901
        whole += [step] if step.new or step.old else []
    return [step for step in whole if step.new or step.old]


def _is_number(tokens: Sequence[_Token]) -> bool:
    """Whether a number in digits stands at the end."""
    return bool(tokens) and tokens[-1].text[-1].isdigit()


def _is_unit(tokens: Sequence[_Token]) -> bool:
    """Whether what a number is counted in stands at the beginning."""
    return bool(tokens) and tokens[0].text in _UNITS


def _is_lone(step: _Step) -> bool:
    return len(step.new) == 1 and len(step.new[0].text) == 1 and not step.new[0].text.isspace()


def _is_long(*steps: _Step) -> bool:
    return all(max(len(step.old), len(step.new)) > 1 for step in steps)


def _halves(tokens: Iterable[_Token]) -> int:
    """Half words: two for a word, one for a Chinese character."""
    return sum(
        1 if not token.text.isascii() and _character().match(token.text) else 2 * any(map(str.isalnum, token.text))
        for token in tokens
    )
