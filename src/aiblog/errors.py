"""The errors that aiblog tells a person about: code, sentence, hints, exit code. Imports nothing of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

EXIT_CODES: dict[str, int] = {
    "usage": 2,
    "settings-invalid": 2,
    "metadata-invalid": 2,
    "scaffold-invalid": 2,
    "post-not-found": 2,
    "post-ambiguous": 2,
    "post-exists": 3,
    "translation-exists": 3,
    "check-failed": 3,
    "not-a-repository": 3,
    "repository-state": 3,
    "identity-missing": 3,
    "branch-exists": 3,
    "busy": 3,
    "conflict": 3,
    "unsafe-path": 3,
    "git-failed": 4,
    "hook-failed": 4,
    "signing-failed": 4,
    "push-failed": 4,
    "pull-request-failed": 4,
    "editor-failed": 4,
    "output-failed": 4,
    "internal": 70,
}
"""Every code an error can carry, with the exit code of its class. Stable: scripts rely on both."""


AGAIN = "…"
"""In a hint: the command of this very run. What follows it is added to that."""


class AiblogError(Exception):
    """An error with a stable code, one sentence, and hints that can be pasted.

    The sentence has no final full stop and does not say that nothing was written: that is
    added once, where errors are printed, unless `written` says what was.

    Args:
        code: one of `EXIT_CODES`.
        message: one sentence: the thing quoted, what was found, what was wanted.
        hints: each a command that can be pasted (see `AGAIN`), its paths relative to the root; `edit PATH:LINE` is
            printed as the command that opens the editor.
        findings: the findings that stop a publish (`aiblog.core.finding.Finding`).
        kept: what stays after a failure behind the commit: `{"branch": …, "commit": …}`.
        written: True where the error comes after something was written and kept.
        output: what a program that was called printed, or each thing that was found; shown before the sentence.
    """

    def __init__(  # noqa: PLR0913 - all but code and message are rare
        self,
        code: str,
        message: str,
        *hints: str,
        findings: Sequence[Any] = (),
        kept: Mapping[str, str | None] | None = None,
        written: bool = False,
        output: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hints = tuple(hints)
        self.findings = tuple(findings)
        self.kept = kept
        self.written = written or kept is not None
        self.output = output

    @property
    def exit_code(self) -> int:
        """The process's exit code for this error."""
        return EXIT_CODES[self.code]


class Interrupted(Exception):  # noqa: N818 - not a failure: the person stopped the run
    """The person stopped a question (Ctrl-C, Ctrl-D): exit 130, nothing written."""
