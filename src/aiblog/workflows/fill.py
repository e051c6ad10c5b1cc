"""Translated blocks put into a stub: which edition, and its text as it would be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.adapters.blog import Blog
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.fill import Fill, Filled, Trouble, filled
from aiblog.core.post import Post
from aiblog.core.stub_blocks import Waiting
from aiblog.core.title import visible
from aiblog.core.translation import todo_lines
from aiblog.core.translation_state import Translation
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.edition_text import read_edition
from aiblog.workflows.look import Look
from aiblog.workflows.translate import Translate, fillable, left_out, pair_of


class PlannedFill(NamedTuple):
    """What `translate-fill` would do. Paths are relative to the blog's root.

    `filled` are the ids of the texts that go in, `there` of those that were in place. Of the translation as it will
    be, `blocks` are those that wait and can be filled, `waiting` the lines (from 1) where anything waits.
    """

    source: str
    translation: str
    language: str
    changes: ChangeSet
    filled: tuple[str, ...]
    there: tuple[str, ...]
    blocks: tuple[Waiting, ...]
    waiting: tuple[int, ...]


def planned_fill(
    blog: Blog, posts: Sequence[Post], post: Post, fills: Sequence[Fill], code: str | None = None
) -> PlannedFill:
    """The stub with those texts in place; nothing is written.

    Args:
        blog: the blog.
        posts: all of its posts.
        post: the one whose translation is filled.
        fills: the texts.
        code: the translation's language; None for the only one, or the only one in which something waits.

    Raises:
        AiblogError: `usage` where it is not clear which translation is meant, or where a text cannot go in: then its
            output has all of those, one a line. `metadata-invalid` where a file cannot be read.
    """
    found = chosen_translation(blog, posts, post, code, waits=True)
    assert found.target is not None  # noqa: S101 - a missing one is none of them
    path = found.target.path
    data, source = read_edition(blog, path), read_edition(blog, found.source.path)
    language = blog.settings.language(found.language)
    assert language is not None  # noqa: S101 - its languages are the blog's
    pair = pair_of(blog, posts, Translate(post, found.source, language), found.target)
    done = filled(data, fills, left_out(data, source, pair))
    if done.troubles:
        raise _refused(path, post, found.language, done)
    changes = ChangeSet.of([FileChange(path, data, done.data)])
    blocks = tuple(fillable(done.data, source, pair))
    waiting = tuple(todo_lines(done.data))
    return PlannedFill(found.source.path, path, found.language, changes, done.filled, done.there, blocks, waiting)


def chosen_translation(
    blog: Blog, posts: Sequence[Post], post: Post, code: str | None, *, waits: bool = False
) -> Translation:
    """The post's translation in that language, else its only one; with `waits` also the only one in which text waits.

    Raises:
        AiblogError: `usage` where there is none, or several.
    """
    there = [each for each in Look(blog, posts).translations(post) if each.target is not None]
    found = [each for each in there if each.language == code] if code else there
    if not found:
        which = f'"{post.name}" has no translation' + (f' in "{code}"' if code else "")
        to = ["--to", code] if code and code != post.source.language else []
        raise AiblogError("usage", f"{which}; one was wanted", " ".join(["aiblog translate-stub", post.name, *to]))
    waiting = [each for each in found if each.waiting and waits]
    if len(found) > 1 and len(waiting) != 1:
        codes = [each.language for each in waiting or found]
        message = f'"{post.name}" has translations in {", ".join(codes)}; --to LANG says which'
        raise AiblogError("usage", message, *(f"{AGAIN} --to {each}" for each in codes))
    return (waiting or found)[0]


def _refused(path: str, post: Post, code: str, done: Filled) -> AiblogError:
    told = [visible(_told(path, each)) for each in done.troubles]
    message, output = (f"{len(told)} texts cannot go in", "\n".join(told)) if len(told) > 1 else (told[0], "")
    lines = [each.line for each in done.troubles if each.line]
    hints = [f"aiblog translate-fill {post.name} --to {code} --from /dev/null --json"]  # the blocks that wait
    hints += [f"edit {path}:{lines[0]}"] if lines else []
    return AiblogError("usage", message, *hints, output=output)


def _told(path: str, trouble: Trouble) -> str:
    where = f" ({path}:{trouble.line})" if trouble.line else f" ({path})"
    return f'block "{trouble.id}"{where}: {trouble.message}'
