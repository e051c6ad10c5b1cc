"""Which files of a repository move where: what every link in it is led by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Moves(NamedTuple):
    """Files and whole folders, each by its old path, with its new one; paths are relative to the repository's top.

    `folders` are those of which nothing stays and that have all gone to one place.
    """

    files: Mapping[str, str]
    folders: Mapping[str, str] = MappingProxyType({})

    def of(self, path: str) -> str:
        """Where what was at a path is now: the path itself where that stays."""
        return self.files.get(path) or self.folders.get(path) or path

    def reversed(self) -> Moves:
        """The moves that take these back."""
        files = {new: old for old, new in self.files.items()}
        return Moves(files, {new: old for old, new in self.folders.items()})
