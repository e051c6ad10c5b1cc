"""What the commands print: results on stdout, talk on stderr, foreign text always escaped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from aiblog.core.title import visible
from aiblog.errors import AiblogError

if TYPE_CHECKING:
    from aiblog.adapters.prompts import Terminal
    from aiblog.core.finding import Finding

STYLES = {"red": "31", "green": "32", "yellow": "33", "cyan": "36", "dim": "2", "bold": "1"}


class Run(NamedTuple):
    """What every command was told: where it runs, how it answers, whether it may ask and write."""

    folder: Path
    json: bool = False
    dry_run: bool = False
    no_input: bool = False
    quiet: bool = False
    color: Literal["auto", "always", "never"] = "auto"

    @property
    def asks(self) -> bool:
        """Whether a person may be asked: on a terminal, and not forbidden by a flag."""
        if self.no_input or self.json:
            return False
        from aiblog.adapters.prompts import is_interactive  # noqa: PLC0415 - start-up

        return is_interactive()

    def terminal(self) -> Terminal:
        """The terminal that a person is asked on."""
        from aiblog.adapters.prompts import Terminal  # noqa: PLC0415 - start-up: only where a person is asked

        return Terminal(colour=self.color != "never")

    def say(self, text: str = "", *, style: str | None = None) -> None:
        """Talk, on stderr, unless `--quiet`. `text` is one or more lines without the final newline."""
        if not self.quiet:
            self.warn(text, style=style)

    def progress(self, text: str) -> None:
        """What takes its time, said where somebody watches: on a stderr that is a terminal."""
        if sys.stderr.isatty():
            self.say(text)

    def warn(self, text: str = "", *, style: str | None = None) -> None:
        """As `say`, but `--quiet` does not silence it."""
        write(sys.stderr, f"{self.styled(text, style, sys.stderr)}\n")

    def result(self, text: str) -> None:
        """One result line on stdout; under `--json` nothing: the object is printed by `report`."""
        if not self.json:
            write(sys.stdout, f"{text}\n")

    def report(self, data: Mapping[str, Any]) -> None:
        """The one JSON object of a `--json` run; nothing without it. `ok` is true."""
        if self.json:
            print_json({"ok": True, **data})

    def plan(self, diff: str, data: Mapping[str, Any]) -> None:
        """What `--dry-run` prints: the unified diff, or under `--json` what a real run would print, with that diff."""
        self.diff(diff)
        self.report({**data, "diff": diff})

    def say_branch(self, branch: str | None) -> None:
        """The branch that a dry run would commit to, if any."""
        if branch and not self.json:
            self.say(f"On branch {visible(branch)}.")

    def diff(self, text: str) -> None:
        """A unified diff: on stdout where it is the result (`--dry-run`), else as talk on stderr."""
        stream = sys.stdout if self.dry_run else sys.stderr
        if not self.json and text:
            lines = text[:-1].split("\n")
            if self._colours(stream):
                shown = [self.styled(visible(line), diff_style(line), stream) for line in lines]
            else:
                shown = list(map(visible, lines))
            write(stream, "\n".join([*shown, ""]))

    def styled(self, text: str, style: str | None, stream: Any) -> str:
        """`text` in a colour where the stream shows colours; colour only repeats what the words say."""
        if not style or not text or not self._colours(stream):
            return text
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m"

    def _colours(self, stream: Any) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()

    def shown(self, root: Path, path: str) -> str:
        """A path of the blog as a person can paste it: relative to the folder they are in."""
        return visible(os.path.relpath(root / path, self.folder))

    def words(self, *words: str) -> list[str]:
        """The words of an aiblog command that runs where this run does, from the folder the person is in."""
        return ["aiblog", words[0], *self.where, *words[1:]]

    @property
    def where(self) -> list[str]:
        """The words that make aiblog or git run where this run does: none in the folder the person is in."""
        place = os.path.relpath(self.folder)
        return [] if place == "." else ["-C", place]

    def command(self, *words: str) -> str:
        """The same as a line that can be pasted."""
        import shlex  # noqa: PLC0415 - start-up

        return pasted(shlex.join(self.words(*words)))

    def finding(self, root: Path, finding: Finding, style: str | None = None) -> str:
        """A finding as `path:line:column: RULE message`; the rule in a colour where stdout shows them."""
        where = f"{self.shown(root, finding.path)}:{finding.line}:{finding.column}"
        return f"{where}: {self.styled(finding.rule, style, sys.stdout)} {visible(finding.message)}"

    def findings(self, root: Path, findings: Iterable[Finding]) -> None:
        """Findings, one a line, as talk that `--quiet` leaves."""
        for finding in findings:
            self.warn(self.finding(root, finding))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def diff_style(line: str) -> str | None:
    """The colour of one line of a unified diff."""
    if line.startswith(("---", "+++")):
        return "bold"
    return {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])


def write(stream: Any, text: str) -> None:
    """Writes and flushes; characters the stream's encoding lacks are escaped.

    A standard output that is full or closed is `output-failed`, even if the command's work is
    done; a reader that went away is BrokenPipeError. A standard error that fails stays silent.
    """
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        if stream is sys.stdout:
            raise
    except OSError as error:
        if stream is sys.stdout:
            raise not_written(error) from error


def not_written(error: OSError) -> AiblogError:
    """A standard output that is full or closed, as the error that it is."""
    return AiblogError("output-failed", f"standard output could not be written: {error.strerror}", written=True)


def print_json(data: Mapping[str, Any]) -> None:
    """One JSON object on stdout, with a final newline. Lone surrogates (from file names) stay escaped."""
    import json  # noqa: PLC0415 - start-up: not for a person

    text = json.dumps(data, ensure_ascii=False, indent=2)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data, indent=2)
    write(sys.stdout, f"{text}\n")


def print_error(error: AiblogError, run: Run) -> None:
    """An error once: as JSON on stdout, or as a sentence with its hints on stderr."""
    message = error.message if error.written else f"{error.message}; nothing was written"
    if run.json:
        message += f":\n{error.output}" if error.output else ""
        details: dict[str, Any] = {"code": error.code, "message": message, "hints": list(error.hints)}
        if error.findings:
            details["findings"] = [finding.as_json() for finding in error.findings]
        if error.kept is not None:
            details["kept"] = dict(error.kept)
        print_json({"ok": False, "error": details})
        return
    if error.output:
        run.warn(visible_lines(error.output))
    run.warn(f"{run.styled('error:', 'red', sys.stderr)} {visible(message)}")
    for hint in error.hints:
        run.warn(f"  hint: {pasted(hint)}")


def pasted(command: str) -> str:
    """A command quoted for a shell, as it is shown: on one line, a line break in a quoted word as `$'\\n'`."""
    return visible(command.replace("\n", "'$'\\n''"))


def visible_lines(text: str) -> str:
    """Foreign text of several lines, each made safe for a terminal."""
    return "\n".join(visible(line) for line in text.split("\n"))
