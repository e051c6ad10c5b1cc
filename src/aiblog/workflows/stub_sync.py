"""An existing translation gains the blocks that are new in its source: which they are, and its text with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.block_alignment import aligned
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.post import Post
from aiblog.core.stub import left_standing
from aiblog.core.stub_blocks import Waiting
from aiblog.core.stub_sync import New, with_new_blocks
from aiblog.core.text_blocks import text_blocks
from aiblog.core.translation import todo_lines, translated_links
from aiblog.errors import AiblogError
from aiblog.workflows.edition_text import read_edition
from aiblog.workflows.fill import chosen_translation
from aiblog.workflows.translate import Translate, fillable, pair_of
from aiblog.workflows.translate_diff import Difference, differences


class PlannedBlocks(NamedTuple):
    """What `translate-stub --sync` would do. Paths are relative to the blog's root; lines count from 1.

    `added` are the lines of the translation, as it will be, where the new blocks begin; `blocks` those of it that wait
    and can be filled, `waiting` the lines where anything waits. `knows` says whether the text that the translation
    covers was found: else what is new is told by structure alone. `follows` says that it is the source's still.
    """

    source: str
    translation: str
    language: str
    changes: ChangeSet
    added: tuple[int, ...]
    blocks: tuple[Waiting, ...]
    waiting: tuple[int, ...]
    knows: bool
    follows: bool


def planned_blocks(blog: Blog, posts: Sequence[Post], post: Post, code: str | None = None) -> PlannedBlocks:
    """The translation with the blocks that its source has gained, each marked; nothing is written, nothing is pinned.

    Args:
        blog: the blog.
        posts: all of its posts.
        post: the one whose translation it is.
        code: the translation's language; None for the only one.

    Raises:
        AiblogError: `usage` where it is not clear which translation is meant, or there is none; `conflict` where nobody
            can tell what it was made from; `metadata-invalid` where a front matter cannot be read.
    """
    found = chosen_translation(blog, posts, post, code)
    assert found.target is not None  # noqa: S101 - a missing one is none of them
    path, language = found.target.path, blog.settings.language(found.language)
    if found.state == "ambiguous":
        message = (
            f'nobody can tell which edition "{path}" is a translation of (it names "{found.target.translation_of}")'
        )
        raise AiblogError("conflict", message, f"edit {path}")
    assert language is not None  # noqa: S101 - its languages are the blog's
    data, source = read_edition(blog, path), read_edition(blog, found.source.path)
    pair = pair_of(blog, posts, Translate(post, found.source, language), found.target)
    (difference,) = differences(blog, posts, post, found.language)
    new = _new(difference, source.decode(), data.decode())
    kept = left_standing(data, source, pair)
    new = [each for each in new if each.first not in kept]
    text = translated_links(source.decode(), pair.source, pair.translation, pair.twins)
    after, lines = with_new_blocks(data, text, new)
    changes = ChangeSet.of([FileChange(path, data, after)])
    blocks, waiting = tuple(fillable(after, source, pair)), tuple(todo_lines(after))
    known = (difference.knows_old_text, difference.follows)
    return PlannedBlocks(found.source.path, path, found.language, changes, lines, blocks, waiting, *known)


def _new(difference: Difference, source: str, text: str) -> list[New]:
    """The blocks that the source has beyond what the translation covers; by structure where that is not known."""
    if not difference.knows_old_text:
        return [*_without_counterpart(source, text)]
    blocks = {(each.first, each.kind): each for each in text_blocks(source)}
    new = []
    for change, place in difference.changes:
        block = blocks.get((change.line, change.block)) if change.what == "added" else None
        if block and block.kind != "metadata" and place.after and not place.new:
            at_top = block.kind == "definition" and place.line <= max(_header_lines(text), 1)
            new.append(New(block.kind, block.first, block.last, None if at_top else place.line))
    return new


def _without_counterpart(source: str, text: str) -> Iterator[New]:
    """The blocks of a source that a translation has none for, by structure."""
    pairs = aligned(source, text)
    top = _header_lines(text)
    for block, other in pairs:
        if block is None or other is not None or block.kind == "metadata":
            continue
        before = [
            (was.last, its.last)
            for was, its in pairs
            if was and its and was.last < block.first and was.name == "" and block.kind != "definition"
        ]
        after = max(before)[1] if before else None if block.kind == "definition" else top
        yield New(block.kind, block.first, block.last, after)


def _header_lines(text: str) -> int:
    data = text.encode("utf-8", "surrogateescape")
    return data[: header.body_offset(data)].count(b"\n")
