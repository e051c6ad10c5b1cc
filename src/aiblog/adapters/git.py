"""Runs git and reads what a repository is: its top, its configuration, its refs, its state. GitPython lives here.

Of GitPython only the search for a repository and the running of git's own commands: its index
and its commits lose what the author has staged (docs/decisions.md).
"""

from __future__ import annotations

import os
import posixpath
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiblog.adapters.process import GIT_VARIABLES, Done, run, started
from aiblog.errors import AGAIN, AiblogError

_ENVIRONMENT = {"GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", "LANGUAGE": ""}

_SAFE_READ = tuple(
    word
    for setting in (
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "safe.bareRepository=explicit",
        "diff.external=",
        "log.showSignature=false",
    )
    for word in ("-c", setting)
)
"""With these no program that a hostile repository configures is run by a read."""

_PLACES = ("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir")
_REFS = ("for-each-ref", "--format=%(HEAD)%(refname) %(objectname) %(symref)", "refs/heads", "refs/remotes")

OF_HOOKS = {"GIT_LITERAL_PATHSPECS": "0"}
"""What a call that runs an author's hook sets: it may ask git for `*.md`."""

PATIENCE = 3.0
"""Seconds that a lock of another git process is waited for."""

_LOCK = re.compile(r"'([^']*\.lock)': File exists")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as one run found it.

    `top` is the work tree's absolute path, `prefix` the blog's root below it with a final `/` (or
    ""), `config` git's own settings by lower-case name (the last value of each), `refs` the full
    names of branches and remote-tracking branches with their commits, `symbolic` what a symbolic
    one among them points to. `head` is the full name of the branch checked out, None where HEAD
    is detached; `head_commit` None before the first commit.
    """

    top: Path
    git_dir: Path
    common_dir: Path
    prefix: str
    config: Mapping[str, str]
    refs: Mapping[str, str]
    symbolic: Mapping[str, str]
    head: str | None
    head_commit: str | None
    _git: Any = field(repr=False, compare=False)

    def read(self, *words: str, ok: Sequence[int] = (0,), given: bytes | None = None, fetches: bool = True) -> Done:
        """Runs a git command that only reads: no lock is taken, nothing a repository configures is run.

        But git fetches what a partial clone lacks, by the ssh it is configured with; without `fetches` that fails.

        Raises:
            AiblogError: `git-failed` with git's own words for an exit code that is not in `ok`, or where git cannot be
                started.
        """
        command = ["git", *_SAFE_READ, *words]
        environment = {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0"}
        if not fetches:
            environment["GIT_ALLOW_PROTOCOL"] = "none"
        if given is None and all(map(str.isascii, words)):  # other words GitPython encodes as the locale has it
            try:
                status, out, complaint = self._git.execute(
                    command,
                    with_extended_output=True,
                    with_exceptions=False,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                    env=environment,
                    start_new_session=True,
                )
            except OSError as error:
                raise AiblogError("git-failed", f"git could not be started: {error.strerror}") from error
            done = Done(status, out, complaint)
        else:
            done = run(command, self.top, given or b"", environment)
        return require_done(done, words, ok)

    def write(
        self,
        *words: str,
        ok: Sequence[int] = (0,),
        given: bytes = b"",
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        terminal: bool = False,
    ) -> Done:
        """Runs a git command that writes, to its end: interrupted, it is asked to stop and waited for.

        With `terminal` it shares ours, so that it may ask for a passphrase; else Ctrl-C does not reach it.

        Raises:
            AiblogError: `busy` where another process holds a lock for longer than a few seconds;
                `git-failed` with git's own words for another exit code that is not in `ok`.
        """
        end = time.monotonic() + PATIENCE
        while True:
            whole = {**_ENVIRONMENT, **(environment or {})}
            done = run(["git", *words], folder or self.top, given, whole, terminal=terminal)
            lock = None if terminal or not done.code else _LOCK.search(done.complaint)
            if lock is None:
                return require_done(done, words, ok)
            if time.monotonic() > end:
                raise _busy(lock.group(1))
            time.sleep(0.05)

    def path(self, blog_path: str) -> str:
        """A path of the blog as git has it: relative to the top."""
        return self.prefix + blog_path

    def in_blog(self, path: str) -> str:
        """A path relative to the top, as one relative to the blog's root; from there with `../` where it is outside."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else posixpath.relpath(path, self.prefix)

    def is_on(self, name: str) -> bool:
        """Whether a setting of git's that is yes or no is yes."""
        return self.config.get(name, "false").lower() in {"true", "yes", "on", "1", ""}

    @property
    def root(self) -> Path:
        """The blog's root, absolute."""
        return self.top / self.prefix

    def branch(self, name: str) -> str | None:
        """The commit of a local branch by its short name; None where there is none."""
        return self.refs.get(f"refs/heads/{name}")


def require_done(done: Done, words: Sequence[str], ok: Sequence[int]) -> Done:
    """The process's result, where its exit code is one that was expected; else `git-failed`."""
    if done.code in ok:
        return done
    name = next((word for word in words if not word.startswith("-") and "=" not in word), "")
    raise AiblogError("git-failed", f"git {name} failed: {first_lines(done.complaint) or f'exit code {done.code}'}")


def first_lines(complaint: str) -> str:
    """Git's own words on one line: the first lines that say something, credentials masked."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip() and not line.startswith("hint:")]
    return masked("; ".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in lines[:3]))


def masked(text: str) -> str:
    """The text with the credentials in every URL of it left out, also where they should have been percent-encoded."""
    return re.sub(r"(?<=://)(?:[^/\s]+|[^/\s:]+:(?!\d*/)\S{0,300})@", "***@", text)


def _busy(lock: str) -> AiblogError:
    path = Path(lock)
    try:
        age = f"{max(0, int(time.time() - path.stat().st_mtime))} s old"
    except OSError:
        age = "just released"
    sentence = f'another git process holds the lock "{lock}" ({age}); if none is running, it is a leftover to remove'
    return AiblogError("busy", sentence, AGAIN)


def opened(root: Path) -> Repository:
    """The repository that the blog at `root` is in.

    Raises:
        AiblogError: `not-a-repository`; `repository-state` for a bare one, or one that git itself
            does not trust; `git-failed` where git is missing.
    """
    for name in GIT_VARIABLES:  # GitPython looks at this process's own environment
        os.environ.pop(name, None)
    reading = {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0"}
    safely = ["git", *_SAFE_READ]
    asked = [
        started([*safely, *_PLACES], root, reading),
        started(["git", "config", "-z", "--list"], root, reading),  # _SAFE_READ would be listed too; this runs nothing
        started([*safely, *_REFS], root, reading),
    ]
    git = _gitpython()  # takes as long as all three
    found, config, refs = [each.done() for each in asked]
    if found.code < 0:  # killed: that says nothing about the repository
        require_done(found, _PLACES, (0,))
    if found.code:
        raise _not_usable(found.complaint, root)
    top, git_dir, common_dir = (Path(os.fsdecode(line)) for line in found.out.splitlines())
    below = root.relative_to(top).as_posix() if root.is_relative_to(top) else "."
    names, symbolic, head = _refs(require_done(refs, _REFS, (0,)))
    repository = Repository(
        top=top,
        git_dir=git_dir,
        common_dir=common_dir,
        prefix="" if below == "." else f"{below}/",
        config=_config(require_done(config, ("config",), (0,))),
        refs=names,
        symbolic=symbolic,
        head=head,
        head_commit=names.get(head) if head else None,
        _git=_runner(git, top),
    )
    return repository if head else _without_commit(repository)


def _without_commit(repository: Repository) -> Repository:
    """The repository whose HEAD is at none of its branches: on one without a commit yet, or detached."""
    head = repository.read("symbolic-ref", "-q", "HEAD", ok=(0, 1)).line or None
    commit = None
    if head is None:
        commit = repository.read("rev-parse", "-q", "--verify", "HEAD^{commit}", ok=(0, 1, 128)).line or None
    return replace(repository, head=head, head_commit=commit)


def _gitpython() -> Any:
    """The library, imported only where a repository is worked on."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # it would explain a missing git at length
    try:
        import git  # noqa: PLC0415 - start-up
    except ImportError as error:  # its first act is a `git version`, which may have been killed
        raise AiblogError("git-failed", f"git could not be run: {first_lines(str(error))}") from error
    return git


def _runner(git: Any, top: Path) -> Any:
    """GitPython's runner of git commands for that work tree."""
    try:
        with git.Repo(top, expand_vars=False) as repository:
            return repository.git
    except (git.InvalidGitRepositoryError, git.NoSuchPathError) as error:
        raise AiblogError("not-a-repository", f'"{top}" is no git repository that can be read') from error


def _not_usable(complaint: str, root: Path) -> AiblogError:
    if "dubious ownership" in complaint:
        sentence = f'git does not trust the repository at "{root}": it belongs to somebody else'
        hints = re.findall(r"git config --global --add safe\.directory \S+", complaint)
        return AiblogError("repository-state", sentence, *hints)
    if "bare repository" in complaint or "must be run in a work tree" in complaint:
        return AiblogError("repository-state", f'"{root}" is a bare repository; one with a work tree was wanted')
    if "not a git repository" in complaint:
        return AiblogError("not-a-repository", f'"{root}" is not in a git repository', "git init")
    return AiblogError("repository-state", f'git cannot use the repository at "{root}": {first_lines(complaint)}')


def _config(listed: Done) -> dict[str, str]:
    values: dict[str, str] = {}
    for item in listed.fields():
        name, _, value = item.partition("\n")
        values[name] = value
    return values


def _refs(listed: Done) -> tuple[dict[str, str], dict[str, str], str | None]:
    """Branches and remote-tracking branches; the symbolic ones; the branch checked out, if it has a commit."""
    refs: dict[str, str] = {}
    symbolic: dict[str, str] = {}
    head = None
    for line in listed.lines():
        name, commit, target = line[1:].split(" ")
        refs[name] = commit
        if target:
            symbolic[name] = target
        if line.startswith("*"):
            head = name
    return refs, symbolic, head


def head_of(repository: Repository) -> str | None:
    """The full name of the branch that is checked out at this moment, None where HEAD is detached."""
    text = (repository.git_dir / "HEAD").read_bytes().decode("utf-8", "surrogateescape")
    name = text.removeprefix("ref:").strip()
    if name.startswith("refs/heads/") and name != "refs/heads/.invalid":  # which stands for another store of refs
        return name
    return repository.read("symbolic-ref", "-q", "HEAD", ok=(0, 1)).line or None


def read_lightly(root: Path, *words: str, given: bytes = b"") -> Done | None:
    """A git command that only reads, run at the blog's root: no GitPython, and none of `Repository`'s facts.

    Nothing is fetched: what a partial clone lacks is not there. None where git is missing.
    """
    environment = {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0", "GIT_ALLOW_PROTOCOL": "none"}
    try:
        return run(["git", *_SAFE_READ, *words], root, given, environment)
    except AiblogError:
        return None


def author_name(root: Path) -> str | None:
    """The author's name as git has it, None where git has none. Without GitPython: `new` asks for nothing else."""
    if name := os.environ.get("GIT_AUTHOR_NAME"):
        return name
    try:
        done = run(["git", *_SAFE_READ, "config", "user.name"], root, b"", _ENVIRONMENT)
    except AiblogError:  # no git on this machine: a post can be written without one
        return None
    return done.line or None if done.code == 0 else None
