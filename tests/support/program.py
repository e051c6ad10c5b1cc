"""Runs the installed `aiblog` without a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

AIBLOG = str(Path(sys.executable).parent / "aiblog")


def aiblog(
    *arguments: str | bytes,
    folder: Path,
    given: str = "",
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """One run in `folder`, `given` on its standard input; what it printed, escape sequences included."""
    return subprocess.run(
        [*before, AIBLOG, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, **(environment or {})},
        check=False,
        timeout=60,
    )


ROOT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
LIKE_OTHERS = ROOT if os.geteuid() == 0 else ()
"""What `before` is for a run that files' permissions keep out, as they do not root."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but git's own, by its path: what must be the same after a refusal."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }
