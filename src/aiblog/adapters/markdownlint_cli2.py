"""markdownlint-cli2, where the person or the CI that runs aiblog names it. It may run programs of the blog."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from aiblog.core.edit import Edit
from aiblog.core.finding import Finding
from aiblog.core.linted import Linted
from aiblog.core.markdown_rules import NOTICED
from aiblog.core.settings import Severity
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

VARIABLE = "AIBLOG_MARKDOWNLINT_CLI2"
"""The environment variable that names the program. A file of the blog cannot: it would have aiblog run things."""

_OPTIONS = """\
const fs = require("node:fs");
fs.promises.writeFile = async () => {}; // "fix" in the blog's configuration: what it would correct is to be found
const formatter = ({ directory, results }) =>
  fs.writeFileSync(directory + "/findings.json", JSON.stringify(results));
module.exports = { noBanner: true, noProgress: true, outputFormatters: [[formatter]] };
"""


def find_program() -> str | None:
    """The program's absolute path; None where none is named.

    Raises:
        AiblogError: `check-failed` where what is named is no program.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    import shutil  # noqa: PLC0415 - start-up

    found = shutil.which(named)
    if found is None:
        sentence = f'{VARIABLE} is "{named}"; a program markdownlint-cli2 was wanted'
        raise AiblogError("check-failed", sentence, f"unset {VARIABLE}")
    return str(Path(found).absolute())


def linted(program: str, root: Path, contents: Mapping[str, bytes], name: str) -> list[Linted]:
    """What it finds in those bytes, by all that the blog configures for it, programs too.

    It runs over a copy: the files in a temporary folder, among links to what stands beside them in the
    blog. So the bytes need not be on the disk, and neither `fix` nor an output formatter of the blog's
    own configuration changes anything there.

    Args:
        program: its path.
        root: the blog's root.
        contents: bytes by path, relative to the root, with `/`.
        name: the name of the findings' rule; its own rule stands in the message.

    Raises:
        AiblogError: `check-failed` where it cannot be run or fails, with what it says.
    """
    import tempfile  # noqa: PLC0415 - start-up

    with tempfile.TemporaryDirectory(prefix="aiblog-") as folder:
        place = Path(folder).resolve()
        paths = {f"blog/{_sent(path)}": path for path in contents}
        (place / ".markdownlint-cli2.cjs").write_text(_OPTIONS, encoding="utf-8")
        _lay_out(place / "blog", root, contents)
        results = _results(program, place, paths)
    found = ((each, paths[each["fileName"]]) for each in results if each["fileName"] in paths)
    lines = {path: _Lines(data) for path, data in contents.items()}
    return [_linted(each, path, lines[path], name) for each, path in found]


def version(program: str) -> str:
    """Its name and version, as it says them.

    Raises:
        AiblogError: `check-failed` where it cannot be run.
    """
    done = _run([program, "--help"], Path(program).parent)
    return next(iter(done.stdout.decode("utf-8", "replace").splitlines()), "")


def _lay_out(copy: Path, root: Path, contents: Mapping[str, bytes]) -> None:
    """The files as given, and links to everything else in their folders and in those above."""
    folders = {PurePosixPath(_sent(path)).parent for path in contents}
    folders |= {above for folder in folders for above in folder.parents} | {PurePosixPath()}
    for folder in sorted(folders):
        (copy / folder).mkdir(parents=True, exist_ok=True)
    for path, data in contents.items():
        (copy / _sent(path)).write_bytes(data)
    for folder in folders:
        there = root / folder
        for entry in there.iterdir() if there.is_dir() else ():
            beside = copy / folder / entry.name
            if entry.name != ".git" and not beside.exists():
                beside.symlink_to(entry.absolute())


def _results(program: str, place: Path, paths: Iterable[str]) -> list[dict[str, Any]]:
    done, written = _run([program, *(f":{path}" for path in paths)], place), place / "findings.json"
    if done.returncode not in {0, 1} or not written.is_file():
        said = done.stderr.decode("utf-8", "replace").replace(f"{place}/blog/", "").strip().splitlines()
        reason = said[0] if said else f"exit {done.returncode}, and no findings"
        raise AiblogError("check-failed", f"{program} failed: {reason}")
    found = json.loads(written.read_bytes())
    return [each for each in found if isinstance(each, dict)]


def _run(command: Sequence[str], folder: Path) -> CompletedProcess[bytes]:
    import subprocess  # noqa: PLC0415 - start-up

    try:
        return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise AiblogError("check-failed", f"{command[0]} cannot be run: {error.strerror}") from error


def _sent(path: str) -> str:
    return path.encode("utf-8", "replace").decode()


class _Lines:
    """A file's lines as markdownlint counts them; its columns are UTF-16's."""

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        self.exact = text.encode() == data
        self.newline = "\r\n" if "\r\n" in text else "\n"
        pieces = re.split(r"(\r\n|\r|\n)", text)
        self.texts, ends = pieces[::2], [*pieces[1::2], ""]
        self.starts = [0]
        for line, end in zip(self.texts, ends, strict=True):
            self.starts.append(self.starts[-1] + len(line.encode()) + len(end))
        if self.texts[0].startswith("\ufeff"):
            self.texts[0] = self.texts[0][1:]
            self.starts[0] = 3

    def characters(self, line: int, units: int) -> int:
        """How many characters of a line (from 1) so many UTF-16 units are."""
        text = self.texts[line - 1] if line <= len(self.texts) else ""
        return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "replace"))

    def offset(self, line: int, units: int) -> int:
        """Where in the bytes that place of a line is."""
        return self.starts[line - 1] + len(self.texts[line - 1][: self.characters(line, units)].encode())

    def span(self, line: int) -> tuple[int, int]:
        """The bytes that go with a whole line; of the last one, which has no newline, the one before it goes."""
        start, end = self.starts[line - 1 : line + 1]
        if line < len(self.texts) or line == 1:
            return start, end
        return self.starts[line - 2] + len(self.texts[line - 2].encode()), end


def _linted(each: Mapping[str, Any], path: str, lines: _Lines, name: str) -> Linted:
    line, span, rule = each["lineNumber"], each.get("errorRange"), str(each["ruleNames"][0])
    column = lines.characters(line, span[0] - 1) + 1 if span else 1
    details = (each.get("errorDetail"), f'Context: "{each["errorContext"]}"' if each.get("errorContext") else None)
    message = " ".join([rule, each["ruleDescription"], *(f"[{detail}]" for detail in details if detail)])
    mends = each.get("fixInfo") and rule not in NOTICED and lines.exact
    edits = tuple(_edits(each["fixInfo"], line, lines)) if mends else ()
    severity: Severity = "warning" if each.get("severity") == "warning" else "error"
    return Linted(Finding(path, line, column, name, message, severity, bool(edits)), rule, edits)


def _edits(fix: Mapping[str, Any], found: int, lines: _Lines) -> Iterator[Edit]:
    line, units = fix.get("lineNumber") or found, (fix.get("editColumn") or 1) - 1
    count, text = fix.get("deleteCount") or 0, fix.get("insertText") or ""
    if count < 0:
        yield Edit(*lines.span(line), b"")
    else:
        start = lines.offset(line, units)
        yield Edit(start, lines.offset(line, units + count), text.replace("\n", lines.newline).encode())
