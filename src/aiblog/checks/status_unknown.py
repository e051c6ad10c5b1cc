"""The rule `status-unknown`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.metadata_edits import with_value
from aiblog.checks.subject import Place, Subject
from aiblog.core import header

SHORTEST = 5
"""Letters of a word at least for one of them to be taken for a typing error."""


def status_unknown(subject: Subject) -> Iterator[Place]:
    """A status that is the blog's word for a draft or a published post but for upper and lower case or one letter.

    Bad: `status: draft`
    Good: `status: Draft`
    Why: only the word itself counts: the draft would be taken for a published post. Other words are a blog's own.
    """
    key = subject.settings.key("status")
    value = subject.edition.metadata.get(key.name) if key else None
    if key is None or not isinstance(value, str) or value in ("", key.draft, key.published):
        return
    if value.casefold() == key.published.casefold() in {"true", "false"}:  # to YAML that is one value
        return
    meant = next((word for word in (key.published, key.draft) if _nearly(value.casefold(), word.casefold())), None)
    if meant is not None:
        line = header.line_of(subject.data, key.name) or 1
        message = f'{key.name} is "{value}"; this blog writes "{meant}"'
        yield Place(line, 1, message, with_value(subject, key.name, meant))


def _nearly(word: str, known: str) -> bool:
    """Whether they are equal, or one letter is another, missing, too many, or has changed places with the next."""
    if word == known or min(len(word), len(known)) < SHORTEST:
        return word == known
    least = min(len(word), len(known))
    at = next((at for at in range(least) if word[at] != known[at]), least)
    rest, other = word[at:], known[at:]
    return rest[1:] in (other, other[1:]) or rest == other[1:] or rest[1::-1] + rest[2:] == other
