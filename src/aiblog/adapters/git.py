"""Runs git and reads what a repository is: its top, its configuration, its refs, its state. GitPython lives here.

Of GitPython only the search for a repository and the running of git's own commands: its index
and its commits lose what the author has staged (docs/decisions.md).
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from aiblog.errors import AiblogError

_LOCAL_VARIABLES = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_INTERNAL_SUPER_PREFIX",
)
"""What `git rev-parse --local-env-vars` prints: set where a hook of another repository started us."""

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


class Done(NamedTuple):
    """A git process that ended: its exit code, its output as bytes, its complaint as text."""

    code: int
    out: bytes
    complaint: str

    @property
    def line(self) -> str:
        """The output's only line."""
        return self.out.decode("utf-8", "surrogateescape").rstrip("\r\n")

    def fields(self) -> list[str]:
        """Output of a `-z` command, its final NUL dropped."""
        return self.out.decode("utf-8", "surrogateescape").split("\0")[:-1]


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
    _git: object = field(repr=False, compare=False)

    def read(self, *words: str, ok: Sequence[int] = (0,), given: bytes | None = None) -> Done:
        """Runs a git command that only reads: no lock is taken, nothing a repository configures is run.

        Raises:
            AiblogError: `git-failed` with git's own words for an exit code that is not in `ok`.
        """
        command = ["git", *_SAFE_READ, *words]
        environment = {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0"}
        if given is None:
            status, out, complaint = self._git.execute(  # type: ignore[attr-defined]
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


def run(
    command: Sequence[str],
    folder: Path,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    *,
    terminal: bool = False,
) -> Done:
    """Runs a program to its end. Interrupted, it gets SIGTERM, on which git gives its locks back, and is waited for.

    `subprocess.run` kills after a quarter of a second and leaves `index.lock` behind. With `terminal` the program
    shares ours, where there is one; else it has a session of its own, so that what it started ends with it.

    Raises:
        AiblogError: `git-failed` where the program cannot be started.
    """
    whole = {name: value for name, value in os.environ.items() if name not in _LOCAL_VARIABLES}
    apart = not (terminal and sys.stdin is not None and sys.stdin.isatty())
    try:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**whole, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=apart,
        )
    except OSError as error:
        raise AiblogError("git-failed", f"{command[0]} could not be started: {error.strerror}") from error
    try:
        out, complaint = process.communicate(given)
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM) if apart else process.terminate()
        process.wait()
        raise
    return Done(process.returncode, out, complaint.decode("utf-8", "replace"))


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
    return AiblogError("busy", sentence, "run the command again")


def opened(root: Path) -> Repository:
    """The repository that the blog at `root` is in.

    Raises:
        AiblogError: `not-a-repository`; `repository-state` for a bare one, or one that git itself
            does not trust; `git-failed` where git is missing.
    """
    for name in _LOCAL_VARIABLES:  # GitPython looks at this process's own environment
        os.environ.pop(name, None)
    found = run(
        [
            *("git", *_SAFE_READ, "rev-parse", "--path-format=absolute"),
            *("--show-toplevel", "--git-dir", "--git-common-dir"),
        ],
        root,
        b"",
        {**_ENVIRONMENT, "GIT_OPTIONAL_LOCKS": "0"},
    )
    if found.code:
        raise _not_usable(found.complaint, root)
    top, git_dir, common_dir = (Path(os.fsdecode(line)) for line in found.out.splitlines())
    git = _gitpython(top)
    below = root.relative_to(top).as_posix() if root.is_relative_to(top) else "."
    prefix = "" if below == "." else f"{below}/"
    blank = Repository(top, git_dir, common_dir, prefix, {}, {}, {}, None, None, git)
    config = _config(blank)
    refs, symbolic, head = _refs(blank)
    head_commit = refs.get(head) if head else None
    if head is None:
        named = blank.read("symbolic-ref", "-q", "HEAD", ok=(0, 1))
        head = named.line or None
        if head is None:
            head_commit = blank.read("rev-parse", "-q", "--verify", "HEAD^{commit}", ok=(0, 1, 128)).line or None
    return Repository(top, git_dir, common_dir, prefix, config, refs, symbolic, head, head_commit, git)


def _gitpython(top: Path) -> object:
    """GitPython's runner for that work tree."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # the library would explain a missing git at length
    import git  # noqa: PLC0415 - start-up: only where a repository is worked on

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


def _config(repository: Repository) -> dict[str, str]:
    values: dict[str, str] = {}
    # without `_SAFE_READ`, whose settings would be listed too; reading the configuration runs nothing
    listed = repository.write("config", "-z", "--list")
    for item in listed.fields():
        name, _, value = item.partition("\n")
        values[name] = value
    return values


def _refs(repository: Repository) -> tuple[dict[str, str], dict[str, str], str | None]:
    """Branches and remote-tracking branches; the symbolic ones; the branch checked out, if it has a commit."""
    listed = repository.read(
        "for-each-ref", "--format=%(HEAD)%(refname) %(objectname) %(symref)", "refs/heads", "refs/remotes"
    )
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
