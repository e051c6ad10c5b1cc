"""The options that the commands share that move posts, and what they say together."""

import shlex
from typing import Annotated, NamedTuple

import typer

from aiblog.cli.publish_given import commit_message
from aiblog.errors import AGAIN, AiblogError

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
CommitOption = Annotated[bool, typer.Option("--commit/--no-commit", help="Commit it on a branch.", show_default=False)]
BranchOption = Annotated[str | None, typer.Option(metavar="NAME", help="The branch of --commit.")]
MessageOption = Annotated[str | None, typer.Option(metavar="TEXT", help="The message of --commit.")]


class How(NamedTuple):
    """How a move is carried out: without a question, committed, on which branch and with which message."""

    yes: bool = False
    commit: bool = False
    branch: str | None = None
    message: str | None = None

    @property
    def words(self) -> list[str]:
        """The flags that say the same, without a question."""
        words = ["--commit"] if self.commit else []
        words += ["--branch", self.branch] if self.branch is not None else []
        words += ["--message", self.message] if self.message is not None else []
        return [*words, "--yes"]


def how_of(yes: bool, commit: bool, branch: str | None, message: str | None) -> How:
    """The flags as one value; `usage` where they contradict each other."""
    if not commit and (branch is not None or message is not None):
        flag = f"--branch {shlex.quote(branch)}" if branch is not None else "--message"
        raise AiblogError("usage", f"{flag} says how --commit commits; --commit is missing", f"{AGAIN} --commit")
    return How(yes, commit, branch, commit_message(message))
