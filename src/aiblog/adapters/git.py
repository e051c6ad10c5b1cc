"""Runs git and reads what a repository is: its top, its configuration, its refs, its state. GitPython lives here.

Of GitPython only the search for a repository and the running of git's own commands: its index
and its commits lose what the author has staged (docs/decisions.md).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

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

_IN_PROGRESS = {
    "MERGE_HEAD": ("a merge", "git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --abort"),
    "rebase-apply/applying": ("git am", "git am --abort"),
    "rebase-apply": ("a rebase", "git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --abort"),
    "sequencer": ("a cherry-pick or revert", "git cherry-pick --abort"),
    "BISECT_LOG": ("a bisect", "git bisect reset"),
}


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

    def read(self, *words: str, ok: Sequence[int] = (0,), given: bytes | None = None) -> Done:
        """Runs a git command that only reads: no lock is taken, nothing a repository configures is run.

        Raises:
            AiblogError: `git-failed` with git's own words for an exit code that is not in `ok`.
        """
        command = ["git", *_SAFE_READ, *words]
        environment = {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0"}
        if given is None:
            status, out, complaint = self._git.execute(
                command,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=environment,
                start_new_session=True,
            )
            done = Done(status, out, complaint)
        else:
            done = run(command, self.top, given, environment)
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

    def branch(self, name: str) -> str | None:
        """The commit of a local branch by its short name; None where there is none."""
        return self.refs.get(f"refs/heads/{name}")


def require_done(done: Done, words: Sequence[str], ok: Sequence[int]) -> Done:
    """The process's result, where its exit code is one that was expected; else `git-failed`."""
    if done.code in ok:
        return done
    name = next((word for word in words if not word.startswith("-") and "=" not in word), "")
    raise AiblogError("git-failed", f"git {name} failed: {first_lines(done.complaint) or f'exit code {done.code}'}")


def first_lines(complaint: str, count: int = 3) -> str:
    """Git's own words on one line: the first lines that say something, credentials masked."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip() and not line.startswith("hint:")]
    return masked("; ".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in lines[:count]))


def masked(text: str) -> str:
    """The text with the credentials in every URL of it left out."""
    return re.sub(r"(?<=://)[^/@\s'\"]+@", "***@", text)


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
    import git  # noqa: PLC0415 - start-up

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
    for line in listed.out.decode("utf-8", "surrogateescape").splitlines():
        name, commit, target = line[1:].split(" ")
        refs[name] = commit
        if target:
            symbolic[name] = target
        if line.startswith("*"):
            head = name
    return refs, symbolic, head


def require_settled(repository: Repository) -> None:
    """Refuses while something is half done in the repository (`repository-state`): nothing may be committed into it."""
    for name, (what, hint) in _IN_PROGRESS.items():
        if (repository.git_dir / name).exists():
            raise AiblogError("repository-state", f"{what} is in progress; it has to be finished first", hint)
    unmerged = sorted({item.partition("\t")[2] for item in repository.read("ls-files", "-z", "-u").fields()})
    if unmerged:
        raise AiblogError("repository-state", f'"{unmerged[0]}" is not merged yet', "git status")


def require_identity(repository: Repository) -> None:
    """Refuses (`identity-missing`) where git would have to invent who commits."""
    for role in ("author", "committer"):
        for part in ("name", "email"):
            variables = (f"GIT_{role.upper()}_{part.upper()}", *(("EMAIL",) if part == "email" else ()))
            settings = (f"{role}.{part}", f"user.{part}")
            if not any(os.environ.get(name) for name in variables) and not any(
                repository.config.get(name) for name in settings
            ):
                raise identity_missing(part)


def identity_missing(part: str = "name") -> AiblogError:
    """The error for a commit without an author."""
    hints = ('git config --global user.name "Your Name"', "git config --global user.email you@example.com")
    return AiblogError("identity-missing", f"git does not know who commits: user.{part} is not set", *hints)


def author_name(root: Path) -> str | None:
    """The author's name as git has it, None where git has none. Without GitPython: `new` asks for nothing else."""
    if name := os.environ.get("GIT_AUTHOR_NAME"):
        return name
    try:
        done = run(["git", *_SAFE_READ, "config", "user.name"], root, b"", _ENVIRONMENT)
    except AiblogError:  # no git on this machine: a post can be written without one
        return None
    return done.line or None if done.code == 0 else None


class GitFacts(NamedTuple):
    """What `init` wants to know: the base branch, the remote, subjects of commits that added posts, newest first."""

    base: str | None
    remote: str | None
    subjects: list[str]


def facts(root: Path, posts: str) -> GitFacts | None:
    """The repository's habits; None outside a repository. `posts` is the posts folder, relative to `root`."""
    try:
        repository = opened(root)
    except AiblogError as error:
        if error.code == "not-a-repository":
            return None
        raise
    base = find_base(repository, None)
    subjects: list[str] = []
    if repository.head_commit:
        place = repository.path(posts) or "."
        log = repository.read("log", "-z", "--format=%s", "--diff-filter=A", "--max-count=200", "HEAD", "--", place)
        subjects = [subject for subject in log.fields() if subject]
    return GitFacts(short_name(base) if base else None, remote_of(repository, None), subjects)


def short_name(ref: str) -> str:
    """A branch as people say it: `main` for `refs/heads/main`, `origin/main` for `refs/remotes/origin/main`."""
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def remote_of(repository: Repository, wanted: str | None) -> str | None:
    """The remote's name: the one the settings name, else the base's own, `origin`, or the only one; else None."""
    names = sorted(
        {match.group(1) for name in repository.config if (match := re.fullmatch(r"remote\.(.+)\.url", name))}
    )
    if wanted is not None:
        return wanted if wanted in names else None
    if "origin" in names:
        return "origin"
    return names[0] if len(names) == 1 else None


def find_base(repository: Repository, wanted: str | None, remote: str | None = None) -> str | None:
    """The full name of the branch that posts start from: the one `wanted`, else the remote's own, main or master.

    A local branch before the remote-tracking one of that name; None where there is no such branch.
    """
    remote = remote_of(repository, remote)
    if wanted is not None:
        names = [wanted]
    else:
        own = repository.symbolic.get(f"refs/remotes/{remote}/HEAD", "")
        names = [name for name in (own.removeprefix(f"refs/remotes/{remote}/"), "main", "master") if name]
    for name in names:
        places = [f"refs/heads/{name}", f"refs/remotes/{remote}/{name}", f"refs/remotes/{name}", name]
        found = next((place for place in places if place in repository.refs), None)
        if found:
            return found
    return repository.head if wanted is None and repository.head_commit else None
