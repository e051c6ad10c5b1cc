"""What the edition under check was made from."""

from __future__ import annotations

from aiblog.checks.subject import Subject
from aiblog.core.post import Edition
from aiblog.core.translation_source import Origin, Sources


def origin_of(subject: Subject) -> Origin:
    """What the edition was made from, as `status` has it."""
    others = {each.source.path: each for each in subject.posts.values()}  # each post once
    sources = Sources([subject.post, *others.values()], lambda path: subject.read(path) or b"")
    return sources.origin(subject.post, subject.edition)


def source_edition(subject: Subject) -> Edition | None:
    """The edition that it translates: the one it names, else the one written first; None where nobody can tell."""
    post = subject.posts.get(subject.edition.path, subject.post)
    origin = origin_of(subject._replace(post=post))
    return None if origin.doubt == "ambiguous" else origin.edition
