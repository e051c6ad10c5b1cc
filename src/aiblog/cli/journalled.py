"""A command that writes, as an operation: what killed runs left is seen to before it, how to undo it is said after."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiblog.adapters import journal
from aiblog.adapters.blog import find_root
from aiblog.cli.output import Run
from aiblog.core.title import visible


@contextmanager
def journalled(run: Run, width: int | None) -> Iterator[None]:
    """What is done in there is one operation of the journal; with `width` (of labels) its undo is said."""
    place = journal.find_place(find_root(run.folder)[0])
    if place and journal.open_numbers(place):
        from aiblog.workflows.recovery import recovered  # noqa: PLC0415 - start-up: only after a run was killed

        for sentence in recovered(place):
            run.warn(f"Note: {visible(sentence)}")
    with journal.journalled(["aiblog", *sys.argv[1:]]) as operation:
        yield
    if operation.wrote and width and not run.json and sys.stderr.isatty():
        run.say(f"{'Take it back:':<{width}} {run.command('undo')}")
