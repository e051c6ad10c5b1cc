"""The Markdown linter, by the blog's own rules: rumdl, or the markdownlint-cli2 that the person names."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from aiblog.adapters import files, markdownlint_cli2, rumdl
from aiblog.core import markdown_rules
from aiblog.core.finding import Finding
from aiblog.core.linted import Linted
from aiblog.core.mending import mended
from aiblog.errors import AiblogError

RULE = "markdown"
"""The name of every finding's rule; the linter's own rule stands in the message."""

SPACING = "spacing"
"""The rule that Chinese and Latin text is parted by a space, for blogs that ask for it."""

BATCH = 500
"""Files given to the linter at once."""

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
    chosen = markdownlint_cli2.find_program()
    return markdownlint_cli2.version(chosen) if chosen else rumdl.version()


def lint(root: Path, contents: Mapping[str, bytes], *, spacing: bool = False) -> list[Finding]:
    """What the blog's own Markdown rules reject in those bytes, by path and line; nothing where it has no rules.

    The files need not be on the disk, and nothing is written but in a temporary folder.

    Args:
        root: the blog's root.
        contents: bytes by path, relative to the root, with `/`.
        spacing: whether Chinese and Latin text that touch are found too, as warnings of the rule `spacing`.

    Raises:
        AiblogError: `check-failed` where the rules cannot be read, or the linter is missing or fails.
    """
    return [each.finding for each in linted(root, contents, spacing=spacing)]


def corrected(
    root: Path,
    contents: Mapping[str, bytes],
    wants: Callable[[Finding, bytes], bool] = lambda _finding, _data: True,
    *,
    spacing: bool = False,
) -> dict[str, bytes]:
    """The files that the linter's own corrections change, by path, after all of those that no reader notices.

    `wants` says whether a finding in those bytes is to be mended; the rest, and errors, as for `lint`.
    """
    now, tries = dict(contents), {path: Counter[str]() for path in contents}
    waiting = now
    while waiting:
        found: dict[str, list[Linted]] = {path: [] for path in waiting}
        for each in linted(root, waiting, spacing=spacing):
            if each.edits and wants(each.finding, now[each.finding.path]):
                found[each.finding.path].append(each)
        steps = {path: mended(now[path], those, tries[path]) for path, those in found.items()}
        waiting = {path: data for path, data in steps.items() if data != now[path]}
        now |= waiting
    return {path: data for path, data in now.items() if data != contents[path]}


def linted(root: Path, contents: Mapping[str, bytes], *, spacing: bool = False) -> list[Linted]:
    """What `lint` says, each finding with the edits that mend it."""
    found: list[Linted] = []
    for batch in _batches(contents):
        found += _by_rules(root, batch)
        found += _touching(root, batch) if spacing else []
    return sorted(found)


def _batches(contents: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
    items = iter(contents.items())
    while batch := dict(islice(items, BATCH)):
        yield batch


def _by_rules(root: Path, contents: Mapping[str, bytes]) -> list[Linted]:
    if program := markdownlint_cli2.find_program():
        return markdownlint_cli2.linted(program, root, contents, RULE)
    if _own_rumdl(root):
        return rumdl.linted(root, [], contents, RULE)
    if find_rules(root) is None:
        return []
    import tempfile  # noqa: PLC0415 - start-up: only where there is something to lint

    own, ignores = _markdownlint(root)
    rules = markdown_rules.tuned(own)
    with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
        config = Path(folder) / ".markdownlint.json"
        config.write_text(json.dumps(rules), encoding="utf-8")
        arguments = ["--config", str(config)]
        if ignores:
            arguments += ["--config", f"global.exclude = {json.dumps(ignores, ensure_ascii=False)}"]
        found = rumdl.linted(root, arguments, contents, RULE)
    lines = {path: contents[path].split(b"\n") for path in {each.finding.path for each in found}}
    return [each for each in found if _is_wanted(each, lines, rules)]


def _is_wanted(each: Linted, lines: Mapping[str, Sequence[bytes]], rules: markdown_rules.Rules) -> bool:
    path, number, *_ = each.finding
    line = b"".join(lines[path][number - 1 : number]).decode("utf-8", "replace")
    return markdown_rules.is_markdownlints(each.finding.message, line, rules)


def _touching(root: Path, contents: Mapping[str, bytes]) -> list[Linted]:
    """Chinese and Latin text that touch, whatever the blog's rules say."""
    found = rumdl.linted(root, ["--no-config", "--enable", rumdl.SPACING], contents, SPACING)
    return [each._replace(finding=each.finding._replace(severity="warning")) for each in found]


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
