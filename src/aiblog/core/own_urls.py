"""Addresses of the blog's own files on GitHub: which file one shows, and the same one for another file."""

from __future__ import annotations

import re
from typing import NamedTuple

from aiblog.core.destination import Destination

_PAGES = {"blob", "tree", "raw", "edit"}


class Urls(NamedTuple):
    """The repository on GitHub as addresses have it: its host, `OWNER/NAME`, the branches whose files are the blog's.

    `follow` says whether an address is rewritten when its file moves; else it is only known.
    """

    host: str
    repository: str
    branches: tuple[str, ...]
    follow: bool = False

    def path_in(self, address: Destination) -> tuple[int, str] | None:
        """How many segments of an address stand before the path of a file or folder that it shows, and that path."""
        names = address.path.split("/")
        if len(names) < 6 or names[0].lower() not in {"https:", "http:"} or len(names) != len(address.segments):
            return None
        host, repository = names[2].lower().removeprefix("www."), "/".join(names[3:5])
        if repository.casefold() != self.repository.casefold():
            return None
        if host == self.host:
            start = 6 if names[5] in _PAGES else 0
        else:
            start = 5 if host == "raw.githubusercontent.com" and self.host == "github.com" else 0
        for branch in (*self.branches, *(f"refs/heads/{each}" for each in self.branches)) if start else ():
            end = start + branch.count("/") + 1
            if names[start:end] == branch.split("/"):
                return end, "/".join(names[end:]).rstrip("/")
        return None

    @staticmethod
    def leading_to(address: Destination, start: int, path: str) -> str:
        """The address as written with that path (decoded) behind so many of its segments."""
        slash = "/" if address.path.endswith("/") else ""
        segments, names = address.segments, address.path.split("/")
        own = address._replace(path="/".join(names[start:]), written="/".join(segments[start:]), bracketed=False)
        new = "/".join([*segments[:start], own.leading_to(path + slash)])
        return f"<{new}>" if address.bracketed else new


def urls_of(remote_url: str, branch: str, *, follow: bool = False) -> Urls | None:
    """The addresses of a repository's files on that branch (and `HEAD`), by its remote's URL; None off GitHub."""
    found = host_and_path(remote_url)
    if found is None or "github" not in found[0].lower() or found[1].count("/") != 1:
        return None
    return Urls(found[0].lower().removeprefix("www."), found[1], (branch, "HEAD"), follow)


def host_and_path(url: str) -> tuple[str, str] | None:
    """Host and repository path of a remote's URL, without user, password, port and `.git`."""
    match = re.fullmatch(r"(?:https?|ssh|git)://(?:[^/]*@)?([^/:@]+)(?::\d+)?/(.+?)(?:\.git)?/?", url)
    match = match or re.fullmatch(r"(?:[^/@:]+@)?([^/:]+):(?!//)([^/].*?)(?:\.git)?/?", url)
    return (match.group(1), match.group(2)) if match else None
