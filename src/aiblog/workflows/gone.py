"""Where the files that links lead to are now, where they are gone: by aiblog's journal, by git, by a post's slug."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from aiblog.adapters import blog as blogs
from aiblog.adapters import journal
from aiblog.adapters.blog import Blog
from aiblog.adapters.renames import renames
from aiblog.core.index_entry import DATE
from aiblog.core.index_targets import Whereabouts
from aiblog.core.moved import Moved, followed
from aiblog.core.operation import standing
from aiblog.core.post import Post

BY_GIT = "renamed in git"
BY_SLUG = "found by its slug"


class Gone:
    """The files that a run has found gone: where each is now is found out for all of them at once.

    Nothing is read before one is asked for. Paths are relative to the blog's root.
    """

    def __init__(self, blog: Blog, posts: Callable[[], Sequence[Post]], is_file: Callable[[str], bool]) -> None:
        self._blog, self._posts, self._is_file = blog, posts, is_file
        self._below = blogs.below_top(blog.root)
        self._askers: dict[str, set[str]] = {}
        self._found: dict[str, Moved | None] = {}
        self._renames: dict[str, list[str]] = {}

    def moved(self, path: str, by: str) -> Moved | None:
        """Where a file is now; None where nobody knows, or where nobody has looked yet."""
        if path not in self._found:
            self._askers.setdefault(path, set()).add(by)
        return self._found.get(path)

    @property
    def files(self) -> set[str]:
        """The files that are known to be what was moved."""
        return {each.path for each in self._found.values() if each}

    def look(self) -> set[str]:
        """Looks for all that was asked for since the last time; the askers of what was found.

        Raises:
            AiblogError: `git-failed` where git was killed.
        """
        askers, self._askers = self._askers, {}
        while self._journal and (new := self._lost(askers) - self._renames.keys()):
            self._renames |= {path: [] for path in new} | renames(self._journal.top, new)
        self._found |= {path: self._now(path) for path in askers}
        return {asker for path, by in askers.items() if self._found[path] for asker in by}

    def _lost(self, paths: Iterable[str]) -> set[str]:
        """Where those files were, but for the files of which it is known where they are now."""
        return {each for path in paths for there, passed in [self._followed(path)] if not there for each in passed}

    def _now(self, path: str) -> Moved | None:
        """The one file that it is now; None where nothing tells, or where it may be one of several."""
        there, passed = self._followed(path)
        there = there or [Moved(self._below + to, BY_SLUG) for each in passed if (to := self._by_slug(each))]
        if len({each.path for each in there}) != 1:
            return None
        return there[0]._replace(path=there[0].path.removeprefix(self._below))

    def _followed(self, path: str) -> tuple[list[Moved], list[str]]:
        """As `followed`, with paths relative to the work tree's top."""
        return followed(self._below + path, self._moves_from, self._is_there)

    def _moves_from(self, path: str) -> list[Moved]:
        return [*self._operations.get(path, ()), *(Moved(to, BY_GIT) for to in self._renames.get(path, ()))]

    def _is_there(self, path: str) -> bool:
        return path.startswith(self._below) and self._is_file(path.removeprefix(self._below))

    @cached_property
    def _journal(self) -> journal.Place | None:
        return journal.find_place(self._blog.root)

    @cached_property
    def _operations(self) -> dict[str, list[Moved]]:
        """What aiblog has moved, by the paths that it was at."""
        found: dict[str, list[Moved]] = {}
        place = self._journal
        for each in reversed(standing(journal.operations(place)[0] if place and place.ours else ())):
            command = " ".join(word for word in each.command[:2] if not word.startswith("-"))
            for before, after in each.moves:
                found[before] = [Moved(after, f"by {command}")]
        return found

    def _by_slug(self, path: str) -> str | None:
        """The edition that a path is likely to have been of: one where a blog's posts are, or with a date."""
        if not path.startswith(self._below):
            return None
        own = path.removeprefix(self._below)
        folders = [f"{each}/" for each in (self._blog.settings.posts, self._blog.settings.archive) if each]
        is_posts = own.endswith(".md") and (own.startswith(tuple(folders)) or DATE.search(own))
        return self._whereabouts.moved(own) if is_posts else None

    @cached_property
    def _whereabouts(self) -> Whereabouts:
        return Whereabouts.of(self._posts(), self._blog.settings.languages)
