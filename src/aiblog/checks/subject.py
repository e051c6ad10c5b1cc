"""What a rule sees: one edition with its bytes, the blog's conventions, and a look at what lies where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from aiblog.core.post import Edition, Post
from aiblog.core.settings import Settings


class Subject(NamedTuple):
    """One edition under check, as the author has it.

    `kind_of` says what is at a path relative to the blog's root (None: nothing, also where only
    the case differs); `names_in` the names in a folder, `""` being the root, none where there is no such folder.
    """

    post: Post
    edition: Edition
    data: bytes
    settings: Settings
    kind_of: Callable[[str], Literal["file", "folder"] | None]
    names_in: Callable[[str], Collection[str]]

    @property
    def text(self) -> str:
        """The file as text, without a BOM, so that the first line's columns count as an editor shows them."""
        return self.data.decode("utf-8-sig", "replace")


Place = tuple[int, int, str]
"""Line and column, from 1, and one sentence without a final full stop."""

Rule = Callable[[Subject], Iterator[Place]]
"""A rule; its docstring has a summary, one bad and one good sample line, and the reason: see `docs/rules.md`."""
