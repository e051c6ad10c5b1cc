"""Where each edition of the posts that move goes, by date, slug, place and pattern; and what of that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core.layout import Found, Layout
from aiblog.core.post import Post, date_of
from aiblog.core.renaming import renamed, repaired, repaired_slugs, require_read
from aiblog.errors import AiblogError

_Key = tuple[bool, str, str]
"""What the files of a post have in common: whether they are in the archive, date and slug in their paths."""


class Relocation(NamedTuple):
    """One post's new place: its date and slug there, and whether that is in the archive."""

    post: Post
    date: str
    slug: str
    archived: bool


class MoveRequest(NamedTuple):
    """What is asked for: posts with a new place each, or posts that go; another path pattern for all posts.

    Links to the posts that go lead to `redirect` then, where it is given. With `repair` all posts get the names that
    the blog writes: stray suffixes and slugs of unequal twins are mended. With a pattern or `repair` there are no
    `relocations`.
    """

    relocations: tuple[Relocation, ...] = ()
    removed: tuple[Post, ...] = ()
    redirect: Post | None = None
    pattern: str | None = None
    repair: bool = False


class MovedPost(NamedTuple):
    """A post that moves or goes: as it was, its new date, slug and place, and its files' new paths by the old ones.

    A post that is removed has no paths. Paths are relative to the blog's root.
    """

    post: Post
    date: str
    slug: str
    archived: bool
    paths: Mapping[str, str]


class Names:
    """The blog's editions by their paths, below the posts and in the archive, and the paths that they may get."""

    def __init__(self, blog: Blog, pattern: str | None = None, *, repair: bool = False) -> None:
        self._blog = blog
        self._before = blog.layout
        self._after = Layout(pattern, self._before.languages) if pattern else self._before
        self._repair = repair
        self._files: dict[_Key, list[Found]] = {}
        for archived, found in ((False, blog.found()), (True, blog.archive_found())):
            for each in found:
                self._files.setdefault((archived, each.date, each.slug), []).append(each)
        self._keys = {each.path: key for key, found in self._files.items() for each in found}

    @property
    def editions(self) -> frozenset[str]:
        """Every edition's path."""
        return frozenset(self._keys)

    def files_of(self, post: Post) -> dict[str, str]:
        """All files of a post, one more than its editions where two are in one language: the language of each path."""
        return {each.path: each.language for each in self._files[self._keys[post.source.path]]}

    def whole_blog(self, posts: Sequence[Post]) -> list[Relocation]:
        """All posts where they are, for another pattern or to be repaired; unequal twins get one slug then."""
        codes = [language.code for language in self._before.languages]
        slugs: dict[_Key, str] = {}
        for archived in (False, True) if self._repair else ():
            found = [each for key, own in self._files.items() if key[0] == archived for each in own]
            slugs |= {(archived, *key): slug for key, slug in repaired_slugs(found, codes).items()}
        keys = [self._keys[post.source.path] for post in posts]
        return [
            Relocation(each, each.date, slugs.get(key, each.slug), each.archived)
            for each, key in zip(posts, keys, strict=True)
        ]

    def moved(self, relocations: Sequence[Relocation]) -> list[MovedPost]:
        """The posts with the new paths of all their files, equal to the old ones where they stay.

        Raises:
            AiblogError: `post-exists` where two posts would be one; `usage` where a name would be read as something
                else, or a date be lost.
        """
        there: dict[_Key, list[Relocation]] = {}
        for each in relocations:
            there.setdefault(self._new_key(each), []).append(each)
        leaving = {self._keys[each.post.source.path] for each in relocations}
        for key, own in there.items():
            self._require_one(own, stays=key in self._files and key not in leaving)
            self._require_dates(own)
        moved = [each._replace(paths=dict(paths)) for each, paths in map(self._paths, relocations)]
        self._require_readable(moved, leaving)
        return moved

    def _new_key(self, to: Relocation) -> _Key:
        return to.archived, to.date if "{date}" in self._after.pattern else "", to.slug

    def _folder(self, archived: bool) -> str:
        folder = self._blog.settings.archive if archived else self._blog.settings.posts
        return f"{folder}/" if folder else ""

    def _paths(self, to: Relocation) -> tuple[MovedPost, Iterator[tuple[str, str]]]:
        moved = MovedPost(to.post, to.date, to.slug, to.archived, {})
        own = self._files[self._keys[to.post.source.path]]
        folder = self._folder(to.archived)
        kept = [folder + renamed(each, to.date, to.slug, self._before, self._after) for each in own]
        if not self._repair:
            return moved, zip((each.path for each in own), kept, strict=True)
        mended = [folder + repaired(each, to.date, to.slug, self._before, self._after) for each in own]
        new = [path if mended.count(path) == 1 else as_it_is for path, as_it_is in zip(mended, kept, strict=True)]
        return moved, zip((each.path for each in own), new, strict=True)

    def _require_one(self, own: Sequence[Relocation], *, stays: bool) -> None:
        """Refuses where two posts would have one name, but for twins that are repaired."""
        languages = [code for each in own for code in each.post.editions]
        twins = self._repair and len(languages) == len({*languages})
        if stays or (len(own) > 1 and not twins):
            name = f"{own[0].date}/{own[0].slug}" if "{date}" in self._after.pattern else own[0].slug
            others = ", ".join(each.post.name for each in own)
            message = f'the post "{name}" is there already'
            if len(own) > 1:
                message = f'{len(own)} posts would be "{name}": {others}'
            raise AiblogError("post-exists", message, "aiblog list")

    def _require_dates(self, own: Sequence[Relocation]) -> None:
        """Refuses a pattern with a date for a post that has none, and one without that would lose a post's."""
        for each in own:
            path = each.post.source.path
            if "{date}" in self._after.pattern:
                if not each.date:
                    raise AiblogError("usage", f'"{path}" has no date for "{self._after.pattern}"', f"edit {path}")
            elif "{date}" in self._before.pattern:
                said = date_of(each.post.editions.values(), self._blog.settings)
                if said != each.date:
                    reason = f"its front matter says {said or 'none'}"
                    message = f'"{self._after.pattern}" has no date, and "{path}" would lose {each.date}: {reason}'
                    raise AiblogError("usage", message, f"edit {path}")

    def _require_readable(self, moved: Sequence[MovedPost], leaving: set[_Key]) -> None:
        """Refuses a name that would be read as another post, another language, or no post at all."""
        for archived in (False, True):
            folder = self._folder(archived)
            wanted = {
                each.path: (key[1], key[2], each.language)
                for key, own in self._files.items()
                if key[0] == archived and key not in leaving
                for each in own
            }
            for post in moved:
                if post.archived == archived:
                    key = self._new_key(Relocation(post.post, post.date, post.slug, archived))
                    languages = self.files_of(post.post)
                    wanted |= {to: (key[1], key[2], languages[path]) for path, to in post.paths.items()}
            require_read(self._after, folder, wanted)
