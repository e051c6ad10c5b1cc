"""A whole blog under tracking: every translation that nothing tracks taken to cover its source as it is."""

from __future__ import annotations

from collections.abc import Sequence

from aiblog.adapters.blog import Blog
from aiblog.core.changes import ChangeSet
from aiblog.core.post import Post
from aiblog.core.translation import todo_lines
from aiblog.core.translation_link import Link
from aiblog.errors import AiblogError
from aiblog.workflows.edition_text import read_edition
from aiblog.workflows.linking import misplaced_links, with_links
from aiblog.workflows.look import Look
from aiblog.workflows.sync_pairs import Pair, leads_out, pairs_of
from aiblog.workflows.translate_sync import Left, PlannedSync, Synced, link_of, synced_of


def planned(blog: Blog, posts: Sequence[Post], *, to: str | None = None, from_: str | None = None) -> PlannedSync:
    """Pins every translation of which nothing tells what it covers, as it is; nothing is written.

    A moved one is led to its source and keeps what it covers; all others are left. Files change in their keys alone.
    Keys that stand where the blog does not keep them move there as they are.

    Args:
        blog: the blog.
        posts: its posts.
        to: only translations into that language.
        from_: the language of the edition that is the source, of posts that are not linked yet and have one in it.
    """
    look, links, synced, left = Look(blog, posts), dict[str, Link](), list[Synced](), list[Left]()
    moved = {path: link for path, link in misplaced_links(blog, posts).items() if to in (None, link.lang)}
    for post in posts:
        for pair in _as_written(pairs_of(look, post), post, from_):
            if pair.state == "current" or to not in (None, pair.target.language):
                continue
            if (own := moved.get(pair.target.path)) and own.source_hash:
                continue
            try:
                link, reason = _assumed(blog, pair)
            except AiblogError as error:
                link, reason = None, error.message
            if link is None:
                left.append(Left(post, pair.target.path, pair.state, reason))
            else:
                links[pair.target.path] = link
                synced.append(synced_of(pair, links, b""))
    changes = ChangeSet.of(with_links(blog, (), moved | links))
    return PlannedSync(tuple(synced), tuple(left), changes, moved=len(moved))


def _as_written(pairs: Sequence[Pair], post: Post, from_: str | None) -> Sequence[Pair]:
    """The post's pairs; of one that nobody has linked those that its edition in that language is the source of."""
    if from_ is None or from_ not in post.editions or any(each.translation_of for each in post.editions.values()):
        return pairs
    source = post.editions[from_]
    return [Pair(post, source, each, "untracked") for each in post.editions.values() if each.path != source.path]


def _assumed(blog: Blog, pair: Pair) -> tuple[Link | None, str]:
    """The link of a translation that is taken as it is; None, and why, for one that is left."""
    source, target = pair.source, pair.target
    if pair.state == "outdated":
        return None, f"{source.path} has changed since"
    if pair.state == "ambiguous":
        return None, "several editions could be its source"
    data = read_edition(blog, target.path)
    if waiting := todo_lines(data):
        return (
            None,
            f"{len(waiting)} {'block waits' if len(waiting) == 1 else 'blocks wait'}, from line {waiting[0]} on",
        )
    if leads_out(target):
        return None, f"it names {target.translation_of}, which is no file of this blog"
    link = link_of(pair, read_edition(blog, source.path))
    return (link._replace(source_hash=target.source_hash) if pair.state == "moved" else link), ""
