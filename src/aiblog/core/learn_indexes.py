"""Which files of a blog list its posts, in which shape, and what they call its languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiblog.core.code_fence import fence_after
from aiblog.core.index_entry import DATE as DATED
from aiblog.core.index_links import WORDS_BEFORE
from aiblog.core.language import Language
from aiblog.core.learn_metadata import MOST
from aiblog.core.settings import Index
from aiblog.core.settings_reading import file_error
from aiblog.core.title import title_error, without_closing
from aiblog.core.written_links import beside, linked_file, written_links

LATEST = re.compile("latest|recent|newest|what's new|最新|最近|近期|新文章", re.IGNORECASE)
"""What a heading says above a list that has the newest posts and no others."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Date (as in the path), slug and language by path; the days of the published posts by date and slug."""

    by_path: Mapping[str, tuple[str, str, str]]
    published: Mapping[tuple[str, str], str]


def indexes_of(
    paths: Sequence[str],
    read: Callable[[str], bytes],
    posts: Posts,
    languages: Sequence[Language],
    kind: str = "published",
) -> tuple[tuple[Index, ...], dict[str, str]]:
    """The files that list posts, with how many each lists, the fullest first; `kind` is what these posts are called."""
    found: list[tuple[float, Index, str]] = []
    for path in (path for path in paths if file_error(path) is None):
        text = read(path).decode("utf-8", "replace")
        index, listed = _candidate(path, text, posts, languages)
        if index is not None:
            share = len(listed & posts.published.keys()) / (len(posts.published) or 1)
            note = f"lists {len(listed)} of {len(posts.published)} {kind} posts"
            complete = share >= MOST
            limit = None if complete or index.style == "sections" else _limit(index, listed, posts)
            found.append((-share, index._replace(complete=complete, limit=limit), note))
    found.sort(key=lambda each: (each[0], each[1].path))
    return tuple(index for _, index, _ in found), {f"indexes.{index.path}": note for _, index, note in found}


def _limit(index: Index, listed: Collection[tuple[str, str]], posts: Posts) -> int | None:
    """How long a list may get: it says that it has the newest posts, and has just those."""
    days = sorted(posts.published.values(), reverse=True)
    own = sorted((posts.published.get(post, "") for post in listed), reverse=True)
    return len(own) if LATEST.search(index.under or "") and own == days[: len(own)] else None


def _candidate(
    path: str, text: str, posts: Posts, languages: Sequence[Language]
) -> tuple[Index | None, set[tuple[str, str]]]:
    """The index a file is, with the posts it lists; None for a file that only mentions posts."""
    if "](" not in text:
        return None, set()
    sections: set[tuple[str, str]] = set()
    bullets: dict[str, list[tuple[str, str, str]]] = {}
    for heading, line in _lines(text):
        links = written_links(line)
        found = [posts.by_path.get(linked_file(path, link.destination) or "") for link in links]
        if DATED.search(heading):
            sections |= {post[:2] for post in found if post}
        elif found and found[0] and _BULLET.match(line) and len(line[: links[0].start].strip()) <= WORDS_BEFORE:
            bullets.setdefault(heading, []).append(found[0])
    if sections and len(sections) >= max(map(len, bullets.values()), default=0):
        return Index(path, "sections"), sections
    under, listed = max(bullets.items(), key=lambda item: len(item[1]), default=("", []))
    if len(listed) < max(2, 0.15 * len(posts.published)):
        return None, set()
    own = None if title_error(under) else under
    return Index(path, "list", under=own, languages=_order(listed, languages)), {post[:2] for post in listed}


_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_ATX = re.compile(r" {0,3}#{1,6}[ \t]++(.*+)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with the heading it stands under, those in fenced code and comments left out."""
    heading, above, fence = "", "", ""
    closed = text.rfind("-->") + 3  # behind it a comment that opens is none, and looking for its end takes long
    for line in (re.sub(r"(?s)<!--.*?-->", "", text[:closed]) + text[closed:]).splitlines():
        was, fence = fence, fence_after(fence, line)
        if was or fence:
            continue
        if title := _ATX.fullmatch(line):
            heading = without_closing(title[1])
        elif _UNDERLINE.fullmatch(line) and above.strip() and not _BULLET.match(above):
            heading = above.strip()
        yield heading, line
        above = line


def _order(listed: Sequence[tuple[str, str, str]], languages: Sequence[Language]) -> tuple[str, ...]:
    """The index's languages, the one that leads most entries first; nothing where that is the blog's own order."""
    counts = Counter(code for _, _, code in listed)
    first = counts.most_common(1)[0][0]
    order = (first, *(each.code for each in languages if each.code != first))
    return () if first == languages[0].code else order


def labels_in(text: str, path: str, posts: Posts) -> list[tuple[str, str]]:
    """Language and label of each link to an edition that has a line of its own: what the blog calls its languages."""
    found = []
    for line in text.splitlines()[:400]:
        links = written_links(line)
        if len(links) == 1 and re.fullmatch(r"\s*(?:[|/·] *)?\s*", beside(line, links)):
            post = posts.by_path.get(linked_file(path, links[0].destination) or "")
            if post is not None:
                found.append((post[2], links[0].label))
    return found


def with_own_names(languages: Sequence[Language], labels: Sequence[tuple[str, str]]) -> tuple[Language, ...]:
    """The languages, each called what most of those labels call it; a long label is a title, not a name."""
    counts = Counter(labels)
    named = []
    for language in languages:
        usual = [(label, count) for (code, label), count in counts.most_common() if code == language.code]
        short = bool(usual) and len(usual[0][0]) <= 20 and not title_error(usual[0][0])
        named.append(
            Language(language.code, language.name, language.suffix, usual[0][0] if short else language.own_name)
        )
    return tuple(named)
