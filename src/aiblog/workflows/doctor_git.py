"""What the tool sees of the repository: where a publish would start, by whom, through which hooks, to where."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from aiblog.adapters.branches import base_notice, push_remote, require_base, short_name
from aiblog.adapters.git import Repository, masked, opened
from aiblog.adapters.hooks import hooks_of_publish
from aiblog.adapters.process import version_line
from aiblog.adapters.remote import gh
from aiblog.adapters.state import find_identity, require_identity, require_settled
from aiblog.core.settings import FILE_NAME, Git
from aiblog.errors import AiblogError
from aiblog.workflows.doctor import Seen, failed, looked_at, ok

FRAMEWORK = ".pre-commit-config.yaml"


def repository_at(root: Path, settings: Git) -> Iterator[Seen]:
    """What was seen of the repository that the blog at `root` is in; of one that is not there, or not usable, that."""
    try:
        repository = opened(root)
    except AiblogError as error:
        yield failed("repository", error, "warning" if error.code == "not-a-repository" else "error")
        return
    yield ok("repository", str(repository.top))
    yield ok("branch", _branch(repository))
    yield looked_at("base", lambda: _base(repository, settings))
    yield _remote(repository, settings)
    yield looked_at("state", lambda: _state(repository))
    yield looked_at("identity", lambda: _identity(repository))
    yield _hooks(repository)
    yield _signing(repository)
    yield _gh(repository)


def _branch(repository: Repository) -> str:
    if repository.head is None:
        return f"none: HEAD is detached at {(repository.head_commit or '')[:7]}"
    name = short_name(repository.head)
    return name if repository.head_commit else f"{name}, without a commit yet"


def _base(repository: Repository, settings: Git) -> Seen:
    base = require_base(repository, settings.base, settings.remote)
    notice = base_notice(repository, base)
    return Seen("base", "warning", f"{base.name}; {notice}") if notice else ok("base", base.name)


def _remote(repository: Repository, settings: Git) -> Seen:
    name = push_remote(repository, settings.remote, settings.base or "")
    if name:
        return ok("remote", f"{name}  {masked(repository.config.get(f'remote.{name}.url', ''))}")
    if settings.remote:
        return Seen("remote", "error", f'"{settings.remote}" ({FILE_NAME}) is not there', "git remote -v")
    several = any(key.startswith("remote.") and key.endswith(".url") for key in repository.config)
    if several:
        return Seen("remote", "warning", "several, and none is named origin: --push has nowhere to go", "git remote -v")
    return Seen("remote", "warning", "none: --push has nowhere to go", "git remote add origin URL")


def _state(repository: Repository) -> Seen:
    require_settled(repository)
    return ok("state", "nothing half done")


def _identity(repository: Repository) -> Seen:
    require_identity(repository)
    author, committer = (
        f"{find_identity(repository, role, 'name')} <{find_identity(repository, role, 'email')}>"
        for role in ("author", "committer")
    )
    return ok("identity", author if author == committer else f"{author}, committed by {committer}")


def _hooks(repository: Repository) -> Seen:
    hooks = hooks_of_publish(repository)
    if (repository.top / FRAMEWORK).is_file() and not hooks.get("pre-commit"):
        value = f"{FRAMEWORK} is there, but its hook is not installed, so nothing runs it at a commit"
        return Seen("hooks", "warning", value, "pre-commit install")
    names = [f"{name} (pre-commit framework)" if framework else name for name, framework in hooks.items()]
    return ok("hooks", ", ".join(names) or "none")


def _signing(repository: Repository) -> Seen:
    if not repository.is_on("commit.gpgsign"):
        return ok("signing", "off")
    style = repository.config.get("gpg.format", "openpgp")
    usual = {"openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"}.get(style, style)
    own = repository.config.get(f"gpg.{style}.program") or (style == "openpgp" and repository.config.get("gpg.program"))
    program = own or usual
    if shutil.which(os.path.expanduser(program)) is None:  # noqa: PTH111 - a name on PATH, or a path
        return Seen("signing", "error", f'on, and "{program}" cannot be found', "git config --list --show-origin")
    return ok("signing", f"on, by {program}")


def _gh(repository: Repository) -> Seen:
    program = gh(repository)
    if program is None:
        return ok("gh", "not found: --pr prints the page to open a pull request on")
    version = version_line(program, Path(program).parent)
    return ok("gh", version) if version else Seen("gh", "error", f'"{program}" fails', "gh --version")
