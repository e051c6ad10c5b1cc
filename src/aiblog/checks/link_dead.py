"""The rule `link-dead`: which addresses are to be asked; what they answer is the network's."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.subject import Place, Subject
from aiblog.core.external_link import external_links


def link_dead(subject: Subject) -> Iterator[Place]:
    """An address that is gone (404, 410, no such host), with `--external` alone; one that may be there is information.

    Bad: `[the report](https://example.org/gone)`
    Good: `[the report](https://example.org)`
    Why: addresses die; readers should not be the first to notice.
    """
    for link in external_links(subject.text):
        yield subject.place_at(link.start, link.url)
