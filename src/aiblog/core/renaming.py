"""What a post's files are called when it moves: by its date and slug in a pattern, a stray suffix kept or mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from aiblog.core.layout import Found, Layout
from aiblog.core.near_twins import near_twins
from aiblog.errors import AiblogError

PostKey = tuple[str, str]
"""What the files of one post have in common: the date and the slug in their paths."""


def renamed(found: Found, date: str, slug: str, before: Layout, after: Layout) -> str:
    """Where an edition goes below its folder, with that date and slug; its own suffix stays where it can."""
    if ("{lang}/" in before.pattern) != ("{lang}/" in after.pattern):
        return after.path(date, slug, found.language)
    return after.pattern.replace("{date}", date).replace("{slug}", slug).replace("{lang}", found.suffix)


def repaired(found: Found, date: str, slug: str, before: Layout, after: Layout) -> str:
    """As `renamed`, a stray suffix mended. One without a suffix stays: nobody knows which it lacks."""
    mends = found.stray and found.suffix
    return after.path(date, slug, found.language) if mends else renamed(found, date, slug, before, after)


def repaired_slugs(found: Sequence[Found], languages: Sequence[str]) -> dict[PostKey, str]:
    """The slug of its twin for each post whose slug is probably a slip of the pen, by the post's date and slug.

    Of two posts the one with more editions is right, else the one in the language that comes first among `languages`.
    Where a post has several such twins nobody can tell.
    """
    by_path = {each.path: each for each in found}
    pairs = {frozenset((_key(by_path[one]), _key(by_path[other]))) for one, other in near_twins(found)}
    times = Counter(key for pair in pairs for key in pair)
    editions: dict[PostKey, list[int]] = {}
    for each in found:
        rank = languages.index(each.language) if each.language in languages else len(languages)
        editions.setdefault(_key(each), []).append(rank)
    slugs = {}
    for pair in pairs:
        if all(times[key] == 1 for key in pair):
            right, wrong = sorted(pair, key=lambda key: (-len(editions[key]), min(editions[key]), key))
            slugs[wrong] = right[1]
    return slugs


def require_read(after: Layout, folder: str, wanted: Mapping[str, tuple[str, str, str]], *hints: str) -> None:
    """Refuses a name that the layout would read as another post, another language, or no post at all.

    Args:
        after: the layout.
        folder: that of the posts or of the archive, with a slash behind it; empty for the blog's root.
        wanted: date (empty where the pattern has none), slug and language by path: of all posts of the folder that
            the new names may be taken together with.
        hints: those of the error.

    Raises:
        AiblogError: `usage`.
    """
    found, _ = after.posts(wanted, len(folder))
    read = {each.path: (each.date, each.slug, each.language) for each in found}
    for path, own in wanted.items():
        if read.get(path) != own:
            name = "/".join(part for part in own[:2] if part)
            message = f'"{path}" would not be read as the {own[2]} edition of "{name}"; another name was wanted'
            raise AiblogError("usage", message, *hints)


def _key(found: Found) -> PostKey:
    return found.date, found.slug
