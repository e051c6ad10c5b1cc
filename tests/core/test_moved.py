"""Moves, one after the other, from where a file was to where it is."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from aiblog.core.moved import Moved, followed


def _followed(moves: Mapping[str, str], there: str) -> tuple[list[Moved], list[str]]:
    return followed("a", lambda path: [Moved(to, f"{path}{to}") for to in moves.get(path, "")], there.__contains__)


def test_a_chain_is_followed_to_the_file_that_is_there_and_known_by_its_first_move() -> None:
    assert _followed({"a": "b", "b": "c", "c": "d"}, "d") == ([Moved("d", "ab")], ["a", "b", "c"])


def test_a_chain_ends_at_the_first_file_that_is_there() -> None:
    assert _followed({"a": "b", "b": "c"}, "bc")[0] == [Moved("b", "ab")]


def test_two_ways_to_one_file_are_one_and_to_two_files_are_two() -> None:
    assert _followed({"a": "bc", "b": "d", "c": "d"}, "d")[0] == [Moved("d", "ac")]
    assert {each.path for each in _followed({"a": "bc"}, "bc")[0]} == {"b", "c"}


def test_moves_there_and_back_come_to_an_end() -> None:
    assert _followed({"a": "b", "b": "a"}, "") == ([], ["a", "b"])


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("abcdef", max_size=3)), st.sets(st.sampled_from("bcdef")))
def test_what_is_found_is_there_and_what_was_passed_is_not(moves: dict[str, str], there: set[str]) -> None:
    found, passed = _followed(moves, "".join(there))
    assert {each.path for each in found} <= there
    assert not there.intersection(passed)
    assert passed[0] == "a"
