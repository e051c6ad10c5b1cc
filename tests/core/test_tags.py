"""Tags: near-duplicates, and one renamed where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core import header
from aiblog.core.tag_edit import renamed_tag
from aiblog.core.tags import near_duplicates, tags_in
from aiblog.errors import AiblogError


@pytest.mark.parametrize(
    "tags",
    [
        ("gpu-scheduling", "gpu scheduling", "GPU-Scheduling", "gpu_scheduling"),
        ("AI 基础设施", "AI基础设施", "ai-基础设施"),
        ("ＡＩ", "AI"),
        ("café", "cafe\u0301"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_one_word_are_near_duplicates_the_most_used_first(tags: tuple[str, ...]) -> None:
    counts = {tag: number for number, tag in enumerate(tags, 1)} | {"other": 9}
    assert near_duplicates(counts) == [list(reversed(tags))]


@pytest.mark.parametrize(
    "tags",
    [("agent", "agents"), ("kubernetes", "kubernets"), ("c", "c++", "c#"), ("open source", "opensource"), ("-", "_"),
     ("云原生", "云"), ("v1.2", "v12"), ("调度", "調度")],
)  # fmt: skip
def test_what_is_only_perhaps_the_same_word_is_none(tags: tuple[str, ...]) -> None:
    assert near_duplicates(dict.fromkeys(tags, 1)) == []


def test_groups_stand_in_the_order_of_their_most_used_tags() -> None:
    counts = {"a b": 1, "x": 2, "a-b": 3, "X": 5}
    assert near_duplicates(counts) == [["X", "x"], ["a-b", "a b"]]


def edit(value: str, old: str = "gpu scheduling", new: str = "gpu-scheduling", key: str = "tags") -> str:
    """The lines of the tags after the rename; every other byte of the file is checked to be the same."""
    before, after = (
        "\ufeff---\r\nstatus: 'Draft' # x\r\n",
        "last_updated:   2026-01-02\r\n---\r\n# 标题\r\ntags: gpu scheduling",
    )
    data = f"{before}{value}{after}".encode()
    result = renamed_tag(data, key, old, new, "a.md")
    assert renamed_tag(result, key, old, new, "a.md") == result
    text = result.decode()
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : len(text) - len(after)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("tags: a,gpu scheduling , b # why\r\n", "tags: a,gpu-scheduling , b # why\r\n"),
        ("tags: gpu scheduling\r\n", "tags: gpu-scheduling\r\n"),
        ('tags: "a, gpu scheduling"\r\n', 'tags: "a, gpu-scheduling"\r\n'),
        ("tags: 'gpu scheduling, it''s' # c\r\n", "tags: 'gpu-scheduling, it''s' # c\r\n"),
        ("tags: a,\r\n  gpu scheduling\r\n", "tags: a,\r\n  gpu-scheduling\r\n"),
        ("tags: [a, gpu scheduling ,'b']\r\n", "tags: [a, gpu-scheduling ,'b']\r\n"),
        ("tags: ['gpu scheduling', \"b\"] # c\r\n", "tags: ['gpu-scheduling', \"b\"] # c\r\n"),
        (
            'tags: [\r\n  "a", # one\r\n  "gpu scheduling",\r\n]\r\n',
            'tags: [\r\n  "a", # one\r\n  "gpu-scheduling",\r\n]\r\n',
        ),
        ("tags:\r\n- a\r\n- gpu scheduling # two\r\n", "tags:\r\n- a\r\n- gpu-scheduling # two\r\n"),
        (
            "tags: # all\r\n    -   'gpu scheduling'\r\n    - b\r\n",
            "tags: # all\r\n    -   'gpu-scheduling'\r\n    - b\r\n",
        ),
        ("'tags' : [gpu scheduling]\r\n", "'tags' : [gpu-scheduling]\r\n"),
    ],
)  # fmt: skip
def test_only_the_tags_own_text_changes(value: str, expected: str) -> None:
    assert edit(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("tags: a, gpu scheduling, gpu-scheduling\r\n", "tags: a, gpu-scheduling\r\n"),
        ("tags: gpu-scheduling, gpu scheduling # c\r\n", "tags: gpu-scheduling # c\r\n"),
        ("tags: gpu scheduling, a, gpu scheduling\r\n", "tags: gpu-scheduling, a\r\n"),
        ("tags: [gpu scheduling, 'gpu-scheduling', b]\r\n", "tags: ['gpu-scheduling', b]\r\n"),
        ("tags: [gpu-scheduling, gpu scheduling]\r\n", "tags: [gpu-scheduling]\r\n"),
        ("tags: [\r\n  gpu-scheduling, # c\r\n  gpu scheduling,\r\n]\r\n", "tags: [\r\n  gpu-scheduling, # c\r\n]\r\n"),
        (
            "tags:\r\n  - gpu scheduling # c\r\n  # mine\r\n  - gpu-scheduling\r\n",
            "tags:\r\n  # mine\r\n  - gpu-scheduling\r\n",
        ),
        ("tags:\r\n- gpu-scheduling\r\n- gpu scheduling\r\n", "tags:\r\n- gpu-scheduling\r\n"),
    ],
)  # fmt: skip
def test_where_the_new_tag_is_there_already_the_old_one_goes(value: str, expected: str) -> None:
    assert edit(value) == expected


@pytest.mark.parametrize(
    ("value", "new", "expected"),
    [
        ("tags: a, gpu scheduling\r\n", "c: d", 'tags: "a, c: d"\r\n'),
        ("tags: gpu scheduling\r\n", "#ci", 'tags: "#ci"\r\n'),
        ("tags: [a, gpu scheduling]\r\n", "c]", 'tags: [a, "c]"]\r\n'),
        ("tags:\r\n  - gpu scheduling\r\n", "yes", 'tags:\r\n  - "yes"\r\n'),
        ("tags: ['gpu scheduling']\r\n", "it's", "tags: ['it''s']\r\n"),
        ('tags: "gpu scheduling"\r\n', 'a "b"', 'tags: "a \\"b\\""\r\n'),
        ("tags: gpu scheduling\r\n", "调度", "tags: 调度\r\n"),
        ("tags: >-\r\n  a, gpu\r\n  scheduling\r\n", "x", "tags: a, x\r\n"),
    ],
)
def test_a_tag_that_needs_quotes_gets_them(value: str, new: str, expected: str) -> None:
    assert edit(value, new=new) == expected


def test_a_tag_that_only_looks_like_it_stays() -> None:
    value = "tags: gpu scheduling-x, GPU scheduling, xgpu scheduling\r\ncategories: gpu scheduling\r\n"
    assert edit(value) == value


def test_a_front_matter_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(AiblogError) as error:
        renamed_tag(b"---\ntags: [a\n---\n", "tags", "a", "b", "a.md")
    assert error.value.code == "metadata-invalid"


TAGS = st.text(st.sampled_from("abAB 标-_.:#'\"[]&*!|>%@`{}?~0"), min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=200)
@given(
    st.lists(TAGS, min_size=1, max_size=5, unique=True),
    TAGS,
    st.integers(0, 4),
    st.sampled_from(["list", "flow", "comma"]),
)
def test_any_tag_can_be_renamed_to_any_other_in_every_style(tags: list[str], new: str, at: int, style: str) -> None:
    old = tags[at % len(tags)]
    if style == "flow":
        text = f"---\ntags: [{', '.join(header.flow_scalar(tag) for tag in tags)}]\nz: 1\n---\nBody\n"
    else:
        text = header.rendered({"tags": tags if style == "list" else ", ".join(tags), "z": "1"}) + "Body\n"
    kept = [tag for tag in tags if tag != old]
    wanted = tags if old == new else kept if new in kept else [new if tag == old else tag for tag in tags]
    after = renamed_tag(text.encode(), "tags", old, new)
    values = header.read(after).values
    assert tags_in(values["tags"]) == wanted
    assert values["z"] == "1"
    assert after.endswith(b"\n---\nBody\n")
