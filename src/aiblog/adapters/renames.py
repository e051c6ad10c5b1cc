"""Where files of a repository went, as far as git tells: staged renames, and those of its history."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from pathlib import Path

from aiblog.adapters.git import read_lightly, require_done

_PLACES = 8
"""Places that git is asked about at once."""
_NAMES = ("--name-status", "-z", "--diff-filter=RD", "--no-relative")


def renames(top: Path, paths: Collection[str]) -> dict[str, list[str]]:
    """The paths that each of those files was given, the latest first, back to where one of that name was deleted.

    All paths are relative to the work tree's top. Nothing is fetched: in a partial clone only those files are found
    whose bytes stayed. Empty without git, without a commit, and in a repository that git does not trust.

    Raises:
        AiblogError: `git-failed` where git was killed: that says nothing of the repository.
    """
    places = _places({path for path in paths if not {"\n", "\0"}.intersection(path)})
    if not places:
        return {}
    log = ("log", "--stdin", "--full-diff", "--no-follow", "--format=")  # a rename has two paths, asked is for one
    given = "\n".join(["HEAD", "--", *sorted(places), ""]).encode("utf-8", "surrogateescape")
    found: dict[str, list[str]] = {}
    deleted: set[str] = set()
    for words, text in ((("diff-index", "--cached", "HEAD"), b""), (log, given)):
        fields = iter(_answer(top, words, text))
        for status in fields:
            path = next(fields)
            if not status.startswith("R"):
                deleted.add(path)
                continue
            to = next(fields)
            if path in paths and path not in deleted:
                found.setdefault(path, []).append(to)
    return found


def _places(paths: set[str]) -> set[str]:
    """The paths, or of many the folders around them: git compares each file of a commit with each place."""
    while len(paths) > _PLACES and (above := {posixpath.dirname(path) or path for path in paths}) != paths:
        paths = above
    return paths


def _answer(top: Path, words: tuple[str, ...], given: bytes) -> list[str]:
    """What git says of renames; of those that leave the bytes alone where the others are not to be had."""
    command, *rest = words
    for likeness in ("-M", "-M100%"):
        done = read_lightly(top, command, *_NAMES, likeness, *rest, given=given)
        if done is not None and done.code <= 0:
            return require_done(done, words, (0,)).fields()
    return []
