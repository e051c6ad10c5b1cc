"""Operations: steps that follow each other as one, and the records that the journal keeps of them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiblog.core import operation_record as record
from aiblog.core.changes import FileChange
from aiblog.core.operation import HeadMove, Operation, RefMove, Step, joined, standing, undone_by

BYTES = st.none() | st.binary(max_size=30)
NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=()), min_size=1, max_size=8)
OBJECTS = st.integers(0, 2**160 - 1).map("{:040x}".format)
STAGED = st.none() | st.tuples(st.sampled_from(["100644", "100755", "120000"]), OBJECTS)
MODES = st.none() | st.integers(0, 0o777)
BRANCHES = st.sampled_from(["refs/heads/main", "refs/heads/blog/2026-02-25-一"])
STEPS = st.builds(
    Step,
    st.lists(st.builds(FileChange, NAMES, BYTES, BYTES, st.none(), MODES), max_size=3).map(tuple),
    st.dictionaries(NAMES, st.tuples(STAGED, STAGED), max_size=3),
    st.lists(st.builds(RefMove, BRANCHES, st.none() | OBJECTS, st.none() | OBJECTS), max_size=1).map(tuple),
    st.none() | st.builds(HeadMove, BRANCHES, BRANCHES, st.none() | OBJECTS),
)
BEGUN = record.begun(1.5, 77, ["aiblog", "new", "标题\udc80"], "site", 3)


@given(st.lists(STEPS, max_size=4))
def test_what_is_written_down_is_read_again(steps: list[Step]) -> None:
    data = BEGUN + b"".join(map(record.planned, steps))
    read = record.operation(4, data, "done")
    assert read == Operation(4, 1.5, 77, ("aiblog", "new", "标题\udc80"), "site", 3, joined(steps), "done")


@given(st.lists(STEPS, min_size=1, max_size=3), st.data())
def test_a_last_record_that_is_not_whole_was_not_begun_with(steps: list[Step], data: st.DataObject) -> None:
    whole = BEGUN + b"".join(map(record.planned, steps[:-1]))
    last = record.planned(steps[-1])
    cut = data.draw(st.integers(0, len(last) - 1))
    assert record.operation(1, whole + last[:cut], "open").step == joined(steps[:-1])


@given(st.binary(max_size=200) | st.just(BEGUN + record.planned(Step((FileChange("a", None, b"x"),)))), st.data())
def test_damage_is_no_error_but_the_one_that_is_expected(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(min(3, len(whole))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        record.operation(1, bytes(damaged), "open")


@pytest.mark.parametrize(
    "step",
    [
        Step(refs=(RefMove("refs/tags/v1", None, None),)),
        Step(refs=(RefMove("-d", None, None),)),
        Step(refs=(RefMove("refs/heads/a b", None, None),)),
        Step(refs=(RefMove("refs/heads/main", None, "HEAD"),)),
        Step(staged={"a": (None, ("160000", "0" * 40))}),
        Step(staged={"a\0b": (None, None)}),
        Step((FileChange("a\0", None, b""),)),
        Step((FileChange("a", b"", None, mode=0o4755),)),
    ],
)
def test_names_that_git_would_take_for_something_else_are_refused(step: Step) -> None:
    with pytest.raises(ValueError, match=r"^\w+$"):
        record.operation(1, BEGUN + record.planned(step), "done")


def test_steps_are_joined_and_what_was_put_back_is_left_out() -> None:
    steps = [
        Step(
            (FileChange("a", None, b"1"), FileChange("b", b"0", b"1")), refs=(RefMove("refs/heads/x", None, "1" * 40),)
        ),
        Step((FileChange("a", b"1", b"2"), FileChange("b", b"1", b"0"))),
        Step((FileChange("c", b"saved meanwhile", b"3"),), refs=(RefMove("refs/heads/x", "1" * 40, "2" * 40),)),
    ]
    one = joined(steps)
    assert one.files == (FileChange("a", None, b"2"), FileChange("c", b"saved meanwhile", b"3"))
    assert one.refs == (RefMove("refs/heads/x", None, "2" * 40),)
    assert not joined([one, one.reversed()])


def test_a_step_that_was_not_done_and_files_that_were_not_written_count_no_more() -> None:
    steps = [Step((FileChange("a", None, b"1"), FileChange("b", None, b"1"))), Step((FileChange("a", b"1", b"2"),))]
    data = BEGUN + b"".join(map(record.planned, steps))
    assert record.operation(1, data + record.step_not_done(0), "done").step == steps[1]
    read = record.operation(1, data + record.not_done(["a"]), "done").step
    assert read.files == steps[0].files  # the last step with it: what the first wrote is there


def test_an_undo_that_is_taken_back_takes_nothing_back() -> None:
    def made(number: int, undoes: int | None) -> Operation:
        return Operation(number, 0, 0, (), "", undoes, Step())

    assert undone_by([made(1, None), made(2, 1)]) == {1: 2}
    assert undone_by([made(1, None), made(2, 1), made(3, 2)]) == {2: 3}
    assert undone_by([made(1, None), made(2, 1), made(3, 2), made(4, 1)]) == {2: 3, 1: 4}


def test_what_stands_is_done_and_not_taken_back_and_tells_what_it_moved() -> None:
    moved = Step((FileChange("posts/新.md", None, b"a", "posts/旧.md"), FileChange("posts/旧.md", b"a", None)))

    def made(number: int, undoes: int | None = None, state: str = "done") -> Operation:
        return Operation(number, 0, 0, (), "site", undoes, moved, state)

    known = [made(6, state="left"), made(5, 4), made(4, 3), made(3), made(2, 1), made(1)]
    assert standing(known) == [made(3)], "an undo that was taken back counts no more"
    assert made(3).moves == [("site/posts/旧.md", "site/posts/新.md")]
    assert made(3)._replace(root="").moves == [("posts/旧.md", "posts/新.md")]


def test_a_file_that_moves_is_written_down_with_where_it_comes_from_and_its_bytes_once() -> None:
    image = bytes(range(256)) * 40
    step = Step(
        (
            FileChange("图.png", image, None),
            FileChange("新/图.png", None, image, "图.png"),
            FileChange("a.md", b"1", None),
            FileChange("b.md", None, b"2", "a.md"),
        )
    )
    assert len(record.planned(step)) < 1.2 * len(image)
    assert record.operation(1, BEGUN + record.planned(step), "done").step == step
    assert record.operation(1, BEGUN + record.planned(step.reversed()), "done").step == step.reversed()
    assert step.reversed().reversed() == step


def test_a_record_without_origins_is_read() -> None:
    words = {"files": [["a", 1, None], ["b", None, 2]], "staged": {}, "refs": [], "head": None}
    data = BEGUN + record._record({"step": words}, [b"1", b"22"])
    assert record.operation(1, data, "done").step.files == (FileChange("a", b"1", None), FileChange("b", None, b"22"))


def test_a_file_that_moves_twice_comes_from_where_it_was_first() -> None:
    steps = [
        Step((FileChange("a", b"1", None), FileChange("b", None, b"1", "a"))),
        Step((FileChange("b", b"1", b"2"),)),
        Step((FileChange("b", b"2", None), FileChange("c", None, b"2", "b"))),
    ]
    assert joined(steps[:2]).files == (FileChange("a", b"1", None), FileChange("b", None, b"2", "a"))
    assert joined(steps).files == (FileChange("a", b"1", None), FileChange("c", None, b"2", "a"))
    assert not joined([*steps, *(each.reversed() for each in reversed(steps))])
