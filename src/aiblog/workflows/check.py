"""What the rules find in a blog or in some of its posts, and what mends it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.adapters.changed import changed_since
from aiblog.adapters.markdown_lint import RULE as MARKDOWN
from aiblog.adapters.markdown_lint import SPACING, corrected, lint
from aiblog.checks.blog_rules import BLOG_RULES, found_in
from aiblog.checks.description import Description, description
from aiblog.checks.repeated import not_repeated
from aiblog.checks.rules import RULES, admitted, found
from aiblog.checks.subject import Place, Subject
from aiblog.checks.whole import Whole
from aiblog.core import header
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.edit import Edit, applied
from aiblog.core.finding import Finding
from aiblog.core.index_review import Trouble
from aiblog.core.links import links, resolved
from aiblog.core.nearest import nearest
from aiblog.core.post import Edition, Post, is_draft, require_post
from aiblog.core.settings import FILE_NAME
from aiblog.core.switch_line import SwitchStyle
from aiblog.errors import AiblogError
from aiblog.workflows.external import LINK_DEAD, dead_description, dead_links, to_ask
from aiblog.workflows.gone import Gone
from aiblog.workflows.index import troubles_of
from aiblog.workflows.translate import switch_style

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

ALL_RULES = (*RULES, *BLOG_RULES, MARKDOWN, SPACING, LINK_DEAD)
"""Every rule of a check, by the name that `--select` and `--ignore` take."""

_MARKDOWN = Description(
    MARKDOWN,
    "error",
    "What the blog's own Markdown rules reject, the linter's rule standing first in the message.",
    "#Title",
    "# Title",
    "what the blog's own CI asks for should be known before it is asked.",
)

_SPACING = Description(
    SPACING,
    "warning",
    "Chinese, Japanese or Korean text that touches Latin letters, digits, code or a link; off unless asked for.",
    "用Kubernetes的1.34版",
    "用 Kubernetes 的 1.34 版",
    "where a blog parts them, as many style guides ask, it does so everywhere.",
)

BATCH = 400
"""Editions that are read, checked and linted together: what a run holds in memory at once."""

PASSES = 6
"""How often a file is mended at most: an edit may make room for another one."""


class Request(NamedTuple):
    """What a check was asked for: the editions and indexes (by path; None: all of them), the rules, whether to mend.

    `external`: the network is asked for the addresses that lead out of the blog.
    """

    paths: frozenset[str] | None = None
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    fix: bool = False
    external: bool = False

    def wants(self, rule: str) -> bool:
        """Whether a rule's findings are asked for."""
        return (not self.select or rule in self.select) and rule not in self.ignore

    def means(self, finding: Finding) -> bool:
        """Whether a finding is shown, and mended by `fix`: what is mere information only where its rule is named."""
        return finding.severity != "information" or finding.rule in self.select


class Checked(NamedTuple):
    """What a check found: the findings that are left, the number of files looked at, what mends the rest.

    `offline`: addresses were to be asked, and there is no network. `indexes_wait`: what `aiblog index` mends is left.
    """

    findings: list[Finding]
    files: int
    changes: ChangeSet
    offline: bool = False
    indexes_wait: bool = False


Results = dict[str, list[tuple[Finding, Place]]]
"""Findings with their places, by path."""

Found = TypeVar("Found")
Finish = Callable[[], Found]
"""Waits for what is under way, and gives what was found."""

Progress = Callable[[int, int, str], None]
"""Is told how many of how many are done, and what they are."""


def checked(blog: Blog, request: Request, progress: Progress = lambda _done, _all, _what: None) -> Checked:
    """Runs the rules; nothing is written.

    Findings stand in the posts' order, newest first, then by line; those of other files come last.

    Raises:
        AiblogError: `settings-invalid` for a rule in `aiblog.yaml` that nobody knows, `check-failed` where the
            Markdown linter fails, `unsafe-path`.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - start-up: publish has the same rules

    require_known_settings(blog)
    found_here: list[Finding] = []
    with ThreadPoolExecutor(1) as pool:  # the linter is a process of its own, and runs meanwhile
        look = _Look(blog, request, pool)
        chosen = [each for each in look.editions if request.paths is None or each[1].path in request.paths]
        linting: Finish[list[Finding]] = list
        for start in range(0, len(chosen), BATCH):
            begun = look.batch(chosen[start : start + BATCH])
            found_here += linting()
            linting = begun
            progress(min(start + BATCH, len(chosen)), len(chosen), "files")
        found_here += look.blog_findings()
        found_here += linting()
    dead = dead_links(look.to_ask(), lambda done, count: progress(done, count, "addresses"))
    found_here += dead or []
    rank = {edition.path: number for number, (_, edition) in enumerate(look.editions)}
    found_here.sort(key=lambda each: (rank.get(each.path, len(rank)), *each[:5]))
    return Checked(
        found_here,
        len(chosen) + len(look.indexes),
        ChangeSet.of(look.changes.values()),
        offline=dead is None,
        indexes_wait=look.indexes_wait(found_here),
    )


def descriptions() -> list[Description]:
    """Every rule of a check, in the order of `ALL_RULES`."""
    own = [description(name, rule.severity, rule.finds) for name, rule in RULES.items()]
    whole = [description(name, rule.severity, rule.finds) for name, rule in BLOG_RULES.items()]
    return [*own, *whole, _MARKDOWN, _SPACING, dead_description()]


def require_known_settings(blog: Blog) -> None:
    """Refuses (`settings-invalid`) a rule in `aiblog.yaml` that nobody knows, with its line and the nearest one."""
    for name in blog.settings.check.rules:
        if name not in ALL_RULES:
            word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            lines = blogs.settings_text(blog.root).split("\n")
            place = f"{FILE_NAME}:{next((at for at, line in enumerate(lines, 1) if word.search(line)), 1)}"
            raise AiblogError("settings-invalid", f"{place}: {unknown_rule(name)}", f"edit {place}")


def unknown_rule(name: str) -> str:
    """The sentence for a rule that nobody knows, with the nearest one."""
    return f'no rule "{name}"{nearest(name, ALL_RULES, "`aiblog check --list-rules` has them")}'


@dataclass(slots=True)
class _Look:
    """One check of one blog: what has been read and found out once is not asked for again."""

    blog: Blog
    request: Request
    pool: ThreadPoolExecutor
    editions: list[tuple[Post, Edition]] = field(init=False)
    changes: dict[str, FileChange] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    troubles: Mapping[str, Sequence[Trouble]] = field(default_factory=dict)
    _to_ask: dict[str, list[Finding]] = field(default_factory=dict)
    _batch: Mapping[str, Subject] = field(default_factory=dict)
    _posts: list[Post] = field(init=False)
    _archived: list[Post] = field(init=False)
    _by_path: Mapping[str, Post] = field(init=False)
    _names_in: Callable[[str], frozenset[str]] = field(init=False)
    _read_post: Callable[[str], bytes] = field(init=False)
    _today: str = field(init=False)
    _switch_style: Callable[[], SwitchStyle | None] = field(init=False)
    _gone: Gone = field(init=False)

    def __post_init__(self) -> None:
        self._posts = blogs.posts(self.blog)
        self._archived = blogs.posts(self.blog, archived=True)
        self.editions = [(post, each) for post in (*self._posts, *self._archived) for each in post.editions.values()]
        self._by_path = {edition.path: post for post, edition in self.editions}
        if not self.blog.configured and not any(edition.has_header for _, edition in self.editions):
            settings = self.blog.settings._replace(front_matter=())  # nobody has said that its posts have any
            self.blog = self.blog._replace(settings=settings)
        self._names_in = lru_cache(maxsize=None)(lambda folder: frozenset(files.names_in(self.blog.root, folder)))
        self._read_post = blogs.post_reader(self.blog, [*self._posts, *self._archived])
        self._today = blogs.today(self.blog.settings)
        self._switch_style = lru_cache(1)(lambda: switch_style(self.blog))
        self._gone = Gone(
            self.blog, lambda: [*self._posts, *self._archived], lambda path: self._kind_of(path) == "file"
        )

    def batch(self, chosen: Sequence[tuple[Post, Edition]]) -> Finish[list[Finding]]:
        """What is found in those editions, once the linter is done; with `fix` what is left when `changes` mends."""
        subjects = {edition.path: self._subject(post, edition) for post, edition in chosen}
        self._batch = subjects
        begun = self._results(subjects)
        if not self.request.fix:
            return lambda: self._findings(begun())
        results = begun()
        for _ in range(PASSES):
            mended = self._mended(subjects, results) or self._corrected(subjects, results)
            if not mended:
                break
            subjects |= mended
            results |= self._results(mended)()
        return lambda: self._findings(results)

    def _findings(self, results: Results) -> list[Finding]:
        return [self._left(each) for found_there in results.values() for each in found_there]

    def _subject(self, post: Post, edition: Edition) -> Subject:
        try:
            data = self._read_post(edition.path) or files.require(self.blog.root, edition.path)
        except AiblogError as error:  # the other posts are looked at all the same
            data, edition = b"", edition._replace(problem=f"{edition.path}: {error.message}")
        return Subject(
            post,
            edition,
            data,
            self.blog.settings,
            self._kind_of,
            self._names_in,
            self._text_at,
            self._by_path,
            self._today,
            published=not is_draft(edition, self.blog.settings),
            switch_style=self._switch_style,
            moved=partial(self._gone.moved, by=edition.path),
        )

    def _text_at(self, path: str) -> bytes | None:
        """A file's bytes, None where none can be read; what is looked at together with it is read once."""
        subject = self._batch.get(path)
        return subject.data if subject and subject.data else files.find(self.blog.root, path)

    def _kind_of(self, path: str) -> Literal["file", "folder"] | None:
        """As `files.kind_of`, by names that are remembered."""
        if path in self._by_path:
            return "file"
        if files.leads_out(self.blog.root, path):
            return "file"
        folder, name = posixpath.split(path)
        if name not in self._names_in(folder) or (folder and self._kind_of(folder) != "folder"):
            return None
        place = self.blog.root / path
        return "folder" if place.is_dir() else "file" if place.is_file() else None

    def _results(self, subjects: Mapping[str, Subject]) -> Finish[Results]:
        """What is asked for of what the rules find, by path, and once it is done of what the linter does."""
        is_asked = self.request.wants(MARKDOWN) or (self._spacing and self.request.wants(SPACING))
        contents = {path: each.data for path, each in subjects.items()} if is_asked else {}
        linted = self.pool.submit(lint, self.blog.root, contents, spacing=self._spacing)
        results = {path: self._found(subject) for path, subject in subjects.items()}
        results |= {path: self._found(subjects[path]) for path in self._gone.look()}

        def finished() -> Results:
            own = [finding for found_there in results.values() for finding, _ in found_there]
            for finding in not_repeated(linted.result(), own):
                results[finding.path] += self._admitted(finding, subjects[finding.path].data)
            return results

        return finished

    @property
    def _spacing(self) -> bool:
        """Whether Chinese and Latin text are to be parted: by the settings, or since it is asked for by name."""
        return self.blog.settings.check.spacing or SPACING in self.request.select

    def _admitted(self, finding: Finding, data: bytes) -> list[tuple[Finding, Place]]:
        """The linter's finding, where its rule is asked for and nothing turns it off."""
        if not self.request.wants(finding.rule):
            return []
        return [
            (each, Place(each.line, each.column, each.message))
            for each in admitted([finding], self.blog.settings, data)
        ]

    def _found(self, subject: Subject) -> list[tuple[Finding, Place]]:
        """What is asked for of what the rules find in one edition, whose links `linked` has from now on."""
        self.linked.update(_targets(subject))
        if self.request.external and self.request.wants(LINK_DEAD):
            self._to_ask[subject.edition.path] = to_ask(subject)
        return [each for each in found(subject) if self.request.wants(each[0].rule)]

    def to_ask(self) -> list[Finding]:
        """The addresses that the network is to be asked for, as the findings that they would be."""
        return [each for own in self._to_ask.values() for each in own]

    def _mended(
        self, subjects: Mapping[str, Subject], results: Mapping[str, Sequence[tuple[Finding, Place]]]
    ) -> dict[str, Subject]:
        """The subjects that edits change, with their new bytes; `changes` has them from now on."""
        mended = {}
        for path, found_there in results.items():
            subject = subjects[path]
            places = [place for finding, place in found_there if self.request.means(finding)]
            after = applied(subject.data, (edit for place in places for edit in place.edits))
            if after != subject.data:
                mended[path] = self._changed(subject, after)
        return mended

    def _corrected(
        self, subjects: Mapping[str, Subject], results: Mapping[str, Sequence[tuple[Finding, Place]]]
    ) -> dict[str, Subject]:
        """The subjects that the linter's own corrections change, likewise."""

        def is_to_mend(finding: Finding, data: bytes) -> bool:
            return any(self.request.means(each) for each, _ in self._admitted(finding, data))

        own = {MARKDOWN, SPACING}
        waiting = {
            path: subjects[path].data
            for path, found_there in results.items()
            if any(each.rule in own and each.fixable for each, _ in found_there)
        }
        after = corrected(self.blog.root, waiting, is_to_mend, spacing=self._spacing)
        return {path: self._changed(subjects[path], data) for path, data in after.items()}

    def _changed(self, subject: Subject, after: bytes) -> Subject:
        """The subject with those bytes; `changes` has them."""
        self._record(subject.edition.path, subject.data, after)
        return subject._replace(data=after, edition=_read_again(subject.edition, after))

    def _record(self, path: str, data: bytes, after: bytes) -> None:
        """The file's change in `changes`: from what stands on the disk, however often it is mended."""
        before = self.changes[path].before if path in self.changes else data
        self.changes[path] = FileChange(path, before, after)

    def _left(self, each: tuple[Finding, Place]) -> Finding:
        """The finding; what `fix` has left is not mended the next time either."""
        return each[0]._replace(fixable=False) if self.request.fix and self.request.means(each[0]) else each[0]

    def blog_findings(self) -> list[Finding]:
        """What the rules of the whole blog find in the files that were asked for; with `fix` what is left."""
        if not any(map(self.request.wants, BLOG_RULES)):
            return []
        results = self._blog_results()
        for _ in range(PASSES if self.request.fix else 0):
            if not self._blog_mended(results):
                break
            results = self._blog_results()
        return list(map(self._left, results))

    @property
    def indexes(self) -> list[str]:
        """The index files that are looked at."""
        wanted = self.request.paths
        if not any(self.request.wants(rule) for rule in BLOG_RULES if rule.startswith("index-")):
            return []
        return [each.path for each in self.blog.settings.indexes if wanted is None or each.path in wanted]

    def indexes_wait(self, findings: Collection[Finding]) -> bool:
        """Whether `aiblog index` mends what some of those findings say."""
        left = {each[:4] for each in findings}
        return any(
            each.mendable and each.finding(path)[:4] in left
            for path, troubles in self.troubles.items()
            for each in troubles
        )

    def _blog_results(self) -> list[tuple[Finding, Place]]:
        wanted = self.request.paths
        texts = {index.path: self._read(index.path) for index in self.blog.settings.indexes}
        reviewed = {path: texts[path] for path in self.indexes}
        self.troubles = troubles_of(self.blog, [*self._posts, *self._archived], reviewed)
        whole = Whole(
            self.blog.settings,
            self._posts,
            self._archived,
            blogs.file_paths(self.blog),
            None if wanted is not None else self.linked | self._gone.files,
            {path: data for path, data in texts.items() if data is not None},
            lambda path: self.changes[path].after if path in self.changes else files.find(self.blog.root, path),
            self.troubles,
        )
        return [
            (finding, place)
            for finding, place in found_in(whole)
            if self.request.wants(finding.rule) and (wanted is None or finding.path in wanted)
        ]

    def _blog_mended(self, results: Sequence[tuple[Finding, Place]]) -> bool:
        """Whether edits change a file; `changes` has its new bytes from now on."""
        edits: dict[str, list[Edit]] = {}
        for finding, place in results:
            if self.request.means(finding):
                edits.setdefault(finding.path, []).extend(place.edits)
        mended = False
        for path, own in edits.items():
            data = self._read(path) or b""
            after = applied(data, own)
            if after != data:
                self._record(path, data, after)
                mended = True
        return mended

    def _read(self, path: str) -> bytes | None:
        """A file's bytes as `changes` leaves them."""
        return self.changes[path].after if path in self.changes else files.read(self.blog.root, path)


def _read_again(edition: Edition, data: bytes) -> Edition:
    """The edition with the metadata that those bytes have."""
    try:
        found_there = header.read(data, edition.path)
    except AiblogError as error:
        return edition._replace(metadata={}, problem=error.message)
    return edition._replace(metadata=found_there.values, has_header=found_there.present, problem=None)


def _targets(subject: Subject) -> Iterator[str]:
    for link in links(subject.text):
        target = resolved(subject.edition.path, link.destination)
        if target is not None:
            yield target


def paths_of(blog: Blog, words: Sequence[str], folder: Path) -> frozenset[str]:
    """The editions and indexes that those words name: a post all its editions, a path itself, a folder what is below.

    Paths relative to the root. A file that is no part of the blog names nothing.

    Raises:
        AiblogError: `post-not-found`, `post-ambiguous`.
    """
    posts = [*blogs.posts(blog), *blogs.posts(blog, archived=True)]
    known = {path for post in posts for path in post.paths} | {index.path for index in blog.settings.indexes}
    found_paths: set[str] = set()
    for word in words:
        path = blog.path_in(folder, word)
        kind = None if path is None else files.kind_of(blog.root, path)
        if path is not None and path in known:
            found_paths.add(path)
        elif kind == "folder" and not _is_slug(posts, word):
            found_paths |= {each for each in known if path == "." or each.startswith(f"{path}/")}
        elif kind is None:
            found_paths.update(require_post(posts, word, path).paths)
    return frozenset(found_paths)


def changed_paths(blog: Blog, revision: str) -> frozenset[str]:
    """The editions and indexes of what changed since that revision (see `changed_since`); paths relative to the root.

    A post changed with any of its editions, or with a file in its folder or below.
    """
    changed = changed_since(blog.root, revision)
    posts = [*blogs.posts(blog), *blogs.posts(blog, archived=True)]
    own = {path for post in posts for path in post.paths}
    touched = {folder for path in changed - own for folder in _folders_above(path)}
    touched -= {"", blog.settings.posts, blog.settings.archive or ""}
    found_paths = {index.path for index in blog.settings.indexes if index.path in changed}
    for post in posts:
        if any(path in changed or posixpath.dirname(path) in touched for path in post.paths):
            found_paths.update(post.paths)
    return frozenset(found_paths)


def _folders_above(path: str) -> Iterator[str]:
    while path:
        path = posixpath.dirname(path)
        yield path


def _is_slug(posts: Collection[Post], word: str) -> bool:
    return any(word in (post.slug, post.name) for post in posts)
