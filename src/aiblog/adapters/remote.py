"""The remote: one branch pushed to it, the page that compares that branch, a pull request by way of `gh`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from aiblog.adapters.branches import find_base, remote_of
from aiblog.adapters.git import OF_HOOKS, Repository, first_lines, masked
from aiblog.adapters.process import run
from aiblog.core.own_urls import Urls, host_and_path, urls_of
from aiblog.core.settings import Git
from aiblog.errors import AiblogError


def pushed(repository: Repository, remote: str | None, branch: str, commit: str) -> bool:
    """Pushes that one branch and nothing else; False where the remote has that commit already.

    A new branch is only created, one that is there only moved forward from where it was last seen.

    Raises:
        AiblogError: `push-failed` with git's own words, credentials masked; the commit is kept.
    """
    kept = {"branch": branch, "commit": commit}
    hint = f"git push --set-upstream {remote or 'REMOTE'} {branch}"
    if remote is None:
        message = (
            "there is no remote to push to: none at all, none of the name in aiblog.yaml, or several and none is origin"
        )
        raise AiblogError("push-failed", message, "git remote -v", kept=kept)
    ref = f"refs/heads/{branch}"
    seen = repository.refs.get(f"refs/remotes/{remote}/{branch}", "")
    if seen == commit:
        return False
    if seen and repository.read("merge-base", "--is-ancestor", seen, commit, ok=(0, 1, 128)).code:
        message = f'"{remote}/{branch}" has commits that "{branch}" has not'
        raise AiblogError("push-failed", message, f"git log {branch}..{remote}/{branch}", kept=kept)
    one_ref = [] if "=" in remote else ["-c", f"remote.{remote}.mirror=false"]  # a mirror takes all refs or none
    words = [*one_ref, "push", "--porcelain", "--no-follow-tags", "--set-upstream", f"--force-with-lease={ref}:{seen}"]
    refspec = f"{ref}:{ref}"
    done = repository.write(*words, "--", remote, refspec, ok=range(-64, 256), environment=OF_HOOKS, terminal=True)
    if done.code:
        raise AiblogError(
            "push-failed", f'"{branch}" was not pushed: {_reason(done.out, done.complaint)}', hint, kept=kept
        )
    return True


def _reason(out: bytes, complaint: str) -> str:
    """Why a push failed: the porcelain line of the ref, else git's own complaint."""
    for line in out.decode("utf-8", "replace").splitlines():
        if line.startswith("!"):
            return masked(line.split("\t")[-1])
    return first_lines(complaint) or "git gave no reason"


def compare_url(repository: Repository, remote: str | None, base: str, branch: str) -> str | None:
    """The page where a person compares the branch with the base and opens a pull request.

    Known are GitHub, GitLab, Gitea and Forgejo by their host's name; None for another host or no remote.
    """
    url = repository.config.get(f"remote.{remote}.url") if remote else None
    found = host_and_path(url) if url else None
    if found is None:
        return None
    from urllib.parse import quote  # noqa: PLC0415 - start-up: only where the host is known

    host, path = found
    place, from_, to = f"https://{host}/{quote(path)}", quote(base, safe="/"), quote(branch, safe="/")
    name = host.lower()
    if "gitlab" in name:
        query = f"merge_request%5Bsource_branch%5D={quote(branch, safe='')}"
        return f"{place}/-/merge_requests/new?{query}&merge_request%5Btarget_branch%5D={quote(base, safe='')}"
    if "github" in name:
        return f"{place}/compare/{from_}...{to}?expand=1"
    if any(word in name for word in ("gitea", "forgejo", "codeberg")):
        return f"{place}/compare/{from_}...{to}"
    return None


def own_urls(repository: Repository, git: Git) -> Urls | None:
    """The addresses of the repository's files on GitHub, on the base branch; None where its remote is not there."""
    remote = remote_of(repository, git.remote)
    base = find_base(repository, git.base, git.remote)
    url = repository.config.get(f"remote.{remote}.url")
    if url is None or base is None:
        return None
    branch = base.removeprefix("refs/heads/").removeprefix(f"refs/remotes/{remote}/")
    return urls_of(url, branch, follow=git.file_urls == "follow")


def gh(repository: Repository) -> str | None:
    """The GitHub program, found on PATH outside the repository, links followed; None where there is none."""
    main = [repository.common_dir.parent] if repository.common_dir.name == ".git" else []

    def is_inside(path: str) -> bool:
        return any(Path(path).resolve().is_relative_to(folder) for folder in (repository.top, *main))

    for place in os.environ.get("PATH", "").split(os.pathsep):
        program = shutil.which("gh", path=place) if Path(place).is_absolute() and not is_inside(place) else None
        if program and not is_inside(program):
            return program
    return None


def pull_request(  # noqa: PLR0913 - the parts of one pull request
    repository: Repository, program: str, *, base: str, branch: str, title: str, body: str, draft: bool, commit: str
) -> str:
    """Opens a pull request for the pushed branch; its address. One that is open already is not opened again.

    Raises:
        AiblogError: `pull-request-failed` with gh's own words; commit and push are kept.
    """
    there = run(
        [program, "pr", "view", branch, "--json", "url,state", "--jq", 'select(.state=="OPEN").url'], repository.top
    )
    if there.code == 0 and there.line.startswith("http"):
        return there.line
    words = ["--base", base, "--head", branch, "--title", title, "--body", body, *(["--draft"] if draft else [])]
    done = run([program, "pr", "create", *words], repository.top, terminal=True)
    if done.code:
        message = f"the pull request was not opened: {first_lines(done.complaint)}"
        hint = f"gh pr create --base {base} --head {branch}{' --draft' if draft else ''}"
        raise AiblogError("pull-request-failed", message, hint, kept={"branch": branch, "commit": commit})
    lines = done.out.decode("utf-8", "replace").split()
    return next((line for line in reversed(lines) if line.startswith("http")), "")
