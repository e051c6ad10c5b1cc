"""The line between editions as a page under check has it: what it leads to, and what puts it right."""

from __future__ import annotations

from typing import NamedTuple

from aiblog.checks.subject import Subject
from aiblog.core import header
from aiblog.core.edit import Edit, difference
from aiblog.core.post import Edition, is_draft
from aiblog.core.switch_line import leads_to, own_switch_at
from aiblog.core.switch_writing import with_switch_line
from aiblog.core.title import first_heading
from aiblog.core.translation import is_stub
from aiblog.errors import AiblogError


class Switch(NamedTuple):
    """The line of a page: its line in the file from 1 (None: there is none), and the files that the page leads to."""

    line: int | None
    leads_to: frozenset[str]


def switch_of(subject: Subject) -> Switch:
    """The line between editions that the page has."""
    start = header.body_offset(subject.data)
    if b".md" not in subject.data[start:]:
        return Switch(None, frozenset())
    body = subject.data[start:].decode("utf-8", "replace")
    lines = body.replace("\r\n", "\n").split("\n")
    at = own_switch_at(lines, subject.edition.path)
    own = {subject.edition.path}
    if at is not None and leads_to(lines[at], subject.edition.path) <= own:
        at = None  # a link to the page itself: part of its text
    before = subject.data[:start].count(b"\n")
    return Switch(None if at is None else before + at + 1, leads_to(body, subject.edition.path))


def title_line(subject: Subject) -> int:
    """The line of the page's H1, from 1; its first line where it has none."""
    start = header.body_offset(subject.data)
    heading = first_heading(subject.data[start:].decode("utf-8", "replace"))
    return subject.data[:start].count(b"\n") + heading.line + 1 if heading else 1


def other_editions(subject: Subject) -> list[Edition]:
    """The other editions of the page's post."""
    post = subject.posts.get(subject.edition.path, subject.post)
    return [each for each in post.editions.values() if each.path != subject.edition.path]


def readers_have(subject: Subject, edition: Edition) -> bool:
    """Whether an edition is published: no draft, no stub, and with a front matter that can be read."""
    waits = is_draft(edition, subject.settings) or is_stub(edition, subject.read(edition.path) or b"")
    return edition.problem is None and not waits


def leads_back(subject: Subject, edition: Edition) -> bool:
    """Whether the line of another edition, or links at its top, lead to the page."""
    data = subject.read(edition.path) or b""
    if b".md" not in data:
        return False
    return subject.edition.path in leads_to(data[header.body_offset(data) :].decode("utf-8", "replace"), edition.path)


def switch_edits(subject: Subject) -> tuple[Edit, ...]:
    """What makes the line lead to each other edition that readers have, and to none that is gone."""
    led = switch_of(subject).leads_to
    wanted = [each for each in other_editions(subject) if each.path in led or readers_have(subject, each)]
    editions = {each.language: each.path for each in (subject.edition, *wanted)}
    path, languages = subject.edition.path, subject.settings.languages
    try:
        after = with_switch_line(
            subject.data, path, editions, languages, subject.switch_style(), lambda at: subject.kind_of(at) == "file"
        )
    except AiblogError:
        return ()
    return difference(subject.data, after)
