"""The entry point: `aiblog` and `python -m aiblog`."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line; the process's exit code.

    `--version` alone is answered before typer is imported: scripts ask for it often.
    """
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None:
        from aiblog import __version__  # noqa: PLC0415 - start-up: nothing else is needed to answer this

        try:
            print(f"aiblog {__version__}", flush=True)  # noqa: T201 - the result itself
        except BrokenPipeError:
            return _silenced()
        except OSError as error:
            print(f"error: standard output could not be written: {error.strerror}", file=sys.stderr)  # noqa: T201
            _silenced()
            return 4
        return 0
    import gc  # noqa: PLC0415 - start-up

    gc.disable()  # a run is short: looking for cycles would cost a tenth of it
    try:
        from aiblog.cli.app import run  # noqa: PLC0415 - start-up: typer is not needed for --version

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command itself
        return 130
    finally:
        threading = sys.modules.get("threading")
        if threading is None or threading.active_count() == 1:  # Python 3.12 crashes where one ends after a freeze
            gc.freeze()  # nor at the interpreter's end, which goes through all that is left


def _silenced() -> int:
    """Keeps the interpreter's own flush at exit from failing once more."""
    import os  # noqa: PLC0415 - only after a failure

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
