"""What a translation that is behind covers: its source's old text, out of git, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.core.canonical import source_hash
from aiblog.core.translation_state import Translation
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.adapters.versions import Reach
    from aiblog.core.source_diff import Change, ChangeKind


class Covered(NamedTuple):
    """The text of a source that a translation covers, and since when the source has another (a date, ISO 8601)."""

    text: str
    since: str


class Behind(NamedTuple):
    """A translation whose source has changed: what it covers, and what changed; None and nothing where out of reach."""

    translation: Translation
    covered: Covered | None
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> ChangeKind | None:
        """What all changes together ask of a translator; None where the old text is out of reach."""
        from aiblog.core.source_diff import kind_of  # noqa: PLC0415 - start-up

        return kind_of(self.changes)

    @property
    def words(self) -> int:
        """How many words changed."""
        return sum(each.words for each in self.changes)


def behind(blog: Blog, translations: Sequence[Translation], read: Callable[[str], bytes]) -> list[Behind]:
    """What those translations, each behind its source, do not cover yet, in their order.

    The source's versions are looked through until one has the hash that the translation names: staged, in HEAD's
    history, through its renames, then on every branch and in the reflog. So a squash, a rebase or another folder change
    nothing. Where only the work tree has the new text, it has so since today. No git where there are none.

    Args:
        blog: the blog.
        translations: those that are behind; each has a `target`.
        read: gives a file's bytes by its path.
    """
    wanted = {each.target.path: each for each in translations if each.target}
    found: dict[str, Covered] = {}
    reaches: tuple[Reach, ...] = ("own path", "renamed", "lost")
    for reach in reaches:
        left = {path: each for path, each in wanted.items() if path not in found}
        if left:
            found |= _covered(blog, left, reach)
    return [_behind(each, found.get(each.target.path) if each.target else None, read) for each in translations]


def _behind(translation: Translation, covered: Covered | None, read: Callable[[str], bytes]) -> Behind:
    if covered is None:
        return Behind(translation, None)
    from aiblog.core.source_diff import changes  # noqa: PLC0415 - start-up: only where something is outdated

    new = read(translation.source.path).decode("utf-8", "surrogateescape")
    return Behind(translation, covered, tuple(changes(covered.text, new)))


def _covered(blog: Blog, wanted: Mapping[str, Translation], reach: Reach) -> dict[str, Covered]:
    """What is found of the old texts, by the translation's path."""
    from aiblog.adapters.versions import file_versions  # noqa: PLC0415 - start-up: git only where one is behind

    folders = [folder or "." for folder in (blog.settings.posts, blog.settings.archive) if folder is not None]
    versions = file_versions(blog.root, folders, {each.source.path for each in wanted.values()}, reach)
    found = {}
    for path, each in wanted.items():
        pin = each.target.source_hash if each.target else None
        newer = None
        for version in versions.get(each.source.path, ()):
            if _hash(version.data) == pin:
                text = version.data.decode("utf-8", "surrogateescape")
                found[path] = Covered(text, newer or blogs.today(blog.settings))
                break
            newer = version.date
    return found


def _hash(data: bytes) -> str | None:
    """The hash of a version; None where it cannot be read."""
    try:
        return source_hash(data)
    except AiblogError:
        return None
