"""The missing edition of a post: which one, from which source, and its stub as it would be written."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.language import Language
from aiblog.core.links import resolved
from aiblog.core.post import Edition, Post
from aiblog.core.settings import filled
from aiblog.core.stub import Pair, link_of, prose, stub_file, title_if_untouched
from aiblog.core.stub_blocks import Waiting, waiting_blocks
from aiblog.core.stub_styles import Style, style_of
from aiblog.core.switch_line import SwitchStyle, learned_switch
from aiblog.core.switch_writing import with_switch_line
from aiblog.core.title import title_error
from aiblog.core.translation import is_stub, todo_lines
from aiblog.core.translation_link import Link
from aiblog.errors import AiblogError
from aiblog.workflows.edition_text import read_edition
from aiblog.workflows.linking import with_links

LOOKED_AT = 200
"""Posts at most, the newest, that the look of the line between editions is learned from."""


class Translate(NamedTuple):
    """What was asked for: a post, its edition to translate, the language that is wanted, a title in it, a style.

    Without a style it is that of the stub that is there, else `inline`.
    """

    post: Post
    source: Edition
    language: Language
    title: str | None = None
    style: Style | None = None


class PlannedStub(NamedTuple):
    """What `translate-stub` would do. Paths are relative to the blog's root; `editions` are by language, source first.

    `waiting` are the lines of the translation (as it will be) where a block waits, `unwritten`
    those of the source where its author has still something to write. `blocks` are those of the translation that
    can be filled, `links` is what links it, by path.
    """

    source: str
    translation: str
    editions: Mapping[str, str]
    changes: ChangeSet
    waiting: tuple[int, ...]
    unwritten: tuple[int, ...]
    blocks: tuple[Waiting, ...] = ()
    links: Mapping[str, Link] = MappingProxyType({})


def missing_languages(blog: Blog, post: Post) -> list[Language]:
    """The blog's languages in which the post has no edition, in the blog's order."""
    return [language for language in blog.settings.languages if language.code not in post.editions]


def source_edition(post: Post, code: str | None) -> Edition:
    """The edition to translate: the one in that language, or the one that was written first.

    Raises:
        AiblogError: `usage` where the post has none in that language.
    """
    if code is None:
        return post.source
    if code not in post.editions:
        hints = [f"aiblog translate-stub {post.name} --from {other}" for other in post.editions]
        raise AiblogError("usage", f'--from {code}: "{post.name}" has no edition in "{code}"', *hints)
    return post.editions[code]


def target_languages(blog: Blog, post: Post, source: Edition, code: str | None) -> list[Language]:
    """The languages to choose from: the one that is named, else the missing ones, else those of its translations.

    Raises:
        AiblogError: `usage` where the source itself is in that language, or the blog has no other.
    """
    if code == source.language:
        message = f'--to {code}: "{source.path}" is in that language already; another one was wanted'
        raise AiblogError("usage", message, f"aiblog translate-stub {post.name}")
    if code is not None:
        language = blog.settings.language(code)
        return [language] if language else []
    others = [language for language in blog.settings.languages if language.code != source.language]
    if not others:
        message = f'this blog has one language, "{source.language}"; another one under `languages` was wanted'
        raise AiblogError("usage", message, "edit aiblog.yaml" if blog.configured else "aiblog init")
    linked = [each for each in others if each.code in post.editions and post.editions[each.code].translation_of]
    return missing_languages(blog, post) or linked or others


def planned(blog: Blog, posts: Sequence[Post], request: Translate) -> PlannedStub:
    """The stub and the source's switch line; nothing is written.

    An edition that is there is left, or made again where nobody has edited it and its source has changed.

    Raises:
        AiblogError: `usage` for a title that will not do or a source that is a stub itself,
            `metadata-invalid` for a front matter or a text that cannot be read,
            `translation-exists` where an edition is there that holds a person's work.
    """
    if request.title is not None and (problem := title_error(request.title)):
        raise AiblogError("usage", problem)
    source = _source_text(blog, request)
    there = request.post.editions.get(request.language.code)
    pair = pair_of(blog, posts, request, there)
    switched = with_switch_line(source, pair.source, pair.editions, blog.settings.languages, pair.switch, is_file(blog))
    before = files.read(blog.root, pair.translation)
    if before is None:
        after = stub_file(switched, pair, request.title, request.style or "inline")
    elif there is None:
        raise AiblogError("translation-exists", f'"{pair.translation}" is there already', f"edit {pair.translation}")
    else:
        after = _again(before, switched, pair, request, there)
    changes = [FileChange(pair.translation, before, after), FileChange(pair.source, source, switched)]
    link = there.link if there else None
    if before != after:
        link = link_of(switched, pair)
        changes = with_links(blog, changes, {pair.translation: link})
    changes += _others_switched(blog, pair)
    waiting, unwritten = tuple(todo_lines(after)), tuple(todo_lines(switched))
    blocks = tuple(fillable(after, switched, pair))
    links = {pair.translation: link} if link else {}
    return PlannedStub(
        pair.source, pair.translation, pair.editions, ChangeSet.of(changes), waiting, unwritten, blocks, links
    )


def fillable(stub: bytes, source: bytes, pair: Pair) -> list[Waiting]:
    """The blocks of a stub that wait; what an outline leaves out is taken from the source as it is."""
    return waiting_blocks(stub, left_out(stub, source, pair))


def left_out(stub: bytes, source: bytes, pair: Pair) -> dict[str, str]:
    """What the stub leaves out of the source as it is, by id: nothing but for an outline."""
    return prose(source, pair) if style_of(stub.decode("utf-8", "replace")) == "outline" else {}


def _source_text(blog: Blog, request: Translate) -> bytes:
    path = request.source.path
    data = read_edition(blog, path)
    if is_stub(request.source, data):
        line = todo_lines(data)[0]
        message = f'"{path}" is a stub itself: its text waits from line {line} on; a written edition was wanted'
        hints = [
            f"aiblog translate-stub {request.post.name} --from {code} --to {request.language.code}"
            for code in request.post.editions
            if code not in (request.source.language, request.language.code)
        ]
        raise AiblogError("usage", message, *hints, f"edit {path}:{line}")
    return data


def _others_switched(blog: Blog, pair: Pair) -> Iterator[FileChange]:
    """The post's editions besides these two, their switch lines put right; none that cannot be read."""
    for path in pair.editions.values():
        if path in {pair.source, pair.translation}:
            continue
        data = files.require(blog.root, path)
        try:
            after = with_switch_line(data, path, pair.editions, blog.settings.languages, pair.switch, is_file(blog))
        except AiblogError:  # it has a problem of its own, which `check` says
            continue
        yield FileChange(path, data, after)


def is_file(blog: Blog) -> Callable[[str], bool]:
    """Tells whether a path of the blog is that of a file."""
    return lambda path: files.kind_of(blog.root, path) == "file"


def pair_of(blog: Blog, posts: Sequence[Post], request: Translate, there: Edition | None) -> Pair:
    """The source and its translation, which is `there` or not, with what is known of both."""
    post, code = request.post, request.language.code
    path = there.path if there else blog.path_of(post.date, post.slug, code)
    editions = {edition.language: edition.path for edition in post.editions.values()} | {code: path}
    twins: dict[str, str] = {}
    for other in (*posts, *blogs.posts(blog, archived=True)):
        paths = editions if other is post else {each.language: each.path for each in other.editions.values()}
        if code in paths:
            ranked = sorted(paths, key=lambda each: each != request.source.language)
            twins |= {paths[each]: paths[code] for each in ranked if each != code}
    return Pair(
        source=request.source.path,
        translation=path,
        language=code,
        date=post.date,
        editions=editions,
        twins=twins,
        settings=blog.settings,
        switch=switch_style(blog, post.paths),
    )


def _again(stub: bytes, source: bytes, pair: Pair, request: Translate, there: Edition) -> bytes:
    """The edition that is there: as it is, or made again."""
    header.read(stub, pair.translation)
    origin = there.translation_of
    if not origin:
        message = (
            f'"{pair.translation}" is there already, and its front matter names no source: a stub would replace it'
        )
        raise AiblogError("translation-exists", message, f"aiblog list --missing {pair.language}")
    if resolved(pair.translation, origin) != pair.source:
        message = f'"{pair.translation}" is a translation of "{origin}", not of "{pair.source}"'
        codes = [code for code, path in pair.editions.items() if path == resolved(pair.translation, origin)]
        hints = [f"aiblog translate-stub {request.post.name} --from {code} --to {pair.language}" for code in codes]
        raise AiblogError("translation-exists", message, *hints)
    changed = there.source_hash != source_hash(source)
    style = style_of(stub.decode("utf-8", "replace"))
    if not changed and request.title is None and request.style in {None, style}:
        return stub
    title = title_if_untouched(stub, source, pair, there.source_hash)
    if title is None:
        if changed:
            raise _edited(stub, pair, request, there)
        return stub
    wanted = request.title if request.title is not None else title or None
    return stub_file(source, pair, wanted, request.style or style)


def _edited(stub: bytes, pair: Pair, request: Translate, there: Edition) -> AiblogError:
    lines = todo_lines(stub)
    place = f"{pair.translation}:{lines[0]}" if lines else pair.translation
    if there.source_hash:
        reason = f'is no longer as aiblog made it, and its source "{pair.source}" has changed since'
    else:
        reason = f'does not say from which text of "{pair.source}" it was made (no source_hash)'
    hints = [f"edit {place}"]
    if lines:
        begun_anew = f"aiblog translate-stub {request.post.name} --to {pair.language}"
        hints.append(f"rm {shlex.quote(pair.translation)} && {begun_anew}")
    return AiblogError("translation-exists", f'"{pair.translation}" {reason}', *hints)


def message(blog: Blog, request: Translate) -> str:
    """The commit's message, as the blog words it."""
    post, title = request.post, request.source.title or request.post.slug
    wanted = blog.settings.git.translation_message
    return filled(wanted, title=title, language=request.language.name, date=post.date, slug=post.slug)


def switch_style(blog: Blog, but: Collection[str] = ()) -> SwitchStyle | None:
    """How the line between editions is written: as the settings say, else as the blog's newest posts with several
    editions have it; None where none has one. Its labels are always theirs.

    The post with a file among the paths `but` is left out: it would follow itself.
    """
    grouped: dict[tuple[str, str], dict[str, str]] = {}
    for each in blog.found():
        grouped.setdefault((each.date, each.slug), {})[each.language] = each.path
    several = [
        each for _, each in sorted(grouped.items(), reverse=True) if len(each) > 1 and not {*each.values()} & {*but}
    ]
    learned = learned_switch(_bodies(blog, islice(several, LOOKED_AT)))
    stated = blog.settings.switch_line
    if stated is None:
        return learned
    return (learned or SwitchStyle())._replace(alone=stated == "others", unwritten=stated == "none")


def _bodies(blog: Blog, several: Iterator[Mapping[str, str]]) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for editions in several:
        for path in editions.values():
            data = blogs.head(blog.root / path)
            try:
                end = header.read(data, path).end
            except AiblogError:
                continue
            yield path, data[end:].decode("utf-8", "replace"), editions
