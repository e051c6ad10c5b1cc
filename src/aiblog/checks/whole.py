"""What a rule of the whole blog sees: its posts, its files, its indexes; and the rules by their public names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from aiblog.checks.subject import Place
from aiblog.core.post import Post
from aiblog.core.settings import Settings, Severity


class Whole(NamedTuple):
    """A blog under check. Paths are relative to its root, with `/`.

    `posts` are newest first, `archived` those of the archive. `paths` are all files below the posts folder and the
    archive. `linked` is what the editions link to, None where not all of them were read; `indexes` the bytes of
    those index files that are there.
    """

    settings: Settings
    posts: Sequence[Post]
    archived: Sequence[Post] = ()
    paths: Sequence[str] = ()
    linked: Collection[str] | None = None
    indexes: Mapping[str, bytes] = MappingProxyType({})


Finds = Callable[[Whole], Iterator[tuple[str, Place]]]
"""A rule of the whole blog: the path of a file, and the place in it. Its docstring is as that of any rule."""


class Rule(NamedTuple):
    """A rule of the whole blog: what it is by default, and the function that finds."""

    severity: Severity
    finds: Finds
