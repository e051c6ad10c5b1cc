"""The statement that a translation covers its source as it is now: pinned, linked, its links brought in step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from aiblog.workflows.linking import with_links
from aiblog.workflows.sync_findings import findings_of, refusal
from aiblog.workflows.sync_pairs import Pair
from aiblog.workflows.translate import switch_style


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
    after = {path: led(texts[path].decode(), moves.get(path, [])).encode() for path in texts}
    after = _with_switch_lines(blog, pairs[0].post, after)
    pinned = {each.target.path: link_of(blog, each, after) for each in pairs}
    changes = changes_to(blog, with_links(blog, after, pinned))
    written = {change.path: change.after or b"" for change in changes.changes}
    synced = tuple(synced_of(each, pinned, written.get(each.target.path, texts[each.target.path])) for each in pairs)
    return PlannedSync(synced, (), changes, every, {path: len(own) for path, own in moves.items() if own})


def read_edition(blog: Blog, path: str) -> bytes:
    """An edition's bytes; `metadata-invalid` for a front matter or a text that cannot be read."""
    data = files.require(blog.root, path)
    header.read(data, path)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AiblogError("metadata-invalid", f"{path}:{line}: the text is not UTF-8", f"edit {path}:{line}") from error
    return data


def _findings(blog: Blog, pair: Pair, texts: Mapping[str, bytes]) -> list[Finding]:
    return findings_of(blog, pair.source, pair.target, (texts[pair.source.path], texts[pair.target.path]))


def _follows(pair: Pair, texts: Mapping[str, bytes]) -> list[Follow]:
    """What leads links of a finished translation to its own headings."""
    path, data = pair.target.path, texts[pair.target.path]
    return [] if todo_lines(data) else follows(data.decode(), texts[pair.source.path].decode(), path)


def _with_switch_lines(blog: Blog, post: Post, texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts of all the post's editions (those that can be read), their lines between editions put right."""
    after = dict(texts)
    editions = {edition.language: edition.path for edition in post.editions.values()}
    style = switch_style(blog, post.paths)
    for path in editions.values():
        data = texts[path] if path in texts else files.require(blog.root, path)
        try:
            after[path] = with_switch_line(
                data, path, editions, blog.settings.languages, style, lambda at: files.kind_of(blog.root, at) == "file"
            )
        except AiblogError:  # it has a problem of its own, which `check` says
            continue
    return after


def link_of(blog: Blog, pair: Pair, texts: Mapping[str, bytes]) -> Link:
    """The link that says that the pair's translation covers its source's text: as in `texts`, else on the disk."""
    source, target = pair.source.path, pair.target
    data = texts[source] if source in texts else read_edition(blog, source)
    return Link(target.language, relative(target.path, source), source_hash(data))


def changes_to(blog: Blog, texts: Mapping[str, bytes]) -> ChangeSet:
    """What makes those texts, by path, of what stands on the disk."""
    return ChangeSet.of(FileChange(path, files.read(blog.root, path), data) for path, data in texts.items())


def synced_of(pair: Pair, links: Mapping[str, Link], data: bytes) -> Synced:
    """The pair as it is synced by those links, by path; `data` are its translation's bytes as they will be."""
    target = pair.target
    covered = links[target.path].source_hash or ""
    return Synced(pair.post, pair.source.path, target.path, target.language, covered, tuple(todo_lines(data)))
