"""Fixtures for all tests: a hermetic environment, and the real blog where it is at hand."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("support.faults", "support.repositories")  # before anything imports them

settings.register_profile("fixed", derandomize=True, deadline=None)  # nothing is timed: other work may slow it down
settings.register_profile("random", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("EXAMPLES", "fixed"))

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # by a shell in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "ai-infra"

GIT_CONFIG = """\
[user]
name = Ada Author
email = ada@example.org
[init]
defaultBranch = main
[protocol "file"]
allow = always
"""


@pytest.fixture(autouse=True)
def _hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pinned identity, dates, zone, locale, width; nothing of the machine's own git configuration."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(GIT_CONFIG)
    for name in list(os.environ):
        if name.startswith(("GIT_", "AIBLOG_", "XDG_")) or name in {"VISUAL", "EDITOR", "NO_COLOR", "CI"}:
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-02-25T09:00:00+08:00",
        "GIT_COMMITTER_DATE": "2026-02-25T09:00:00+08:00",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "120",
        "TERM": "xterm-256color",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The real blog, read only."""
    if not CORPUS.is_dir():
        pytest.skip("the real blog is not beside the checkout")
    return CORPUS


@pytest.fixture
def corpus_copy(corpus: Path, tmp_path: Path) -> Path:
    """A writable copy of the real blog, not yet a repository."""
    copy = tmp_path / "ai-infra"
    shutil.copytree(corpus, copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy
