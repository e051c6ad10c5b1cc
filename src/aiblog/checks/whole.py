"""What a rule of the whole blog sees: its posts, its files, its indexes; and the rules by their public names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.checks.subject import Place
from aiblog.core import header
from aiblog.core.index_review import Trouble
from aiblog.core.post import Edition, Post
from aiblog.core.settings import Settings
from aiblog.core.tags import tags_in


class Whole(NamedTuple):
    """A blog under check. Paths are relative to its root, with `/`.

    `posts` are newest first, `archived` those of the archive. `paths` are all files below the posts folder and the
    archive. `linked` is what the editions link to, None where not all of them were read; `indexes` the bytes of
    those index files that are there; `read` gives the bytes of any file, None where there is none. `troubles` are
    what is wrong in each index, by its path.
    """

    settings: Settings
    posts: Sequence[Post]
    archived: Sequence[Post] = ()
    paths: Sequence[str] = ()
    linked: Collection[str] | None = None
    indexes: Mapping[str, bytes] = MappingProxyType({})
    read: Callable[[str], bytes | None] = lambda _path: None
    troubles: Mapping[str, Sequence[Trouble]] = MappingProxyType({})

    def index_places(self, rule: str) -> Iterator[tuple[str, Place]]:
        """The indexes' troubles of that name, each with the path of its index."""
        for path, troubles in self.troubles.items():
            for each in troubles:
                if each.rule == rule:
                    yield path, Place(each.line, each.column, each.message, each.edits, each.severity)

    def tag_uses(self) -> dict[str, dict[str, list[Edition]]]:
        """The editions that have each tag, by the names of their posts."""
        key = self.settings.key("tags")
        uses: dict[str, dict[str, list[Edition]]] = {}
        for post in self.posts if key else ():
            for edition in post.editions.values():
                for tag in dict.fromkeys(tags_in(edition.metadata.get(key.name)) if key else ()):
                    uses.setdefault(tag, {}).setdefault(post.name, []).append(edition)
        return uses

    def tags_place(self, edition: Edition, message: str) -> Place:
        """The line of an edition's tags."""
        key = self.settings.key("tags")
        line = header.line_of(self.read(edition.path) or b"", key.name) if key else None
        return Place(line or 1, 1, message)


Finds = Callable[[Whole], Iterator[tuple[str, Place]]]
"""A rule of the whole blog: the path of a file, and the place in it. Its docstring is as that of any rule."""
