"""Which edition a translation was made from: the one that it names, or the one that it must mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.links import resolved
from aiblog.core.post import Edition, Post
from aiblog.core.translation import is_stub
from aiblog.errors import AiblogError


class Origin(NamedTuple):
    """A translation's source, None where nobody can tell.

    `doubt` says how sure it is: "" for the one that is named (or, where none is, the one written first); "moved" for
    one that is not where the translation says; "ambiguous" for one of several that could be meant.
    """

    edition: Edition | None
    doubt: Literal["", "moved", "ambiguous"] = ""


class Sources:
    """The editions of a blog that a translation may have been made from.

    Args:
        posts: the blog's posts.
        read: gives a file's bytes by its path, nothing for one that is not there.
        archived: gives those of the archive, asked only for what none of the posts tells.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        read: Callable[[str], bytes],
        archived: Callable[[], Iterable[Post]] = lambda: (),
    ) -> None:
        self._posts = list(posts)
        self._read = read
        self._archived = archived
        self._editions = {each.path: each for post in self._posts for each in post.editions.values()}
        self._others: dict[str, Edition | None] = {}
        self._hashes: dict[str, str] = {}
        self._elsewhere: dict[str, set[str]] | None = None

    def at(self, path: str) -> Edition | None:
        """The edition at that path; a Markdown file that is none of the posts' is one without a language."""
        if path in self._editions or not path.endswith(".md"):
            return self._editions.get(path)
        if path not in self._others:
            data = self._read(path)
            self._others[path] = Edition(path, "", problem=_problem(data, path)) if data else None
        return self._others[path]

    def origin(self, post: Post, edition: Edition) -> Origin:
        """What that edition of the post was made from. Only where it names a file that is not there are others read.

        That is then the one edition whose text has the hash that the translation covers, one of the same post before
        others; without such a text, the one edition of the post that is itself no translation. Where several are
        that, or editions name each other in a circle, it is ambiguous.
        """
        path = named(edition)
        if path is None:
            return Origin(post.source if post.source.path != edition.path else None)
        source = self.at(path) if path != edition.path else None
        if source is not None:
            return Origin(source, "ambiguous" if self._returns(edition) else "")
        return self._meant(post, edition)

    def elsewhere(self, source: Edition) -> set[str]:
        """The languages in which another post's editions are translations of that source."""
        if self._elsewhere is None:
            self._elsewhere = {}
            for post in self._posts:
                for each in post.editions.values() if post.source.translation_of else ():
                    origin = self.origin(post, each).edition
                    if origin is not None and origin.path not in post.paths:
                        self._elsewhere.setdefault(origin.path, set()).add(each.language)
        return self._elsewhere.get(source.path, set())

    def _returns(self, edition: Edition) -> bool:
        """Whether the way from source to source leads back to the edition."""
        seen: set[str] = set()
        current: Edition | None = edition
        while current is not None and (path := named(current)) is not None and path not in seen:
            if path == edition.path:
                return True
            seen.add(path)
            current = self._editions.get(path)
        return False

    def _meant(self, post: Post, edition: Edition) -> Origin:
        others = [each for each in post.editions.values() if each.path != edition.path]
        for candidates in (others, self._editions.values(), self._in_archive()):
            found = [each for each in candidates if self._is_covered(each, edition)] if edition.source_hash else []
            if found:
                return Origin(found[0], "moved" if len(found) == 1 else "ambiguous")
        written = [each for each in others if not each.translation_of]
        return Origin(written[0], "moved" if len(written) == 1 else "ambiguous") if written else Origin(None)

    def _in_archive(self) -> Iterator[Edition]:
        return (each for post in self._archived() for each in post.editions.values())

    def _is_covered(self, source: Edition, translation: Edition) -> bool:
        """Whether a translation covers that text, in another language and no stub (a stub has its source's)."""
        if source.problem or source.language == translation.language or named(source) == translation.path:
            return False
        if source.path not in self._hashes:
            data = self._read(source.path)
            self._hashes[source.path] = "" if is_stub(source, data) else source_hash(data)
        return self._hashes[source.path] == translation.source_hash


def _problem(data: bytes, path: str) -> str | None:
    """Why the front matter of a file cannot be read; None where it can."""
    try:
        header.read(data, path)
    except AiblogError as error:
        return error.message
    return None


def named(edition: Edition) -> str | None:
    """The path, relative to the root, of the file that the edition names as its source; None where it names none."""
    return resolved(edition.path, edition.translation_of) if edition.translation_of else None
