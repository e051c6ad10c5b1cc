"""The terminal sessions that the documentation shows: run again, in a place of their own, and written as they come.

A block fenced as `console` holds commands (`$ …`), each followed by what it prints. Comments that no reader
sees say what a session needs:

    <!-- place        a new, empty folder to go on in, and commands that are run there unseen
    <!-- then         more such commands, where the session is
    <!-- keys         the next block's first command runs on a terminal; a line is "words on the screen | keys to type"
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from support.terminal import CTRL_U, DOWN, ENTER, SPACE, TAB, Terminal

COLUMNS = 132
KEYS = {"<Enter>": ENTER, "<Space>": SPACE, "<Down>": DOWN, "<Tab>": TAB, "<Clear>": CTRL_U}
PART = re.compile(
    r"^<!-- (?P<kind>place|then|keys)\n(?P<lines>.*?)-->$|^(?P<fence>`{3,})console\n(?P<session>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
ABBREVIATED_COMMIT = re.compile(r"^[0-9a-f]{7}(?=  )", re.MULTILINE)
"""In results. What a commit is called depends on every byte of it: documentation that shows one need not follow."""


@dataclass
class Place:
    """Where a document's sessions are: a folder for all of them, the present one, and the last exit code."""

    all: Path
    folder: Path = field(init=False)
    code: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Goes to a new, empty folder."""
        self.count += 1
        self.folder = self.all / str(self.count)
        self.folder.mkdir(parents=True)

    def printed(self, command: str, *, unseen: bool = False) -> str:
        """Runs a command; what it prints, on both streams. One that is unseen must succeed."""
        done = subprocess.run(
            ["sh", "-c", self._script(command)],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert not (unseen and done.returncode), f"{command}\n{done.stdout}"
        self._arrive(done.returncode)
        return done.stdout

    def shown(self, command: str, keys: str) -> str:
        """Runs a command on a terminal, with the keys; the screen at its end."""
        program = ("sh", "-c", self._script(command))
        with Terminal(folder=self.folder, rows=60, columns=COLUMNS, program=program) as terminal:
            for line in keys.splitlines():
                words, _, typed = line.partition(" | ")
                for name, key in KEYS.items():
                    typed = typed.replace(name, key)
                terminal.wait_for(words).type(typed)
            self._arrive(terminal.exit_code())
            return terminal.screen + "\n"

    def _script(self, command: str) -> str:
        arrived = shlex.quote(str(self.all / "folder"))
        return f"(exit {self.code})\n{command}\ncode=$?\npwd > {arrived}\nexit $code"

    def _arrive(self, code: int) -> None:
        self.code = code
        self.folder = Path((self.all / "folder").read_text().rstrip("\n"))


def run_again(text: str, folder: Path) -> str:
    """The document with every session as it comes out now. Runs them one after another, below `folder`."""
    place = Place(folder)
    keys: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        if match["kind"] == "keys":
            keys.append(match["lines"])
            return match[0]
        if match["kind"]:
            if match["kind"] == "place":
                place.renew()
            place.printed(f"set -e\n{match['lines']}", unseen=True)
            return match[0]
        blocks = []
        for command, before in _commands(match["session"]):
            now = place.shown(command, keys.pop()) if keys else place.printed(command)
            same = ABBREVIATED_COMMIT.sub("", now) == ABBREVIATED_COMMIT.sub("", before)
            blocks.append(f"$ {command}\n{before if same else now}")
        return f"{match['fence']}console\n" + "\n".join(blocks) + match["fence"]

    return PART.sub(replaced, text)


def _commands(session: str) -> Iterator[tuple[str, str]]:
    """Each command of a session, and the output that is shown below it. A blank line stands before the next one."""
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    for number, part in enumerate(parts, 1):
        match = re.match(r"((?:.*\\\n)*.*)\n", part)
        assert match, part
        output = part[match.end() :]
        yield match[1], output if number == len(parts) else output.removesuffix("\n")
