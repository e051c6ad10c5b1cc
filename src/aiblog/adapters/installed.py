"""Where this aiblog was installed from."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution

from aiblog import __version__


def source() -> str:
    """What pip is to install to have this aiblog elsewhere: its address in git with the commit, else its release.

    As PEP 610 records it; a local checkout is no address that others can reach, so that it counts as the release.
    """
    try:
        recorded = distribution("aiblog").read_text("direct_url.json")
    except PackageNotFoundError:
        recorded = None
    place = json.loads(recorded) if recorded else {}
    version = place.get("vcs_info", {})
    if version.get("vcs") == "git" and not place["url"].startswith("file:"):
        return f"git+{place['url']}@{version['commit_id']}"
    return f"aiblog=={__version__}"
