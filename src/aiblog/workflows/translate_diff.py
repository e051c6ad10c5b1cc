"""What a post's translations have still to follow: the changes of their source, each with the line to edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.adapters.versions import why_out_of_reach
from aiblog.core.block_alignment import aligned
from aiblog.core.canonical import is_known, source_hash
from aiblog.core.post import Post
from aiblog.core.source_diff import Change
from aiblog.core.text_blocks import TextBlock
from aiblog.core.translation_places import Place, places
from aiblog.core.translation_state import Translation
from aiblog.errors import AiblogError
from aiblog.workflows.covered import Behind, behind
from aiblog.workflows.look import Look


class Difference(NamedTuple):
    """One translation beside its source. `changes` are those it has to follow, with the place of each in it.

    `behind` is None where it follows its source, or where nothing is known to compare. Where the old text is not known,
    `untranslated` are the blocks of the source that have no counterpart in the translation, `extra` the reverse.
    `follows` says that the source still has the text that the translation covers, `why` the old text is out of
    reach: `outside` a repository, `shallow`, `partial`, or "".
    """

    translation: Translation
    behind: Behind | None = None
    changes: tuple[tuple[Change, Place], ...] = ()
    untranslated: tuple[TextBlock, ...] = ()
    extra: tuple[TextBlock, ...] = ()
    why: str = ""
    follows: bool = False

    @property
    def problem(self) -> str | None:
        """Why one of the two cannot be read; None where both can."""
        editions = (self.translation.source, self.translation.target)
        return next((each.problem for each in editions if each and each.problem), None)

    @property
    def knows_old_text(self) -> bool:
        """Whether the changes are known: the text that the translation covers was found, or is the source as it is."""
        return self.follows or bool(self.behind and self.behind.covered)


def differences(blog: Blog, posts: Sequence[Post], post: Post, language: str | None = None) -> list[Difference]:
    """The post's translations, in the blog's order; the one into `language` alone, where that is given.

    Args:
        blog: the blog.
        posts: all of its posts, for a source that is another post's.
        post: the post.
        language: a language of the blog.

    Raises:
        AiblogError: `usage` where the language is the source's own; `metadata-invalid` where a front matter cannot be
            read.
    """
    look = Look(blog, posts)
    read = look.read
    shown = [each for each in look.translations(post) if language in (None, each.language)]
    if language == post.source.language and not shown:
        message = f'--to {language}: "{post.source.path}" is the source; the language of a translation was wanted'
        raise AiblogError("usage", message, f"aiblog translate-diff {post.name}")
    old = {
        each.translation.language: each
        for each in behind(blog, [each for each in shown if _is_behind(each, read)], read)
    }
    return [_difference(blog, each, old.get(each.language), read) for each in shown]


def _is_behind(translation: Translation, read: Callable[[str], bytes]) -> bool:
    """Whether the source has another text than the translation covers: of a stub and of one whose source moved too."""
    if translation.state not in {"stub", "moved"}:
        return translation.state == "outdated"
    return _is_pinned(translation) and not _follows(translation, read)


def _is_pinned(translation: Translation) -> bool:
    """Whether it names a text of its source that can be compared with that source."""
    target = translation.target
    return bool(target and target.source_hash and is_known(target.source_hash)) and not translation.source.problem


def _follows(translation: Translation, read: Callable[[str], bytes]) -> bool:
    """Whether the source has the text that the translation covers, blocks that wait or not."""
    if translation.state not in {"stub", "moved"} or translation.target is None:
        return translation.state == "current"
    return _is_pinned(translation) and source_hash(read(translation.source.path)) == translation.target.source_hash


def _difference(blog: Blog, translation: Translation, its: Behind | None, read: Callable[[str], bytes]) -> Difference:
    target, source = translation.target, translation.source
    if target is None or Difference(translation).problem:
        return Difference(translation, its)
    new, text = (read(each.path).decode("utf-8", "surrogateescape") for each in (source, target))
    if its and its.covered:
        where = places(its.changes, its.covered.text, new, text)
        return Difference(translation, its, tuple(zip(its.changes, where, strict=True)))
    if translation.state not in {"outdated", "untracked"}:
        return Difference(translation, its, follows=_follows(translation, read))
    pairs = aligned(new, text)
    lacking = tuple(one for one, other in pairs if one and other is None)
    extra = tuple(other for one, other in pairs if other and one is None)
    return Difference(translation, its, (), lacking, extra, why_out_of_reach(blog.root) if its else "")


def outdated(blog: Blog, posts: Sequence[Post], language: str | None = None) -> list[Translation]:
    """The outdated translations of posts (into `language`, where that is given), in their order."""
    look = Look(blog, posts)
    return [
        each
        for post in posts
        for each in look.translations(post)
        if each.state == "outdated" and language in (None, each.language)
    ]
