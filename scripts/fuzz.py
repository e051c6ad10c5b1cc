"""Fuzzes all that takes foreign text, with coverage (atheris): `python scripts/fuzz.py [-max_total_time=60]`.

Optional: `pip install atheris` (Linux and macOS, where a wheel is there) into `.venv`. What it finds is an example for
`tests/core/test_much_of_anything.py`.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
with atheris.instrument_imports(include=["aiblog"]):
    from aiblog.errors import AiblogError
    from support.readers import READERS

NAMES = sorted(READERS)


def one(data: bytes) -> None:
    """Gives one reader, chosen by the first byte, the rest as text."""
    if data:
        with suppress(AiblogError):
            READERS[NAMES[data[0] % len(NAMES)]](data[1:].decode("utf-8", "replace"))


atheris.Setup(sys.argv, one)
atheris.Fuzz()
