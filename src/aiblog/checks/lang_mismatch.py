"""The rule `lang-mismatch`."""

from __future__ import annotations

from collections.abc import Iterator

from aiblog.checks.metadata_edits import with_value
from aiblog.checks.subject import Place, Subject
from aiblog.core import header
from aiblog.core.translation_link import SIDECAR


def lang_mismatch(subject: Subject) -> Iterator[Place]:
    """A `lang` that is another one of the blog's languages than that of the file's name; a region may be added.

    Bad: `lang: zh`
    Good: `lang: en-GB`
    Why: browsers, search engines and screen readers would take the text for that language.
    """
    link, own = subject.edition.link, subject.edition.language
    value = link.lang if link else subject.edition.metadata.get("lang")
    if not isinstance(value, str):
        return
    said = value.casefold().replace("_", "-")
    codes = {each.code.casefold() for each in subject.settings.languages}
    code = next((each for each in (said, said.split("-")[0]) if each in codes), None)
    if code is not None and code != own.casefold():
        if link:
            yield Place(1, 1, f'lang is "{value}" in {SIDECAR}; the file\'s name says "{own}"')
            return
        line = header.line_of(subject.data, "lang") or 1
        message = f'lang is "{value}"; the file\'s name says "{own}"'
        yield Place(line, 1, message, with_value(subject, "lang", own))
