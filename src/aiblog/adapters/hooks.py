"""The author's commit hooks, run on a commit that is built away from their checkout.

A throw-away linked work tree has the target branch as its HEAD (a hook that refuses commits on
`main` asks for it) and the commit's files in its index and on its disk. git itself runs each hook
(`git hook run`), but makes no commit there: the caller lands it with the author's index in step.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from aiblog.adapters.branches import Target
from aiblog.adapters.files import is_running
from aiblog.adapters.git import OF_HOOKS, Repository, masked
from aiblog.adapters.objects import Blob, entries, index_info
from aiblog.adapters.process import Done
from aiblog.adapters.signals import deferred
from aiblog.errors import AiblogError

_BEFORE = ("pre-commit", "commit-msg")  # what --no-verify leaves out
_ALWAYS = ("prepare-commit-msg", "post-commit")


@dataclass(slots=True)
class Checkout:
    """The throw-away work tree while its hooks run. `landed` says that the branch has the commit."""

    repository: Repository
    folder: Path
    git_dir: Path
    hooks_path: str | None
    landed: bool = False

    def read(self, *words: str) -> Done:
        """Runs git in this work tree."""
        return self.repository.write(*words, folder=self.folder)

    def entries(self, own: Mapping[str, Blob | None]) -> dict[str, Blob | None]:
        """The entries at those paths, as the hooks have left them."""
        found = entries(self.read("ls-files", "-z", "-s"))
        return {path: found.get(path, entry) for path, entry in own.items()}

    def run(self, name: str, *arguments: str, must_pass: bool = True) -> None:
        """Runs one hook as `git commit` would; nothing where there is none.

        Raises:
            AiblogError: `hook-failed` with what the hook printed, where it fails and `must_pass`.
        """
        where = ["-c", f"core.hooksPath={self.hooks_path}"] if self.hooks_path else []
        done = self.repository.write(
            *(*where, "hook", "run", "--ignore-missing", name),
            *(["--", *arguments] if arguments else []),
            ok=range(-64, 256),
            environment={**OF_HOOKS, "GIT_INDEX_FILE": str(self.git_dir / "index"), "GIT_EDITOR": ":"},
            folder=self.folder,
            terminal=True,
        )
        if "'hook' is not a git command" in done.complaint:
            raise AiblogError("git-failed", "this git cannot run hooks by name; git 2.36 or newer was wanted")
        if done.code and must_pass:
            said = masked((done.out.decode("utf-8", "replace") + done.complaint).strip())
            message = f"the {name} hook refused the commit (exit code {done.code})"
            raise AiblogError("hook-failed", message, output=said)

    def message(self, message: str, *, verify: bool) -> str:
        """The message as the hooks leave it."""
        place = self.git_dir / "COMMIT_EDITMSG"
        try:
            place.write_text(f"{message.rstrip()}\n", encoding="utf-8")
        except OSError as error:
            raise AiblogError("output-failed", f'"{place}" could not be written: {error.strerror}') from error
        self.run("prepare-commit-msg", str(place), "message")
        if verify:
            self.run("commit-msg", str(place))
        after = place.read_text(encoding="utf-8", errors="replace").rstrip()
        if not after:
            raise AiblogError("hook-failed", "a hook left the commit message empty")
        return after


class Hooks(NamedTuple):
    """The repository's commit hooks. `path` is the absolute `core.hooksPath`, None for the usual place."""

    repository: Repository
    path: str | None
    found: frozenset[str]

    def present(self, *, verify: bool) -> bool:
        """Whether a hook would run for a commit."""
        return bool(self.found & {*_ALWAYS, *(_BEFORE if verify else ())})

    @contextmanager
    def checkout(self, target: Target, own: Mapping[str, Blob | None]) -> Iterator[Checkout]:
        """The throw-away work tree, gone at the end; so is a branch made for it, unless the commit landed."""
        repository = self.repository
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"aiblog-{os.getpid()}-"))
        except OSError as error:
            raise AiblogError("output-failed", f"the temporary files could not be written: {error.strerror}") from error
        made = False
        checkout: Checkout | None = None
        try:
            if target.tip is None:
                with deferred():
                    repository.write("update-ref", target.ref, target.parent, "")
                    made = True
            checkout = self._made(folder / "commit", target, own)
            yield checkout
        finally:
            with deferred():
                _remove_trees(repository, lambda name, _: name == folder.name)
                shutil.rmtree(folder, ignore_errors=True)
                if made and not (checkout and checkout.landed):
                    with suppress(AiblogError):
                        repository.write("update-ref", "-d", target.ref, target.parent)

    def _made(self, folder: Path, target: Target, own: Mapping[str, Blob | None]) -> Checkout:
        """Makes the work tree: no hook runs for that (`worktree add` has post-checkout run)."""
        repository = self.repository
        quiet = ("-c", "core.hooksPath=/dev/null")
        repository.write(*quiet, "worktree", "add", "--quiet", "--detach", str(folder), target.parent)
        git_dir = Path(repository.write("rev-parse", "--absolute-git-dir", folder=folder).line)
        repository.write("symbolic-ref", "HEAD", target.ref, folder=folder)
        given = index_info(repository, own)
        repository.write("update-index", "-z", "--index-info", given=given, folder=folder)
        for path in (path for path, entry in own.items() if entry is None):
            (folder / path).unlink(missing_ok=True)
        paths = "".join(f"{path}\0" for path, entry in own.items() if entry).encode("utf-8", "surrogateescape")
        repository.write("checkout-index", "-f", "-z", "--stdin", given=paths, folder=folder)
        return Checkout(repository, folder, git_dir, self.path)


def hooks_of_publish(repository: Repository) -> dict[str, bool]:
    """The hooks that a commit and its push would run, and whether the pre-commit framework put each there."""
    hooks = hooks_of(repository)
    names = [*_BEFORE, *_ALWAYS, "pre-push"]
    place = _place(repository)
    found = [name for name in names if name in hooks.found or _is_hook(place / name)]
    return {name: _is_of_framework(place / name) for name in found}


def _is_of_framework(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return b"pre-commit.com" in stream.read(512)
    except OSError:
        return False


def remove_leftovers(repository: Repository) -> None:
    """Takes away the throw-away work trees of runs that were killed: they would keep their branch checked out."""
    _remove_trees(repository, lambda _, process: not is_running(process))


def _remove_trees(repository: Repository, wanted: Callable[[str, int], bool]) -> None:
    """Removes the throw-away work trees that are `wanted`, by their folder's name and process.

    Without git, which may be killed, and reads none of its work trees where one of them was only half made.
    """
    for place in (repository.common_dir / "worktrees").glob("*/"):
        try:
            named = (place / "gitdir").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            continue
        match = re.fullmatch(r"(.*/(aiblog-(\d+)-[^/]+))/commit/\.git\n?", named)
        if match and wanted(match.group(2), int(match.group(3))):
            shutil.rmtree(match.group(1), ignore_errors=True)
            with suppress(OSError):
                _remove(place)


def _remove(place: Path) -> None:
    """Removes what git keeps of a work tree; the file that tells whose it is goes last."""
    for each in sorted(place.iterdir(), key=lambda each: each.name == "gitdir"):
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()
    place.rmdir()
    with suppress(OSError):
        place.parent.rmdir()  # as git does where it was the last


def hooks_of(repository: Repository) -> Hooks:
    """The commit hooks that git would run here; those that the configuration itself defines count as all of them."""
    configured = repository.config.get("core.hookspath")
    place = _place(repository)
    found = {name for name in (*_BEFORE, *_ALWAYS) if _is_hook(place / name)}
    if any(name.startswith("hook.") for name in repository.config):
        found |= {*_BEFORE, *_ALWAYS}
    return Hooks(repository, str(place) if configured else None, frozenset(found))


def _place(repository: Repository) -> Path:
    """The folder of the repository's hooks."""
    configured = repository.config.get("core.hookspath")
    return repository.top / (Path(configured).expanduser() if configured else repository.common_dir / "hooks")


def _is_hook(path: Path) -> bool:
    return os.access(path, os.X_OK) and path.is_file()
