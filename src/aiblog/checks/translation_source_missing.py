"""The rule `translation-source-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.metadata_edits import with_value
from aiblog.checks.nearest import nearest
from aiblog.checks.origins import origin_of
from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.links import relative, resolved
from aiblog.core.translation_link import SIDECAR


def translation_source_missing(subject: Subject) -> Iterator[Place]:
    """A `translation_of` that leads to a Markdown file that does not exist, or to the edition itself.

    Bad: `translation_of: ./roi_en.md`
    Good: `translation_of: ./roi_zh.md`
    Why: nobody is told when the source changes, and readers find no way to it.
    """
    edition = subject.edition
    value = edition.translation_of or ""
    target = resolved(edition.path, value) if value.endswith(".md") else None
    if target is None or (target != edition.path and subject.kind_of(target) == "file"):
        return
    what = "the file itself" if target == edition.path else f"{value}, which does not exist"
    line = 1 if edition.link else header.line_of(subject.data, "translation_of") or 1
    key = f"translation_of in {SIDECAR}" if edition.link else "translation_of"
    origin = origin_of(subject)
    if origin.edition and origin.doubt == "moved":
        source = relative(edition.path, origin.edition.path)
        where = "the post's other edition" if origin.edition.path in subject.post.paths else "the text it covers"
        message = f"{key} leads to {what}; {where} is {source}"
        yield Place(line, 1, message, () if edition.link else with_value(subject, "translation_of", source))
    else:
        near = nearest(subject, target) if target != edition.path else ""
        yield Place(line, 1, f"{key} leads to {what}{near}")
