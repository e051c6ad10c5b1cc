"""The Markdown linter: rumdl, by the blog's own rules. It reads standard input, and runs nothing of the blog."""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiblog.adapters import files
from aiblog.core import markdown_rules
from aiblog.core.finding import Finding
from aiblog.errors import AiblogError

RULE = "markdown"
"""The name of every finding's rule; the linter's own rule stands in the message."""

_RUMDL = (".rumdl.toml", "rumdl.toml", ".config/rumdl.toml")
_MARKDOWNLINT = tuple(f".markdownlint.{ending}" for ending in ("jsonc", "json", "yaml", "yml"))
_CLI2 = tuple(f".markdownlint-cli2.{ending}" for ending in ("jsonc", "yaml"))


def find_rules(root: Path) -> str | None:
    """The file at the blog's root that its own Markdown rules begin in; None without one that can be read unrun."""
    names = (*_MARKDOWNLINT, *_CLI2)
    return _own_rumdl(root) or next((name for name in names if (root / name).is_file()), None)


def version() -> str:
    """The linter's name and version, as it says them.

    Raises:
        AiblogError: `check-failed` where it cannot be run.
    """
    return _run(["--version"], Path(sys.executable).parent, b"").decode("utf-8", "replace").strip()


def lint(root: Path, contents: Mapping[str, bytes]) -> list[Finding]:
    """What the blog's own Markdown rules reject in those bytes, by path and line; nothing where it has no rules.

    The files need not be on the disk, and nothing is written but a configuration in a temporary folder.

    Args:
        root: the blog's root.
        contents: bytes by path, relative to the root, with `/`.

    Raises:
        AiblogError: `check-failed` where the rules cannot be read, or the linter is missing or fails.
    """
    if not contents or find_rules(root) is None:
        return []
    if _own_rumdl(root):
        return _findings(_output(root, [], contents), contents)
    import tempfile  # noqa: PLC0415 - start-up: only where there is something to lint

    rules, ignores = _markdownlint(root)
    with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
        config = Path(folder) / ".markdownlint.json"
        config.write_text(json.dumps(markdown_rules.tuned(rules)), encoding="utf-8")
        arguments = ["--config", str(config)]
        if ignores:
            arguments += ["--config", f"global.exclude = {json.dumps(ignores, ensure_ascii=False)}"]
        output = _output(root, arguments, contents)
    return _findings([each for each in output if _is_markdownlints(each["rule"])], contents)


def _own_rumdl(root: Path) -> str | None:
    """The file that holds the blog's rumdl configuration."""
    if found := next((name for name in _RUMDL if (root / name).is_file()), None):
        return found
    project = root / "pyproject.toml"
    own = project.is_file() and re.search(rb"(?m)^\s*\[\s*tool\s*\.\s*rumdl\b", project.read_bytes())
    return project.name if own else None


def _markdownlint(root: Path) -> tuple[markdown_rules.Rules, list[str]]:
    """The rules as markdownlint-cli2 would take them, and what it leaves out."""
    cli2 = next((name for name in _CLI2 if (root / name).is_file()), None)
    around = _read(root, cli2) if cli2 else {}
    own = next((name for name in _MARKDOWNLINT if (root / name).is_file()), None)
    config = around.get("config")
    rules = _extended(root, own) if own else config if isinstance(config, dict) else {}
    ignores = around.get("ignores")
    return rules, [each for each in ignores if isinstance(each, str)] if isinstance(ignores, list) else []


def _extended(root: Path, path: str, depth: int = 0) -> markdown_rules.Rules:
    """A file's rules on top of those it extends, where that is a file of the blog."""
    rules = _read(root, path)
    base = rules.get("extends")
    if not isinstance(base, str) or depth > 4:
        return rules
    below = posixpath.normpath(posixpath.join(posixpath.dirname(path), base))
    if below.startswith(("../", "/")) or not (root / below).is_file():
        raise AiblogError("check-failed", f'{path} extends "{base}"; a file of the blog was wanted')
    return {**_extended(root, below, depth + 1), **rules}


def _read(root: Path, path: str) -> markdown_rules.Rules:
    return markdown_rules.read((files.read(root, path) or b"").decode("utf-8-sig", "replace"), path)


def _output(root: Path, arguments: list[str], contents: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """rumdl's findings in one call. Its batch mode reads standard input, and there it starts no code block tools."""
    batch = b"".join(_sent(path) + b"\0" + _text(data) + b"\0" for path, data in contents.items())
    words = ["check", "--stdin-batch", "--no-cache", "--quiet", "--output-format", "json", *arguments]
    try:
        found = json.loads(_run(words, root, batch) or b"[]")
    except ValueError as error:
        raise AiblogError("check-failed", "the Markdown linter rumdl wrote no JSON") from error
    return [each for each in found if isinstance(each, dict)]


def _run(arguments: list[str], folder: Path, given: bytes) -> bytes:
    """What rumdl prints."""
    import subprocess  # noqa: PLC0415 - start-up

    command = [str(_program()), *arguments]
    try:
        done = subprocess.run(command, input=given, cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise AiblogError("check-failed", f"the Markdown linter rumdl cannot be run: {error.strerror}") from error
    if done.returncode not in {0, 1}:
        reason = next(iter(done.stderr.decode("utf-8", "replace").strip().splitlines()), f"exit {done.returncode}")
        raise AiblogError("check-failed", f"the Markdown linter rumdl failed: {reason}")
    return done.stdout


def _program() -> Path:
    """rumdl as it was installed with aiblog: never one that merely stands on PATH."""
    name = "rumdl.exe" if sys.platform == "win32" else "rumdl"
    beside = Path(sys.executable).parent / name
    if beside.is_file():
        return beside
    import os  # noqa: PLC0415 - an installation for one user, seldom
    import sysconfig  # noqa: PLC0415

    return Path(sysconfig.get_path("scripts", f"{os.name}_user")) / name


def _sent(path: str) -> bytes:
    return path.encode("utf-8", "replace")


def _text(data: bytes) -> bytes:
    """The bytes as UTF-8 without NUL, which the batch mode takes; what had to be replaced keeps its column."""
    return data.decode("utf-8", "replace").replace("\0", "\ufffd").encode()


def _is_markdownlints(rule: str) -> bool:
    """Whether markdownlint has that rule too: those that are rumdl's own are not what the blog asked for."""
    number = re.fullmatch(r"MD(\d{3})", rule)
    return number is not None and int(number.group(1)) <= 60 and rule != "MD057"


def _findings(output: list[dict[str, Any]], contents: Mapping[str, bytes]) -> list[Finding]:
    paths = {_sent(path).decode(): path for path in contents}
    return sorted(
        Finding(
            paths.get(each["file"], each["file"]),
            max(1, each["line"]),
            max(1, each["column"]),
            RULE,
            f"{each['rule']} {each['message'].rstrip('.')}",
            fixable=bool(each.get("fixable")),
        )
        for each in output
    )
