"""Two sides of the file of translations as one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiblog.core.translation_link import Link
from aiblog.core.translations_file import links_in, with_links_in
from aiblog.core.translations_merge import merged_links, settled_links

A, B, C = (f"{name}: {{lang: zh, translation_of: ./{name}}}\n".encode() for name in ("a.md", "b.md", "c.md"))


def test_each_line_is_that_of_the_side_that_changed_it() -> None:
    changed = A.replace(b"zh", b"en")
    assert merged_links(A, A + B, A + C) == A + B + C
    assert merged_links(A + B, A, changed + B) == changed
    assert merged_links(A, A, A) == A
    assert merged_links(b"", A, A) == A
    assert merged_links(A, "# 注\n".encode() + A, A + B) == "# 注\n".encode() + A + B


def test_a_line_that_both_changed_otherwise_and_a_side_that_is_broken_are_left_to_people() -> None:
    assert merged_links(A, A.replace(b"zh", b"en"), A.replace(b"zh", b"fr")) is None
    assert merged_links(A, b"", A.replace(b"zh", b"en")) is None
    assert merged_links(A, A + b"b:\n", A + C) is None


def test_markers_are_settled_with_what_was_there_before_from_git_or_from_themselves() -> None:
    both = b"<<<<<<< ours\n" + B + b"=======\n" + C + b">>>>>>> theirs\n"
    assert settled_links(A + both, A) == A + B + C
    assert settled_links(A + both, None) == A + B + C
    gone = b"<<<<<<< ours\n||||||| base\n" + B + b"=======\n" + B + C + b">>>>>>> theirs\n"
    assert settled_links(A + gone, None) == A + C
    assert settled_links(A + b"<<<<<<< ours\n" + B, None) is None


files = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([Link("zh", "./x.md"), Link("en", "./x.md")]))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files, files, files)
def test_what_merges_has_each_sides_changes_and_the_order_of_sides_says_nothing(
    base: dict[str, Link], ours: dict[str, Link], theirs: dict[str, Link]
) -> None:
    before, own, other = (with_links_in(b"", links) for links in (base, ours, theirs))
    merged, reverse = merged_links(before, own, other), merged_links(before, other, own)
    assert (merged is None) == (reverse is None)
    for path in {**base, **ours, **theirs} if merged is not None and reverse is not None else ():
        sides = {ours.get(path), theirs.get(path)} - {base.get(path)}
        assert links_in(merged).get(path) == links_in(reverse).get(path) == (sides.pop() if sides else base.get(path))
