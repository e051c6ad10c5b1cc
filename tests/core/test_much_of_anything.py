"""Foreign text is read in linear time, and refused by the tool's own errors alone."""

from __future__ import annotations

import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.errors import AiblogError
from support.faults import FULL
from support.readers import FORMS, PIECES, READERS, cases, much, seconds

SMALL, LARGE = (2**18, 2**20) if FULL else (2**12, 2**14)
PART = 1 if FULL else 60
"""Of so many cases one is tried."""

CASES = [each for each in cases() if zlib.crc32(repr(each).encode()) % PART == 0]


@pytest.mark.parametrize("name", READERS)
def test_much_of_one_thing_is_read_in_linear_time(name: str) -> None:
    """Against hanging: in quadratic time it would be `growth` times as much for each character."""
    for piece, form in [(piece, form) for own, piece, form in CASES if own == name]:
        small, large = seconds(name, much(piece, form, SMALL)), seconds(name, much(piece, form, LARGE))
        growth = LARGE // SMALL
        assert large < max(2, 3 * growth * small), (piece, form, small, large)


WORDS = st.lists(st.sampled_from([*PIECES, *FORMS.values()]), max_size=30).map("".join)


@pytest.mark.parametrize("name", READERS)
@given(text=WORDS | st.text(max_size=60))
@settings(max_examples=1000 if FULL else 8, deadline=None)
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    with suppress(AiblogError):
        READERS[name](text)
