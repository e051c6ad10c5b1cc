"""The files beside a post that move or go with it: those in a folder of its own, those that only it links to."""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

Linkers = Callable[[Collection[str]], Mapping[str, set[str]]]
"""Gives, for files, the Markdown files that link to each."""


class Surroundings(NamedTuple):
    """A repository's files as far as this needs them; paths are relative to its top.

    `files` are all that git does not ignore, sorted. `editions` are those of all posts. `shared` are the folders of
    posts, which are nobody's own; `kept` are files that stay where they are: indexes, settings. `targets` gives the
    files that a Markdown file links to.
    """

    files: Sequence[str]
    editions: Collection[str]
    shared: Collection[str]
    kept: Collection[str]
    targets: Callable[[str], Collection[str]]
    linkers: Linkers

    def below(self, folder: str) -> Sequence[str]:
        """The files in a folder, however deep."""
        start, end = bisect_left(self.files, f"{folder}/"), bisect_left(self.files, f"{folder}0")  # 0 follows /
        return self.files[start:end]


def moved_beside(around: Surroundings, moving: Mapping[str, str]) -> dict[str, str]:
    """The files that move along with editions, which `moving` has: new paths by old ones, without the editions.

    In a folder with no other post's editions than those that move to one new folder, all files move; in another one
    those that these editions link to and nothing else does.
    """
    found: dict[str, str] = {}
    candidates: dict[str, tuple[str, str]] = {}
    for (old, new), own in _by_folder(moving).items():
        if _is_own(around, old, new, moving):
            for path in around.below(old):
                if path not in around.editions:
                    found[path] = new + path[len(old) :]
        else:
            for path in _linked_below(around, old, own):
                candidates.setdefault(path, (old, new))
    candidates = {path: way for path, way in candidates.items() if path not in found}
    linkers = around.linkers(candidates) if candidates else {}
    for path, (old, new) in candidates.items():
        along = {each for each, to in moving.items() if _folders(each, to) == (old, new)}
        if linkers[path] <= along:
            found[path] = new + path[len(old) :]
    return found


def removed_beside(around: Surroundings, editions: Collection[str]) -> set[str]:
    """The files in the folders of those editions that only they link to."""
    candidates = {path for each in editions for path in _linked_below(around, posixpath.dirname(each), [each])}
    linkers = around.linkers(candidates) if candidates else {}
    return {path for path in candidates if linkers[path] <= {*editions}}


def moved_folders(files: Iterable[str], moves: Mapping[str, str], shared: Collection[str]) -> dict[str, str]:
    """The folders of which nothing stays and whose files have all gone to one place: new paths by old ones."""
    wholly, ways = Counter[str](), Counter[tuple[str, str]]()
    for path in files:
        wholly.update(_ancestors(path))
    for old, new in moves.items():
        ways.update(_ways(posixpath.dirname(old), posixpath.dirname(new)))
    return {old: new for (old, new), count in ways.items() if count == wholly[old] and not _holds(old, shared)}


def emptied(files: Iterable[str], moves: Collection[str], removed: Collection[str]) -> set[str]:
    """The folders of files that are removed in which nothing is left."""
    staying = (path for path in files if path not in removed and path not in moves) if removed else ()
    left = {folder for path in staying for folder in _ancestors(path)}
    return {folder for path in removed for folder in _ancestors(path)} - left


def _ways(old: str, new: str) -> list[tuple[str, str]]:
    """The pairs of folders, from that of a file upward, that a move to another folder says something about."""
    found = []
    while old != new:
        found.append((old, new))
        (old, name), (new, other) = posixpath.split(old), posixpath.split(new)
        if name != other:
            break
    return found


def _ancestors(path: str) -> list[str]:
    found = []
    while path := posixpath.dirname(path):
        found.append(path)
    return found


def _folders(old: str, new: str) -> tuple[str, str]:
    return posixpath.dirname(old), posixpath.dirname(new)


def _by_folder(moving: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """The editions that change their folder, by the old and the new one, the deepest folders first."""
    found: dict[tuple[str, str], list[str]] = {}
    for old, new in moving.items():
        way = _folders(old, new)
        if way[0] != way[1]:
            found.setdefault(way, []).append(old)
    return dict(sorted(found.items(), key=lambda item: -item[0][0].count("/")))


def _holds(folder: str, shared: Collection[str]) -> bool:
    """Whether a folder is one of those, or has one in it."""
    return not folder or any(f"{each}/".startswith(f"{folder}/") for each in shared)


def _is_own(around: Surroundings, old: str, new: str, moving: Mapping[str, str]) -> bool:
    """Whether nothing but posts that move to the new folder is in the old one."""
    if _holds(old, around.shared):
        return False
    for path in around.below(old):
        if path in around.kept:
            return False
        if path in around.editions:
            to = moving.get(path)
            if to is None or posixpath.dirname(to) != posixpath.dirname(new + path[len(old) :]):
                return False
    return True


def _linked_below(around: Surroundings, folder: str, own: Iterable[str]) -> set[str]:
    """The files below a folder of posts that those editions link to and that may move."""
    if not any(f"{folder}/".startswith(f"{each}/") for each in around.shared if each):
        return set()  # posts at the root: what lies there is not theirs
    linked = {path for each in own for path in around.targets(each) if path.startswith(f"{folder}/")}
    below = {*around.below(folder)} if linked else set()
    return {path for path in linked if path in below and path not in around.editions and path not in around.kept}
