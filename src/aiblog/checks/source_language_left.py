"""The rule `source-language-left`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.pair import pair, places
from aiblog.checks.subject import Place, Subject


def source_language_left(subject: Subject) -> Iterator[Place]:
    """A paragraph or list item of a translation still in its source's language; quotations, code, names may be.

    Bad: `The pods wait for the scheduler of the node. → The pods wait for the scheduler of the node.`
    Good: `The pods wait for the scheduler of the node. → Pod 等待节点的调度器。`
    Why: it was overlooked, or pasted in later to be translated.
    """
    found = pair(subject)
    if found is None:
        return iter(())
    from aiblog.core.source_language import untranslated  # noqa: PLC0415 - start-up

    return places(untranslated(found.comparison, found.source.language, subject.edition.language))
