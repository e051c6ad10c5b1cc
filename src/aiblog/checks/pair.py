"""A translation beside its source, as the parity rules see the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aiblog.checks.origins import source_edition
from aiblog.checks.subject import Place, Subject
from aiblog.core.canonical import is_known, source_hash
from aiblog.core.post import Edition
from aiblog.core.translation import todo_lines
from aiblog.core.translation_source import named
from aiblog.errors import AiblogError

if TYPE_CHECKING:  # start-up: most runs of `publish` see no pair
    from aiblog.core.comparison import Comparison, Difference


class Pair(NamedTuple):
    """A translation's source, the comparison of the two, and what each rule finds in such a comparison, by its name."""

    source: Edition
    comparison: Comparison
    measures: Mapping[str, Callable[[Comparison], Iterable[Difference]]]


def pair(subject: Subject) -> Pair | None:
    """The pair whose translation this edition is; None for any other, and where the two are not to be alike yet.

    An edition is a translation where it names its source, or where it is not the one written first. Not to be alike
    are a draft, a text in which markers wait, and a translation that covers an earlier text of its source.
    """
    return _pair(_Same(subject)) if subject.published else None


class _Same:
    """A subject that is equal to itself alone: it cannot be hashed, and comparing its parts would take long."""

    __slots__ = ("subject",)

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def __hash__(self) -> int:
        return id(self.subject)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.subject is self.subject


@lru_cache(maxsize=1)  # every rule asks for the same pair, one after the other
def _pair(same: _Same) -> Pair | None:
    subject = same.subject
    edition, source = subject.edition, _source(subject)
    if source is None or source.path == edition.path or named(source) == edition.path:
        return None
    ours = subject.read(source.path)
    if ours is None or todo_lines(ours) or todo_lines(subject.data) or _is_outdated(ours, edition.source_hash):
        return None
    from aiblog.core.comparison import compared  # noqa: PLC0415 - start-up
    from aiblog.core.parity import MEASURES  # noqa: PLC0415

    return Pair(source, compared(ours.decode("utf-8-sig", "replace"), subject.text), MEASURES)


def _source(subject: Subject) -> Edition | None:
    """The edition that it was made from: as `source_edition`, but quick where nobody need look for it."""
    path = named(subject.edition)
    if path is None:
        return subject.post.source
    editions = subject.posts.get(path, subject.post).editions.values()
    return next((each for each in editions if each.path == path), None) or source_edition(subject)


def differences(subject: Subject, rule: str) -> Iterator[Place]:
    """The places of what a rule finds in the two texts alone, where the edition is one of a pair."""
    found = pair(subject)
    return places(found.measures[rule](found.comparison)) if found else iter(())


def places(found: Iterable[Difference]) -> Iterator[Place]:
    """The places of differences in the translation."""
    return (Place(each.line, each.column, each.message) for each in found)


def _is_outdated(source: bytes, covered: str | None) -> bool:
    """Whether the source's text is another one than the translation was made from."""
    if not covered or not is_known(covered):
        return False
    try:
        return source_hash(source) != covered
    except AiblogError:
        return False  # nobody can tell, and the rules on front matter say why
