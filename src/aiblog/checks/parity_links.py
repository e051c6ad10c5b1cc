"""The rule `parity-links`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aiblog.checks.pair import pair, places
from aiblog.checks.subject import Place, Subject
from aiblog.core.links import resolved


def parity_links(subject: Subject) -> Iterator[Place]:
    """What only one of a translation and its source links to; the language of an edition or of a site does not count.

    Bad: `[docs](https://example.org/docs) → 文档`
    Good: `[docs](https://example.org/docs) → [文档](https://example.org/zh/docs)`
    Why: references are added to one language and forgotten in the other.
    """
    found = pair(subject)
    if found is None:
        return iter(())
    from aiblog.core.parity_links import differing_links  # noqa: PLC0415 - start-up

    own, its = (_target(subject, path) for path in (found.source.path, subject.edition.path))
    return places(differing_links(found.comparison, own, its))


def _target(subject: Subject, path: str) -> Callable[[str], str | None]:
    """What a relative destination in that file leads to: a post, whichever its edition, or a path."""

    from urllib.parse import unquote  # noqa: PLC0415 - start-up

    from aiblog.core.localised import without_language  # noqa: PLC0415

    def target(destination: str) -> str | None:
        there = resolved(path, unquote(destination))
        if there is None:
            return destination
        post = subject.posts.get(there)
        return post.name if post else without_language(there)

    return target
