"""Runs of aiblog that are forks of one process with everything imported: thousands of them, without Python's start."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

SECONDS = 60
"""After which a run that hangs is ended, by SIGALRM."""


def forked(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], at: Path, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """As a run of its own, in that folder and with the whole of that environment; `before` is Python that is run first.

    What it says passes through files in `at`.
    """
    out, complaint = at / "out", at / "complaint"
    request = {
        "arguments": list(arguments),
        "folder": str(folder),
        "environment": dict(environment),
        "streams": [os.devnull, str(out), str(complaint)],
        "before": before,
    }
    server = _server(os.getpid())
    assert server.stdin
    assert server.stdout
    server.stdin.write(json.dumps(request) + "\n")
    server.stdin.flush()
    code = int(server.stdout.readline())
    said = [each.read_text(encoding="utf-8", errors="surrogateescape") for each in (out, complaint)]
    return subprocess.CompletedProcess(list(arguments), code, *said)


@cache
def _server(_: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "GIT_PYTHON_REFRESH": "quiet"},
    )


def _serve() -> None:
    package = importlib.import_module("aiblog")
    for found in pkgutil.walk_packages(package.__path__, "aiblog."):
        importlib.import_module(found.name)
    importlib.import_module("git")
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _run(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def _run(request: dict[str, Any]) -> NoReturn:
    signal.alarm(SECONDS)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    for number, path in enumerate(request["streams"]):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["aiblog", *request["arguments"]]
    code: Any = 1
    try:
        main = importlib.import_module("aiblog.__main__").main
        exec(request["before"], {})
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as error:
        code = error.code or 0
    except BaseException:
        traceback.print_exc()
    os._exit(int(code))


if __name__ == "__main__":
    _serve()
