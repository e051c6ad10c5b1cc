"""Which files of a blog list its posts, in which shape, and what they call its languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from aiblog.core.language import Language
from aiblog.core.settings import Index
from aiblog.core.title import title_error

DATE = r"\d{4}-\d{2}-\d{2}"

MOST = 0.9
"""The share from which a habit is a rule of the blog."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Date, slug and language by path; date and slug of the posts that are published."""

    by_path: Mapping[str, tuple[str, str, str]]
    published: set[tuple[str, str]]


_LINK = re.compile(r"\[((?:[^\[\]\n\\]|\\.)*)\]\(<?([^()<>\s]+)>?\)")
_BULLET = re.compile(r"[-*+] +\[((?:[^\[\]\n\\]|\\.)*)\]\(<?([^()<>\s]+)>?\)")


def _target(path: str, destination: str) -> str | None:
    """Where a relative link leads, from the root; None for another kind of link."""
    plain = destination.split("#", maxsplit=1)[0]
    if not plain or ":" in plain or plain.startswith("/"):
        return None
    if "%" in plain:
        from urllib.parse import unquote  # noqa: PLC0415 - start-up

        plain = unquote(plain)
    parts: list[str] = list(PurePosixPath(path).parts[:-1])
    for part in plain.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def indexes_of(
    paths: Sequence[str], read: Callable[[str], bytes], posts: Posts, languages: Sequence[Language]
) -> tuple[tuple[Index, ...], dict[str, str]]:
    """The files that list posts, those below the posts first, with how many each lists."""
    found: list[tuple[float, Index, str]] = []
    for path in paths:
        text = read(path).decode("utf-8", "replace")
        for index, listed in _candidates(path, text, posts, languages):
            share = len(listed & posts.published) / (len(posts.published) or 1)
            complete = share >= MOST
            note = f"lists {len(listed)} of {len(posts.published)} published posts"
            found.append((-share, index._replace(complete=complete), note))
    found.sort(key=lambda each: (each[0], each[1].path))
    return tuple(index for _, index, _ in found), {f"indexes.{index.path}": note for _, index, note in found}


def _candidates(
    path: str, text: str, posts: Posts, languages: Sequence[Language]
) -> list[tuple[Index, set[tuple[str, str]]]]:
    """The one index a file is, with the posts it lists; none for a file that only mentions posts."""
    if "](" not in text:
        return []
    sections: set[tuple[str, str]] = set()
    bullets: dict[str, list[tuple[str, str, str]]] = {}
    heading, dated = "", False
    for line in text.splitlines():
        if title := re.match(r"#{1,6} +(.*?)(?: +#+)? *$", line):
            heading, dated = title.group(1), bool(re.match(rf"\W*{DATE}\b", title.group(1)))
        for number, match in enumerate(_LINK.finditer(line)):
            post = posts.by_path.get(_target(path, match.group(2)) or "")
            if post is None:
                continue
            if dated:
                sections.add(post[:2])
            elif number == 0 and _BULLET.match(line):
                bullets.setdefault(heading, []).append(post)
    if len(sections) >= 1 and len(sections) >= max(map(len, bullets.values()), default=0):
        return [(Index(path, "sections"), sections)]
    if bullets:
        under, listed = max(bullets.items(), key=lambda item: len(item[1]))
        if len(listed) >= 2 and len(listed) >= 0.15 * len(posts.published):
            return [
                (
                    Index(
                        path, "list", under=None if title_error(under) else under, languages=_order(listed, languages)
                    ),
                    {post[:2] for post in listed},
                )
            ]
    return []


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
        match = re.fullmatch(rf"\s*(?:[|/·] *)?{_LINK.pattern}\s*", line)
        if match is None:
            continue
        post = posts.by_path.get(_target(path, match.group(2)) or "")
        if post is not None:
            found.append((post[2], match.group(1)))
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
