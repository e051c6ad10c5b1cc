"""The statement that a translation covers its source as it is now: pinned, linked, its links brought in step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.anchor_follow import Follow, follows, led
from aiblog.core.canonical import source_hash
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.finding import Finding
from aiblog.core.links import relative
from aiblog.core.post import Post
from aiblog.core.switch_writing import with_switch_line
from aiblog.core.translation import todo_lines
from aiblog.core.translation_link import Link
from aiblog.errors import AiblogError
from aiblog.workflows.edition_text import read_edition
from aiblog.workflows.linking import with_links
from aiblog.workflows.sync_findings import findings_of, refusal
from aiblog.workflows.sync_pairs import Pair
from aiblog.workflows.translate import is_file, switch_style


class Synced(NamedTuple):
    """A translation that covers its source from now on. Paths are relative to the root.

    `waiting` are the lines (from 1) where text waits all the same, as the file will be.
    """

    post: Post
    source: str
    target: str
    language: str
    source_hash: str
    waiting: tuple[int, ...] = ()


class Left(NamedTuple):
    """A translation that is left as it is, with the state it has and one clause that says why."""

    post: Post
    target: str
    state: str
    reason: str


class PlannedSync(NamedTuple):
    """What `translate-sync` would do.

    `findings` are what stands in the way, where `--force` lets it pass. `followed` counts the links that lead to their
    page's own headings from then on, by the page's path; `moved` the translations whose keys stood elsewhere than the
    blog keeps them.
    """

    synced: tuple[Synced, ...]
    left: tuple[Left, ...]
    changes: ChangeSet
    findings: tuple[Finding, ...] = ()
    followed: Mapping[str, int] = MappingProxyType({})
    moved: int = 0

    @property
    def first_keys(self) -> list[str]:
        """The translations that get a front matter, for want of one."""
        targets = {each.target for each in self.synced}
        own = [each for each in self.changes.changes if each.path in targets and each.before and each.after]
        return [each.path for each in own if not _has_header(each.before) and _has_header(each.after)]


def _has_header(data: bytes | None) -> bool:
    return header.read(data or b"").present


def planned(blog: Blog, pairs: Sequence[Pair], name: str, *, force: bool) -> PlannedSync:
    """Pins those translations of one post, links all its editions to each other; nothing is written.

    Besides the keys that link them only the lines between editions change, and links of a finished translation
    to its own headings. `name` selects the post.

    Raises:
        AiblogError: `check-failed` with the findings that stand in the way, unless `force`; `metadata-invalid`,
            `conflict` for a file that cannot be read.
    """
    texts = {path: read_edition(blog, path) for each in pairs for path in (each.source.path, each.target.path)}
    found = {each.target.path: _findings(blog, each, texts) for each in pairs}
    every = tuple(finding for own in found.values() for finding in own)
    if every and not force:
        clean = [each.target for each in pairs if not found[each.target.path]]
        behind = [each.target for each in pairs if each.state == "outdated" and found[each.target.path]]
        raise refusal(every, name, clean, behind)
    moves = {each.target.path: _follows(each, texts) for each in pairs}
    led_there = [
        FileChange(path, data, led(data.decode(), moves.get(path, [])).encode()) for path, data in texts.items()
    ]
    switched = list(_with_switch_lines(blog, pairs[0].post, led_there))
    after = {each.path: each.after for each in switched if each.after is not None}
    pinned = {each.target.path: link_of(each, after[each.source.path]) for each in pairs}
    changes = ChangeSet.of(with_links(blog, switched, pinned))
    written = {change.path: change.after or b"" for change in changes.changes}
    synced = tuple(synced_of(each, pinned, written.get(each.target.path, texts[each.target.path])) for each in pairs)
    return PlannedSync(synced, (), changes, every, {path: len(own) for path, own in moves.items() if own})


def _findings(blog: Blog, pair: Pair, texts: Mapping[str, bytes]) -> list[Finding]:
    return findings_of(blog, pair.source, pair.target, (texts[pair.source.path], texts[pair.target.path]))


def _follows(pair: Pair, texts: Mapping[str, bytes]) -> list[Follow]:
    """What leads links of a finished translation to its own headings."""
    path, data = pair.target.path, texts[pair.target.path]
    return [] if todo_lines(data) else follows(data.decode(), texts[pair.source.path].decode(), path)


def _with_switch_lines(blog: Blog, post: Post, texts: Iterable[FileChange]) -> Iterator[FileChange]:
    """The changes to those texts and the post's other editions, with the lines between those that can be read."""
    known = {each.path: each for each in texts}
    editions = {edition.language: edition.path for edition in post.editions.values()}
    style = switch_style(blog, post.paths)
    for path in dict.fromkeys([*known, *post.paths]):
        change = known.get(path) or FileChange(path, data := files.require(blog.root, path), data)
        if path in post.paths and change.after is not None:
            with suppress(AiblogError):  # it has a problem of its own, which `check` says
                after = with_switch_line(change.after, path, editions, blog.settings.languages, style, is_file(blog))
                change = change._replace(after=after)
        yield change


def link_of(pair: Pair, source: bytes) -> Link:
    """The link that says that the pair's translation covers that text, its source's."""
    target = pair.target
    return Link(target.language, relative(target.path, pair.source.path), source_hash(source))


def synced_of(pair: Pair, links: Mapping[str, Link], data: bytes) -> Synced:
    """The pair as it is synced by those links, by path; `data` are its translation's bytes as they will be."""
    target = pair.target
    covered = links[target.path].source_hash or ""
    return Synced(pair.post, pair.source.path, target.path, target.language, covered, tuple(todo_lines(data)))
