"""The blog on the disk: where its root is, what its conventions are, which posts it has."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from aiblog.adapters import files
from aiblog.core import header
from aiblog.core.layout import Found, Layout
from aiblog.core.post import Edition, Post, date_of, newest_first
from aiblog.core.settings import FILE_NAME, Settings
from aiblog.core.title import first_title
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.core.learn import Chosen, Learned

HEAD = 8192
"""Bytes of a post that are read for its front matter and title; more only where the front matter is longer."""
TOP = 1024
"""Bytes that are read first: nearly all posts have both there."""
_FENCES = (b"---", header.BOM + b"---")


class Blog(NamedTuple):
    """A blog as one run sees it. `root` is absolute; `configured` whether `aiblog.yaml` says the conventions.

    `pending` are files as they are going to be, by their paths (None: gone): what is planned on top of another plan
    reads by way of the blog, and sees them so.
    """

    root: Path
    settings: Settings
    configured: bool
    pending: Mapping[str, bytes | None] = MappingProxyType({})

    @property
    def layout(self) -> Layout:
        """Where editions lie below the posts folder."""
        return Layout(self.settings.path, self.settings.languages)

    def in_posts(self, path: str) -> str:
        """A path below `posts`, relative to the root."""
        return f"{self.settings.posts}/{path}" if self.settings.posts else path

    def path_of(self, date: str, slug: str, language: str) -> str:
        """Where that edition belongs, relative to the root."""
        return self.in_posts(self.layout.path(date, slug, language))

    def read(self, path: str) -> bytes | None:
        """As `files.read`."""
        return self.pending[path] if path in self.pending else files.read(self.root, path)

    def find(self, path: str) -> bytes | None:
        """As `files.find`."""
        return self.pending[path] if path in self.pending else files.find(self.root, path)

    def require(self, path: str) -> bytes:
        """As `files.require`."""
        data = self.pending.get(path)
        return files.require(self.root, path) if data is None else data

    def size_of(self, path: str) -> int:
        """The bytes of a file that is there."""
        data = self.pending.get(path)
        return (self.root / path).stat().st_size if data is None else len(data)

    def kind_of(self, path: str) -> Literal["file", "folder"] | None:
        """As `files.kind_of`."""
        if path in self.pending:
            return None if self.pending[path] is None else "file"
        if any(each.startswith(f"{path}/") and data is not None for each, data in self.pending.items()):
            return "folder"
        return files.kind_of(self.root, path)

    def names_in(self, folder: str) -> list[str]:
        """As `files.names_in`."""
        names = files.names_in(self.root, folder)
        prefix = f"{folder}/" if folder else ""
        own = {each.removeprefix(prefix): data for each, data in self.pending.items() if each.startswith(prefix)}
        gone = {name for name, data in own.items() if data is None}
        return [*{*names, *(name.split("/")[0] for name, data in own.items() if data is not None)} - gone]

    def _markdown_below(self, folder: str) -> list[str]:
        paths = markdown_paths(self.root, folder)
        if not self.pending:
            return paths
        prefix = f"{folder}/" if folder else ""
        own = {path for path in self.pending if path.startswith(prefix) and path.endswith(".md")}
        return sorted(set(paths) - own | {path for path in own if self.pending[path] is not None})

    def found(self) -> list[Found]:
        """Every edition below `posts`, by its path alone: no file is opened. Paths are relative to the root.

        Raises:
            AiblogError: `unsafe-path` where the posts folder is a symbolic link, or no folder, or may not be read.
        """
        if self.settings.posts:
            files.require_safe(self.root, self.settings.posts, folder=True)
        archive = f"{self.settings.archive}/" if self.settings.archive else None
        paths = self._markdown_below(self.settings.posts)
        if archive:
            paths = [path for path in paths if not path.startswith(archive)]
        return self.layout.posts(paths, len(self.in_posts("")))[0]

    def archive_found(self) -> list[Found]:
        """Every edition below the archive, as `found`; none where there is no archive."""
        if self.settings.archive is None:
            return []
        return self._replace(settings=self.settings._replace(posts=self.settings.archive, archive=None)).found()

    def edition_at(self, path: str) -> Found | None:
        """The edition that a path (relative to the root) is of, below `posts` or in the archive; None where of none."""
        archive = f"{self.settings.archive}/" if self.settings.archive else None
        below = archive if archive and path.startswith(archive) else self.in_posts("")
        found = self.layout.posts([path], len(below))[0] if path.startswith(below) else []
        return found[0] if found else None

    def path_in(self, folder: Path, text: str) -> str | None:
        """A path as a person typed it in `folder`, relative to the root; None where it leads out of the blog."""
        absolute = Path(os.path.normpath(folder / text))
        return absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else None


def find_root(folder: Path) -> tuple[Path, bool]:
    """The blog's root for a run in `folder`, and whether it has an `aiblog.yaml`.

    The nearest folder with `aiblog.yaml`, up to the git top level; else that top level; outside
    git `folder` itself. A look for `.git` only: no git is run.
    """
    for candidate in [folder, *folder.parents]:
        if (candidate / FILE_NAME).is_file():
            return candidate, True
        if (candidate / ".git").exists():
            return candidate, False
    return folder, False


def below_top(root: Path) -> str:
    """The path of the blog's root below its repository's top, with a final `/`; "" at the top or outside git."""
    for candidate in [root, *root.parents]:
        if (candidate / ".git").exists():
            below = root.relative_to(candidate).as_posix()
            return "" if below == "." else f"{below}/"
    return ""


def opened(folder: Path, *, indexes: bool = True) -> Blog:
    """The blog that `folder` is in, with its conventions, read or inferred.

    Inferred ones are without indexes and own names of languages where `indexes` is False: finding
    them reads every Markdown file of the repository.

    Raises:
        AiblogError: `settings-invalid`, `unsafe-path`.
    """
    root, configured = find_root(folder)
    if configured:
        from aiblog.core.settings_yaml import parsed  # noqa: PLC0415 - start-up: YAML only where there is a file

        return Blog(root, parsed(settings_text(root)), configured=True)
    return Blog(root, inferred(root, indexes=indexes).settings, configured=False)


def inferred(root: Path, *, indexes: bool = True, chosen: Chosen | None = None) -> Learned:
    """What the files below `root` show of a blog's conventions, whatever `aiblog.yaml` says; see `opened`.

    `chosen` is what a person has chosen where the files leave it open.
    """
    from aiblog.core.learn import learned  # noqa: PLC0415 - start-up: only where nothing is configured

    def read_head(path: str) -> bytes:
        try:
            return head(f"{root}/{path}", 2 * TOP)
        except OSError:
            return b""

    return learned(markdown_paths(root), read_head, reader(root) if indexes else None, chosen)


def settings_text(root: Path) -> str:
    """The text of `aiblog.yaml`."""
    data = files.read(root, FILE_NAME) or b""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AiblogError("settings-invalid", f"{FILE_NAME}:{line}: the file is not UTF-8") from error


def reader(root: Path) -> Callable[[str], bytes]:
    """Reads a file of the blog by its path; nothing for one that cannot be read."""

    find = files.finder(root)
    return lambda path: find(path) or b""


def post_reader(blog: Blog, posts: Iterable[Post]) -> Callable[[str], bytes]:
    """As `reader`, three times as quick for the posts' own editions: they were found without following a link."""
    editions = {path for post in posts for path in post.paths}
    any_file, root = reader(blog.root), f"{blog.root}/"

    def read(path: str) -> bytes:
        if path not in editions:
            return any_file(path)
        try:
            return _whole(root + path)
        except OSError:
            return b""

    return read


def markdown_paths(root: Path, below: str = "") -> list[str]:
    """Every `.md` file below `root`, sorted, relative to it: no hidden folder, link, or repository of its own.

    Raises:
        AiblogError: `unsafe-path` for a folder that may not be read, if it is `below` one that was named: what is in
            there would count as gone.
    """
    return sorted(_below(root, below, markdown=True))


def all_paths(root: Path) -> list[str]:
    """Every file below `root`, sorted, relative to it; as in `file_paths`."""
    return sorted(_below(root, "", markdown=False))


def file_paths(blog: Blog) -> list[str]:
    """Every file below the posts folder and the archive, sorted, relative to the root; links to files too.

    No hidden file or folder, and nothing in a repository of its own.
    """
    folders = [blog.settings.posts, *([blog.settings.archive] if blog.settings.archive else [])]
    return sorted({path for folder in folders for path in _below(blog.root, folder, markdown=False)})


def _below(root: Path, folder: str, *, markdown: bool) -> list[str]:
    place, prefix = os.path.join(root, folder), f"{folder}/" if folder else ""  # noqa: PTH118 - speed
    return _files_in(place, prefix, markdown, bool(folder))


def _files_in(place: str, prefix: str, markdown: bool, strict: bool) -> list[str]:
    """The files below the folder `place`, as `prefix` and their paths there."""
    try:
        entries = list(os.scandir(place))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if not strict:
            return []
        raise AiblogError("unsafe-path", f'"{prefix[:-1]}" cannot be read: {error.strerror}') from error
    found = []
    for entry in entries:
        name = entry.name
        if name == ".git" and prefix:
            return []
        if name.startswith(".") or name == "node_modules":
            continue
        if entry.is_dir(follow_symlinks=False):
            found += _files_in(entry.path, f"{prefix}{name}/", markdown, strict)
        elif not markdown or (name.endswith(".md") and entry.is_file(follow_symlinks=False)):
            found.append(prefix + name)
    return found


def posts(blog: Blog, archived: bool = False) -> list[Post]:
    """The blog's posts, newest first, ties by slug; with `archived` those of the archive instead.

    A front matter that cannot be read is a `problem` of its edition, never an error here.

    Raises:
        AiblogError: `unsafe-path`; `settings-invalid` or `conflict` for a file of translations that cannot be read.
    """
    if archived and blog.settings.archive is None:
        return []
    found = blog.archive_found() if archived else blog.found()
    links = _links(blog, found) if blog.settings.translations == "sidecar" else {}
    grouped: dict[tuple[str, str], list[Edition]] = {}
    read_edition = _edition_reader(blog)
    for each in found:
        edition = read_edition(each)
        if each.path in links:
            edition = edition._replace(link=links[each.path])
        grouped.setdefault((each.date, each.slug), []).append(edition)
    order = {language.code: number for number, language in enumerate(blog.settings.languages)}
    return newest_first(
        Post(date or date_of(editions, blog.settings), slug, _source_first(editions, order), archived)
        for (date, slug), editions in grouped.items()
    )


def recorded_links(blog: Blog) -> dict[str, Link]:
    """What the blog's file of translations says, by path; nothing where there is none."""
    from aiblog.core.translations_file import links_in  # noqa: PLC0415 - start-up: few blogs have one

    return links_in(blog.read(SIDECAR) or b"")


def _links(blog: Blog, found: list[Found]) -> dict[str, Link]:
    """The links of those editions: what is recorded for their paths, or for the path that one had before it moved."""
    recorded = recorded_links(blog)
    links = {each.path: recorded[each.path] for each in found if each.path in recorded}
    if len(links) < len(recorded):
        for path, former in former_paths(blog, recorded, [each.path for each in found]).items():
            links[path] = recorded[former]
    return links


def former_paths(blog: Blog, recorded: Collection[str], paths: Collection[str]) -> dict[str, str]:
    """Of those paths that are not recorded: the recorded one that each had before its post was given another date or
    place. That is the only one of its slug and language whose file is gone."""
    gone: dict[tuple[str, str], list[str]] = {}
    for each in set(recorded).difference(paths):
        there = blog.pending[each] is not None if each in blog.pending else os.path.lexists(blog.root / each)
        if (name := _name_of(blog, each)) and not there:
            gone.setdefault(name, []).append(each)
    new: dict[tuple[str, str], list[str]] = {}
    for each in paths if gone else ():
        if each not in recorded and (name := _name_of(blog, each)) in gone:
            new.setdefault(name, []).append(each)
    return {own[0]: gone[name][0] for name, own in new.items() if len(own) == 1 == len(gone[name])}


def _name_of(blog: Blog, path: str) -> tuple[str, str] | None:
    """Slug and language of an edition, of the archive too, by its path alone; None where it is none."""
    found = blog.edition_at(path)
    return (found.slug, found.language) if found else None


def _edition_reader(blog: Blog) -> Callable[[Found], Edition]:
    root, settings, pending = f"{blog.root}/", blog.settings, blog.pending

    def read(found: Found) -> Edition:
        data = pending.get(found.path)
        return _edition(root, settings, found) if data is None else _read_off(settings, found, data)

    return read


def _edition(root: str, settings: Settings, found: Found) -> Edition:
    try:
        top = head(root + found.path, TOP)
        edition = _read_off(settings, found, top[: top.rfind(b"\n") + 1])
        if edition.title is None:  # a problem too: with more of the file it may be none, or another
            edition = _read_off(settings, found, head(root + found.path))
    except OSError as error:
        problem = f"{found.path}: the file cannot be read: {error.strerror}"
        return Edition(found.path, found.language, problem=problem)
    return edition


def _read_off(settings: Settings, found: Found, data: bytes) -> Edition:
    """What whole lines from a file's beginning show; a title they have, a front matter they close is the file's."""
    try:
        read = header.read(data, found.path)
    except AiblogError as error:
        return Edition(found.path, found.language, problem=error.message)
    title = title_of(settings, read, data)
    return Edition(found.path, found.language, title, read.values, read.present)


def title_of(settings: Settings, read: header.Header, data: bytes) -> str | None:
    """The title of a file, read so far, as plain text: from where the blog keeps it, else the H1."""
    if settings.title != "heading":
        value = read.values.get(settings.title)
        if isinstance(value, str) and value:
            return value
    return first_title(data, read.end)


def _source_first(editions: list[Edition], order: dict[str, int]) -> dict[str, Edition]:
    """Editions by language: those that are no translation first, then in the blog's order of languages."""
    ranked = sorted(editions, key=lambda each: (each.translation_of is not None, order.get(each.language, 99)))
    return {edition.language: edition for edition in ranked}


def head(path: str | Path, size: int = HEAD) -> bytes:
    """The beginning of a file, `size` bytes or three times that: its whole front matter and its title, as a rule.

    A symbolic link is an OSError, a pipe is empty.
    """
    descriptor = os.open(path, files.AS_IS)
    try:  # no stream: it would cost half as much again
        data = os.read(descriptor, size)
        longer = data.startswith(_FENCES) and b"\n---" not in data
        wanted = 3 * size if longer else size
        while len(data) < wanted and (more := os.read(descriptor, wanted - len(data))):
            data += more
    finally:
        os.close(descriptor)
    return data


def _whole(path: str) -> bytes:
    """All of a file; a symbolic link is an OSError, a pipe is empty."""
    descriptor = os.open(path, files.AS_IS)
    try:
        data = os.read(descriptor, 8 * HEAD)
        while more := os.read(descriptor, 8 * HEAD):
            data += more
    finally:
        os.close(descriptor)
    return data


def today(settings: Settings, days_ahead: int = 0) -> str:
    """The date of now (so many days ahead) in the blog's time zone (the system's where it has none), ISO 8601.

    Raises:
        AiblogError: `settings-invalid` for a zone nobody knows.
    """
    import datetime  # noqa: PLC0415 - start-up: `list` needs no clock

    ahead = datetime.timedelta(days=days_ahead)
    if settings.timezone is None:
        return (datetime.datetime.now().astimezone().date() + ahead).isoformat()
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - start-up

    try:
        zone = ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f'{FILE_NAME}: timezone "{settings.timezone}" is not known; a name such as Asia/Shanghai was wanted'
        raise AiblogError("settings-invalid", message, f"edit {FILE_NAME}:1") from error
    return (datetime.datetime.now(zone).date() + ahead).isoformat()


def scaffold_folder(root: Path, kind: str) -> Path | None:
    """The folder of a scaffold: the blog's own, else the packaged one; None where there is no such kind.

    Raises:
        AiblogError: `unsafe-path` where the blog's own is a symbolic link, or no folder.
    """
    if not kind or PurePosixPath(kind).name != kind or kind == "..":
        return None
    own = f"scaffolds/{kind}"
    files.require_safe(root, "scaffolds", folder=True)
    if os.path.lexists(root / own):
        return files.require_safe(root, own, folder=True)
    packaged = packaged_scaffolds() / kind
    return packaged if packaged.is_dir() else None


def scaffold_kinds(root: Path) -> list[str]:
    """Names of the kinds at hand, the blog's own and the packaged ones; "post" first, then sorted."""
    found = {
        each.name
        for folder in (root / "scaffolds", packaged_scaffolds())
        if folder.is_dir() and not folder.is_symlink()
        for each in folder.iterdir()
        if (each / "scaffold.yaml").is_file()
    }
    return sorted(found, key=lambda kind: (kind != "post", kind))


def packaged_scaffolds() -> Path:
    """The scaffolds that come with the tool: in the installed package, else in the checkout it runs from."""
    package = Path(__file__).parents[1] / "scaffolds"
    return package if package.is_dir() else Path(__file__).parents[3] / "scaffolds"


def scaffold_files(folder: Path, root: Path) -> dict[str, bytes]:
    """Every file of a scaffold by its path in the folder, with `/`. Links are refused (`unsafe-path`)."""
    base = root if folder.is_relative_to(root) else folder.parent
    paths = [each for each in sorted(folder.rglob("*")) if each.is_symlink() or not each.is_dir()]
    found = {each: files.read(base, each.relative_to(base).as_posix()) for each in paths}
    return {each.relative_to(folder).as_posix(): data for each, data in found.items() if data is not None}
