"""rumdl, the linter that comes with aiblog: one process for many files, which runs nothing of the blog."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.linted import Linted
from aiblog.core.markdown_rules import NOTICED
from aiblog.errors import AiblogError

SPACING = "MD089"
"""rumdl's rule for a space between Chinese and Latin text; it is off unless it is asked for."""


def linted(root: Path, arguments: Sequence[str], contents: Mapping[str, bytes], name: str) -> list[Linted]:
    """What rumdl finds in those bytes, sorted. It reads standard input, and there it starts no code block tools.

    Args:
        root: where a configuration is looked for, unless the arguments say otherwise.
        arguments: which rules.
        contents: bytes by path, relative to the root, with `/`.
        name: the name of the findings' rule; rumdl's own stands in the message.

    Raises:
        AiblogError: `check-failed` where rumdl cannot be run or fails.
    """
    paths = {_sent(path).decode(): path for path in contents}
    texts = {path: _text(data) for path, data in contents.items()}
    plain = {path for path, text in texts.items() if text == contents[path]}
    found = ((each, paths[each["file"]]) for each in _output(root, arguments, texts) if each["file"] in paths)
    return sorted(_linted(each, path, name, mend=path in plain) for each, path in found)


def version() -> str:
    """Its name and version, as it says them.

    Raises:
        AiblogError: `check-failed` where it cannot be run.
    """
    return _run(["--version"], program().parent, b"").decode("utf-8", "replace").strip()


def _output(root: Path, arguments: Sequence[str], texts: Mapping[str, bytes]) -> list[dict[str, Any]]:
    batch = b"".join(_sent(path) + b"\0" + text + b"\0" for path, text in texts.items())
    words = ["check", "--stdin-batch", "--no-cache", "--quiet", "--output-format", "json", *arguments]
    try:
        found = json.loads(_run(words, root, batch) or b"[]")
    except ValueError as error:
        raise AiblogError("check-failed", "the Markdown linter rumdl wrote no JSON") from error
    return [each for each in found if isinstance(each, dict)]


def _run(arguments: Sequence[str], folder: Path, given: bytes) -> bytes:
    """What rumdl prints."""
    import subprocess  # noqa: PLC0415 - start-up

    command = [str(program()), *arguments]
    try:
        done = subprocess.run(command, input=given, cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise AiblogError("check-failed", f"the Markdown linter rumdl cannot be run: {error.strerror}") from error
    if done.returncode not in {0, 1}:
        reason = next(iter(done.stderr.decode("utf-8", "replace").strip().splitlines()), f"exit {done.returncode}")
        raise AiblogError("check-failed", f"the Markdown linter rumdl failed: {reason}")
    return done.stdout


def program() -> Path:
    """rumdl as it was installed with aiblog: never one that merely stands on PATH."""
    beside = Path(sys.executable).parent / "rumdl"
    if beside.is_file():
        return beside
    import sysconfig  # noqa: PLC0415 - an installation for one user, seldom

    return Path(sysconfig.get_path("scripts", "posix_user")) / "rumdl"


def _sent(path: str) -> bytes:
    return path.encode("utf-8", "replace")


def _text(data: bytes) -> bytes:
    """The bytes as UTF-8 without NUL, which the batch mode takes; what had to be replaced keeps its column."""
    return data.decode("utf-8", "replace").replace("\0", "\ufffd").encode()


def _linted(each: Mapping[str, Any], path: str, name: str, *, mend: bool) -> Linted:
    rule, fix = each["rule"], each.get("fix")
    edits = tuple(_edits(fix)) if fix and mend and rule not in NOTICED else ()
    message = f"{rule} {each['message'].rstrip('.')}"
    place = max(1, each["line"]), max(1, each["column"])
    return Linted(Finding(path, *place, name, message, fixable=bool(edits)), rule, edits)


def _edits(fix: Mapping[str, Any]) -> Iterator[Edit]:
    for each in (fix, *fix.get("additional_edits", ())):
        yield Edit(each["range"]["start"], each["range"]["end"], each["replacement"].encode())
